import ReplicaModel
import SyncWire

/// The rule that what a node says it holds is durable, and that what it seals is so before anybody sees it. Every frame
/// that leaves a node is checked: no vector in it may be ahead of what the node's replica has committed. That nothing
/// committed is lost is for `NoRegress` to see, after the machine has stopped.
package struct Durability {
    func check(_ frame: [UInt8], from node: SimulatedNode) throws(Violation) {
        guard let message = try? MessageCodec.decode(frame) else { return }
        switch message {
        case .ack(let held, let applied):
            try Self.check(held, against: node.held, node.name, "acknowledged")
            try Self.check(applied, against: node.applied, node.name, "called applied")
        case .vector(let held): try Self.check(held, against: node.held, node.name, "said that it holds")
        case .hello(let hello):
            if case .full(let held) = hello.held {
                try Self.check(held, against: node.held, node.name, "said that it holds")
            }
        default: break
        }
    }

    private static func check(_ said: Vector, against has: Vector, _ name: String, _ verb: String) throws(Violation) {
        for (feed, seq) in said where seq > has[feed] ?? 0 {
            throw Violation(
                "durability",
                "\(name) \(verb) \(seq) of \(feed.scope.name) of \(feed.site.short.prefix(9)), and has \(has[feed] ?? 0)"
            )
        }
    }
}

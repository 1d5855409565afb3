import ReplicaModel
import SyncWire

/// The rule that what a node says it holds is durable, and that what it seals is so before anybody sees it. Every frame
/// that leaves a node is checked: no vector in it may be ahead of what the node's replica has committed. That nothing
/// committed is lost is for `NoRegress` to see, after the machine has stopped.
package struct Durability {
    func check(_ frame: [UInt8], from node: SimulatedNode, _ ways: Ways) throws(Violation) {
        guard let message = try? MessageCodec.decode(frame) else { return }
        switch message {
        case .ack(let held, let applied):
            try Self.check(held, against: node.held, node, ways, "acknowledged")
            try Self.check(applied, against: node.applied, node, ways, "called applied")
        case .vector(let held): try Self.check(held, against: node.held, node, ways, "said that it holds")
        case .hello(let hello):
            if case .full(let held) = hello.held {
                try Self.check(held, against: node.held, node, ways, "said that it holds")
            }
        default: break
        }
    }

    private static func check(
        _ said: Vector, against has: Vector, _ node: SimulatedNode, _ ways: Ways, _ verb: String
    ) throws(Violation) {
        for (feed, seq) in said where seq > 0 {
            // What is not understood yet, for its author is not known there, is held against what the replica says.
            let id = ways.find(seq, of: feed, at: node.held)
            guard id.map({ $0.seq > has[$0.feed] ?? 0 }) ?? (seq > node.said.held[feed] ?? 0) else { continue }
            throw Violation(
                "durability",
                "\(node.name) \(verb) \(seq) of \(feed.scope.name) of \(feed.site.short.prefix(9)), and has \(has[feed] ?? 0)"
            )
        }
    }
}

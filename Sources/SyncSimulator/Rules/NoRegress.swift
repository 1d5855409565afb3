import ReplicaModel

/// "What a replica has is a prefix of every feed", and it only grows: while a node runs, and over every stop of its
/// machine, for what it held was durable before anybody could know of it.
package struct NoRegress {
    func check(_ node: SimulatedNode, held: Vector, applied: Vector) throws(Violation) {
        try Self.check(node.name, "held", from: node.held, to: held)
        try Self.check(node.name, "applied", from: node.applied, to: applied)
        for (feed, seq) in applied where held[feed] ?? 0 < seq {
            throw Violation(
                "regress", "\(node.name) applied \(seq) of \(feed.site.short.prefix(9)) and holds \(held[feed] ?? 0)")
        }
    }

    static func check(_ name: String, _ what: String, from old: Vector, to new: Vector) throws(Violation) {
        for (feed, seq) in old where new[feed] ?? 0 < seq {
            throw Violation(
                "regress",
                """
                \(name) had \(what) \(seq) of \(feed.scope.name) of \(feed.site.short.prefix(9)), and has \
                \(new[feed] ?? 0)
                """
            )
        }
    }
}

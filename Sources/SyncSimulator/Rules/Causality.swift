import ReplicaModel

/// "Changesets are applied in causal order: never before everything in their context."
package struct Causality {
    /// - Parameter fresh: what is newly held, in the order in which it was applied, control first.
    func check(_ fresh: [SpecifiedChangeset.ID], at node: SimulatedNode, applied: Vector, _ universe: Universe)
        throws(Violation)
    {
        var reached = node.held
        for id in fresh where id.seq <= applied[id.feed] ?? 0 {
            for (feed, seq) in universe[id]?.context ?? [:]
            where feed.scope == id.feed.scope && reached[feed] ?? 0 < seq {
                throw Violation(
                    "causality",
                    """
                    \(node.name) applied \(id.name) before changeset \(seq) of \(feed.site.short.prefix(9)), which its \
                    author had seen
                    """
                )
            }
            reached[id.feed] = id.seq
        }
        try closed(applied, node.name, universe)
    }

    /// Checks that no changeset is applied of whose context something is not.
    func closed(_ applied: Vector, _ name: String, _ universe: Universe) throws(Violation) {
        for (feed, seq) in applied where seq > 0 {
            for (seen, needed) in universe[.init(feed: feed, seq: seq)]?.context ?? [:]
            where applied[seen] ?? 0 < needed {
                throw Violation(
                    "causality",
                    """
                    \(name) applied changeset \(seq) of \(feed.site.short.prefix(9)) and not all that its author had \
                    seen
                    """
                )
            }
        }
    }
}

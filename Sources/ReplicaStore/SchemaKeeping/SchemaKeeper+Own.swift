import ReplicaModel
import ReplicaSchema
import SQLiteAccess

extension SchemaKeeper {
    /// Why definitions of this node's own cannot be given: by the rules that hold everywhere, and by what SQLite makes
    /// of them here. Nil if they can.
    func refusal(ofOwn operations: [ControlOperation]) throws(StoreError) -> String? {
        guard !operations.isEmpty else { return nil }
        // As if they came last of all that is here.
        var context = VersionVector()
        for fact in transaction.state.facts { context[fact.dot.feed] = max(context[fact.dot.feed], fact.dot.seq) }
        let feed = FeedOrdinal(context.entries.map(\.feed.number).max().map { $0 + 1 } ?? 0)
        let facts = operations.enumerated().map { number, operation in
            SchemaFact(
                dot: Dot(feed: feed, seq: 1), number: number, site: transaction.state.site,
                incarnation: transaction.state.incarnation, context: context, operation: operation)
        }
        if let refusal = SchemaGate.refusal(of: facts, after: transaction.state.facts) { return refusal }
        let merged = MergedSchema(transaction.state.facts + facts)
        return try SchemaTrial.refusal(of: ReferenceGate.ordered(merged.tables.map(\.definition)), merged.indexes)
    }
}

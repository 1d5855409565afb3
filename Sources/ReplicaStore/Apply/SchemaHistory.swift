import ReplicaModel
import SyncWire

/// The schema that an author had, by what it had seen.
struct SchemaHistory {
    let transaction: Transaction

    /// The part of a context that names control changesets: where two contexts have the same, their schemas are equal.
    func controlPart(_ context: VersionVector) -> VersionVector {
        var out = VersionVector()
        for (feed, seq) in context.entries where transaction.state.feed(feed).id.scope == .control { out[feed] = seq }
        return out
    }

    func facts(in context: VersionVector) -> [SchemaFact] { transaction.state.facts.filter { context.covers($0.dot) } }

    func schema(in context: VersionVector) -> MergedSchema { MergedSchema(facts(in: context)) }

    /// How operations on a table stand to it. Kept, for nearly all changesets have the context of control that the ones
    /// before have.
    func layout(of item: TableItem, in context: VersionVector) throws(OperationStop) -> OperationLayout {
        if let last = transaction.lastLayout, last.key.item == item, hasControl(context, last.key.control) {
            return last.layout
        }
        let key = LayoutKey(item: item, control: controlPart(context))
        let layout = try layout(key, in: context)
        transaction.lastLayout = (key, layout)
        return layout
    }

    /// Whether the part of a context that names control changesets is this one.
    func hasControl(_ context: VersionVector, _ part: VersionVector) -> Bool {
        let count = transaction.state.feeds.count
        if transaction.controlFeeds.known != count {
            let feeds = transaction.state.feeds.filter { $0.id.scope == .control }.map(\.ordinal)
            transaction.controlFeeds = (count, feeds)
        }
        return transaction.controlFeeds.ordinals.allSatisfy { context[$0] == part[$0] }
    }

    private func layout(_ key: LayoutKey, in context: VersionVector) throws(OperationStop) -> OperationLayout {
        if let known = transaction.layouts[key] { return known }
        let schema: MergedSchema
        if let known = transaction.schemas[key.control] {
            schema = known
        } else {
            schema = self.schema(in: context)
            if transaction.schemas.count >= Self.schemasMax { transaction.schemas = [:] }
            transaction.schemas[key.control] = schema
        }
        let layout = try OperationLayout(key.item, schema: schema, state: transaction.state)
        if transaction.layouts.count >= Self.layoutsMax { transaction.layouts = [:] }
        transaction.layouts[key] = layout
        return layout
    }

    /// Bounds the memory that layouts take where every changeset has seen another roster.
    private static let layoutsMax = 256

    private static let schemasMax = 16
}

struct LayoutKey: Hashable {
    let item: TableItem
    let control: VersionVector
}

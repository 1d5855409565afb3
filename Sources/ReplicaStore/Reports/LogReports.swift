import ReplicaModel
import SQLiteAccess
import SyncWire

/// The choice of changesets to list.
package struct LogFilter: Sendable {
    package var table: Identifier?
    /// A name in the roster, or the beginning of a site id.
    package var site: String?
    /// Milliseconds since 1970, by the changesets' stamps.
    package var since: Int64?
    package var scope: Scope
    package var isReversed: Bool
    package var withContext: Bool
    /// The most operations that are read of one changeset; nil for all.
    package var operationsMax: Int?

    package init(
        table: Identifier? = nil, site: String? = nil, since: Int64? = nil, scope: Scope = .alliance,
        isReversed: Bool = false,
        withContext: Bool = false, operationsMax: Int? = nil
    ) {
        self.operationsMax = operationsMax
        self.table = table
        self.site = site
        self.since = since
        self.scope = scope
        self.isReversed = isReversed
        self.withContext = withContext
    }
}

/// Lists changesets with what they wrote.
struct LogReports {
    let transaction: Transaction

    /// Lists applied changesets in the order in which this replica applied them: newest first, or oldest first if
    /// reversed; as long as `goesOn` says so.
    func log(_ filter: LogFilter, while goesOn: (ChangesetReport) -> Bool) throws(StoreError) {
        var contexts = ContextReader(log: transaction.log)
        let applied = try AppliedChangesets(newestFirst: !filter.isReversed, in: transaction)
        while let dot = try applied.next() {
            let feed = transaction.state.name(of: dot)
            let name = transaction.state.roster.entry(of: feed.site)?.name
            guard feed.scope == filter.scope, matches(filter.site, feed.site, name) else { continue }
            let logged = try transaction.log.logged(dot)
            if let since = filter.since, logged.header.stamp.milliseconds < since { continue }
            let standing = applied.standing
            let operations =
                feed.scope == .control
                ? nil : try operations(of: logged, filter, isReadable: standing == .counts)
            if filter.table != nil, operations?.count ?? 0 == 0 { continue }
            let isWanted = goesOn(
                ChangesetReport(
                    feed: feed, name: name, seq: dot.seq, stamp: logged.header.stamp, hash: logged.hash,
                    standing: standing,
                    context: filter.withContext ? context(of: feed, seq: dot.seq, try contexts.context(of: dot)) : nil,
                    operations: operations?.first, operationCount: operations?.count ?? 0,
                    control: feed.scope == .control ? try control(of: logged) : nil))
            guard isWanted else { return }
        }
    }

    /// A context over the feeds of the changeset's own scope; its own feed stands at seq - 1, also where that is 0.
    private func context(of feed: FeedID, seq: UInt64, _ vector: VersionVector) -> Vector {
        var out = transaction.state.vector(vector).filter { $0.key.scope == feed.scope }
        if seq > feed.branch?.first ?? 0 { out[feed] = seq - 1 }
        return out
    }

    private func matches(_ wanted: String?, _ site: SiteID, _ name: String?) -> Bool {
        guard let wanted else { return true }
        return name == wanted || site.hex.hasPrefix(wanted.lowercased())
            || site.short.replacing("-", with: "").hasPrefix(wanted.uppercased().replacing("-", with: ""))
    }

    /// The first operations of a changeset, and how many there are; of one that is void because it cannot be read,
    /// those before the fault.
    private func operations(
        of changeset: LoggedChangeset, _ filter: LogFilter, isReadable: Bool
    ) throws(StoreError) -> (first: [RowOperation], count: Int) {
        var out: [RowOperation] = []
        var count = 0
        let most = filter.operationsMax ?? .max
        var source = OperationSource(log: transaction.log, changeset: changeset)
        var table: TableItem?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let named) = item {
                    table = named
                } else if let table, filter.table == nil || table.name == filter.table {
                    count += 1
                    if out.count < most { out.append(Self.operation(item, of: table, source.cursor)) }
                    // What is judged has as many as its header says.
                    if out.count == most, isReadable, filter.table == nil {
                        return (out, Int(clamping: changeset.header.operationCount))
                    }
                }
            }
        } catch {
            if case .store(let error) = error { throw error }
            if isReadable {
                throw .damaged(
                    "a changeset of the log of \(transaction.file.path) cannot be read: run `caravan verify`")
            }
        }
        return (out, count)
    }

    private static func operation(
        _ item: OperationCursor.Item, of table: TableItem, _ cursor: OperationCursor
    ) -> RowOperation {
        let values = cursor.cells.map { cursor.value($0) }
        let others = values.dropFirst(table.key.count)
        let action: RowOperation.Action =
            switch item {
            case .insert: .insert(Dictionary(uniqueKeysWithValues: zip(table.valueColumns, others)))
            case .update:
                .update(
                    Dictionary(uniqueKeysWithValues: zip(cursor.columnIndexes.map { table.valueColumns[$0] }, others)))
            case .table, .delete: .delete
            }
        return RowOperation(table: table.name, key: Array(values.prefix(table.key.count)), action: action)
    }

    private func control(of changeset: LoggedChangeset) throws(StoreError) -> [ControlOperation] {
        let bytes = try transaction.log.chunks(of: changeset).reduce([], +)
        return (try? ControlCodec.decode(bytes)) ?? []
    }
}

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

    package init(
        table: Identifier? = nil, site: String? = nil, since: Int64? = nil, scope: Scope = .alliance,
        isReversed: Bool = false,
        withContext: Bool = false
    ) {
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
    /// reversed.
    func log(_ filter: LogFilter, each: (ChangesetReport) -> Void) throws(StoreError) {
        var contexts = ContextReader(transaction: transaction)
        let order = filter.isReversed ? "ASC" : "DESC"
        let statement = try transaction.connection.prepare(
            """
            SELECT feed, seq, standing, reason FROM caravan_changeset WHERE position IS NOT NULL ORDER BY position \
            \(order)
            """
        )
        while try statement.step() {
            let dot = Dot(feed: FeedOrdinal(Int(statement.integer(at: 0))), seq: UInt64(statement.integer(at: 1)))
            let feed = transaction.state.feed(dot.feed).id
            let name = transaction.state.roster.record(of: feed.site)?.admission.name
            guard feed.scope == filter.scope, matches(filter.site, feed.site, name) else { continue }
            let logged = try transaction.log.logged(dot)
            if let since = filter.since, logged.header.stamp.milliseconds < since { continue }
            let standing: Standing =
                switch statement.integer(at: 2) {
                case 0: .counts
                case 1: .void(statement.string(at: 3))
                default: .quarantined(statement.string(at: 3))
                }
            let operations =
                feed.scope == .control
                ? nil : try operations(of: logged, table: filter.table, isReadable: standing == .counts)
            if filter.table != nil, operations?.isEmpty ?? true { continue }
            each(
                ChangesetReport(
                    feed: feed, name: name, seq: dot.seq, stamp: logged.header.stamp, hash: logged.hash,
                    standing: standing,
                    context: filter.withContext ? context(of: feed, seq: dot.seq, try contexts.context(of: dot)) : nil,
                    operations: operations, control: feed.scope == .control ? try control(of: logged) : nil))
        }
    }

    /// Over the feeds of the changeset's own scope; its own feed stands at seq - 1, also where that is 0.
    private func context(of feed: FeedID, seq: UInt64, _ vector: VersionVector) -> Vector {
        var out = transaction.state.vector(vector).filter { $0.key.scope == feed.scope }
        out[feed] = seq - 1
        return out
    }

    private func matches(_ wanted: String?, _ site: SiteID, _ name: String?) -> Bool {
        guard let wanted else { return true }
        return name == wanted || site.hex.hasPrefix(wanted.lowercased())
            || site.short.replacing("-", with: "").hasPrefix(wanted.uppercased().replacing("-", with: ""))
    }

    /// The operations of a changeset; of one that is void because it cannot be read, those before the fault.
    private func operations(
        of changeset: LoggedChangeset, table wanted: Identifier?, isReadable: Bool
    ) throws(StoreError) -> [RowOperation] {
        var out: [RowOperation] = []
        var source = OperationSource(transaction: transaction, changeset: changeset)
        var table: TableItem?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let named) = item {
                    table = named
                } else if let table, wanted == nil || table.name == wanted {
                    out.append(Self.operation(item, of: table, source.cursor))
                }
            }
        } catch {
            if case .store(let error) = error { throw error }
            if isReadable {
                throw .damaged(
                    "a changeset of the log of \(transaction.file.path) cannot be read: run `caravan verify`")
            }
        }
        return out
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
        var bytes: [UInt8] = []
        for number in changeset.header.chunkHashes.indices {
            bytes += try transaction.log.chunk(body: changeset.body, number: number)
        }
        return (try? ControlCodec.decode(bytes)) ?? []
    }
}

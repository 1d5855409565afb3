import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine

/// The people's tables page by page, and single rows to write, for a person who looks at them.
package struct NodeTables: Sendable {
    let node: Node

    /// The tables as they are defined, by name.
    package func definitions() async throws(NodeError) -> [TableDefinition] {
        try await node.store { engine in try engine.replica.admin.schema().tables }
    }

    /// Reads a page of a table. Where rows that fit are rare it may end before it is full: after `milliseconds`.
    ///
    /// - Throws: `notFound` for a table or column that there is not.
    package func page(_ query: RowQuery, milliseconds: Int64 = 120) async throws(NodeError) -> RowPage {
        try await node.browse { browser in
            let end = Clocks.now.steady + milliseconds
            return try browser.page(query) { Clocks.now.steady > end }
        }
    }

    /// Whether the rows of a table can be sorted by a column in bounded time.
    package func canSort(_ table: Identifier, by column: Identifier) async throws(NodeError) -> Bool {
        try await node.browse { browser in try browser.canSort(table, by: column) }
    }

    /// The columns, of these, by which the rows of a table can be sorted in bounded time.
    package func sortable(_ columns: [Identifier], of table: Identifier) async throws(NodeError) -> [Identifier] {
        try await node.browse { browser in
            var out: [Identifier] = []
            for column in columns where try browser.canSort(table, by: column) { out.append(column) }
            return out
        }
    }

    /// The own site of this node.
    package func ownSite() async throws(NodeError) -> SiteID { try await node.store { engine in engine.site } }

    /// Has this node seal nothing where somebody only looks, for another one on the same replica seals at once.
    package func leaveSealing() async throws(NodeError) {
        try await node.store { engine in engine.leavesSealing = true }
    }

    /// The values of columns of rows, by their keys; nil for a row that is not there.
    package func values(
        of columns: [Identifier], in table: Identifier, keys: [[Value]]
    ) async throws(NodeError) -> [[Value]?] {
        guard !keys.isEmpty else { return [] }
        return try await node.browse { browser in try browser.values(of: columns, in: table, keys: keys) }
    }

    /// The cells of rows in a spreadsheet, in the notation in which an import takes them for the same.
    ///
    /// - Parameter columns: the columns of which the rows have values, in this order.
    package func cells(
        of rows: [[Value]], _ columns: [Identifier], in table: Identifier
    ) async throws(NodeError) -> [[SheetCell]] {
        try await node.browse { browser in try browser.cells(of: rows, columns, in: table) }
    }

    /// The rows that refer to a row, by table and column.
    package func referrers(
        to table: Identifier, key: [Value], columns: @escaping @Sendable (TableDefinition) -> [Identifier],
        rowsMax: Int
    ) async throws(NodeError) -> [ReferrerReport] {
        try await node.browse { browser in
            try browser.referrers(to: table, key: key, columns: columns, rowsMax: rowsMax)
        }
    }

    /// The rows that a delete of a row would touch.
    package func outlook(deleting key: [Value], of table: Identifier) async throws(NodeError) -> DeleteOutlook {
        try await node.browse { browser in try browser.outlook(of: table, key: key) }
    }

    /// The key that a text names in a table, by ``KeyLink``, whether there is such a row or not.
    package func key(_ text: String, of table: String) async throws(NodeError) -> [Value] {
        try await node.store { engine in try KeyLink.read(text, of: try engine.replica.table(table)) }
    }

    /// The key that a text means in a table as a person may have written it, by ``KeyText``: of the row that is there.
    package func meantKey(_ text: String, of table: String) async throws(NodeError) -> [Value] {
        try await node.store { engine in try engine.replica.key(text, of: try engine.replica.table(table)) }
    }

    /// Why this node may not write into the people's tables; nil where it may.
    package func writeRefusal() async throws(NodeError) -> String? {
        try await node.store { engine in try engine.replica.reports.writeRefusal() }
    }

    /// Seals, does one write of a person into one row, and seals it as one changeset.
    ///
    /// - Returns: the outcome, and the changeset; nil where nothing was written.
    /// - Throws: `wrongSQL` where a rule of the table refuses it, `noRight` for a reader.
    package func write(
        _ edit: RowEdit, into table: Identifier
    ) async throws(NodeError) -> (outcome: RowEditOutcome, changeset: (feed: FeedID, seq: UInt64)?) {
        let before: (feed: FeedID, seq: UInt64)?
        let outcome: RowEditOutcome
        do {
            (before, outcome) = try await node.store { engine in
                try engine.seal()
                let last = try engine.replica.reports.lastSealed()
                return (last, try RowEditor(replica: engine.replica, table: table).run(edit))
            }
        } catch {
            let refusal = try await node.store { engine in try engine.replica.reports.writeRefusal() }
            throw error.message == refusal ? NodeError(kind: .noRight, message: error.message) : error
        }
        guard case .written = outcome else { return (outcome, nil) }
        try await node.sealWritten(by: "the console")
        return (outcome, try await sealed(since: before))
    }

    /// The changeset that was sealed last, where it is another than `before`.
    private func sealed(
        since before: (feed: FeedID, seq: UInt64)?
    ) async throws(NodeError) -> (feed: FeedID, seq: UInt64)? {
        let after = try await node.store { engine in try engine.replica.reports.lastSealed() }
        guard let after, after.feed != before?.feed || after.seq != before?.seq else { return nil }
        return after
    }

    /// Settles what is reported of one row as `NodeRecords.settle` does, unless rows have changed since they were
    /// shown.
    ///
    /// - Parameter shown: the rows, each with its settling version.
    /// - Returns: the outcome, and the changeset that settles it; nil where nothing was written.
    package func settle(
        _ resolution: Resolution, table: Identifier, key: [Value], shown: [(key: [Value], version: String)]
    ) async throws(NodeError) -> (outcome: RowEditOutcome, changeset: (feed: FeedID, seq: UInt64)?) {
        let (before, outcome) = try await node.store { engine in
            try engine.seal()
            let last = try engine.replica.reports.lastSealed()
            let outcome = try Resolver(replica: engine.replica, now: Clocks.now.wall)
                .resolve(resolution, table: table, key: key, shown: shown)
            try engine.seal()
            return (last, outcome)
        }
        guard case .written = outcome else { return (outcome, nil) }
        return (outcome, try await sealed(since: before))
    }

    /// What is applied of every feed: the state of which a page shows something.
    package func applied() async throws(NodeError) -> Vector {
        try await node.store { engine in try engine.replica.vectors().applied }
    }

    /// Whether the replica that is open is still the one in its place.
    package func isInPlace() async throws(NodeError) -> Bool {
        try await node.store { engine in engine.replica.admin.isInPlace }
    }

    /// Closes the replica for good, with each connection to it: in one process two that opened it under two names take
    /// each other's log for their own.
    ///
    /// - Returns: what was put aside, as `ReplicaAdmin.close`.
    @discardableResult
    package func leave() async throws(NodeError) -> String? { try await Self.leave(node) }

    private static func leave(_ node: isolated Node) throws(NodeError) -> String? {
        node.browser = nil
        return try node.store { engine in engine.replica.admin.close() }
    }

    /// The version of a row with all that is reported of it: the same exactly as long as all of this is.
    package static func settlingVersion(of record: RecordReport) -> String { record.settlingVersion }

    /// The version of a row: the same exactly as long as all its values are.
    package static func version(of record: RecordReport, in table: TableDefinition) -> String {
        RowEditor.version(key: record.key, values: table.valueColumns.map { record.values[$0.name] ?? .null })
    }
}

extension Node {
    /// Reads rows on a connection that is kept: what it is opened for is asked for several times for each page.
    func browse<Result: Sendable>(
        _ body: @Sendable (RowBrowser) throws -> Result
    ) throws(NodeError) -> Result {
        do {
            return try saying {
                let kept = try browser ?? RowBrowser(replica: engine.replica)
                try kept.renew(engine.replica)
                browser = kept
                return try body(kept)
            }
        } catch {
            // Whatever was wrong with it is not kept.
            if error.kind != .notFound { browser = nil }
            throw error
        }
    }

    /// The people's tables page by page, and single rows to write.
    package nonisolated var tables: NodeTables { NodeTables(node: self) }

    /// The moments at which any program writes into the replica; several that come together may be one.
    package nonisolated var writes: AsyncStream<Void> { FileWatch.writes(of: home.realReplica) }
}

import ReplicaModel
import ReplicaStore
import SyncEngine

/// Spreadsheets in and out of a node's tables.
public struct NodeSheets: Sendable {
    let node: Node

    /// Imports the rows of a spreadsheet into a table, all in one transaction, which is sealed as one changeset. What
    /// was pending is sealed before.
    ///
    /// - Parameters:
    ///   - request: which table, and how. Its `words` are added to those that this software knows.
    ///   - rows: gives each row of the file, in order, to what it is handed.
    ///   - tell: told of each line that is refused, is like another, or would be written by a dry run.
    /// - Throws: `notFound` where there is no such table or column, `wrongSQL` where the header cannot be meant,
    ///   `noRight` for a reader, and what `rows` throws.
    public func bring(
        _ request: ImportRequest,
        rows: @Sendable (_ take: (SheetRow) throws -> Void) throws -> Void,
        tell: @escaping @Sendable (ImportEvent) -> Void
    ) async throws(NodeError) -> ImportReport {
        try await bring(request, rows: rows, tell: tell, isWanted: { true })
    }

    /// Imports as `bring(_:rows:tell:)` does, and keeps it only where it is what somebody wants.
    ///
    /// - Parameter isWanted: asked once all is told and before it is kept, while nobody else writes.
    package func bring(
        _ request: ImportRequest,
        rows: @Sendable (_ take: (SheetRow) throws -> Void) throws -> Void,
        tell: @escaping @Sendable (ImportEvent) -> Void, isWanted: @escaping @Sendable () -> Bool
    ) async throws(NodeError) -> ImportReport {
        var wanted = request
        wanted.words.merge(HeaderWords.known) { $0 + $1 }
        wanted.names = RecordNames.headers(of: Identifier(request.table))
        let whole = wanted
        var report = try await node.store { engine in
            try engine.seal()
            let sheet = try SheetImport(replica: engine.replica, request: whole, tell: tell)
            try rows { try sheet.take($0) }
            return try sheet.finish(isWanted: isWanted)
        }
        guard !report.isTakenBack, report.inserted + report.changed > 0 else { return report }
        try await node.sealWritten(by: "the import")
        report.changeset = try await node.store { engine in try engine.replica.reports.lastSealed() }
        return report
    }

    /// Gives every row of a table, by its key.
    ///
    /// - Parameters:
    ///   - header: takes the names of the columns.
    ///   - row: takes the values, and the cells that stand for them; false to end.
    /// - Throws: `notFound` where there is no such table, and what `header` and `row` throw.
    public func table(
        _ name: String, header: @Sendable ([String]) throws -> Void,
        row: @Sendable ([Value], _ cells: () -> [SheetCell]) throws -> Bool
    ) async throws(NodeError) {
        try await node.store { engine in
            try engine.sealBeforeLooking()
            try SheetExport(replica: engine.replica).table(name, header: header) { found in
                try row(found.values, { found.cells })
            }
        }
    }

    /// Gives every row of a query, as `table(_:header:row:)` does those of a table.
    ///
    /// - Throws: `wrongSQL` where the SQL is no single query, and what `header` and `row` throw.
    public func query(
        _ sql: String, header: @Sendable ([String]) throws -> Void,
        row: @Sendable ([Value], _ cells: () -> [SheetCell]) throws -> Bool
    ) async throws(NodeError) {
        guard !sql.utf8.contains(0) else {
            throw NodeError(
                kind: .wrongSQL, message: "the SQL has a NUL character in it: write char(0) where one is meant")
        }
        try await node.store { engine in
            try engine.sealBeforeLooking()
            try SheetExport(replica: engine.replica).query(sql, header: header) { found in
                try row(found.values, { found.cells })
            }
        }
    }
}

import ReplicaModel
import SQLiteAccess
import SyncWire

/// Writes the rows of a spreadsheet into a table as a person would: on a connection with triggers and foreign keys, in
/// one transaction, which the next sealing makes one changeset of.
///
/// A row that cannot be written is told with its line, and stops nothing but itself. A row that is there as the file
/// has it is not written, so the same file again writes nothing.
package final class SheetImport {
    private let request: ImportRequest
    private let replica: Replica
    /// The connection on which the file is written; nil before it has begun.
    private var opened: Connection?
    /// The copy on which a dry run of much is tried.
    private var trial: TrialCopy?
    /// Rows of a dry run, while they are so few that nobody would have to wait for it.
    private var early: [SheetRow] = []
    private var earlyBytes = 0
    private let table: TableState
    private let tables: [TableState]
    private let uniques: [IndexDefinition]
    private let tell: (ImportEvent) -> Void
    private var search: HeaderSearch
    private var writer: SheetWriter?
    package private(set) var report = ImportReport()

    /// Begins the transaction; a dry run begins it later, and where there is much of it on a copy, so that nobody waits
    /// for it.
    ///
    /// - Parameter tell: told of each line that is refused, changed or like another.
    /// - Throws: `notFound` where there is no such table, with the tables that there are; `notAllowed` where this node
    ///   may not write.
    package init(
        replica: Replica, request: ImportRequest, tell: @escaping (ImportEvent) -> Void
    ) throws(StoreError) {
        if let refusal = try replica.reports.writeRefusal() { throw .notAllowed(refusal) }
        let state = try replica.read().state
        table = try state.sheetTable(request.table)
        tables = state.tables
        uniques = state.indexes.filter { [table] in
            $0.definition.isUnique && $0.definition.table == table.name
        }.map(\.definition)
        search = HeaderSearch(table: table.definition, request: request)
        self.request = request
        self.tell = tell
        self.replica = replica
        if !request.isDryRun { _ = try begun() }
    }

    /// The connection with its transaction, which is begun if it was not.
    private func begun() throws(StoreError) -> Connection {
        if let opened { return opened }
        let connection: Connection
        if let trial {
            connection = trial.connection
        } else {
            connection = try Connection(path: replica.path, access: .readWrite, on: replica.connection.disk)
        }
        // Temporary tables lie in a file, with a cache that is bounded.
        try connection.run(
            "PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -8000")
        try connection.begin(isWriting: true)
        opened = connection
        return connection
    }

    /// Takes the next row of the file.
    ///
    /// - Throws: `notFound` and `wrongSQL` where the header cannot be meant; what is wrong with the replica itself.
    package func take(_ row: SheetRow) throws(StoreError) {
        guard opened == nil else { return try write(row) }
        early.append(row)
        earlyBytes += row.cells.reduce(0) { $0 + $1.bytes.count }
        guard early.count > TrialCopy.rowsInPlaceMax || earlyBytes > Self.earlyBytesMax else { return }
        trial = try TrialCopy.of(try replica.read(), trying: .max)
        try writeEarly()
    }

    private static let earlyBytesMax = 4 << 20

    private func writeEarly() throws(StoreError) {
        _ = try begun()
        let rows = early
        early = []
        for row in rows { try write(row) }
    }

    private func write(_ row: SheetRow) throws(StoreError) {
        let isEmpty = row.cells.allSatisfy(\.isBlank)
        if let writer {
            if !isEmpty { try writer.take(row) }
            return
        }
        guard !isEmpty else { return }
        if search.take(row) { try begin() }
    }

    /// Begins to write below the header that the first rows have.
    private func begin() throws(StoreError) {
        let found = try search.found()
        found.notices.forEach { tell(.notice($0)) }
        try begin(found.header)
        for row in found.rows { try writer?.take(row) }
    }

    private func begin(_ header: SheetHeader) throws(StoreError) {
        try header.check()
        let connection = try begun()
        for unknown in header.unknown {
            report.unknownColumns += 1
            let advice = unknown.advice.map { ", did you mean \($0)?" } ?? ""
            tell(
                .refused(
                    .init(
                        line: header.line, column: unknown.header, value: nil,
                        reason: """
                            table \(table.name) has no such column\(advice.isEmpty ? "" : advice) (--map \
                            '\(unknown.header)=COLUMN' says what it stands for, and --map '\(unknown.header)=' leaves \
                            it out)
                            """)))
        }
        let probe = CheckProbe(connection: connection, table: table.definition)
        let plan = try SheetPlan(
            header, of: table, for: request, uniques: uniques, tables: tables, probe: probe, connection: connection)
        if case .wholeRow = plan.recognition {
            tell(
                .notice(
                    """
                    the file has neither the key of \(table.name) nor another column that is unique, so a row is taken \
                    for one that is there only where all its cells are equal: name columns that tell rows apart with \
                    --key
                    """))
        }
        writer = try SheetWriter(
            plan: plan, header: header, table: table, request: request, probe: probe, connection: connection,
            tell: tell)
    }

    /// Writes what waited for rows that stand further down, and commits; takes all back in a dry run, or where a line
    /// was refused and none may be.
    ///
    /// - Parameter isWanted: whether all that was told is to be kept; asked once all is told, while nobody else writes.
    /// - Returns: the counts.
    package func finish(isWanted: () -> Bool = { true }) throws(StoreError) -> ImportReport {
        if opened == nil { try writeEarly() }
        let connection = try begun()
        if writer == nil { try begin() }
        guard let writer else { return report }
        let unknown = report.unknownColumns
        try writer.finish()
        report = writer.report
        report.unknownColumns += unknown
        if let place = writer.unseen.min() {
            throw .notFound(
                "--map names #\(place + 1), and the file has nothing there: its header ends before that column")
        }
        let isRefused = request.isStrict && (report.refused > 0 || report.unknownColumns > 0)
        guard !request.isDryRun, !isRefused else {
            report.isTakenBack = true
            report.isHeldBack = isRefused
            if isRefused { (report.inserted, report.changed) = (0, 0) }
            connection.rollBack()
            return report
        }
        guard isWanted() else {
            report.isTakenBack = true
            connection.rollBack()
            return report
        }
        do { try connection.run("COMMIT") } catch {
            connection.rollBack()
            if case .sqlite(_, let message, _) = error { throw .wrongSQL("nothing was written: \(message)") }
            throw error
        }
        return report
    }
}

extension ReplicaState {
    /// The table of a name, whatever its case.
    func sheetTable(_ name: String) throws(StoreError) -> TableState {
        if let found = tables.first(where: { $0.name.isSame(as: Identifier(name)) }) { return found }
        let names = tables.map(\.name.text)
        let advice = Nearness.nearest(to: name.lowercased(), among: names).map { ", did you mean \($0)?" }
        throw .notFound("there is no table \(name)\(advice ?? "") (the tables are \(names.joined(separator: ", ")))")
    }
}

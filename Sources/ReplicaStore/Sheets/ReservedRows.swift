import ReplicaModel
import SQLiteAccess

/// The rows of lines that wait, by the columns by which rows are recognised, in a temporary table: a later line of the
/// same row comes behind the earlier one, whichever of both could be written first.
final class ReservedRows {
    private let insert: Statement
    private let select: Statement
    private let delete: Statement
    private let mark: Statement
    private let next: Statement
    private let first: Statement
    private var isUsed = false

    init(columnCount: Int, connection: Connection) throws(StoreError) {
        let fields = (0..<columnCount).map { "f\($0)" }
        let list = fields.joined(separator: ", ")
        try connection.run(
            """
            CREATE TABLE temp.caravan_reserved(
                line INTEGER PRIMARY KEY, wait INTEGER, isContested INTEGER, needs, \(list), UNIQUE (\(list)));
            """)
        let marks = (1...(columnCount + 4)).map { "?\($0)" }.joined(separator: ", ")
        insert = try connection.prepare("INSERT OR IGNORE INTO temp.caravan_reserved VALUES (\(marks))")
        let term = fields.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: " AND ")
        select = try connection.prepare("SELECT line, wait FROM temp.caravan_reserved WHERE \(term)")
        mark = try connection.prepare("UPDATE temp.caravan_reserved SET isContested = 1 WHERE line = ?1")
        next = try connection.prepare(
            """
            SELECT line FROM temp.caravan_reserved AS r WHERE isContested AND NOT EXISTS (
                WITH RECURSIVE chain(line, needs, isContested) AS (
                    SELECT s.line, s.needs, s.isContested FROM temp.caravan_reserved AS s WHERE s.f0 = r.needs
                    UNION SELECT s.line, s.needs, s.isContested
                    FROM chain JOIN temp.caravan_reserved AS s ON s.f0 = chain.needs LIMIT \(Self.chainMax))
                SELECT 1 FROM chain WHERE isContested AND line <> r.line)
            """)
        first = try connection.prepare("SELECT min(line) FROM temp.caravan_reserved WHERE isContested")
        delete = try connection.prepare("DELETE FROM temp.caravan_reserved WHERE line = ?1")
    }

    /// - Parameter needs: the row for which the line waits, where rows are recognised by one column.
    func hold(_ row: [Value], line: Int, _ wait: SheetWriter.Wait, needs: Value) throws(StoreError) {
        isUsed = true
        try insert.run([.integer(Int64(line)), .integer(wait == .reference ? 0 : 1), .integer(0), needs] + row)
    }

    /// The line that waits with the row, and for what; nil where none does.
    func holder(of row: [Value]) throws(StoreError) -> (line: Int, wait: SheetWriter.Wait)? {
        guard isUsed, let found = try select.first(row), case .integer(let line) = found[0] else { return nil }
        return (Int(line), found[1] == .integer(0) ? .reference : .value)
    }

    /// Notes that another line has the row too, and comes behind.
    func contest(line: Int) throws(StoreError) { try mark.run([.integer(Int64(line))]) }

    /// The lines behind which others of the same rows wait, and that wait for nothing which one of the others may
    /// bring: the first of all where each waits for another. Empty where there are none.
    func contested() throws(StoreError) -> Set<Int> {
        guard isUsed else { return [] }
        var lines: Set<Int> = []
        while try next.step() { if case .integer(let line) = next.value(at: 0) { lines.insert(Int(line)) } }
        if lines.isEmpty, case .integer(let line)? = try first.first([])?.first { lines = [Int(line)] }
        return lines
    }

    /// Longer chains of lines that wait for each other are no table that people made.
    private static let chainMax = 100

    func release(line: Int) throws(StoreError) {
        if isUsed { try delete.run([.integer(Int64(line))]) }
    }
}

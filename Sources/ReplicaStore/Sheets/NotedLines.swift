import ReplicaModel
import SQLiteAccess
import SyncWire

/// The rows that lines of a file would have once all of it is in: their keys and names, in a temporary table, before
/// the first line is written whose references depend on them.
///
/// The table holds what a line says, and not what became of it, so the same file again comes to the same answers.
final class NotedLines {
    /// Whether every line was noted.
    var isWhole = false
    private let connection: Connection
    private let table: TableState
    /// The places in the plan of the columns that hold names; nil for one that the file lacks.
    private let places: [Int?]
    private let insert: Statement
    private let keyed: Statement
    private let settle: Statement
    private let find: Statement

    init(plan: SheetPlan, table: TableState, connection: Connection) throws(StoreError) {
        self.connection = connection
        self.table = table
        places = ReferenceNames.nameColumns(of: table.definition).map { column in
            plan.columns.firstIndex { $0.definition.name == column.name }
        }
        let names = places.indices.map { ", n\($0)" }.joined()
        try connection.run(
            """
            CREATE TABLE temp.caravan_noted(
                line INTEGER PRIMARY KEY, key UNIQUE, same BLOB UNIQUE, isCertain INTEGER\(names))
            """)
        let marks = (1...(4 + places.count)).map { "?\($0)" }.joined(separator: ", ")
        insert = try connection.prepare("INSERT OR IGNORE INTO temp.caravan_noted VALUES (\(marks))")
        keyed = try connection.prepare("SELECT 1 FROM temp.caravan_noted WHERE key = ?1")
        find = try connection.prepare("SELECT key FROM temp.caravan_noted WHERE line = ?1")
        settle = try connection.prepare("UPDATE OR IGNORE temp.caravan_noted SET key = ?2 WHERE line = ?1")
    }

    /// Notes a line; a later one of the same row does not count.
    ///
    /// - Parameters:
    ///   - key: of its row; nil where that is new and the table makes the key.
    ///   - same: tells the row from those of other lines where there is no key.
    ///   - isCertain: false where the row may be there, and cannot be told yet.
    func note(
        line: Int, key: Value?, same: [Value], isCertain: Bool, _ values: [Value], of plan: SheetPlan
    ) throws(StoreError) {
        let names = places.map { place -> Value in
            guard let place else { return Self.kept }
            return values[place].isNull && plan.columns[place].takesDefault ? Self.kept : values[place]
        }
        var mark = Value.null
        if key == nil {
            var writer = CBORWriter()
            for value in same { writer.write(value) }
            mark = .blob(writer.bytes)
        }
        let head: [Value] = [.integer(Int64(line)), key ?? .null, mark, .integer(isCertain ? 1 : 0)]
        try insert.run(head + names)
    }

    /// A name that the line leaves as it is.
    private static let kept = Value.integer(0)

    /// Whether a line has the row of a key.
    func has(_ key: Value) throws(StoreError) -> Bool { try keyed.first([key]) != nil }

    /// Learns the key of a row that was written.
    ///
    /// - Returns: what was known of the line.
    func wrote(line: Int, key: Value) throws(StoreError) -> Knowledge {
        guard let row = try find.first([.integer(Int64(line))]) else { return .nothing }
        guard row[0].isNull else { return .all }
        try settle.run([.integer(Int64(line)), key])
        return .allButKey
    }

    enum Knowledge {
        case nothing, allButKey, all
    }

    /// Gives every name that a row of the table has once the file is in.
    ///
    /// - Parameter body: takes the name, the key, and for a row that is not there yet the line; a line below 0 is that of
    ///   a row that may be there all the same.
    func forEachName(_ body: (_ name: [UInt8], _ key: Value, _ line: Value) throws(StoreError) -> Void)
        throws(StoreError)
    {
        let columns = ReferenceNames.nameColumns(of: table.definition).map(\.name.quoted)
        let key = table.keyColumns[0].name.quoted
        let own = columns.map { ", t.\($0)" }.joined()
        let noted = columns.indices.map { ", x.n\($0)" }.joined()
        let rows = try connection.prepare(
            """
            SELECT t.\(key), x.line\(own)\(noted) FROM \(table.name.quoted) AS t
            LEFT JOIN temp.caravan_noted AS x ON x.key = t.\(key)
            """)
        while try rows.step() {
            for index in columns.indices {
                let noted = rows.value(at: 2 + columns.count + index)
                let isNoted = !rows.value(at: 1).isNull && noted != Self.kept
                if case .text(let name) = isNoted ? noted : rows.value(at: 2 + index) {
                    try body(name, rows.value(at: 0), .null)
                }
            }
        }
        let coming = try connection.prepare(
            """
            SELECT x.key, iif(x.isCertain, x.line, -x.line)\(noted) FROM temp.caravan_noted AS x
            WHERE NOT EXISTS (SELECT 1 FROM \(table.name.quoted) AS t WHERE t.\(key) = x.key)
            """)
        while try coming.step() {
            for index in columns.indices {
                guard case .text(let name) = coming.value(at: 2 + index) else { continue }
                try body(name, coming.value(at: 0), coming.value(at: 1))
            }
        }
    }
}

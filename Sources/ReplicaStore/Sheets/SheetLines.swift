import ReplicaModel
import SQLiteAccess
import SyncWire

/// The lines on which a file has rows, by their keys, in a temporary table.
final class SheetLines {
    private let insert: Statement
    private let select: Statement

    init(connection: Connection, keyCount: Int) throws(StoreError) {
        let keys = (0..<keyCount).map { "k\($0)" }.joined(separator: ", ")
        try connection.run(
            "CREATE TABLE temp.caravan_lines(\(keys), line INTEGER, PRIMARY KEY (\(keys))) WITHOUT ROWID")
        let marks = (1...(keyCount + 1)).map { "?\($0)" }.joined(separator: ", ")
        insert = try connection.prepare("INSERT OR IGNORE INTO temp.caravan_lines VALUES (\(marks))")
        let term = (0..<keyCount).map { "k\($0) = ?\($0 + 1)" }.joined(separator: " AND ")
        select = try connection.prepare("SELECT line FROM temp.caravan_lines WHERE \(term)")
    }

    func note(_ key: [Value], line: Int) throws(StoreError) { try insert.run(key + [.integer(Int64(line))]) }

    /// The first line that has the row; nil where none has.
    func line(of key: [Value]) throws(StoreError) -> Int? {
        if case .integer(let line)? = try select.first(key)?.first { Int(line) } else { nil }
    }
}

/// Rows that are tried again once the whole file was read, in a temporary table.
final class LaterRows {
    private let connection: Connection
    private let name: String
    private let insert: Statement
    private(set) var count = 0

    /// - Parameter kind: tells the temporary tables of several apart.
    init(_ kind: String, connection: Connection) throws(StoreError) {
        self.connection = connection
        name = "temp.caravan_later_\(kind)"
        try connection.run("CREATE TABLE \(name)(number INTEGER PRIMARY KEY, line INTEGER, cells BLOB)")
        insert = try connection.prepare("INSERT INTO \(name)(line, cells) VALUES (?1, ?2)")
    }

    func add(_ row: SheetRow) throws(StoreError) {
        count += 1
        var writer = CBORWriter()
        writer.beginArray(row.cells.count * Self.partsOfCell)
        for cell in row.cells {
            let kind: Int64 =
                switch cell {
                case .empty: 0
                case .text: 1
                case .number: 2
                case .date: 3
                case .flag(let flag): flag ? 5 : 4
                case .wrong: 6
                }
            writer.write(integer: kind)
            writer.write(Value.blob(cell.bytes))
            if case .wrong(_, let reason?) = cell { writer.write(Value.text(reason)) } else { writer.write(Value.null) }
        }
        try insert.run([.integer(Int64(row.line)), .blob(writer.bytes)])
    }

    /// The kind, the bytes, and why they are no value.
    private static let partsOfCell = 3

    /// Gives every row, in the order of the lines.
    ///
    /// - Parameter body: true where the row is done with.
    func forEach(_ body: (SheetRow) throws(StoreError) -> Bool) throws(StoreError) {
        let next = try connection.prepare(
            "SELECT number, line, cells FROM \(name) WHERE number > ?1 ORDER BY number LIMIT 1")
        let delete = try connection.prepare("DELETE FROM \(name) WHERE number = ?1")
        var number: Int64 = 0
        while true {
            guard let found = try next.first([.integer(number)]), case .integer(let place) = found[0],
                case .integer(let line) = found[1], case .blob(let bytes) = found[2]
            else { return }
            number = place
            if try body(SheetRow(line: Int(line), cells: try Self.cells(bytes))) {
                try delete.run([.integer(number)])
                count -= 1
            }
        }
    }

    private static func cells(_ bytes: [UInt8]) throws(StoreError) -> [SheetCell] {
        do throws(WireError) {
            var reader = CBORReader(bytes)
            var out: [SheetCell] = []
            for _ in 0..<(try reader.readArray(max: Int.max) / partsOfCell) {
                let kind = try reader.readInteger()
                let (value, reason) = (
                    try reader.readValue(bytesMax: Int.max), try reader.readValue(bytesMax: Int.max)
                )
                guard case .blob(let bytes) = value else { continue }
                let text = String(decoding: bytes, as: UTF8.self)
                switch kind {
                case 0: out.append(.empty)
                case 1: out.append(.text(bytes))
                case 2: out.append(.number(text))
                case 3: out.append(.date(text))
                case 4, 5: out.append(.flag(kind == 5))
                default:
                    var sentence: String?
                    if case .text(let text) = reason { sentence = String(decoding: text, as: UTF8.self) }
                    out.append(.wrong(bytes, reason: sentence))
                }
            }
            return out
        } catch { throw .damaged("a row that was put aside cannot be read: \(error.sentence)") }
    }
}

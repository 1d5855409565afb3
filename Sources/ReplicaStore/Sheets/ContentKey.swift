import ReplicaModel
import SQLiteAccess
import SyncWire

/// Makes the key of a row that a file brings without one: of what the row says, so that two nodes which take the same
/// list in while they are apart have the same rows when they meet, and not each twice. Within one file, too, a line
/// with the cells of another is that row.
///
/// A UUID of version 8 (RFC 9562, section 5.8): SHA-256 of the table's name and of the name and value of each cell that
/// is not empty. For tables whose key is one column of text that by itself takes a UUID.
struct ContentKey {
    let column: Identifier
    private let table: Identifier
    /// The places of the file's columns in the order of their names.
    private let places: [(place: Int, name: Identifier)]

    /// Nil where the keys of the table are something else, or the file has them.
    init?(of table: TableState, columns: [ColumnDefinition], connection: Connection) throws(StoreError) {
        guard table.keyColumns.count == 1, let key = table.keyColumns.first, let text = key.defaultExpression else {
            return nil
        }
        guard case .text(let made)? = try connection.rows("SELECT \(text)").first?.first, Self.isUUID(made) else {
            return nil
        }
        (column, self.table) = (key.name, table.name)
        places = columns.enumerated().map { ($0, $1.name) }
            .sorted { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
    }

    /// - Parameter values: by the file's columns; that of the key is NULL, or not there.
    func key(of values: [Value]) -> Value {
        var hash = RunningHash()
        func add(_ bytes: [UInt8], _ kind: Character) {
            hash.update(Array("\(kind)\(bytes.count) ".utf8))
            hash.update(bytes)
        }
        add(table.bytes, "t")
        for (place, name) in places {
            let (kind, bytes): (Character, [UInt8])
            switch values[place] {
            case .null: continue
            case .integer(let number): (kind, bytes) = ("i", Array("\(number)".utf8))
            case .real(let number): (kind, bytes) = ("r", Array(String(number.bitPattern, radix: 16).utf8))
            case .text(let text): (kind, bytes) = ("x", text)
            case .blob(let blob): (kind, bytes) = ("b", blob)
            }
            add(name.bytes, "n")
            add(bytes, kind)
        }
        return .text(Array(Self.uuid(hash.finish().bytes).utf8))
    }

    private static func uuid(_ hash: some Collection<UInt8>) -> String {
        var bytes = Array(hash.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(bytes.hex)
        let ends = [8, 12, 16, 20, 32]
        return zip([0] + ends, ends).map { String(digits[$0..<$1]) }.joined(separator: "-")
    }

    /// Whether a text is 32 small hexadecimal digits with a hyphen behind the 8th, 12th, 16th and 20th.
    private static func isUUID(_ text: [UInt8]) -> Bool {
        text.count == 36
            && text.enumerated().allSatisfy { place, byte in
                [8, 13, 18, 23].contains(place) ? byte == 0x2D : 0x30...0x39 ~= byte || 0x61...0x66 ~= byte
            }
    }
}

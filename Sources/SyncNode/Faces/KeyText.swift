import Foundation
import ReplicaModel

/// A key as people and programs write it: the bare value, read with the key column's affinity; a composite key is a
/// JSON array.
public enum KeyText {
    /// The keys that a text may mean, the likeliest first. Another than the first is meant only where there is no row
    /// of that: it is one that has no bare value.
    static func read(_ text: String, of table: TableDefinition) throws(NodeError) -> [[Value]] {
        let columns = table.key.compactMap { table.column($0) }
        if columns.count == 1, let column = columns.first {
            return bare(text, affinity(of: column, table)).map { [$0] }
        }
        guard let items = try? JSONDecoder().decode([Item].self, from: Data(text.utf8)), items.count == columns.count
        else {
            let names = table.key.map { "\($0)" }.joined(separator: ", ")
            throw NodeError(
                kind: .usage,
                message: "the key of \(table.name) is a JSON array of \(names): write it such as '[\"a\", 1]'")
        }
        return [zip(items, columns).map { item, column in item.value(affinity(of: column, table)) }]
    }

    /// A column of type ANY in a STRICT table keeps everything as it is.
    private static func affinity(of column: ColumnDefinition, _ table: TableDefinition) -> Affinity {
        table.isStrict && Identifier(column.type).isSame(as: "ANY") ? .blob : Affinity(declared: column.type)
    }

    private static func bare(_ text: String, _ affinity: Affinity) -> [Value] {
        var out = [affinity.converted(text)]
        if let blob = blobLiteral(text) { out.append(.blob(blob)) }
        if affinity == .blob, let integer = Int64(text), String(integer) == text { out.append(.integer(integer)) }
        if let item = try? JSONDecoder().decode(Item.self, from: Data(text.utf8)), case .bytes(let value) = item,
            !isBare(value)
        {
            out.append(value)
        }
        return out
    }

    /// Whether a word of a command can be the value itself. Line feeds at its end are what a shell takes away first.
    public static func isBare(_ value: Value) -> Bool {
        guard case .text(let bytes) = value else { return false }
        return bytes.last != 10 && !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    }

    /// `X'00FF'`, as a blob is shown.
    private static func blobLiteral(_ text: String) -> [UInt8]? {
        guard text.utf8.count >= 3, text.hasPrefix("X'") || text.hasPrefix("x'"), text.hasSuffix("'") else {
            return nil
        }
        return [UInt8](hex: text.dropFirst(2).dropLast())
    }

    /// The place in the list of conflicts that `conflicts` prints: a JSON array of the table, the key as in JSON, the
    /// kind, and the column, index or check.
    ///
    /// - Throws: `usage` where the text is none.
    public static func place(_ text: String) throws(NodeError) -> ConflictPlace {
        guard let items = try? JSONDecoder().decode([PlaceItem].self, from: Data(text.utf8)), items.count == 4,
            case .text(let table) = items[0], case .key(let key) = items[1], case .text(let kind) = items[2],
            case .text(let part) = items[3]
        else {
            throw NodeError(
                kind: .usage,
                message:
                    "\(text.prefix(60).escaped()) is no place in the list: write it as `caravan conflicts` prints it")
        }
        return ConflictPlace(
            table: Identifier(table), key: key.map { $0.value(.blob) }, kindName: kind, part: part)
    }

    private enum PlaceItem: Decodable {
        case text(String)
        case key([Item])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .key(try container.decode([Item].self))
            }
        }
    }

    /// A value of a composite key: a text, an integer, `{"blob":"<base64>"}`, or `{"text":"<base64>"}` for text that is
    /// no UTF-8.
    private enum Item: Decodable {
        case text(String)
        case integer(Int64)
        case bytes(Value)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let integer = try? container.decode(Int64.self) {
                self = .integer(integer)
            } else {
                let object = try container.decode([String: Data].self)
                guard object.count == 1, let (name, data) = object.first, name == "blob" || name == "text" else {
                    throw DecodingError.dataCorruptedError(in: container, debugDescription: "no value of a key")
                }
                self = .bytes(name == "blob" ? .blob(Array(data)) : .text(Array(data)))
            }
        }

        func value(_ affinity: Affinity) -> Value {
            switch self {
            case .text(let text): affinity.converted(text)
            case .integer(let integer): affinity == .text ? .text(String(integer)) : .integer(integer)
            case .bytes(let value): value
            }
        }
    }
}

import Foundation
import ReplicaModel

/// A key as people and programs write it: the bare value, read with the key column's affinity; a composite key is a JSON array.
enum KeyText {
    static func read(_ text: String, of table: TableDefinition) throws(NodeError) -> [Value] {
        let columns = table.key.compactMap { table.column($0) }
        if columns.count == 1, let column = columns.first, !isArray(text) { return [plain(text, column)] }
        guard let items = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any], items.count == columns.count else {
            let names = table.key.joined(separator: ", ")
            throw NodeError(kind: .usage, message: "the key of \(table.name) is a JSON array of \(names): write it such as '[\"a\", 1]'")
        }
        var out: [Value] = []
        for (item, column) in zip(items, columns) {
            guard let value = fromJSON(item, column) else {
                throw NodeError(kind: .usage, message: "\(item) is no value of the key column \(column.name): write a text, an integer, or {\"blob\":\"<base64>\"}")
            }
            out.append(value)
        }
        return out
    }

    /// A text may begin with a bracket: it is an array only if it is one in JSON.
    private static func isArray(_ text: String) -> Bool {
        text.hasPrefix("[") && (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any])?.count == 1
    }

    private static func plain(_ text: String, _ column: ColumnDefinition) -> Value {
        switch Affinity(declared: column.type) {
        case .integer: Int64(text).map { .integer($0) } ?? .text(text)
        case .blob: blobLiteral(text) ?? .text(text)
        default: .text(text)
        }
    }

    private static func fromJSON(_ item: Any, _ column: ColumnDefinition) -> Value? {
        switch item {
        case let text as String: return plain(text, column)
        case let number as NSNumber:
            guard let integer = Int64(exactly: number) else { return nil }
            return Affinity(declared: column.type) == .text ? .text(String(integer)) : .integer(integer)
        case let object as [String: String]:
            if let base64 = object["blob"], let data = Data(base64Encoded: base64) { return .blob(Array(data)) }
            if let base64 = object["text"], let data = Data(base64Encoded: base64) { return .text(Array(data)) }
            return nil
        default: return nil
        }
    }

    /// `X'00FF'`, as a blob is shown.
    private static func blobLiteral(_ text: String) -> Value? {
        guard text.count >= 3, text.lowercased().hasPrefix("x'"), text.hasSuffix("'") else { return nil }
        return [UInt8](hex: String(text.dropFirst(2).dropLast())).map { .blob($0) }
    }
}

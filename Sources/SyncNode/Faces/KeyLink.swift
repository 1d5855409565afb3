import ReplicaModel

/// A key as an address or a form of a browser has it. It names one key and never another, whatever the types of the
/// table's columns: a single text is itself where it is printed and cannot be taken for something else, and everything
/// else is a `~` before each value, such as `~5` for the integer, `~t61` for the text `a`, `~b00FF` for a blob and
/// `~t61~5` for a key of two columns.
package enum KeyLink {
    /// The text that names a key.
    package static func text(_ key: [Value]) -> String {
        if key.count == 1, case .text(let bytes) = key[0], let text = bare(bytes) { return text }
        return key.map { "~" + item($0) }.joined()
    }

    /// The key that a text names. What none of this house wrote is read as ``KeyText`` reads it, the likeliest alone.
    ///
    /// - Throws: `usage` where the key has several columns and the text names none.
    package static func read(_ text: String, of table: TableDefinition) throws(NodeError) -> [Value] {
        if let key = exact(text), key.count == table.key.count { return key }
        return try KeyText.read(text, of: table)[0]
    }

    private static func bare(_ bytes: [UInt8]) -> String? {
        guard bytes.first != mark, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static let mark = UInt8(ascii: "~")

    private static func item(_ value: Value) -> String {
        switch value {
        case .null: "n"
        case .integer(let integer): String(integer)
        // The bits, for a real is not always what its digits say.
        case .real(let real): "r" + String(real.bitPattern, radix: 16)
        case .text(let bytes): "t" + bytes.hex
        case .blob(let bytes): "b" + bytes.hex
        }
    }

    private static func exact(_ text: String) -> [Value]? {
        guard text.utf8.first == mark else { return nil }
        var key: [Value] = []
        for item in text.dropFirst().split(separator: "~", omittingEmptySubsequences: false) {
            guard let value = value(item) else { return nil }
            key.append(value)
        }
        return key
    }

    private static func value(_ item: Substring) -> Value? {
        let rest = item.dropFirst()
        switch item.first {
        case "n": return rest.isEmpty ? .null : nil
        case "r": return UInt64(rest, radix: 16).map { .real(Double(bitPattern: $0)) }
        case "t": return [UInt8](hex: rest).map { .text($0) }
        case "b": return [UInt8](hex: rest).map { .blob($0) }
        default: return Int64(item).map { .integer($0) }
        }
    }
}

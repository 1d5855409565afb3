import Foundation
import ReplicaModel
import SyncNode

/// Names of tables, columns, words and records in a reader's language.
struct Labels: Sendable {
    let language: Language

    /// The name of a table for people; the table's own where nobody gave it one.
    func table(_ name: Identifier) -> String {
        RecordNames.table(name).map { pick($0.names) } ?? name.text.escaped()
    }

    /// A sentence on what a row of a table is; nil where there is none.
    func about(_ name: Identifier) -> String? { RecordNames.table(name).map { pick($0.about) } }

    /// The name of a column for people; the column's own where nobody gave it one.
    func column(_ column: Identifier, in table: Identifier) -> String {
        RecordNames.texts(of: column, in: table).map(pick) ?? column.text.escaped()
    }

    /// A word of a fixed list in the reader's language; the text itself where it is none.
    func word(_ text: String) -> String { RecordWords.texts(of: text).map(pick) ?? text }

    private func pick(_ texts: RecordNames.Texts) -> String {
        switch language {
        case .zh: texts.zh
        case .ru: texts.ru
        case .en: texts.en
        }
    }

    // MARK: Names of records

    /// The columns of a table by which people know a row, the best for this reader first; empty where it has none.
    func nameColumns(of table: TableDefinition) -> [Identifier] {
        let found = ownNames(of: table)
        return found.isEmpty ? Array(table.valueColumns.map(\.name).prefix(1)) : found
    }

    /// The columns by which a row of a table is known that has no name of its own and only links others; empty for
    /// every other table.
    func linkColumns(of table: TableDefinition) -> [Identifier] {
        guard ownNames(of: table).isEmpty else { return [] }
        return table.columns.map(\.name).filter { name in
            table.references.contains { $0.columns.count == 1 && $0.columns[0].isSame(as: name) }
        }
    }

    private func ownNames(of table: TableDefinition) -> [Identifier] {
        let order = [language.rawValue] + ["en", "ru", "zh", "local"].filter { $0 != language.rawValue }
        let known = table.columns.map(\.name)
        for base in ["name", "title", "label", "summary"] {
            let found = (order.map { base + "_" + $0 } + [base]).compactMap { wanted in
                known.first { $0.isSame(as: Identifier(wanted)) }
            }
            if !found.isEmpty { return found }
        }
        return ["number", "code", "text", "description"].compactMap { wanted in
            known.first { $0.isSame(as: Identifier(wanted)) }
        }
    }

    /// Characters of a name that a page shows: a list has many.
    static let nameMax = 100

    /// The name of a record, of the values of its name columns; its key where all are empty.
    func name(_ values: [Value], key: [Value]) -> String {
        for value in values {
            let text = short(value, max: Self.nameMax)
            if !text.isEmpty { return text }
        }
        return key.shownText
    }

    /// The other names of a record: what its name columns hold beside the first.
    func otherNames(_ values: [Value]) -> [String] {
        var seen: [String] = []
        for text in values.map({ short($0, max: Self.nameMax) })
        where !text.isEmpty && !seen.contains(where: text.isExactly) {
            seen.append(text)
        }
        return Array(seen.dropFirst())
    }

    /// A value as people read it, with its control characters escaped.
    func plain(_ value: Value) -> String {
        switch value {
        case .null: ""
        case .integer(let integer): String(integer)
        case .real(let real): "\(real)"
        case .text(let bytes): String(decoding: bytes, as: UTF8.self).escaped(keepingLines: true)
        case .blob(let bytes): language.text("value_blob", count: bytes.count)
        }
    }

    /// Characters of a value that a page shows: a page of a record has at most 100 KB.
    static let longMax = 4000

    /// The beginning of a value of which no more than so many characters are shown: what is cut away is not even
    /// counted, for a text may have a million. Where one character is of very many bytes it has fewer.
    static func beginning(of value: Value, characters: Int) -> (value: Value, isCut: Bool) {
        let bytesMax = characters * 16
        guard case .text(let bytes) = value, bytes.count > bytesMax else { return (value, false) }
        let isInside = { (byte: UInt8) in byte & 0xC0 == 0x80 }
        let end = bytes[...bytesMax].suffix(4).lastIndex { !isInside($0) } ?? bytesMax
        return (.text(Array(bytes[..<end])), true)
    }

    /// A value as people read it, on one line and cut where it is long.
    func short(_ value: Value, max count: Int = 80) -> String {
        let (start, isCut) = Self.beginning(of: value, characters: count)
        let text = plain(start).replacingOccurrences(of: "\n", with: " ")
        return isCut || text.count > count ? text.prefix(count) + "…" : text
    }
}

extension [Value] {
    /// The key as an address or a form has it: it names this row and never another.
    var linkText: String { KeyLink.text(self) }

    /// The key as people read it.
    var shownText: String { map(\.shownInKey).joined(separator: ", ") }
}

extension Value {
    fileprivate var shownInKey: String {
        switch self {
        case .null: "NULL"
        case .integer(let integer): String(integer)
        case .real(let real): "\(real)"
        // A key of nothing but blanks is a link all the same, and has to be seen.
        case .text(let bytes) where bytes.allSatisfy { $0 == 0x20 }: "'" + String(decoding: bytes, as: UTF8.self) + "'"
        case .text:
            switch Labels.beginning(of: self, characters: Self.keyMax) {
            case (.text(let bytes), let isCut):
                String(decoding: bytes, as: UTF8.self).escaped() + (isCut ? "…" : "")
            default: ""
            }
        case .blob(let bytes):
            "X'" + Secret.hexadecimal(Array(bytes.prefix(Self.keyMax))) + (bytes.count > Self.keyMax ? "…" : "") + "'"
        }
    }

    /// Characters or bytes of a part of a key that are always shown; of a longer one the beginning is.
    private static var keyMax: Int { 100 }
}

extension Value {
    /// The value as a text, byte for byte as far as it is one.
    var plainText: String {
        switch self {
        case .null, .blob: ""
        case .integer(let integer): String(integer)
        case .real(let real): "\(real)"
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Whether it is a text of several lines.
    var hasLines: Bool {
        if case .text(let bytes) = self { bytes.contains(0x0A) } else { false }
    }
}

extension String {
    /// Whether another text has the same bytes. To `==` texts are equal that only look alike, such as `é` written with
    /// one character and with two.
    func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension Secret {
    /// Bytes in hexadecimal digits.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}

/// Addresses of pages of records.
enum RecordLink {
    /// The address of a page of one record. A key that would be a step in a path stands behind it.
    static func path(_ page: String, _ table: Identifier, _ key: [Value]) -> String {
        let text = key.linkText
        let start = "/\(page)/\(table.text.urlEncoded)/"
        return ["", ".", ".."].contains(text) ? start + "-?key=\(text.urlEncoded)" : start + text.urlEncoded
    }

    /// The address of the page of a record, with what is asked for of it.
    static func record(_ table: Identifier, _ key: [Value], _ query: String = "") -> String {
        let path = path("records", table, key)
        return query.isEmpty ? path : path + (path.contains("?") ? "&" : "?") + query
    }

    static func list(_ table: Identifier) -> String { "/records/" + table.text.urlEncoded }
}

extension Visit {
    /// The text of the key that the address names.
    var keyText: String { query["key"] ?? part("key") }

    var labels: Labels { Labels(language: language) }
}

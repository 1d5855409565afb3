import Foundation

/// The fields of a form or of a query, in the order in which they stand (application/x-www-form-urlencoded).
struct Form: Sendable {
    private(set) var fields: [(name: String, value: String)] = []

    /// The most fields of a form: a page has two for each column, of which SQLite permits two thousand.
    private static let fieldsMax = 5000

    init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    /// Reads a text of this form; nil where it has too many fields, or bytes that are no UTF-8.
    init?(reading text: Substring) {
        // Bytes: to Swift a sign and an accent behind it are one character, which is no sign any more.
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            guard fields.count < Self.fieldsMax else { return nil }
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentText.decoded(parts[0], plus: 0x20),
                let value = parts.count > 1 ? PercentText.decoded(parts[1], plus: 0x20) : ""
            else { return nil }
            fields.append((name, value))
        }
    }

    /// The first value of a name.
    subscript(_ name: String) -> String? { fields.first { $0.name.isExactly(name) }?.value }

    /// The first value of a name, where it is not empty.
    func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// All values of a name.
    func all(_ name: String) -> [String] { fields.filter { $0.name.isExactly(name) }.map(\.value) }

    /// The values of names that begin with `prefix`, by what stands behind it.
    func values(behind prefix: String) -> [(name: String, value: String)] {
        fields.compactMap { field in
            guard field.name.utf8.starts(with: prefix.utf8) else { return nil }
            return (String(decoding: field.name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self), field.value)
        }
    }
}

/// Texts as parts of a path and a query have them (RFC 3986, section 2.1).
enum PercentText {
    /// The text that bytes encode, each byte of it; nil where an escape is broken, or the bytes are no UTF-8.
    /// Foundation's own decoder leaves out U+FEFF at the beginning, and what is left is another key.
    ///
    /// - Parameter plus: the byte for which a plus stands.
    static func decoded(_ bytes: some Sequence<UInt8>, plus: UInt8 = UInt8(ascii: "+")) -> String? {
        var out: [UInt8] = []
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): out.append(plus)
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                out.append(high << 4 | low)
            default: out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

extension String {
    /// The text as a part of a path or a query: all but letters and digits of ASCII and `-_~` encoded.
    var urlEncoded: String {
        var out = ""
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x7E: out.unicodeScalars.append(.init(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (byte < 16 ? "0" : "") + digits
            }
        }
        return out
    }
}

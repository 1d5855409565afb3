import Foundation

/// The fields of a form or of a query, in the order in which they stand (application/x-www-form-urlencoded).
struct Form: Sendable {
    private(set) var fields: [(name: String, value: String)] = []

    /// The most fields of a form: more than any page of the console has.
    private static let fieldsMax = 2000

    init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    /// Reads a text of this form; nil where it has too many fields, or bytes that are no UTF-8.
    init?(reading text: Substring) {
        for pair in text.split(separator: "&") {
            guard fields.count < Self.fieldsMax else { return nil }
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                return nil
            }
            fields.append((name, value))
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }

    /// The first value of a name.
    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The first value of a name, where it is not empty.
    func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// All values of a name.
    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The values of names that begin with `prefix`, by what stands behind it.
    func values(behind prefix: String) -> [(name: String, value: String)] {
        fields.compactMap { field in
            field.name.hasPrefix(prefix) ? (String(field.name.dropFirst(prefix.count)), field.value) : nil
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

import Foundation
import ReplicaModel

/// A JSON document as other programs rely on it: members in the order given; a real always with a point or an exponent,
/// an integer never.
enum JSON {
    case null
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case real(Double)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])

    static func string(_ name: Identifier) -> JSON { .string(name.text) }

    static func optional(_ number: Int64?) -> JSON { number.map { .integer($0) } ?? .null }

    static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    /// A value of SQLite's. What JSON lacks stands in an object: `{"blob":"<base64>"}`, `{"text":"<base64>"}` for text
    /// that is not UTF-8, `{"real":"inf"}`.
    init(_ value: Value) {
        switch value {
        case .null: self = .null
        case .integer(let integer): self = .integer(integer)
        case .real(let real): self = .real(real)
        case .blob(let bytes): self = .object([("blob", .string(Data(bytes).base64EncodedString()))])
        case .text(let bytes):
            if let text = String(validating: bytes, as: UTF8.self) {
                self = .string(text)
            } else {
                self = JSON.encodedText(bytes)
            }
        }
    }

    /// Text by its bytes.
    static func encodedText(_ bytes: [UInt8]) -> JSON {
        .object([("text", .string(Data(bytes).base64EncodedString()))])
    }

    var text: String {
        var out = ""
        write(to: &out)
        return out
    }

    private func write(to out: inout String) {
        switch self {
        case .null: out += "null"
        case .bool(let flag): out += flag ? "true" : "false"
        case .integer(let integer): out += String(integer)
        case .unsigned(let integer): out += String(integer)
        case .real(let real): JSON.write(real, to: &out)
        case .string(let text): JSON.write(text, to: &out)
        case .array(let items):
            out += "["
            for (index, item) in items.enumerated() {
                if index > 0 { out += "," }
                item.write(to: &out)
            }
            out += "]"
        case .object(let members):
            out += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { out += "," }
                JSON.write(member.0, to: &out)
                out += ":"
                member.1.write(to: &out)
            }
            out += "}"
        }
    }

    private static func write(_ real: Double, to out: inout String) {
        guard real.isFinite else {
            out += real.isNaN ? "null" : "{\"real\":\"\(real < 0 ? "-" : "")inf\"}"
            return
        }
        // Swift prints the shortest digits that read back as the same number, always with a point or an exponent.
        out += "\(real)"
    }

    private static func write(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            default:
                // An object is one line, and as harmless on a terminal as any other text.
                if scalar.isUnseen {
                    for unit in UTF16.encode(scalar) ?? .init() {
                        out += "\\u" + String(Int(unit) + 0x10000, radix: 16).dropFirst()
                    }
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        out += "\""
    }
}

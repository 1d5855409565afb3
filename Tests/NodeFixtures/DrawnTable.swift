import ReplicaModel

extension [[Value]] {
    /// The rows as text, a line each and their values between bars, so that what differs is seen at once: a text as
    /// `'a'`, a blob as `X'00'`, and NULL.
    package var drawn: String {
        map { row in row.map(\.drawn).joined(separator: " | ") }.joined(separator: "\n")
    }
}

extension Value {
    package var drawn: String {
        switch self {
        case .null: "NULL"
        case .integer(let integer): "\(integer)"
        case .real(let real): "\(real)"
        case .text(let bytes): "'\(String(decoding: bytes, as: UTF8.self))'"
        case .blob(let bytes): "X'\(bytes.hex)'"
        }
    }
}

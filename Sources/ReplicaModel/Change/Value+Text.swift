extension [Value] {
    /// A key as a sentence names it.
    public var sentenceText: String {
        map { value in
            switch value {
            case .text(let bytes): String(decoding: bytes, as: UTF8.self)
            case .integer(let integer): String(integer)
            case .blob(let bytes): "X'\(bytes.hex)'"
            case .real(let real): "\(real)"
            case .null: "NULL"
            }
        }.joined(separator: ", ")
    }
}

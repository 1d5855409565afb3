import ReplicaModel

extension Identifier {
    /// The name as SQL writes it: in double quotes, those inside doubled. By bytes: what stands behind a quote may be a
    /// mark that Unicode reads as one letter with it.
    package var quoted: String { Self.enclosed(bytes, in: 0x22) }

    fileprivate static func enclosed(_ bytes: [UInt8], in quote: UInt8) -> String {
        String(decoding: [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote], as: UTF8.self)
    }
}

extension String {
    /// The string as an SQL literal.
    package var literal: String { Identifier.enclosed(Array(utf8), in: 0x27) }
}

extension Value {
    /// A text that SQLite gave for a name.
    package var identifier: Identifier? { if case .text(let bytes) = self { Identifier(bytes: bytes) } else { nil } }
}

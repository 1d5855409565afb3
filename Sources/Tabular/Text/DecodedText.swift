/// The text of a file in UTF-8, block by block. What the encoding has no character for is `Iconv.undecodable`; of a
/// file in UTF-8 the bytes come as they are.
final class DecodedText {
    let file: FileBytes
    private let encoding: TextEncoding
    private let converter: Iconv?
    private var kept: [UInt8] = []
    /// The bytes of the file that were read.
    private(set) var offset: Int

    init(_ file: FileBytes, encoding: TextEncoding) throws(TabularError) {
        self.file = file
        self.encoding = encoding
        if encoding == .utf8 {
            converter = nil
        } else {
            guard let opened = Iconv(from: encoding.name) else { throw .unknownEncoding(encoding.name) }
            converter = opened
        }
        let mark = encoding.mark
        let begin = try file.read(at: 0, count: mark.count)
        offset = begin == mark ? mark.count : 0
    }

    deinit { converter?.close() }

    /// The next block; empty at the end.
    func next() throws(TabularError) -> [UInt8] {
        while true {
            let bytes = try file.read(at: offset, count: FileBytes.blockBytes)
            offset += bytes.count
            guard let converter else { return bytes }
            if bytes.isEmpty {
                defer { kept = [] }
                return kept.isEmpty ? [] : [Iconv.undecodable]
            }
            var out: [UInt8] = []
            out.reserveCapacity(bytes.count * 2)
            kept = converter.convert(kept + bytes, unit: encoding.unit, into: &out)
            if !out.isEmpty { return out }
        }
    }
}

import Foundation

/// The system's converter from one encoding to UTF-8.
struct Iconv {
    private let handle: iconv_t

    /// Nil where the system does not know the encoding.
    init?(from name: String) {
        let opened = iconv_open("UTF-8", name)
        guard let opened, Int(bitPattern: opened) != -1 else { return nil }
        handle = opened
    }

    func close() { iconv_close(handle) }

    /// Converts `bytes` and appends the UTF-8 to `out`, with `undecodable` for each unit that is none.
    ///
    /// - Returns: the bytes at the end that are the beginning of a character, left for the next call.
    func convert(_ bytes: [UInt8], unit: Int, into out: inout [UInt8]) -> [UInt8] {
        var rest = 0
        var block = [CChar](repeating: 0, count: 1 << 16)
        while rest < bytes.count {
            var code: Int32 = 0
            let (used, made) = bytes.withUnsafeBytes { raw in
                block.withUnsafeMutableBytes { buffer in
                    var (input, inputLeft) = (
                        UnsafeMutablePointer(
                            mutating: raw.baseAddress?.advanced(by: rest).assumingMemoryBound(to: CChar.self)),
                        bytes.count - rest
                    )
                    var (output, outputLeft) = (buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
                    errno = 0
                    let result = Int(iconv(handle, &input, &inputLeft, &output, &outputLeft))
                    code = result == -1 ? errno : 0
                    return (bytes.count - rest - inputLeft, buffer.count - outputLeft)
                }
            }
            out.append(contentsOf: block[..<made].lazy.map { UInt8(bitPattern: $0) })
            rest += used
            switch code {
            case EILSEQ:
                out.append(Self.undecodable)
                rest += min(unit, bytes.count - rest)
            case EINVAL: return Array(bytes[rest...])
            default: break
            }
        }
        return []
    }

    /// A byte that no UTF-8 has.
    static let undecodable: UInt8 = 0xFF
}

import CZstd
import ReplicaModel

/// One direction's stream of changes, compressed as one zstd stream: what one changeset has in common with another travels once.
///
/// Items are CBOR: `[0, header, signature]`, then `[1, chunk]` for each chunk that the header names.
public final class ChangeStreamWriter {
    private let context: OpaquePointer
    private var output: [UInt8] = []

    public init() {
        guard let context = ZSTD_createCCtx() else { preconditionFailure("there is memory for one zstd stream") }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, ChangeStream.windowLog)
    }

    deinit { ZSTD_freeCCtx(context) }

    /// Bytes that wait to be taken.
    public var outputCount: Int { output.count }

    public func write(header: [UInt8], signature: [UInt8]) {
        var writer = CBORWriter()
        writer.array(3)
        writer.unsigned(0)
        writer.blob(header)
        writer.blob(signature)
        compress(writer.bytes, ZSTD_e_continue)
    }

    public func write(chunk: [UInt8]) {
        var writer = CBORWriter()
        writer.array(2)
        writer.unsigned(1)
        writer.blob(chunk)
        compress(writer.bytes, ZSTD_e_continue)
    }

    /// Ends a block, so that the receiver can read all that was written.
    public func flush() { compress([], ZSTD_e_flush) }

    /// The next bytes; nil if there are none.
    public func takeOutput(max: Int) -> [UInt8]? {
        guard !output.isEmpty else { return nil }
        let taken = Array(output.prefix(max))
        output.removeFirst(taken.count)
        return taken
    }

    private func compress(_ bytes: [UInt8], _ mode: ZSTD_EndDirective) {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        bytes.withUnsafeBytes { source in
            var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            while true {
                let (left, written) = piece.withUnsafeMutableBytes { target in
                    var buffer = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                    let left = ZSTD_compressStream2(context, &buffer, &input, mode)
                    return (left, buffer.pos)
                }
                precondition(ZSTD_isError(left) == 0, "zstd compresses any bytes")
                output += piece[0..<written]
                if input.pos == input.size, mode == ZSTD_e_continue ? written < piece.count : left == 0 { return }
            }
        }
    }
}

enum ChangeStream {
    /// A window of one mebibyte: what both sides must keep in memory.
    static let windowLog: Int32 = 20
}

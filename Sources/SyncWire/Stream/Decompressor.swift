import CZstd

/// Reads zstd frames, one after the other, a bounded piece at a time. One that wants a window of more than 1 MiB is
/// refused.
final class Decompressor {
    private let context: OpaquePointer
    private var scratch: [UInt8]
    private var input: [UInt8] = []
    private var used = 0
    /// The last output filled its buffer, so there may be more without more input.
    private var wasFull = false
    /// Whether the last frame has ended, and nothing of another has come.
    private(set) var isBetweenFrames = false

    init() {
        guard let context = ZSTD_createDCtx() else { preconditionFailure("there is memory for a zstd decoder") }
        self.context = context
        scratch = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
        let code = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ChangeStreamReader.windowLogMax)
        precondition(ZSTD_isError(code) == 0, "zstd knows this parameter")
    }

    deinit { ZSTD_freeDCtx(context) }

    func append(_ bytes: [UInt8]) {
        if used > 0 {
            input.removeFirst(used)
            used = 0
        }
        input.append(contentsOf: bytes)
    }

    /// Appends at most 128 KiB to `plain`; false if there is nothing more without more input.
    func decode(into plain: inout [UInt8]) throws(WireError) -> Bool {
        while used < input.count || wasFull {
            let produced = try step()
            if produced > 0 {
                plain.append(contentsOf: scratch[..<produced])
                return true
            }
        }
        return false
    }

    private func step() throws(WireError) -> Int {
        var source = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
        var produced = 0
        let code = input.withUnsafeBytes { bytes in
            scratch.withUnsafeMutableBytes { room in
                source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: used)
                var out = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                let code = ZSTD_decompressStream(context, &out, &source)
                produced = out.pos
                return code
            }
        }
        guard ZSTD_isError(code) == 0 else { throw .compression(String(cString: ZSTD_getErrorName(code))) }
        isBetweenFrames = code == 0
        wasFull = code != 0 && produced == scratch.count
        used = source.pos
        return produced
    }
}

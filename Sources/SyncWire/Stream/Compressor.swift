import CZstd

/// One zstd frame that never ends, written at level 3 with a window of 1 MiB.
final class Compressor {
    private let context: OpaquePointer
    private var scratch: [UInt8]
    private(set) var output: [UInt8] = []
    private var taken = 0

    init() {
        guard let context = ZSTD_createCCtx() else { preconditionFailure("there is memory for a zstd encoder") }
        self.context = context
        scratch = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())
        set(ZSTD_c_compressionLevel, 3)
        set(ZSTD_c_windowLog, ChangeStreamReader.windowLogMax)
    }

    deinit { ZSTD_freeCCtx(context) }

    private func set(_ parameter: ZSTD_cParameter, _ value: Int32) {
        let code = ZSTD_CCtx_setParameter(context, parameter, value)
        precondition(ZSTD_isError(code) == 0, "zstd knows this parameter")
    }

    var outputCount: Int { output.count - taken }

    func write(_ bytes: [UInt8]) { run(bytes, ZSTD_e_continue) }

    func flush() { run([], ZSTD_e_flush) }

    /// With these settings zstd fails for want of memory only.
    private func run(_ bytes: [UInt8], _ directive: ZSTD_EndDirective) {
        bytes.withUnsafeBytes { raw in
            var input = ZSTD_inBuffer(src: raw.baseAddress, size: raw.count, pos: 0)
            var left: Int
            repeat {
                left = step(&input, directive)
            } while input.pos < input.size || (directive == ZSTD_e_flush && left > 0)
        }
    }

    private func step(_ input: inout ZSTD_inBuffer, _ directive: ZSTD_EndDirective) -> Int {
        let (left, produced) = scratch.withUnsafeMutableBytes { raw -> (Int, Int) in
            var out = ZSTD_outBuffer(dst: raw.baseAddress, size: raw.count, pos: 0)
            let left = ZSTD_compressStream2(context, &out, &input, directive)
            precondition(ZSTD_isError(left) == 0, "there is memory for a zstd encoder")
            return (left, out.pos)
        }
        output.append(contentsOf: scratch[..<produced])
        return left
    }

    func take(max: Int) -> [UInt8]? {
        guard outputCount > 0 else { return nil }
        let piece = Array(output[taken..<min(taken + max, output.count)])
        taken += piece.count
        if taken == output.count {
            output.removeAll(keepingCapacity: true)
            taken = 0
        } else if taken >= output.count / 2 {
            output.removeFirst(taken)
            taken = 0
        }
        return piece
    }
}

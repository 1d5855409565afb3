import CZstd

/// Writes zstd frames, one after the other, at level 3 with a window of at most 1 MiB. Between two frames it holds no
/// memory: a session may stand for hours between them.
final class Compressor {
    /// The encoder of the frame that is being written, made when there is more to it than `heldMax`: what is shorter
    /// goes in one call, for which zstd takes no more than it needs.
    private var context: OpaquePointer?
    private var held: [UInt8] = []
    private(set) var output: [UInt8] = []
    private var taken = 0
    /// Bytes of all output so far, taken or not.
    private(set) var given = 0

    private static let heldMax = 1 << 17

    deinit { ZSTD_freeCCtx(context) }

    var outputCount: Int { output.count - taken }

    func write(_ bytes: [UInt8]) {
        guard context == nil else { return run(bytes, ZSTD_e_continue) }
        held += bytes
        if held.count > Self.heldMax { runHeld(ZSTD_e_continue) }
    }

    /// Ends a block, so that all that was written can be decoded.
    func flush() { runHeld(ZSTD_e_flush) }

    /// Ends the frame, if one has begun.
    func end() {
        guard context != nil || !held.isEmpty else { return }
        runHeld(ZSTD_e_end)
        ZSTD_freeCCtx(context)
        context = nil
    }

    private func runHeld(_ directive: ZSTD_EndDirective) {
        run(held, directive)
        held = []
    }

    private func open() -> OpaquePointer {
        if let context { return context }
        guard let new = ZSTD_createCCtx() else { preconditionFailure("there is memory for a zstd encoder") }
        for (parameter, value) in [(ZSTD_c_compressionLevel, 3), (ZSTD_c_windowLog, ChangeStreamReader.windowLogMax)] {
            let code = ZSTD_CCtx_setParameter(new, parameter, value)
            precondition(ZSTD_isError(code) == 0, "zstd knows this parameter")
        }
        context = new
        return new
    }

    /// Compresses bytes. With these settings zstd fails for want of memory only.
    private func run(_ bytes: [UInt8], _ directive: ZSTD_EndDirective) {
        let context = open()
        bytes.withUnsafeBytes { raw in
            var input = ZSTD_inBuffer(src: raw.baseAddress, size: raw.count, pos: 0)
            var left: Int
            repeat {
                left = step(context, &input, directive)
            } while input.pos < input.size || (directive != ZSTD_e_continue && left > 0)
        }
    }

    private func step(_ context: OpaquePointer, _ input: inout ZSTD_inBuffer, _ directive: ZSTD_EndDirective) -> Int {
        var left = 0
        // Room for all that is left in one piece, where it is not much.
        let room = min(ZSTD_compressBound(input.size - input.pos), ZSTD_CStreamOutSize())
        output += [UInt8](unsafeUninitializedCapacity: max(room, 64)) { buffer, count in
            var out = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
            left = ZSTD_compressStream2(context, &out, &input, directive)
            precondition(ZSTD_isError(left) == 0, "there is memory for a zstd encoder")
            count = out.pos
            given += out.pos
        }
        return left
    }

    func take(max: Int) -> [UInt8]? {
        guard outputCount > 0 else { return nil }
        let piece = Array(output[taken..<min(taken + max, output.count)])
        taken += piece.count
        if taken == output.count {
            output.removeAll(keepingCapacity: context != nil)
            taken = 0
        } else if taken >= output.count / 2 {
            output.removeFirst(taken)
            taken = 0
        }
        return piece
    }
}

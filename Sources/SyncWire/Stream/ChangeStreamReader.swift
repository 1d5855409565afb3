import CZstd
import ReplicaModel

/// One step of a stream of changes.
public enum ChangeItem: Sendable {
    case header(UnverifiedHeader)
    /// The next chunk of the header before, held against the hash that the header names.
    case chunk([UInt8])
}

/// Reads the other side's stream of changes. A hostile stream costs a bounded window, one item at a time, and nothing more.
public final class ChangeStreamReader {
    private let context: OpaquePointer
    private var input: [UInt8] = []
    private var inputOffset = 0
    private var output: [UInt8] = []
    private var outputOffset = 0
    private var header: UnverifiedHeader?
    private var chunksRead = 0

    public init() {
        guard let context = ZSTD_createDCtx() else { preconditionFailure("there is memory for one zstd stream") }
        self.context = context
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ChangeStream.windowLog)
    }

    deinit { ZSTD_freeDCtx(context) }

    public func append(_ bytes: [UInt8]) {
        input.removeFirst(inputOffset)
        inputOffset = 0
        input += bytes
    }

    /// The next item; nil if it is not whole yet.
    public func next() throws(WireError) -> ChangeItem? {
        while true {
            if let (item, count) = try whole() {
                outputOffset += count
                return item
            }
            guard try decompress() else { return nil }
        }
    }

    /// Decompresses one piece more. False if the input has no more.
    private func decompress() throws(WireError) -> Bool {
        output.removeFirst(outputOffset)
        outputOffset = 0
        guard output.count <= WireLimits.headerBytesMax + WireLimits.chunkBytes else { throw .badStream("an item that is too large") }
        var piece = [UInt8](repeating: 0, count: 1 << 17)
        let offset = inputOffset
        let (code, read, written) = input.withUnsafeBytes { source in
            piece.withUnsafeMutableBytes { target in
                var from = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: offset)
                var to = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                let code = ZSTD_decompressStream(context, &to, &from)
                return (code, from.pos, to.pos)
            }
        }
        guard ZSTD_isError(code) == 0 else { throw .badStream(String(cString: ZSTD_getErrorName(code))) }
        inputOffset = read
        output += piece[0..<written]
        return written > 0 || read > offset
    }

    private func whole() throws(WireError) -> (ChangeItem, Int)? {
        guard let bytes = try item() else { return nil }
        var reader = CBORReader(bytes)
        let count = try reader.array(max: 3)
        let kind = try reader.unsigned()
        switch (kind, count) {
        case (0, 3):
            let header = try reader.blob(max: WireLimits.headerBytesMax)
            let signature = try reader.blob(max: 64)
            return (.header(try begin(UnverifiedHeader(bytes: header, signature: signature))), bytes.count)
        case (1, 2): return (.chunk(try checked(try reader.blob(max: WireLimits.chunkBytes))), bytes.count)
        default: throw .badStream("an item that is not known")
        }
    }

    /// The bytes of the next item, if it is whole. Its lengths are held against their limits before more is taken for it.
    private func item() throws(WireError) -> [UInt8]? {
        let start = outputOffset
        let outcome: Result<Int?, WireError> = output.withUnsafeBytes { bytes in
            var scanner = CBORScanner(bytes, from: start)
            do throws(WireError) {
                let parts = try scanner.head()
                guard parts.major == 4, parts.number == 2 || parts.number == 3 else { throw .badStream("an item is expected") }
                _ = try scanner.head()
                for _ in 1..<parts.number {
                    let blob = try scanner.head()
                    guard blob.major == 2 else { throw .badStream("an item is of byte strings") }
                    guard blob.number <= UInt64(WireLimits.headerBytesMax) else {
                        throw .tooLarge(what: "an item", found: blob.number, limit: UInt64(WireLimits.headerBytesMax))
                    }
                    _ = try scanner.skip(blob.number)
                }
                return .success(scanner.offset)
            } catch .truncated {
                return .success(nil)
            } catch { return .failure(error) }
        }
        guard let end = try outcome.get() else { return nil }
        return Array(output[start..<end])
    }

    private func begin(_ next: UnverifiedHeader) throws(WireError) -> UnverifiedHeader {
        if let header, chunksRead < header.header.chunkHashes.count { throw .badStream("a changeset lacks chunks") }
        header = next
        chunksRead = 0
        return next
    }

    private func checked(_ chunk: [UInt8]) throws(WireError) -> [UInt8] {
        guard let header, chunksRead < header.header.chunkHashes.count else { throw .badStream("a chunk that no header names") }
        guard ContentHash.of(chunk) == header.header.chunkHashes[chunksRead] else { throw .badChunkHash(number: chunksRead) }
        let isLast = chunksRead + 1 == header.header.chunkHashes.count
        guard isLast || chunk.count == WireLimits.chunkBytes, !chunk.isEmpty else { throw .badStream("a chunk of the wrong size") }
        chunksRead += 1
        return chunk
    }
}

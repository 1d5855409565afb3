import ReplicaStore
import SyncWire

/// The pieces, each for one `changes`, into which this side's streams are cut as they are sent.
///
/// A receiver can use whole items only, and nothing of a frame that did not come whole. So blocks of the compressor end
/// often, between two items; and what was compressed up to the end of a block goes before more is compressed, so that
/// no frame waits for something else than what it brings.
final class StreamPieces {
    /// Compressed bytes that are worth a frame of their own.
    private static let bytesLeast = 4_096

    private let writer = ChangeStreamWriter()
    /// Whether the stream has given its last item, so that only what is compressed is left of it.
    private var isExhausted = false

    /// Bytes that were compressed and not taken.
    var byteCount: Int { writer.outputCount }

    /// Takes the next piece of a stream; empty where the stream has nothing. The next stream begins behind the last
    /// piece of the one before.
    func next(of stream: Outgoing) throws(StoreError) -> (bytes: [UInt8], isLast: Bool) {
        if byteCount == 0 { try fill(from: stream) }
        let bytes = writer.takeOutput(max: FrameLimits.changesBytesSent) ?? []
        let isLast = isExhausted && byteCount == 0
        if isLast { isExhausted = false }
        return (bytes, isLast)
    }

    private func fill(from stream: Outgoing) throws(StoreError) {
        while byteCount < Self.bytesLeast, !isExhausted {
            switch try stream.next() {
            case .header(let bytes, let signature, let skipped):
                writer.endBlockIfDue(before: bytes.count)
                writer.write(header: bytes, signature: signature, skippedChunks: skipped)
            case .chunk(let bytes):
                writer.endBlockIfDue(before: bytes.count)
                writer.write(chunk: bytes)
            case nil:
                writer.end()
                isExhausted = true
            }
        }
    }
}

/// Writes the one stream of changesets of a session's direction: a CBOR sequence of headers, each followed by its
/// chunks, compressed with zstd. What was written is in memory until it is taken.
///
/// Not for use by two threads at once.
package final class ChangeStreamWriter {
    /// Made when there is something to write: many sessions have nothing.
    private lazy var compressor = Compressor()
    private var hasBegun = false

    package init() {}

    /// Begins a changeset. `skippedChunks`: how many of its first chunks are not sent, because the receiver said that
    /// it has them; all others must follow before the next header.
    package func write(header: [UInt8], signature: [UInt8], skippedChunks: Int = 0) {
        var writer = CBORWriter()
        writer.beginArray(skippedChunks == 0 ? 3 : 4)
        writer.write(unsigned: 0)
        writer.write(bytes: header)
        writer.write(bytes: signature)
        if skippedChunks > 0 { writer.write(unsigned: UInt64(skippedChunks)) }
        hasBegun = true
        compressor.write(writer.bytes)
    }

    package func write(_ header: VerifiedHeader, skippedChunks: Int = 0) {
        write(header: header.bytes, signature: header.signature, skippedChunks: skippedChunks)
    }

    /// The next chunk of the changeset that was begun last.
    package func write(chunk: [UInt8]) {
        precondition(chunk.count <= WireLimits.chunkBytes, "a chunk has at most 64 KiB")
        var writer = CBORWriter()
        writer.beginArray(2)
        writer.write(unsigned: 1)
        writer.write(bytes: chunk)
        hasBegun = true
        compressor.write(writer.bytes)
    }

    /// Ends a block, so that the receiver of all output can decode all that was written. Costs a few bytes: once a
    /// batch.
    package func flush() {
        guard hasBegun else { return }
        compressor.flush()
    }

    /// Bytes that are ready to be taken.
    package var outputCount: Int { hasBegun ? compressor.outputCount : 0 }

    /// The next output, at most `max` bytes; nil if none is ready.
    package func takeOutput(max: Int = FrameLimits.changesBytesMax) -> [UInt8]? {
        hasBegun ? compressor.take(max: max) : nil
    }
}

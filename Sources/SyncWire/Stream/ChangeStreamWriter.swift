/// Writes the one stream of changesets of a session's direction: a CBOR sequence of headers, each followed by its
/// chunks, compressed in zstd frames. What was written is in memory until it is taken.
///
/// Not for use by two threads at once.
package final class ChangeStreamWriter {
    private let compressor = Compressor()
    private var pace = BlockPace()
    /// Bytes that the compressor had given when the last block ended.
    private var givenBefore = 0

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
        write(writer.bytes)
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
        write(writer.bytes)
    }

    private func write(_ plain: [UInt8]) {
        compressor.write(plain)
        pace.wrote(plain.count)
    }

    /// Ends a block, so that the receiver of all output can decode all that was written. Costs a few bytes.
    package func flush() {
        compressor.flush()
        pace.ended(compressed: compressor.given - givenBefore)
        givenBefore = compressor.given
    }

    /// Ends the block before an item of so many bytes if it has some KiB of output, so that a receiver can use what
    /// came of a stream that is cut.
    package func endBlockIfDue(before count: Int) { if pace.isDue(before: count) { flush() } }

    /// Ends the frame: nothing is kept of what was written but what is not taken yet.
    package func end() {
        compressor.end()
        pace.reset()
        givenBefore = compressor.given
    }

    /// Bytes that are ready to be taken.
    package var outputCount: Int { compressor.outputCount }

    /// The next output, at most `max` bytes; nil if none is ready.
    package func takeOutput(max: Int = FrameLimits.changesBytesMax) -> [UInt8]? { compressor.take(max: max) }
}

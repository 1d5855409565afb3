import ReplicaModel

package enum ChangeItem: Hashable, Sendable {
    case header(UnverifiedHeader)
    /// The next chunk of the last header's changeset. Its hash is the one that the header names.
    case chunk([UInt8])
}

/// Reads what a `ChangeStreamWriter` wrote, from its bytes in pieces of any size, in bounded memory: an item, at most
/// 4 MiB, and what was appended and not read yet. After an error the reader is of no more use.
///
/// Not for use by two threads at once.
package final class ChangeStreamReader {
    /// A window of 1 MiB: what the decoder must keep.
    static let windowLogMax: Int32 = 20

    /// The decoder, while a frame has begun: a session may stand for hours between two.
    private var decompressor: Decompressor?
    private var plain: [UInt8] = []
    private var offset = 0
    private var current: UnverifiedHeader?
    /// Index of the chunk that must come next. After a header: how many of its chunks the sender left out.
    package private(set) var nextChunk = 0

    package init() {}

    /// Decoded and not read yet.
    package var plainBytes: Int { plain.count }

    package func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let present = decompressor ?? Decompressor()
        present.append(bytes)
        decompressor = present
    }

    /// Whether the last header's changeset is whole: between two changesets a stream may pause for ever.
    package var isBetweenChangesets: Bool { nextChunk == current?.header.chunkHashes.count ?? 0 }

    /// Whether all that was appended was read, and no frame of the stream has begun.
    package var isBetweenFrames: Bool { offset == plain.count && decompressor?.isBetweenFrames ?? true }

    /// The next item; nil if the bytes end before its end: append more.
    package func next() throws(WireError) -> ChangeItem? {
        while true {
            if let item = try readItem() { return item }
            if offset > 0 {
                plain.removeFirst(offset)
                offset = 0
            }
            guard let decompressor, try decompressor.decode(into: &plain) else {
                if decompressor?.isBetweenFrames == true { decompressor = nil }
                return nil
            }
        }
    }

    private func readItem() throws(WireError) -> ChangeItem? {
        guard offset < plain.count else { return nil }
        var reader = CBORReader(plain, at: offset)
        let item: Parsed
        do {
            item = try Self.parse(&reader)
        } catch .truncated {
            return nil
        }
        offset = reader.offset
        switch item {
        case .header(let bytes, let signature, let skipped): return try begin(bytes, signature, skipped: skipped)
        case .chunk(let bytes): return try accept(bytes)
        }
    }

    private func begin(_ bytes: [UInt8], _ signature: [UInt8], skipped: UInt64) throws(WireError) -> ChangeItem {
        guard isBetweenChangesets else { throw .outOfTurn("a header before the last chunk of the changeset before") }
        let header = try UnverifiedHeader(bytes: bytes, signature: signature)
        guard skipped <= UInt64(header.header.chunkHashes.count) else {
            throw .outOfTurn("more chunks left out than there are")
        }
        current = header
        nextChunk = Int(skipped)
        return .header(header)
    }

    private func accept(_ chunk: [UInt8]) throws(WireError) -> ChangeItem {
        guard let header = current?.header else { throw .outOfTurn("a chunk without a header") }
        guard nextChunk < header.chunkHashes.count else { throw .outOfTurn("more chunks than the header names") }
        guard ContentHash.of(chunk) == header.chunkHashes[nextChunk] else {
            throw .badChunkHash(feed: header.feed, seq: header.seq, chunk: nextChunk)
        }
        nextChunk += 1
        return .chunk(chunk)
    }

    private enum Parsed {
        case header(bytes: [UInt8], signature: [UInt8], skipped: UInt64)
        case chunk([UInt8])
    }

    private static func parse(_ reader: inout CBORReader) throws(WireError) -> Parsed {
        let start = reader.offset
        let count = try reader.readArray(max: 4, "stream item")
        switch (try reader.readUnsigned(), count) {
        case (0, 3), (0, 4):
            let bytes = try reader.readBytes(max: WireLimits.headerBytesMax, "header")
            let signature = try reader.readBytes(max: SignatureCheck.signatureBytes, "signature")
            guard count == 4 else { return .header(bytes: bytes, signature: signature, skipped: 0) }
            let skipped = try reader.readUnsigned()
            guard skipped > 0 else {
                throw .notDeterministic(offset: start, reason: "0 chunks left out are not mentioned")
            }
            return .header(bytes: bytes, signature: signature, skipped: skipped)
        case (1, 2): return .chunk(try reader.readBytes(max: WireLimits.chunkBytes, "chunk"))
        default: throw .wrongKind(offset: start, expected: "a header or a chunk")
        }
    }
}

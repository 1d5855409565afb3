import ReplicaModel

/// A header of a changeset: an array of nine. They are scope, site, incarnation, seq, previous, stamp, advance of the
/// context, number of operations, chunk hashes.
enum HeaderCodec {
    static func encode(_ header: ChangesetHeader) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(9)
        header.feed.write(to: &writer)
        writer.write(unsigned: header.seq)
        writer.write(header.previous)
        writer.write(unsigned: header.stamp.bits)
        HeadsCodec.write(header.contextAdvance, to: &writer)
        writer.write(unsigned: header.operationCount)
        writer.beginArray(header.chunkHashes.count)
        for hash in header.chunkHashes { writer.write(hash) }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(WireError) -> ChangesetHeader {
        guard bytes.count <= WireLimits.headerBytesMax else {
            throw .overLimit(what: "header", found: UInt64(bytes.count), limit: UInt64(WireLimits.headerBytesMax))
        }
        var reader = CBORReader(bytes)
        try reader.readArray(exactly: 9)
        let header = ChangesetHeader(
            feed: try FeedID(from: &reader), seq: try SeqCodec.read(&reader), previous: try reader.readBytes32(),
            stamp: Stamp(bits: try reader.readUnsigned()), contextAdvance: try HeadsCodec.read(&reader),
            operationCount: try reader.readUnsigned(), chunkHashes: try readHashes(&reader))
        try reader.finish()
        if let reason = refusal(of: header) { throw .cannotBeMeant(reason) }
        return header
    }

    private static func readHashes(_ reader: inout CBORReader) throws(WireError) -> [Bytes32] {
        var hashes: [Bytes32] = []
        for _ in 0..<(try reader.readArray(max: WireLimits.headerBytesMax / 34, "chunks")) {
            hashes.append(try reader.readBytes32())
        }
        return hashes
    }

    /// The second gate: why a header that decodes cannot be meant; nil if it can.
    static func refusal(of header: ChangesetHeader) -> String? {
        let feed = header.feed
        guard feed.scope.isWellFormed else { return "the name of a scope has 1 to 64 of a-z, 0-9 and hyphens" }
        guard header.seq >= 1, header.seq <= WireLimits.seqMax else { return "a seq lies between 1 and 2^47 - 1" }
        guard (header.previous == .zero) == (header.seq == 1) else {
            return "the first header and no other follows none"
        }
        guard (header.operationCount == 0) == header.chunkHashes.isEmpty else { return "operations travel in chunks" }
        guard header.operationCount <= UInt64(header.chunkHashes.count * WireLimits.chunkBytes) else {
            return "more operations than its chunks have bytes"
        }
        guard !header.contextAdvance.keys.contains(where: { $0.base == feed.base }) else {
            return "a context names its own feed by the seq and previous"
        }
        guard header.contextAdvance.keys.allSatisfy({ $0.scope == feed.scope || $0.scope == .control }) else {
            return "a context covers feeds of its own scope and of control"
        }
        guard header.contextAdvance.values.allSatisfy({ (1...WireLimits.seqMax).contains($0.seq) }) else {
            return "a context names feeds that have begun"
        }
        return nil
    }

    /// The bytes that are signed: no signature of a header is one of anything else.
    static func signedMessage(_ bytes: [UInt8]) -> [UInt8] { Array("caravan changeset 1\0".utf8) + bytes }
}

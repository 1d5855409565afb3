import ReplicaModel

/// A changeset's header to and from bytes.
enum HeaderCodec {
    static func encode(_ header: ChangesetHeader) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(9)
        writer.blob(header.feed.site.bytes)
        writer.unsigned(header.feed.incarnation.bits)
        writer.text(header.feed.scope.name)
        writer.unsigned(header.seq)
        writer.blob(header.previous.bytes)
        writer.unsigned(header.stamp.bits)
        writer.array(header.contextAdvance.count)
        for (feed, head) in header.contextAdvance.sorted(by: { $0.key < $1.key }) {
            writer.array(5)
            FeedCodec.write(feed, to: &writer)
            writer.unsigned(head.seq)
            writer.blob(head.hash.bytes)
        }
        writer.unsigned(header.operationCount)
        var hashes: [UInt8] = []
        for hash in header.chunkHashes { hashes += hash.bytes }
        writer.blob(hashes)
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(WireError) -> ChangesetHeader {
        guard bytes.count <= WireLimits.headerBytesMax else {
            throw .tooLarge(what: "a header", found: UInt64(bytes.count), limit: UInt64(WireLimits.headerBytesMax))
        }
        var reader = CBORReader(bytes)
        try reader.array(of: 9)
        let site = try FeedCodec.site(&reader)
        let incarnation = Incarnation(try reader.unsigned())
        let feed = FeedID(site: site, incarnation: incarnation, scope: try FeedCodec.scope(&reader))
        let seq = try FeedCodec.seq(&reader)
        let previous = try hash(&reader)
        let stamp = Stamp(bits: try reader.unsigned())
        let context = try context(&reader)
        let operationCount = try reader.unsigned()
        let hashes = try reader.blob(max: WireLimits.headerBytesMax)
        try reader.finish()
        guard hashes.count.isMultiple(of: 32) else { throw .malformed("the hashes of chunks have 32 bytes each") }
        let header = ChangesetHeader(
            feed: feed, seq: seq, previous: previous, stamp: stamp, contextAdvance: context, operationCount: operationCount,
            chunkHashes: stride(from: 0, to: hashes.count, by: 32).compactMap { Bytes32(hashes[$0..<$0 + 32]) })
        try check(header)
        return header
    }

    /// The second gate: what decodes but cannot be meant.
    private static func check(_ header: ChangesetHeader) throws(WireError) {
        guard (header.previous == .zero) == (header.seq == 1) else {
            throw .malformed("the first changeset of a feed follows none, and every other follows one")
        }
        guard header.operationCount > 0, !header.chunkHashes.isEmpty else { throw .malformed("a changeset without operations") }
        for feed in header.contextAdvance.keys {
            guard feed != header.feed else { throw .malformed("a context that names its own feed") }
            guard feed.scope == header.feed.scope || feed.scope == .control else {
                throw .malformed("a context that names a feed of another scope")
            }
        }
    }

    private static func context(_ reader: inout CBORReader) throws(WireError) -> Context {
        var out: Context = [:]
        var last: FeedID?
        for _ in 0..<(try reader.array(max: WireLimits.contextEntriesMax)) {
            try reader.array(of: 5)
            let feed = try FeedCodec.read(&reader)
            if let last, last >= feed { throw .malformed("the feeds of a context stand in ascending order") }
            last = feed
            let seq = try FeedCodec.seq(&reader)
            guard let hash = HashPrefix(try reader.blob(max: 16)) else { throw .malformed("a head names 16 bytes of a hash") }
            out[feed] = Head(seq: seq, hash: hash)
        }
        return out
    }

    private static func hash(_ reader: inout CBORReader) throws(WireError) -> Bytes32 {
        guard let hash = Bytes32(try reader.blob(max: 32)) else { throw .malformed("a hash has 32 bytes") }
        return hash
    }
}

/// Feeds and their parts, as several encodings have them.
enum FeedCodec {
    static func write(_ feed: FeedID, to writer: inout CBORWriter) {
        writer.text(feed.scope.name)
        writer.blob(feed.site.bytes)
        writer.unsigned(feed.incarnation.bits)
    }

    static func read(_ reader: inout CBORReader) throws(WireError) -> FeedID {
        let scope = try scope(&reader)
        let site = try site(&reader)
        return FeedID(site: site, incarnation: Incarnation(try reader.unsigned()), scope: scope)
    }

    static func site(_ reader: inout CBORReader) throws(WireError) -> SiteID {
        guard let site = SiteID(try reader.blob(max: 32)) else { throw .malformed("a site id has 32 bytes") }
        return site
    }

    static func scope(_ reader: inout CBORReader) throws(WireError) -> Scope {
        let name = try reader.text(max: 64)
        let isPlain = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        guard !name.isEmpty, isPlain else { throw .malformed("a scope is named by letters a to z, digits and hyphens") }
        return Scope(name)
    }

    /// From 1, below what a replica can number.
    static func seq(_ reader: inout CBORReader) throws(WireError) -> UInt64 {
        let seq = try reader.unsigned()
        guard seq >= 1, seq < 1 << 47 else { throw .malformed("a changeset's number lies from 1 below 2^47") }
        return seq
    }
}

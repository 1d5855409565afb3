import ReplicaModel

extension Scope {
    /// Whether this can be the name of a scope: 1 to 64 of a-z, 0-9 and the hyphen.
    public var isWellFormed: Bool {
        (1...WireLimits.scopeBytesMax).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}

extension CBORWriter {
    mutating func write(_ bytes: Bytes32) { write(bytes: bytes.bytes) }

    /// An array of heads, ascending by feed.
    mutating func write(heads: [FeedID: Head]) {
        beginArray(heads.count)
        for (feed, head) in heads.sorted(by: { $0.key < $1.key }) {
            beginArray(5)
            writeItems(of: feed)
            write(unsigned: head.seq)
            write(bytes: head.hash.bytes)
        }
    }

    /// Scope, site, incarnation: the beginning of an array.
    mutating func writeItems(of feed: FeedID) {
        write(text: feed.scope.name)
        write(feed.site.key)
        write(unsigned: feed.incarnation.bits)
    }
}

extension CBORReader {
    mutating func readScope() throws(WireError) -> Scope {
        let scope = Scope(try readText(max: WireLimits.scopeBytesMax, "scope"))
        guard scope.isWellFormed else { throw .cannotBeMeant("the name of a scope has a-z, 0-9 and hyphens only") }
        return scope
    }

    mutating func readSite() throws(WireError) -> SiteID {
        let site = SiteID(try readBytes32())
        guard site.isKey else { throw .cannotBeMeant("a site that is nobody's key") }
        return site
    }

    mutating func readFeed() throws(WireError) -> FeedID {
        let scope = try readScope()
        let site = try readSite()
        return FeedID(site: site, incarnation: Incarnation(try readUnsigned()), scope: scope)
    }

    /// From 1, or another lowest, to 2^47 - 1.
    mutating func readSeq(from lowest: UInt64 = 1) throws(WireError) -> UInt64 {
        let seq = try readUnsigned(max: WireLimits.seqMax, "seq")
        guard seq >= lowest else { throw .cannotBeMeant("a seq of \(seq)") }
        return seq
    }

    mutating func readHeads() throws(WireError) -> [FeedID: Head] {
        var heads: [FeedID: Head] = [:]
        var previous: FeedID?
        for _ in 0..<(try readArray(max: WireLimits.feedsMax, "feeds")) {
            let start = offset
            try readArray(exactly: 5)
            let feed = try readFeed()
            guard previous.map({ $0 < feed }) ?? true else {
                throw .notDeterministic(offset: start, reason: "feeds that are not in ascending order")
            }
            previous = feed
            let seq = try readSeq()
            guard let hash = HashPrefix(try readBytes(max: 16)) else { throw .wrongKind(offset: offset, expected: "16 bytes") }
            heads[feed] = Head(seq: seq, hash: hash)
        }
        return heads
    }
}

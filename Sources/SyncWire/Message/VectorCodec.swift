import ReplicaModel

/// A vector in full: a group for each scope, ascending. A group is the scope and an array, in it for each feed site and
/// seq, or site, incarnation and seq where the incarnation is not 0, or site, incarnation, number and hash of the first
/// changeset, and seq of a branch.
enum VectorCodec {
    static func write(_ vector: Vector, to writer: inout CBORWriter) {
        let groups = Dictionary(grouping: vector) { $0.key.scope }.sorted { $0.key < $1.key }
        writer.beginArray(groups.count)
        for (scope, feeds) in groups {
            writer.beginArray(2)
            writer.write(text: scope.name)
            writer.beginArray(feeds.count)
            for (feed, seq) in feeds.sorted(by: { $0.key < $1.key }) { write(feed, seq, to: &writer) }
        }
    }

    private static func write(_ feed: FeedID, _ seq: UInt64, to writer: inout CBORWriter) {
        let isShort = feed.incarnation == .first && feed.branch == nil
        writer.beginArray(feed.branch == nil ? isShort ? 2 : 3 : 5)
        writer.write(feed.site.key)
        if !isShort { writer.write(unsigned: feed.incarnation.bits) }
        if let branch = feed.branch {
            writer.write(unsigned: branch.first)
            writer.write(branch.hash)
        }
        writer.write(unsigned: seq)
    }

    /// - Parameter lowest: 1, or 0 where a feed is named of which there is nothing.
    static func read(_ reader: inout CBORReader, from lowest: UInt64 = 1) throws(WireError) -> Vector {
        var vector: Vector = [:]
        try ScopeGroups.read(&reader, itemsEach: 2) { reader, scope throws(WireError) in
            try readFeeds(&reader, of: scope, from: lowest, into: &vector)
        }
        return vector
    }

    private static func readFeeds(
        _ reader: inout CBORReader, of scope: Scope, from lowest: UInt64, into vector: inout Vector
    ) throws(WireError) {
        var last: FeedID?
        let count = try reader.readArray(max: WireLimits.feedsMax, "feeds")
        guard count > 0 else { throw .notDeterministic(offset: reader.offset, reason: ScopeGroups.withoutFeed) }
        for _ in 0..<count {
            let (feed, seq) = try readEntry(&reader, of: scope, from: lowest)
            guard last.map({ $0 < feed }) ?? true else {
                throw .notDeterministic(offset: reader.offset, reason: "feeds that are not in ascending order")
            }
            last = feed
            vector[feed] = seq
        }
    }

    private static func readEntry(
        _ reader: inout CBORReader, of scope: Scope, from lowest: UInt64
    ) throws(WireError) -> (FeedID, UInt64) {
        let start = reader.offset
        let count = try reader.readArray(max: 5, "vector entry")
        guard [2, 3, 5].contains(count) else { throw .wrongKind(offset: start, expected: "site and seq") }
        let site = try SiteID(from: &reader)
        let incarnation = Incarnation(count > 2 ? try reader.readUnsigned() : 0)
        guard count != 3 || incarnation != .first else {
            throw .notDeterministic(offset: start, reason: "an incarnation of 0 is left out")
        }
        var branch: FeedBranch?
        if count == 5 { branch = FeedBranch(first: try SeqCodec.read(&reader), hash: try reader.readBytes32()) }
        let feed = FeedID(site: site, incarnation: incarnation, scope: scope, branch: branch)
        let seq = try SeqCodec.read(&reader, from: lowest)
        guard seq == 0 || seq >= branch?.first ?? 0 else { throw .cannotBeMeant("a branch that ends before it begins") }
        return (feed, seq)
    }
}

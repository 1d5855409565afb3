import ReplicaModel

/// Vectors to and from bytes: `[[scope, [[site, seq] or [site, seq, incarnation], …]], …]`, scopes and feeds ascending. A site is its id, or
/// its position in the roster.
enum VectorCodec {
    /// Feeds of one vector: what a replica can number.
    static let entriesMax = 65_536

    static func write(_ vector: Vector, to writer: inout CBORWriter) {
        let feeds = vector.keys.sorted()
        write(feeds.map { (scope: $0.scope, incarnation: $0.incarnation, seq: vector[$0] ?? 0, site: $0.site.bytes) }, to: &writer) {
            $1.blob($0)
        }
    }

    static func write(_ entries: [HelloVector.RosterEntry], to writer: inout CBORWriter) {
        let sorted = entries.sorted { ($0.scope, $0.position, $0.incarnation) < ($1.scope, $1.position, $1.incarnation) }
        write(sorted.map { (scope: $0.scope, incarnation: $0.incarnation, seq: $0.seq, site: $0.position) }, to: &writer) {
            $1.unsigned($0)
        }
    }

    private static func write<Site>(
        _ entries: [(scope: Scope, incarnation: Incarnation, seq: UInt64, site: Site)], to writer: inout CBORWriter,
        site: (Site, inout CBORWriter) -> Void
    ) {
        let scopes = Dictionary(grouping: entries, by: \.scope)
        writer.array(scopes.count)
        for scope in scopes.keys.sorted() {
            let feeds = scopes[scope] ?? []
            writer.array(2)
            writer.text(scope.name)
            writer.array(feeds.count)
            for feed in feeds {
                writer.array(feed.incarnation == .first ? 2 : 3)
                site(feed.site, &writer)
                writer.unsigned(feed.seq)
                if feed.incarnation != .first { writer.unsigned(feed.incarnation.bits) }
            }
        }
    }

    static func read(_ reader: inout CBORReader) throws(WireError) -> Vector {
        var out: Vector = [:]
        var last: FeedID?
        try forEach(&reader) { (scope, reader) throws(WireError) in try FeedCodec.site(&reader) } _: {
            (scope, site, seq, incarnation) throws(WireError) in
            let feed = FeedID(site: site, incarnation: incarnation, scope: scope)
            if let last, last >= feed { throw .malformed("the feeds of a vector stand in ascending order") }
            last = feed
            out[feed] = seq
        }
        return out
    }

    static func readByRoster(_ reader: inout CBORReader) throws(WireError) -> [HelloVector.RosterEntry] {
        var out: [HelloVector.RosterEntry] = []
        try forEach(&reader) { (scope, reader) throws(WireError) in try reader.unsigned() } _: {
            (scope, position, seq, incarnation) throws(WireError) in
            if let last = out.last, (last.scope, last.position, last.incarnation) >= (scope, position, incarnation) {
                throw .malformed("the feeds of a vector stand in ascending order")
            }
            out.append(.init(position: position, incarnation: incarnation, scope: scope, seq: seq))
        }
        return out
    }

    private static func forEach<Site>(
        _ reader: inout CBORReader, site: (Scope, inout CBORReader) throws(WireError) -> Site,
        _ body: (Scope, Site, UInt64, Incarnation) throws(WireError) -> Void
    ) throws(WireError) {
        for _ in 0..<(try reader.array(max: 1024)) {
            try reader.array(of: 2)
            let scope = try FeedCodec.scope(&reader)
            for _ in 0..<(try reader.array(max: entriesMax)) {
                let parts = try reader.array(max: 3)
                guard parts >= 2 else { throw .malformed("a feed of a vector has a site and a seq") }
                let site = try site(scope, &reader)
                let seq = try FeedCodec.seq(&reader)
                let incarnation = parts == 3 ? Incarnation(try reader.unsigned()) : .first
                guard parts == 2 || incarnation != .first else { throw .malformed("the first incarnation is left out") }
                try body(scope, site, seq, incarnation)
            }
        }
    }
}

/// One digest for all heads: equal where two replicas hold the same.
public enum HeadsDigest {
    /// SHA-256 over the deterministic CBOR of `[scope, site, incarnation, seq, first 16 bytes of the hash]` for each feed, ascending.
    public static func of(_ heads: [FeedID: Head]) -> Bytes32 {
        var writer = CBORWriter()
        for (feed, head) in heads.sorted(by: { $0.key < $1.key }) {
            writer.array(5)
            FeedCodec.write(feed, to: &writer)
            writer.unsigned(head.seq)
            writer.blob(head.hash.bytes)
        }
        return ContentHash.of(writer.bytes)
    }
}

import ReplicaModel

/// The heads of feeds: an array ascending by feed, in it for each feed scope, site, incarnation, seq and 16 bytes of
/// hash.
enum HeadsCodec {
    static func write(_ heads: [FeedID: Head], to writer: inout CBORWriter) {
        writer.beginArray(heads.count)
        for (feed, head) in heads.sorted(by: { $0.key < $1.key }) {
            writer.beginArray(5)
            feed.write(to: &writer)
            writer.write(unsigned: head.seq)
            writer.write(bytes: head.hash.bytes)
        }
    }

    static func read(_ reader: inout CBORReader) throws(WireError) -> [FeedID: Head] {
        var heads: [FeedID: Head] = [:]
        var previous: FeedID?
        for _ in 0..<(try reader.readArray(max: WireLimits.feedsMax, "feeds")) {
            let start = reader.offset
            try reader.readArray(exactly: 5)
            let feed = try FeedID(from: &reader)
            guard previous.map({ $0 < feed }) ?? true else {
                throw .notDeterministic(offset: start, reason: "feeds that are not in ascending order")
            }
            previous = feed
            let seq = try SeqCodec.read(&reader)
            guard let hash = HashPrefix(try reader.readBytes(max: 16)) else {
                throw .wrongKind(offset: reader.offset, expected: "16 bytes")
            }
            heads[feed] = Head(seq: seq, hash: hash)
        }
        return heads
    }
}

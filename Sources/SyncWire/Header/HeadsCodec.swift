import ReplicaModel

/// The heads of feeds: an array ascending by feed, seq and hash, in it for each scope, site, incarnation, seq and 16
/// bytes of hash. A feed that went two ways has several.
enum HeadsCodec {
    static func write(_ heads: [FeedID: Head], to writer: inout CBORWriter) { write(list: heads.list, to: &writer) }

    /// - Parameter list: ascending.
    static func write(list: [FeedHead], to writer: inout CBORWriter) {
        writer.beginArray(list.count)
        for one in list {
            writer.beginArray(5)
            one.feed.write(to: &writer)
            writer.write(unsigned: one.head.seq)
            writer.write(bytes: one.head.hash.bytes)
        }
    }

    static func read(_ reader: inout CBORReader) throws(WireError) -> [FeedID: Head] {
        Context(try readList(&reader, max: WireLimits.feedsMax))
    }

    static func readList(_ reader: inout CBORReader, max: Int) throws(WireError) -> [FeedHead] {
        var heads: [FeedHead] = []
        for _ in 0..<(try reader.readArray(max: max, "feeds")) {
            let start = reader.offset
            try reader.readArray(exactly: 5)
            let feed = try FeedID(from: &reader)
            let seq = try SeqCodec.read(&reader)
            guard let hash = HashPrefix(try reader.readBytes(max: 16)) else {
                throw .wrongKind(offset: reader.offset, expected: "16 bytes")
            }
            let head = FeedHead(feed, Head(seq: seq, hash: hash))
            guard heads.last.map({ $0 < head }) ?? true else {
                throw .notDeterministic(offset: start, reason: "heads that are not in ascending order")
            }
            heads.append(head)
        }
        return heads
    }
}

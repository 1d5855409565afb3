import ReplicaModel

/// The changesets of which a node keeps some chunks: an array ascending by feed and seq, in it for each scope, site,
/// incarnation, seq and number of chunks.
enum UnfinishedCodec {
    static func write(_ unfinished: [UnfinishedChangeset], to writer: inout CBORWriter) {
        precondition(
            unfinished.count <= FrameLimits.unfinishedMax, "a hello names a bounded number of unfinished changesets")
        writer.beginArray(unfinished.count)
        for changeset in unfinished.sorted(by: { ($0.feed, $0.seq) < ($1.feed, $1.seq) }) {
            writer.beginArray(5)
            changeset.feed.write(to: &writer)
            writer.write(unsigned: changeset.seq)
            writer.write(unsigned: changeset.chunks)
        }
    }

    static func read(_ reader: inout CBORReader) throws(WireError) -> [UnfinishedChangeset] {
        var list: [UnfinishedChangeset] = []
        for _ in 0..<(try reader.readArray(max: FrameLimits.unfinishedMax, "unfinished changesets")) {
            try reader.readArray(exactly: 5)
            let changeset = UnfinishedChangeset(
                feed: try FeedID(from: &reader), seq: try SeqCodec.read(&reader),
                chunks: try reader.readUnsigned(max: UInt64(WireLimits.headerBytesMax / 34), "chunks"))
            if let last = list.last, (changeset.feed, changeset.seq) <= (last.feed, last.seq) {
                throw .notDeterministic(
                    offset: reader.offset, reason: "unfinished changesets that are not in ascending order")
            }
            list.append(changeset)
        }
        return list
    }
}

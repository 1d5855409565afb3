import ReplicaModel

/// The changesets of which a node keeps some chunks: an array ascending by feed and seq, in it for each scope, site,
/// incarnation, seq and number of chunks; behind them number and hash of the first changeset, where it is of a branch.
enum UnfinishedCodec {
    static func write(_ unfinished: [UnfinishedChangeset], to writer: inout CBORWriter) {
        precondition(
            unfinished.count <= FrameLimits.unfinishedMax, "a hello names a bounded number of unfinished changesets")
        writer.beginArray(unfinished.count)
        for changeset in unfinished.sorted(by: { ($0.feed, $0.seq) < ($1.feed, $1.seq) }) {
            writer.beginArray(changeset.feed.branch == nil ? 5 : 7)
            changeset.feed.write(to: &writer)
            writer.write(unsigned: changeset.seq)
            writer.write(unsigned: changeset.chunks)
            if let branch = changeset.feed.branch {
                writer.write(unsigned: branch.first)
                writer.write(branch.hash)
            }
        }
    }

    static func read(_ reader: inout CBORReader) throws(WireError) -> [UnfinishedChangeset] {
        var list: [UnfinishedChangeset] = []
        for _ in 0..<(try reader.readArray(max: FrameLimits.unfinishedMax, "unfinished changesets")) {
            let changeset = try readOne(&reader)
            if let last = list.last, (changeset.feed, changeset.seq) <= (last.feed, last.seq) {
                throw .notDeterministic(
                    offset: reader.offset, reason: "unfinished changesets that are not in ascending order")
            }
            list.append(changeset)
        }
        return list
    }

    private static func readOne(_ reader: inout CBORReader) throws(WireError) -> UnfinishedChangeset {
        let start = reader.offset
        let count = try reader.readArray(max: 7, "unfinished changeset")
        guard count == 5 || count == 7 else { throw .wrongKind(offset: start, expected: "an unfinished changeset") }
        let feed = try FeedID(from: &reader)
        let seq = try SeqCodec.read(&reader)
        let chunks = try reader.readUnsigned(max: UInt64(WireLimits.headerBytesMax / 34), "chunks")
        guard count == 7 else { return UnfinishedChangeset(feed: feed, seq: seq, chunks: chunks) }
        let branch = FeedBranch(first: try SeqCodec.read(&reader), hash: try reader.readBytes32())
        return UnfinishedChangeset(feed: feed.on(branch), seq: seq, chunks: chunks)
    }
}

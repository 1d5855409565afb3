import ReplicaModel
import SQLiteAccess

/// Numbers of feeds and changesets as the file has them. A disk may have altered each.
extension Statement {
    /// Reads the name of a changeset from two columns.
    ///
    /// - Parameter feeds: how many the replica has; nil where nobody asks for that one.
    /// - Throws: `damaged` where no changeset has such numbers.
    func dot(feedAt feed: Int, seqAt seq: Int, of feeds: Int? = nil) throws(StoreError) -> Dot {
        let (feed, seq) = (integer(at: feed), integer(at: seq))
        guard (0...0xFFFF).contains(feed), (0..<1 << 47).contains(seq), feed < feeds ?? .max else {
            throw .damaged("the log names changeset \(seq) of feed \(feed), which cannot be")
        }
        return Dot(feed: FeedOrdinal(Int(feed)), seq: UInt64(seq))
    }

    /// Reads the name of a changeset from one column.
    func dot(at column: Int, of feeds: Int) throws(StoreError) -> Dot {
        let dot = Dot(bits: integer(at: column))
        guard dot.bits >= 0, dot.feed.number < feeds else {
            throw .damaged("changeset \(dot.bits) is named, which cannot be")
        }
        return dot
    }

    /// Reads how many changesets of a feed there are.
    func count(at column: Int) throws(StoreError) -> UInt64 {
        let count = integer(at: column)
        guard (0..<1 << 47).contains(count) else { throw .damaged("a feed of \(count) changesets cannot be") }
        return UInt64(count)
    }
}

import ReplicaModel
import SQLiteAccess

/// The stamps of changesets, as they are recorded beside the headers.
struct RecordedStamps {
    let transaction: Transaction

    /// The milliseconds since 1970 of a recorded stamp, in SQL.
    static let milliseconds = "(stamp >> 16 & 281474976710655)"

    /// The recorded stamp of a changeset; nil where it is not held.
    func of(_ dot: Dot) throws(StoreError) -> Stamp? {
        let row = try transaction.statement("SELECT stamp FROM caravan_changeset WHERE feed = ?1 AND seq = ?2")
            .first(dot.place)
        guard case .integer(let bits)? = row?.first else { return nil }
        return Stamp(bits: UInt64(bitPattern: bits))
    }

    /// The number of the first changeset of a feed that was stamped at a moment or later; nil where none was.
    ///
    /// - Parameter moment: milliseconds since 1970.
    func first(since moment: Int64, of feed: FeedOrdinal) throws(StoreError) -> UInt64? {
        let first = try transaction.connection.value(
            "SELECT min(seq) FROM caravan_changeset WHERE feed = ?1 AND \(Self.milliseconds) >= ?2",
            [.integer(Int64(feed.number)), .integer(moment)])
        guard case .integer(let seq)? = first else { return nil }
        return UInt64(seq)
    }

    /// The greatest applied stamp that is not beyond a bound; zero where there is none.
    func greatest(upTo bound: Stamp) throws(StoreError) -> Stamp {
        let greatest = try transaction.connection.value(
            "SELECT max(stamp) FROM caravan_changeset WHERE position IS NOT NULL AND stamp BETWEEN 0 AND ?1",
            [.integer(Int64(clamping: bound.bits))])
        guard case .integer(let bits)? = greatest else { return .zero }
        return Stamp(bits: UInt64(bitPattern: bits))
    }

    /// The applied stamps beyond a bound.
    func all(beyond bound: Stamp) throws(StoreError) -> [Stamp] {
        let rows = try transaction.connection.prepare(
            "SELECT stamp FROM caravan_changeset WHERE position IS NOT NULL AND stamp > ?1")
        try rows.bind(Int64(clamping: bound.bits), at: 1)
        var out: [Stamp] = []
        while try rows.step() { out.append(Stamp(bits: UInt64(bitPattern: rows.integer(at: 0)))) }
        return out
    }
}

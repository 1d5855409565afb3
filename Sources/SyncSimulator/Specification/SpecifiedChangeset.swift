import ReplicaModel

/// A changeset as the specification takes it: bare facts, no order.
package struct SpecifiedChangeset: Hashable, Sendable {
    /// Names a changeset: its feed and its number there.
    package struct ID: Hashable, Sendable {
        package let feed: FeedID
        package let seq: UInt64

        package init(feed: FeedID, seq: UInt64) {
            self.feed = feed
            self.seq = seq
        }
    }

    package let id: ID
    package let hash: Bytes32
    package let stamp: Stamp
    /// The whole context: feed to highest seq that the author had seen.
    package let context: Vector
    package let operations: [RowOperation]
    /// Ill-formed, or without the right, by roster and schema: decided elsewhere.
    package let isVoid: Bool

    package init(
        id: ID, hash: Bytes32, stamp: Stamp, context: Vector, operations: [RowOperation], isVoid: Bool = false
    ) {
        self.id = id
        self.hash = hash
        self.stamp = stamp
        self.context = context
        self.operations = operations
        self.isVoid = isVoid
    }

    /// `a ≺ b` iff b's context covers a's dot.
    package func hasSeen(_ other: SpecifiedChangeset) -> Bool { context[other.id.feed] ?? 0 >= other.id.seq }

    /// "The greatest (…, stamp, site id, incarnation, changeset hash)" is shown. Spelled out, and not taken from what
    /// folding goes by, which is held against it.
    func isGreater(than other: SpecifiedChangeset) -> Bool {
        let (l, r) = (id.feed, other.id.feed)
        if stamp.bits != other.stamp.bits { return stamp.bits > other.stamp.bits }
        if l.site.bytes != r.site.bytes { return r.site.bytes.lexicographicallyPrecedes(l.site.bytes) }
        if l.incarnation.bits != r.incarnation.bits { return l.incarnation.bits > r.incarnation.bits }
        return other.hash.bytes.lexicographicallyPrecedes(hash.bytes)
    }

    var report: WriteReport { WriteReport(site: id.feed.site, feed: id.feed, seq: id.seq, stamp: stamp) }
}

/// The tables of a replica, and what it lists, by the specification.
package struct SpecifiedState: Hashable, Sendable {
    package typealias Row = RowName

    /// Visible rows with the values of their columns that are not of the key. A column that nobody wrote is absent: it
    /// shows its default.
    package var rows: [Row: [Identifier: Value]] = [:]
    package var conflicts: Set<ConflictReport> = []
    /// Void by the one rule that looks at data.
    package var void: Set<SpecifiedChangeset.ID> = []
}

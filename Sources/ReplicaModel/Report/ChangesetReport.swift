/// The author of a write and its time, for reports.
public struct WriteReport: Hashable, Sendable {
    /// The author of the write: the site of its feed.
    public let site: SiteID
    /// The feed of the changeset that wrote.
    public let feed: FeedID
    /// The changeset's number in its feed, from 1.
    public let seq: UInt64
    /// The time of the changeset by its author's clock.
    public let stamp: Stamp

    package init(site: SiteID, feed: FeedID, seq: UInt64, stamp: Stamp) {
        self.site = site
        self.feed = feed
        self.seq = seq
        self.stamp = stamp
    }
}

/// A line of `log`.
public struct ChangesetReport: Sendable {
    /// The feed that the changeset is of, and with it the author.
    public let feed: FeedID
    /// The author's name in the roster; nil if it has none.
    public let name: String?
    /// The changeset's number in its feed, from 1.
    public let seq: UInt64
    /// The time of the changeset by its author's clock.
    public let stamp: Stamp
    /// The changeset's hash: SHA-256 of its header.
    public let hash: Bytes32
    /// The judgement of the changeset: whether it counts, and if not, why.
    public let standing: Standing
    /// The whole vector over the feeds of this scope, own feed at seq - 1; nil unless asked for.
    public let context: Vector?
    /// The operations of a changeset of the people's tables; nil for scope `control`.
    /// They can be the first only, where no more were asked for.
    public let operations: [RowOperation]?
    /// How many operations it has on the people's tables, or on the one that was asked for; 0 for scope `control`.
    public let operationCount: Int
    /// The operations of a changeset of scope `control`; nil for others.
    public let control: [ControlOperation]?

    package init(
        feed: FeedID, name: String?, seq: UInt64, stamp: Stamp, hash: Bytes32, standing: Standing, context: Vector?,
        operations: [RowOperation]?, operationCount: Int, control: [ControlOperation]?
    ) {
        self.operationCount = operationCount
        self.feed = feed
        self.name = name
        self.seq = seq
        self.stamp = stamp
        self.hash = hash
        self.standing = standing
        self.context = context
        self.operations = operations
        self.control = control
    }
}

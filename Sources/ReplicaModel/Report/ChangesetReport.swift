/// The author of a write and its time, for reports.
public struct WriteReport: Hashable, Sendable {
    public let site: SiteID
    public let feed: FeedID
    public let seq: UInt64
    public let stamp: Stamp

    public init(site: SiteID, feed: FeedID, seq: UInt64, stamp: Stamp) {
        self.site = site
        self.feed = feed
        self.seq = seq
        self.stamp = stamp
    }
}

/// One line of `log`.
public struct ChangesetReport: Sendable {
    public let feed: FeedID
    /// The author's name in the roster; nil if it has none.
    public let name: String?
    public let seq: UInt64
    public let stamp: Stamp
    public let hash: Bytes32
    public let standing: Standing
    /// The whole vector over the feeds of this scope, own feed at seq - 1; nil unless asked for.
    public let context: Vector?
    /// The operations of a changeset of the people's tables; nil for scope `control`.
    public let operations: [RowOperation]?
    /// The operations of a changeset of scope `control`; nil for others.
    public let control: [ControlOperation]?

    public init(
        feed: FeedID, name: String?, seq: UInt64, stamp: Stamp, hash: Bytes32, standing: Standing, context: Vector?,
        operations: [RowOperation]?, control: [ControlOperation]?
    ) {
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

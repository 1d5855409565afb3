/// A `serve` that runs on a replica at this moment, as it says itself.
public struct ServerReport: Hashable, Sendable {
    /// The moment at which it began, in milliseconds since 1970.
    public let since: Int64
    /// The address at which it listens, as HOST:PORT.
    public let address: String
    /// The sessions with members that are open, the oldest first.
    public let sessions: [LiveSession]

    package init(since: Int64, address: String, sessions: [LiveSession]) {
        self.since = since
        self.address = address
        self.sessions = sessions
    }
}

/// A session of a running `serve` with a member, which is open at this moment.
public struct LiveSession: Hashable, Sendable {
    /// The member with whom it is.
    public let site: SiteID
    /// The moment at which it began, in milliseconds since 1970.
    public let since: Int64
    /// Whether this node dialled; else the member did.
    public let isDialledHere: Bool
    /// Whether both sides hold what either has, and what either writes goes to the other at once; else the exchange is
    /// under way.
    public let isStanding: Bool

    package init(site: SiteID, since: Int64, isDialledHere: Bool, isStanding: Bool) {
        self.site = site
        self.since = since
        self.isDialledHere = isDialledHere
        self.isStanding = isStanding
    }
}

/// A changeset of which only a part has come: the next session with a peer that has the rest goes on there.
public struct UnfinishedReport: Hashable, Sendable {
    /// The feed of its author.
    public let feed: FeedID
    /// The number of the changeset in that feed.
    public let seq: UInt64
    /// The author's name in the roster; the short form of its id where it has none.
    public let author: String
    /// Bytes that are here, rounded up to whole chunks.
    public let bytes: Int
    /// The moment at which something of it came last, in milliseconds since 1970; nil where nobody noted it.
    public let last: Int64?
    /// The moment from which on it is dropped if nothing more comes; nil where that is not known.
    public let dropped: Int64?

    package init(feed: FeedID, seq: UInt64, author: String, bytes: Int, last: Int64?, dropped: Int64?) {
        self.feed = feed
        self.seq = seq
        self.author = author
        self.bytes = bytes
        self.last = last
        self.dropped = dropped
    }
}

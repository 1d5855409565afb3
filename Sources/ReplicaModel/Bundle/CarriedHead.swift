/// The head of a file that is carried from node to node.
package enum CarriedHead: Hashable, Sendable {
    /// Changesets, as they go over a connection.
    case bundle(BundleHead)
    /// An announcement alone: what a node has, and so what it needs.
    case request(Announcement)
    /// A bundle that its recipients alone can read.
    case sealed(SealedHead)
    /// The wish of a new node to be let in.
    case petition(Petition)

    /// The site that wrote the file, and signed it.
    package var site: SiteID {
        switch self {
        case .bundle(let head): head.announcement.site
        case .request(let announcement): announcement.site
        case .sealed(let head): head.site
        case .petition(let petition): petition.site
        }
    }

    /// The alliance of the node; nil of one that belongs to none.
    package var alliance: Bytes32? {
        switch self {
        case .bundle(let head): head.announcement.alliance
        case .request(let announcement): announcement.alliance
        case .sealed(let head): head.alliance
        case .petition: nil
        }
    }
}

/// The head of a bundle.
package struct BundleHead: Hashable, Sendable {
    package var announcement: Announcement
    /// The sites for which it was written, ascending; none: for anyone.
    package var recipients: [SiteID]
    /// The changesets in it, by feed and number: ascending. Of a feed that went several ways the ranges are cut where
    /// the ways part.
    package var ranges: [FeedRange]
    /// The grant; nil in all but the file that lets a node in.
    package var grant: Grant?

    package init(announcement: Announcement, recipients: [SiteID], ranges: [FeedRange], grant: Grant? = nil) {
        self.announcement = announcement
        self.recipients = recipients
        self.ranges = ranges
        self.grant = grant
    }

    /// Whether the ranges name how they end, and so which ways they are of; not in a file of the first version.
    package var tellsWays: Bool { ranges.allSatisfy { $0.end != nil } }

    /// How many changesets are in it.
    package var changesets: UInt64 { ranges.reduce(0) { $0 + $1.count } }
}

/// Changesets of one feed that follow one another, on one way of it.
package struct FeedRange: Hashable, Comparable, Sendable {
    /// The feed as headers name it, without a branch: the hash says which way is meant.
    package let feed: FeedID
    package let first: UInt64
    package let last: UInt64
    /// The hash of the last changeset; nil in a file of the first version, which says nothing of ways.
    package let end: HashPrefix?

    package init(feed: FeedID, first: UInt64, last: UInt64, end: HashPrefix?) {
        self.feed = feed.base
        self.first = first
        self.last = last
        self.end = end
    }

    package static func < (l: FeedRange, r: FeedRange) -> Bool {
        let isSame = l.feed == r.feed && l.first == r.first && l.last == r.last
        guard isSame, let left = l.end, let right = r.end else {
            return (l.feed, l.first, l.last) < (r.feed, r.first, r.last)
        }
        return left < right
    }

    package var count: UInt64 { last - first + 1 }

    /// The last changeset, where it is named.
    package var head: FeedHead? { end.map { FeedHead(feed, Head(seq: last, hash: $0)) } }
}

/// The answer to a petition.
package struct Grant: Hashable, Sendable {
    /// The secret of the petition, so that no other grant is taken for it.
    package let secret: [UInt8]
    /// The name of the node that let the new one in, and where it is reached, as HOST:PORT, if anywhere.
    package let name: String
    package let addresses: [String]

    package init(secret: [UInt8], name: String, addresses: [String]) {
        self.secret = secret
        self.name = name
        self.addresses = addresses
    }
}

/// The head of a bundle that its recipients alone can read.
package struct SealedHead: Hashable, Sendable {
    package var alliance: Bytes32
    package var site: SiteID
    package var written: UInt64
    package var software: String
    /// The key of the content, wrapped for each recipient, ascending by site.
    package var keys: [WrappedKey]
    /// The ids of encrypted files of the same writer in whose place this one comes, ascending: it has all of them that
    /// its recipients are not known to hold. Whoever carries it need not carry those on.
    package var replaces: [HashPrefix]

    package init(
        alliance: Bytes32, site: SiteID, written: UInt64, software: String, keys: [WrappedKey],
        replaces: [HashPrefix] = []
    ) {
        self.alliance = alliance
        self.site = site
        self.written = written
        self.software = software
        self.keys = keys
        self.replaces = replaces
    }

    package var recipients: [SiteID] { keys.map(\.site) }
}

/// A key of 32 bytes, encrypted to one site.
package struct WrappedKey: Hashable, Sendable {
    package let site: SiteID
    /// The encapsulated key (RFC 9180), 32 bytes.
    package let encapsulated: [UInt8]
    /// 48 bytes.
    package let wrapped: [UInt8]

    package init(site: SiteID, encapsulated: [UInt8], wrapped: [UInt8]) {
        self.site = site
        self.encapsulated = encapsulated
        self.wrapped = wrapped
    }
}

/// The wish of a new node to be let into an alliance with which it has no connection.
package struct Petition: Hashable, Sendable {
    package let site: SiteID
    package let written: UInt64
    package let software: String
    /// The name by which the new node wants to be called.
    package let name: String
    /// 16 random bytes, which the grant has to bring back.
    package let secret: [UInt8]
    /// The key to which the grant is encrypted.
    package let card: SealingCard

    package init(site: SiteID, written: UInt64, software: String, name: String, secret: [UInt8], card: SealingCard) {
        self.site = site
        self.written = written
        self.software = software
        self.name = name
        self.secret = secret
        self.card = card
    }
}

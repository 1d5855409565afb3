import ReplicaModel

/// A file that is carried, as people are told of it.
public struct BundleReport: Sendable {
    /// The path as it was given.
    public let file: String
    /// Bytes of the file.
    public let bytes: Int
    /// Nil of a new node that belongs to none yet.
    public let alliance: Bytes32?
    /// The site that wrote it.
    public let from: SiteID
    /// The sites for which it was written; none: for anyone.
    public let recipients: [SiteID]
    /// Whether its recipients alone can read it.
    public let isEncrypted: Bool
    /// Whether it is an announcement alone, without changesets.
    public let isRequest: Bool
    /// The changesets in it; nil where it is encrypted to others.
    public let changesets: UInt64?
    /// The changesets in it by feed, ascending.
    public let feeds: [FeedSpan]
    /// The changesets of it that this node lacks.
    public let lacks: [FeedSpan]
    /// The last changeset of each feed that this node has to get first.
    public let missing: [FeedID: UInt64]
}

/// Changesets of one feed that follow one another.
public struct FeedSpan: Sendable {
    /// The feed.
    public let feed: FeedID
    /// The number of the first.
    public let first: UInt64
    /// The number of the last.
    public let last: UInt64
    /// The hash of the last where the file holds another way of the feed, too; nil where it holds one.
    package let way: HashPrefix?

    /// The mark that tells ways of one feed apart for people: `~` and the beginning of a hash; nothing where there is
    /// one.
    package var mark: String { way?.mark ?? "" }

    /// Ranges of one file as spans of it.
    package static func spans(of ranges: [FeedRange]) -> [FeedSpan] {
        let all = Dictionary(grouping: ranges) { $0.feed }
        return ranges.map { range in
            let isOneWay = all[range.feed, default: []].allSatisfy { other in
                other.end == range.end || other.last < range.first || range.last < other.first
            }
            return FeedSpan(feed: range.feed, first: range.first, last: range.last, way: isOneWay ? nil : range.end)
        }
    }
}

extension FeedID {
    /// The mark that tells ways of one feed apart for people: `~` and the beginning of a hash; nothing for a feed that
    /// is no branch.
    package var mark: String { branch.map { HashPrefix($0.hash).mark } ?? "" }
}

extension HashPrefix {
    fileprivate var mark: String { "~" + bytes.hex.prefix(12) }
}

/// How far the writing or taking of one file is.
public struct CarriedProgress: Sendable {
    /// Bytes of the file that are done.
    public let bytes: Int
    /// The part of the whole that is done, from 0 to 1: of a file that is written, by its changesets.
    public let share: Double
}

/// The outcome of an import of some files.
public struct BundleImport: Sendable {
    /// Changesets that are newly held.
    public internal(set) var held: UInt64 = 0
    /// Changesets that were applied.
    public internal(set) var applied: UInt64 = 0
    /// Changesets that are here and cannot be applied yet: held, or in files that wait in the folder of the node.
    public internal(set) var waiting: UInt64 = 0
    /// Changesets that were held before.
    public internal(set) var known: UInt64 = 0
    /// Files that are encrypted to others, and that are kept for them.
    public internal(set) var carried = 0
    /// The last changeset of each feed that has to come first.
    public internal(set) var missing: [FeedID: UInt64] = [:]
    /// The sites whose files were taken.
    public internal(set) var sites: [SiteID] = []
    /// Why files were refused; or a part of one, where all the rest of it was taken.
    public internal(set) var refusals: [NodeError] = []
    /// Why files that waited here go on waiting, although nothing is missing before them, or could not be read.
    public internal(set) var putOff: [NodeError] = []
    /// Why files that waited here were deleted: the disk altered them, or no node takes what is in them.
    public internal(set) var removed: [NodeError] = []
    /// The failure of this node that kept the rest from being taken; nil where it came to its end.
    public internal(set) var failure: NodeError?

    init() {}

    /// Whether there is nothing to tell.
    var isBlank: Bool {
        sites.isEmpty && carried == 0 && refusals.isEmpty && putOff.isEmpty && removed.isEmpty
    }

    mutating func add(_ outcome: CarriedOutcome) {
        held += outcome.held
        applied += outcome.applied
        known += outcome.known
        carried += outcome.isCarried ? 1 : 0
        if let site = outcome.site, !sites.contains(site) { sites.append(site) }
    }
}

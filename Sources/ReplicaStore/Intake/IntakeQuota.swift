import ReplicaModel

/// The limits of what one member may cost others, whoever brings it: far above what people write, and far below what
/// fills a disk or a week.
package struct IntakeQuota: Sendable {
    /// Changesets of one author that are taken in a day. A node that joins takes years of an author's in its first
    /// hour.
    package var changesets: Int64 = 5_000_000
    /// Bytes of headers and chunks of one author that are taken in a day, as they stand in the file. One transaction
    /// may have 8 GB.
    package var bytes: Int64 = 16 << 30
    /// Feeds of one author that are taken in a day of the author itself. An honest one begins another each time it is
    /// put back.
    package var feeds: Int64 = 64
    /// The same of each other who brings them. They are many more: what an honest node holds, which took so many of the
    /// author, must come to everybody, or what was written with them would wait for ever.
    package var feedsOfOthers: Int64 = 4_096
    /// Changesets that one author may have unfinished: one for each of its feeds that is sent at once.
    package var unfinishedOfSite = 4
    package var unfinished = 64
    /// Bytes of unfinished changesets in all.
    package var unfinishedBytes: Int64 = 32 << 30
    /// Feeds, and changesets in them, of sites that the roster does not have: their contexts name control changesets
    /// that are not here.
    package var unknownFeeds = 256
    package var unknownChangesets = 1_024
    /// Bytes that are taken of all such sites together in a day.
    package var unknownBytes: Int64 = 64 << 20

    package init() {}

    package static let usual = IntakeQuota()
}

/// The count of what was taken of some authors today, while a batch is taken.
struct IntakeMeter {
    struct Taken {
        var changesets: Int64 = 0
        var bytes: Int64 = 0
    }

    /// An author, and who brought what the author wrote.
    struct Gift: Hashable {
        let giver: SiteID
        let author: SiteID
    }

    let day: Int64
    /// Feeds that began.
    private(set) var feeds: [Gift: Int64] = [:]
    private(set) var taken: [SiteID?: Taken] = [:]
    /// Authors of whom more came than they may cost today, with what it was.
    private(set) var beyond: [SiteID: String] = [:]

    init(now: Int64) { day = now / 86_400_000 }

    mutating func begin(_ site: SiteID?, with before: Taken) { taken[site] = before }

    mutating func add(changesets: Int64, bytes: Int64, of site: SiteID?) {
        taken[site, default: Taken()].changesets += changesets
        taken[site, default: Taken()].bytes += bytes
    }

    mutating func begin(_ gift: Gift, with feeds: Int64) { self.feeds[gift] = feeds }

    mutating func addFeed(_ gift: Gift) { feeds[gift, default: 0] += 1 }

    mutating func note(_ site: SiteID, isBeyond sentence: String) { beyond[site] = sentence }
}

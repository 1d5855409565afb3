import ReplicaModel

/// The roster by all control changesets that are applied.
struct Roster {
    private(set) var records = RosterRecords()
    /// The roster that all records come to.
    private(set) var judgement: RosterJudgement
    private var founder: SiteID?
    /// The ends that cuts and releases name, by feed as headers name it.
    private(set) var namedHeads: [FeedID: [UInt64: Set<Head>]] = [:]
    /// Whether it was said what they mean.
    private(set) var areEndsRead = false

    /// - Parameter all: what they say of who belongs, the founding one first.
    init(_ all: [RosterRecord] = []) {
        founder = all.first?.author
        judgement = RosterJudgement(records, founder: founder)
        for record in all { append(record) }
        judgement = RosterJudgement(records, founder: founder)
    }

    /// Adds what a control changeset says of who belongs. The founding one comes first.
    mutating func add(_ record: RosterRecord) {
        if records.all.isEmpty { founder = record.author }
        append(record)
        judgement = RosterJudgement(records, founder: founder)
    }

    private mutating func append(_ record: RosterRecord) {
        records.append(record)
        for one in record.namedHeads {
            namedHeads[one.feed, default: [:]][one.head.seq, default: []].insert(one.head)
        }
    }

    var recordCount: Int { records.all.count }

    /// The meanings of the ends of rights by what is applied now.
    var ends: EndMeanings { records.ends }

    /// Takes what the ends of rights mean now.
    mutating func setEnds(_ ends: EndMeanings) {
        areEndsRead = true
        guard ends != records.ends else { return }
        records.ends = ends
        judgement = RosterJudgement(records, founder: founder)
    }

    /// Takes what an end means now. Whether the roster may have come to something else.
    mutating func learn(_ head: FeedHead, _ meaning: EndMeanings.Meaning) -> Bool {
        guard records.ends.learn(head, meaning) else { return false }
        judgement = RosterJudgement(records, founder: founder)
        return true
    }

    /// The ends that cuts and releases name in a feed by this number, whether or not they count.
    func namedHeads(of feed: FeedID, at seq: UInt64) -> Set<Head> { namedHeads[feed.base]?[seq] ?? [] }

    /// The place of a site; nil where nobody ever admitted it.
    func entry(of site: SiteID) -> RosterEntry? { judgement.entry(of: site) }

    /// Whether somebody ever admitted a site.
    func knows(_ site: SiteID) -> Bool { !records.admitting(site).isEmpty }

    /// Whether a site belongs: it was admitted, and nobody ended its right.
    func isMember(_ site: SiteID) -> Bool { entry(of: site)?.role != nil }

    /// Whether what a site says of roster and schema counts.
    func isAdmin(_ site: SiteID) -> Bool { entry(of: site)?.isAdmin ?? false }

    /// Whether what a site writes into the people's tables counts.
    func mayWrite(_ site: SiteID) -> Bool { entry(of: site)?.mayWrite ?? false }

    /// Whether the cuts of a control changeset count.
    func counts(_ dot: Dot) -> Bool { judgement.cuts.contains { $0.record.dot == dot } }

    /// The sites that were ever admitted, also those whose right was ended, by site.
    var entries: [RosterEntry] { records.sites.sorted().compactMap { entry(of: $0) } }

    /// Whether a context covers all that the roster follows from.
    func isWhole(in context: VersionVector) -> Bool {
        records.all.allSatisfy { context.covers($0.dot) } && ends.areWhole(in: context)
    }

    /// The roster of those control changesets that a context covers.
    func judgement(in context: VersionVector) -> RosterJudgement {
        RosterJudgement(records.covered(by: context), founder: founder)
    }
}

import ReplicaModel

/// The roster by all control changesets that are applied.
struct Roster {
    private(set) var records = RosterRecords()
    /// The roster that all records come to.
    private(set) var judgement: RosterJudgement
    private var founder: SiteID?

    /// - Parameter all: what they say of who belongs, the founding one first.
    init(_ all: [RosterRecord] = []) {
        founder = all.first?.author
        for record in all { records.append(record) }
        judgement = RosterJudgement(records, founder: founder)
    }

    /// Adds what a control changeset says of who belongs. The founding one comes first.
    mutating func add(_ record: RosterRecord) {
        if records.all.isEmpty { founder = record.author }
        records.append(record)
        judgement = RosterJudgement(records, founder: founder)
    }

    var recordCount: Int { records.all.count }

    /// Takes the lines of feeds that went two ways as they are now, by which ends of rights are read.
    mutating func setLines(_ lines: FeedLines) {
        guard lines != records.lines else { return }
        records.lines = lines
        judgement = RosterJudgement(records, founder: founder)
    }

    /// The changesets of a feed that cuts and releases name, whether or not they count.
    func namedHeads(of feed: FeedID) -> [Head] {
        records.all.flatMap(\.operations).flatMap { operation -> [Head] in
            switch operation {
            case .cut(let cut): cut.ends.heads(of: feed)
            case .release(let release): release.ends.heads(of: feed)
            default: []
            }
        }
    }

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

    /// The roster of those control changesets that a context covers.
    func judgement(in context: VersionVector) -> RosterJudgement {
        RosterJudgement(records.covered(by: context), founder: founder)
    }
}

/// A control changeset that speaks of who belongs and that is not void, as far as the roster asks.
package struct RosterRecord: Hashable, Sendable {
    package let dot: Dot
    package let feed: FeedID
    package let hash: Bytes32
    /// The control changesets that its author had seen.
    package let context: VersionVector
    /// Admissions between the founder and the author, by the roster in the context; 0 where the founder is the author.
    package let depth: Int
    package let operations: [ControlOperation]

    package init(
        dot: Dot, feed: FeedID, hash: Bytes32, context: VersionVector, depth: Int, operations: [ControlOperation]
    ) {
        self.dot = dot
        self.feed = feed
        self.hash = hash
        self.context = context
        self.depth = depth
        self.operations = operations
    }

    package var author: SiteID { feed.site }

    /// Whether its author had seen a control changeset, or it is that one itself.
    package func hasSeen(_ other: RosterRecord) -> Bool { dot == other.dot || context.covers(other.dot) }

    package var admissions: [Admission] {
        operations.compactMap { if case .admit(let admission) = $0 { admission } else { nil } }
    }

    package var releases: [Release] {
        operations.compactMap { if case .release(let release) = $0 { release } else { nil } }
    }

    /// The ends that its cuts and releases name.
    package var namedHeads: [FeedHead] {
        operations.flatMap { operation -> [FeedHead] in
            switch operation {
            case .cut(let cut): cut.ends.heads.list
            case .release(let release): release.ends.heads.list
            case .found, .admit, .createTable, .createIndex, .addColumn, .retire: []
            }
        }
    }

    /// Whether it comes before another one in the order in which cuts are judged: the senior author's first, never the
    /// one that arrived first.
    package func precedes(_ other: RosterRecord) -> Bool {
        (depth, author, feed.incarnation, dot.seq, hash)
            < (other.depth, other.author, other.feed.incarnation, other.dot.seq, other.hash)
    }
}

/// An admission with the control changeset that carries it.
package struct RecordedAdmission: Sendable {
    package let admission: Admission
    package let record: RosterRecord
    /// The place of the admission in the changeset.
    package let index: Int
}

/// Control changesets that speak of who belongs, in any order; with each, all that its context covers.
package struct RosterRecords: Sendable {
    package private(set) var all: [RosterRecord] = []
    /// The records that carry a cut.
    package private(set) var cutting: [RosterRecord] = []
    private var bySite: [SiteID: [RosterRecord]] = [:]
    private var admissionsOf: [SiteID: [RecordedAdmission]] = [:]
    /// The meanings of the ends that their cuts and releases name.
    package var ends = EndMeanings()

    package init() {}

    package mutating func append(_ record: RosterRecord) {
        all.append(record)
        for site in Set(record.admissions.map(\.site)) { bySite[site, default: []].append(record) }
        var said: Set<Right> = []
        for (index, operation) in record.operations.enumerated() {
            guard case .admit(let admission) = operation else { continue }
            let right = Right(site: admission.site, role: admission.role, keepsTime: admission.keepsTime)
            guard said.insert(right).inserted else { continue }
            let one = RecordedAdmission(admission: admission, record: record, index: index)
            admissionsOf[admission.site, default: []].append(one)
        }
        let cuts = record.operations.contains { if case .cut = $0 { true } else { false } }
        if cuts { cutting.append(record) }
    }

    /// What an admission says that rights follow from.
    private struct Right: Hashable {
        let site: SiteID
        let role: Role
        let keepsTime: Bool
    }

    /// The admissions of a site, in the order of the records and in each as they stand there: of those that say the
    /// same the first, for it is the one that would hold.
    package func admissions(of site: SiteID) -> [RecordedAdmission] { admissionsOf[site] ?? [] }

    /// The records that admit a site.
    package func admitting(_ site: SiteID) -> [RosterRecord] { bySite[site] ?? [] }

    /// The sites that were ever admitted.
    package var sites: Dictionary<SiteID, [RosterRecord]>.Keys { bySite.keys }

    /// The sites that were ever admitted as admins.
    package var admins: Set<SiteID> {
        Set(all.flatMap(\.admissions).filter { $0.role == .admin }.map(\.site))
    }

    /// The records that a context covers.
    package func covered(by context: VersionVector) -> RosterRecords {
        var out = RosterRecords()
        out.ends = ends.covered(by: context)
        for record in all where context.covers(record.dot) { out.append(record) }
        return out
    }
}

/// The place of a site in the roster.
public struct RosterEntry: Hashable, Sendable {
    /// The admission that holds for the site; its role is the one that it gave.
    package let admission: Admission
    /// The right that the site has now; nil where it was ended.
    public let role: Role?
    /// Whether no admission of the site stands any more: what it writes does not count until another admin admits it.
    public let isPending: Bool
    /// Admissions between the founder and the site; the founder's own is 0.
    package let depth: Int

    package init(admission: Admission, role: Role?, isPending: Bool, depth: Int) {
        self.admission = admission
        self.role = role
        self.isPending = isPending
        self.depth = depth
    }

    /// The site: its public key.
    public var site: SiteID { admission.site }
    /// The name of the site among people. Two members may have one name.
    public var name: String { admission.name }
    /// The institution that the site is of; nil if it was not said.
    public var institution: String? { admission.institution }
    /// Whether the roster says that the site keeps time.
    public var keepsTime: Bool { admission.keepsTime }
    /// Whether what the site writes into the people's tables counts.
    package var mayWrite: Bool { !isPending && role?.mayWrite ?? false }
    /// Whether what the site says of roster and schema counts.
    package var isAdmin: Bool { !isPending && role == .admin }
}

import ReplicaModel

/// A control changeset as the specification takes it: bare facts, no order.
package struct SpecifiedControl: Hashable, Sendable {
    package let id: SpecifiedChangeset.ID
    package let hash: Bytes32
    /// The control changesets that its author had seen: feed to highest seq.
    package let context: Vector
    package let operations: [ControlOperation]

    package init(id: SpecifiedChangeset.ID, hash: Bytes32, context: Vector, operations: [ControlOperation]) {
        self.id = id
        self.hash = hash
        self.context = context
        self.operations = operations
    }

    var author: SiteID { id.feed.site }

    package func hasSeen(_ other: SpecifiedControl) -> Bool { context[other.id.feed] ?? 0 >= other.id.seq }
}

/// The specification of the roster, computed from the bare set of control changesets: slow, and meant to be read beside
/// the text that it is of (Protocol, *Roster*). What the store keeps is held against it.
package struct RosterSpecification {
    /// A control changeset that is not void, with how many admissions lie between the founder and its author.
    struct Judged {
        let control: SpecifiedControl
        let depth: Int
    }

    private var judged: [Judged] = []
    private var hashes: [SpecifiedChangeset.ID: Bytes32] = [:]
    package private(set) var void: Set<SpecifiedChangeset.ID> = []
    private let founder: SiteID?

    /// - Parameters:
    ///   - controls: in any order; with each, all that its context covers.
    ///   - rows: the hashes of changesets of rows.
    package init(of controls: [SpecifiedControl], rows: [SpecifiedChangeset.ID: Bytes32] = [:]) {
        hashes = controls.reduce(into: rows) { $0[$1.id] = $1.hash }
        founder = controls.first { $0.operations.contains { if case .found = $0 { true } else { false } } }?.author
        var left = controls
        while let index = left.firstIndex(where: { next in !left.contains { $0 != next && next.hasSeen($0) } }) {
            let next = left.remove(at: index)
            // "By the roster that follows from the control changesets in its context and no others."
            let before = roster(in: next.context)
            if let depth = Self.depth(of: next, by: before, isFirst: judged.isEmpty && void.isEmpty) {
                judged.append(Judged(control: next, depth: depth))
            } else {
                void.insert(next.id)
            }
        }
    }

    /// The roster that a context knows, or the whole one.
    package func roster(in context: Vector? = nil) -> SpecifiedRoster {
        SpecifiedRoster(
            judged.filter { Self.isCovered($0.control.id, by: context) },
            hashes: hashes.filter { Self.isCovered($0.key, by: context) }, founder: founder)
    }

    private static func isCovered(_ id: SpecifiedChangeset.ID, by context: Vector?) -> Bool {
        context.map { $0[id.feed] ?? 0 >= id.seq } ?? true
    }

    /// Nil where the changeset is void.
    private static func depth(of control: SpecifiedControl, by roster: SpecifiedRoster, isFirst: Bool) -> Int? {
        if isFirst { return 0 }
        guard let author = roster.place(of: control.author), author.role == .admin else { return nil }
        for operation in control.operations {
            switch operation {
            case .found: return nil
            case .release(let release): if roster.place(of: release.site) == nil { return nil }
            case .cut(let cut):
                guard roster.place(of: cut.site) != nil else { return nil }
                // "The last admin cannot retire itself."
                if cut.site == control.author, !roster.hasOtherAdmin(than: cut.site) { return nil }
            case .admit, .createTable, .createIndex, .addColumn, .retire: break
            }
        }
        return author.depth
    }
}

/// The roster that a set of control changesets comes to.
package struct SpecifiedRoster {
    /// The place of a site.
    package struct Place: Hashable {
        /// Nil where its right was ended.
        package let role: Role?
        package let isPending: Bool
        package let depth: Int
    }

    private typealias Counted = (cut: Cut, by: SpecifiedControl, depth: Int)

    private let all: [RosterSpecification.Judged]
    /// The hashes of all that is there, whatever it says.
    private let hashes: [SpecifiedChangeset.ID: Bytes32]
    private let founder: SiteID?
    private var cuts: [Counted] = []
    private var standing: [RosterSpecification.Judged] = []
    private var releases: [(release: Release, by: SpecifiedControl)] = []

    init(_ all: [RosterSpecification.Judged], hashes: [SpecifiedChangeset.ID: Bytes32], founder: SiteID?) {
        self.all = all
        self.hashes = hashes
        self.founder = founder
        var spared: Set<SpecifiedChangeset.ID> = []
        while true {
            judgeCuts(sparing: spared)
            judgeAdmissions()
            // "An alliance is never left without an admin."
            let hasAdmin = sites.contains { site in place(of: site).map { $0.role == .admin && !$0.isPending } ?? false
            }
            guard !hasAdmin, let own = cuts.first(where: { $0.cut.site == $0.by.author }) else { return }
            spared.insert(own.by.id)
        }
    }

    private var sites: Set<SiteID> { Set(all.flatMap { Self.admissions($0.control).map(\.site) }) }

    private static func admissions(_ control: SpecifiedControl) -> [Admission] {
        control.operations.compactMap { if case .admit(let admission) = $0 { admission } else { nil } }
    }

    /// "In order of seniority (fewest admissions between founder and author, then site id, incarnation, seq, hash)."
    private mutating func judgeCuts(sparing spared: Set<SpecifiedChangeset.ID>) {
        cuts = []
        let order = all.sorted { left, right in
            if left.depth != right.depth { return left.depth < right.depth }
            let (l, r) = (left.control.id, right.control.id)
            if l.feed.site != r.feed.site { return l.feed.site < r.feed.site }
            if l.feed.incarnation != r.feed.incarnation { return l.feed.incarnation < r.feed.incarnation }
            return l.seq != r.seq ? l.seq < r.seq : left.control.hash < right.control.hash
        }
        for one in order {
            let own: [Counted] = one.control.operations.compactMap { operation in
                guard case .cut(let cut) = operation else { return nil }
                guard !spared.contains(one.control.id) || cut.site != one.control.author else { return nil }
                return (cut, one.control, one.depth)
            }
            // "A cut counts unless one that counts already takes it away, or its author has no admission that stands
            // with those and with itself."
            guard !cuts.contains(where: { takes($0, one.control) }) else { continue }
            if founded(with: cuts + own).contains(one.control.author) { cuts += own }
        }
    }

    /// The sites to which admissions lead from the founder that some cuts leave.
    private func founded(with cuts: [Counted]) -> Set<SiteID> {
        var out = Set([founder].compactMap { $0 })
        var size = 0
        while size < out.count {
            size = out.count
            for base in all
            where out.contains(base.control.author) && !cuts.contains(where: { takes($0, base.control) }) {
                out.formUnion(Self.admissions(base.control).map(\.site))
            }
        }
        return out
    }

    /// "An admission stands if no cut that counts takes it away and its author is the founder or has an admission that
    /// stands, beginning at the founder."
    private mutating func judgeAdmissions() {
        (standing, releases) = ([], [])
        var grows = true
        while grows {
            grows = false
            for one in all where !standing.contains(where: { $0.control == one.control }) {
                guard isStanding(one.control.author), !isTaken(one.control) else { continue }
                grows = true
                standing.append(one)
                // "A release lets count again …, cuts and releases excepted."
                guard !cuts.contains(where: { takes($0, one.control) }) else { continue }
                for case .release(let release) in one.control.operations { releases.append((release, one.control)) }
            }
        }
    }

    private func isStanding(_ site: SiteID) -> Bool {
        site == founder || standing.contains { Self.admissions($0.control).contains { $0.site == site } }
    }

    private func isTaken(_ control: SpecifiedControl) -> Bool {
        cuts.contains { cut in
            takes(cut, control)
                && !releases.contains {
                    $0.release.site == control.author && Self.sees($0.by, cut.by)
                        && reaches($0.release.ends, control.id)
                }
        }
    }

    private func takes(_ counted: Counted, _ control: SpecifiedControl) -> Bool {
        guard counted.cut.site == control.author, control.id != counted.by.id, !control.hasSeen(counted.by) else {
            return false
        }
        // "A cut of one's own site reaches no further back than itself."
        if counted.by.author == control.author, counted.by.hasSeen(control) { return false }
        return !reaches(counted.cut.ends, control.id)
    }

    /// "As far as cuts took them away that the release had seen, those of its own changeset among them."
    private static func sees(_ control: SpecifiedControl, _ cut: SpecifiedControl) -> Bool {
        control == cut || control.hasSeen(cut)
    }

    /// "Where the feed has another changeset with that seq, none does either."
    private func reaches(_ ends: FeedEnds, _ id: SpecifiedChangeset.ID) -> Bool {
        ends.heads[id.feed].map { head in
            let there = hashes[.init(feed: id.feed, seq: head.seq)]
            return id.seq <= head.seq && there.map { HashPrefix($0) == head.hash } ?? true
        } ?? false
    }
}

extension SpecifiedRoster {
    func hasOtherAdmin(than site: SiteID) -> Bool {
        sites.contains { other in
            other != site && place(of: other).map { $0.role == .admin && !$0.isPending } ?? false
        }
    }

    /// The places of all who were ever admitted.
    package var places: [SiteID: Place] {
        sites.reduce(into: [:]) { places, site in places[site] = place(of: site) }
    }

    /// Nil where nobody ever admitted the site.
    package func place(of site: SiteID) -> Place? {
        typealias Word = (control: SpecifiedControl, depth: Int, role: Role?, keepsTime: Bool?)
        // "Of several records of a site in one changeset the first stands."
        func words(_ controls: [RosterSpecification.Judged]) -> [Word] {
            controls.compactMap { one in
                Self.admissions(one.control).first { $0.site == site }.map {
                    (one.control, one.depth, $0.role, $0.keepsTime)
                }
            }
        }
        let stand = words(standing)
        let admissions = stand.isEmpty ? words(all) : stand
        guard !admissions.isEmpty else { return nil }
        func isFirst(_ counted: Counted) -> Bool {
            for operation in counted.by.operations {
                switch operation {
                // An admission that does not stand is no word.
                case .admit(let admission) where admission.site == site:
                    if admissions.contains(where: { $0.control == counted.by }) { return false }
                case .cut(let cut) where cut.site == site: return cut == counted.cut
                default: continue
                }
            }
            return false
        }
        let ends = cuts.filter { $0.cut.site == site && isFirst($0) }.map {
            Word(control: $0.by, depth: $0.depth, role: $0.cut.role, keepsTime: nil)
        }
        // "Of concurrent records for one site that of the most senior author holds", of one author's the later.
        func holding(_ said: [Word]) -> Word? {
            let last = said.filter { word in
                !said.contains { $0.control != word.control && $0.control.hasSeen(word.control) }
            }
            return last.min { l, r in
                if l.control.author != r.control.author {
                    return l.depth != r.depth ? l.depth < r.depth : l.control.author < r.control.author
                }
                let (a, b) = (l.control.id, r.control.id)
                if a.seq != b.seq { return a.seq > b.seq }
                return a.feed.incarnation != b.feed.incarnation
                    ? a.feed.incarnation > b.feed.incarnation : r.control.hash < l.control.hash
            }
        }
        let said = admissions.filter { word in !ends.contains { $0.control == word.control } } + ends
        // "An admission that gives the right that its author knew of, and says otherwise whether its site keeps time,
        // is no word of the right."
        let ofRights = said.filter { word in
            let seen = said.filter { $0.control != word.control && word.control.hasSeen($0.control) }
            guard let keepsTime = word.keepsTime, let before = holding(seen), before.role == word.role else {
                return true
            }
            return holding(seen.filter { $0.keepsTime != nil })?.keepsTime == keepsTime
        }
        return Place(
            role: holding(ofRights)?.role, isPending: stand.isEmpty && site != founder,
            depth: site == founder ? 0 : admissions.map { $0.depth + 1 }.min() ?? 0)
    }

    /// Whether a changeset that is not void does not count.
    ///
    /// - Parameters:
    ///   - context: over all feeds.
    package func isQuarantined(_ id: SpecifiedChangeset.ID, context: Vector) -> Bool {
        let site = id.feed.site
        guard !cuts.isEmpty else { return false }
        guard isStanding(site) else { return true }
        return cuts.contains { counted in
            let (cut, by) = (counted.cut, counted.by)
            guard cut.site == site, by.id != id, context[by.id.feed] ?? 0 < by.id.seq else { return false }
            if by.author == site, by.context[id.feed] ?? 0 >= id.seq { return false }
            let needsMore = id.feed.scope == .control ? cut.role != .admin : cut.role.map { !$0.mayWrite } ?? true
            let isReleased = releases.contains {
                $0.release.site == site && Self.sees($0.by, by) && reaches($0.release.ends, id)
            }
            return needsMore && !reaches(cut.ends, id) && !isReleased
        }
    }
}

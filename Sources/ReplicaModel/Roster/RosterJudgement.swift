/// The roster that a set of control changesets comes to: who belongs, which cuts count, and what they take away. A
/// function of the set, whatever the order in which it came.
///
/// Cuts that are not void are judged in the order of `RosterRecord.precedes`: a cut counts unless one that counts
/// already takes it away, or its author has no admission that stands with those and with itself. Then, beginning at the
/// founder: an admission stands if no cut that counts takes it away and its author has one that stands. So nobody
/// confirms in a circle.
package struct RosterJudgement: Sendable {
    /// A cut with the control changeset that carries it.
    package struct CountingCut: Sendable {
        package let cut: Cut
        package let record: RosterRecord
        /// The place of the cut in the changeset.
        let index: Int
    }

    /// The cuts that count, in the order in which they were judged.
    package private(set) var cuts: [CountingCut] = []
    /// The same by the site whose right they lessen, those of one control changeset together.
    private var cutsOf: [SiteID: [SiteCuts]] = [:]
    /// The releases that have effect, by the site whose changesets count again.
    private var releasesOf: [SiteID: [SiteReleases]] = [:]
    /// Sites of which an admission stands.
    private var standing: Set<SiteID> = []
    /// The control changesets whose admissions stand.
    private var standingDots: Set<Dot> = []
    private let records: RosterRecords
    private let founder: SiteID?

    /// - Parameter founder: the author of the founding changeset; nil while that is not among the records.
    package init(_ records: RosterRecords, founder: SiteID?) {
        self.records = records
        self.founder = founder
        var left: Set<Dot> = []
        judge(without: left)
        // An alliance is never left without an admin: of those who ended their own right the most senior did not.
        while !cuts.isEmpty, !hasAdmin, let own = cuts.first(where: { $0.cut.site == $0.record.author }) {
            left.insert(own.record.dot)
            judge(without: left)
        }
    }

    private var hasAdmin: Bool {
        records.sites.contains { site in
            entry(of: site).map { $0.role == .admin && !$0.isPending } ?? false
        }
    }

    /// - Parameter left: control changesets whose cuts of their author's own right do not count.
    private mutating func judge(without left: Set<Dot>) {
        (cuts, cutsOf, releasesOf, standing, standingDots) = ([], [:], [:], [], [])
        for record in records.cutting.sorted(by: { $0.precedes($1) }) {
            let own = record.operations.enumerated().compactMap { index, operation -> CountingCut? in
                guard case .cut(let cut) = operation else { return nil }
                guard !left.contains(record.dot) || cut.site != record.author else { return nil }
                return CountingCut(cut: cut, record: record, index: index)
            }
            let bySite = Dictionary(grouping: own, by: \.cut.site).mapValues { SiteCuts(record, $0, records.ends) }
            guard counts(record, bySite) else { continue }
            cuts += own
            for (site, those) in bySite { cutsOf[site, default: []].append(those) }
        }
        if !cuts.isEmpty { judgeAdmissions() }
    }

    // MARK: Cuts

    /// - Parameter own: the cuts that the control changeset carries: one that took away what its author's own right
    ///   comes from would be nobody's.
    private func counts(_ record: RosterRecord, _ own: [SiteID: SiteCuts]) -> Bool {
        guard !isTakenByAny(record.question) else { return false }
        var visited: Set<SiteID> = []
        return isFounded(record.author, with: own, &visited)
    }

    /// Whether a cut that counts takes a changeset away, given back or not.
    private func isTakenByAny(_ question: Question) -> Bool {
        cutsOf[question.feed.site]?.contains { $0.takes(question, records.ends) } ?? false
    }

    /// Whether admissions that the cuts that count and some more leave lead from the founder to a site. Else its cut
    /// would be nobody's: it could take away the admission of those who admitted its author, and leave an alliance in
    /// which nobody stands.
    private func isFounded(_ site: SiteID, with more: [SiteID: SiteCuts], _ visited: inout Set<SiteID>) -> Bool {
        guard site != founder else { return true }
        guard visited.insert(site).inserted else { return false }
        for admitting in records.admitting(site) {
            let base = admitting.question
            let isTaken = more[base.feed.site]?.takes(base, records.ends) ?? false
            guard !isTaken, !isTakenByAny(base) else { continue }
            if isFounded(admitting.author, with: more, &visited) { return true }
        }
        return false
    }

    // MARK: Admissions

    private mutating func judgeAdmissions() {
        var left = records.all
        var grows = true
        while grows {
            grows = false
            var rest: [RosterRecord] = []
            for record in left {
                guard isStanding(record.author), !isTaken(record) else {
                    rest.append(record)
                    continue
                }
                grows = true
                standingDots.insert(record.dot)
                standing.formUnion(record.admissions.map(\.site))
                guard !isTakenByAny(record.question) else { continue }
                for (site, those) in Dictionary(grouping: record.releases, by: \.site) {
                    releasesOf[site, default: []].append(SiteReleases(record, those, records.ends))
                }
            }
            left = rest
        }
    }

    private func isTaken(_ record: RosterRecord) -> Bool { unreleased(record.question) != nil }

    private func isStanding(_ site: SiteID) -> Bool { cuts.isEmpty || site == founder || standing.contains(site) }
}

/// The places of sites.
extension RosterJudgement {
    /// An admission or a cut of one site.
    private struct Word {
        let record: RosterRecord
        /// The place of the operation in its changeset.
        let index: Int
        let admission: Admission?
        let role: Role?
    }

    /// The place of a site; nil where nobody ever admitted it.
    ///
    /// - Parameter context: leaves out the control changesets that it does not cover. Only where no cut counts.
    package func entry(of site: SiteID, in context: VersionVector? = nil) -> RosterEntry? {
        precondition(context == nil || cuts.isEmpty, "what a cut takes away hangs on all that a context covers")
        var all: [Word] = []
        for one in records.admissions(of: site) where context?.covers(one.record.dot) ?? true {
            all.append(
                Word(record: one.record, index: one.index, admission: one.admission, role: one.admission.role))
        }
        let standing = cuts.isEmpty ? all : all.filter { standingDots.contains($0.record.dot) }
        let admissions = standing.isEmpty ? all : standing
        let ends = cutsOf[site, default: []].flatMap(\.firstOfRoles).map {
            Word(record: $0.record, index: $0.index, admission: nil, role: $0.cut.role)
        }
        guard let word = Self.holding(Self.ofRights(admissions + ends)),
            let admitted = Self.holding(admissions)?.admission
        else {
            return nil
        }
        return RosterEntry(
            admission: admitted, role: word.role, isPending: standing.isEmpty && site != founder,
            depth: site == founder ? 0 : admissions.map { $0.record.depth + 1 }.min() ?? 0)
    }

    /// Words less those that say nothing new but whether the site keeps time: an admission that gives the right that
    /// its author knew of. What somebody else made of that right meanwhile it does not take back.
    private static func ofRights(_ words: [Word]) -> [Word] {
        guard Set(words.compactMap(\.admission?.keepsTime)).count > 1 else { return words }
        let first = firstOfEach(words)
        let admitting = firstOfEach(words.filter { $0.admission != nil })
        var known: [Dot: (role: Role?, keepsTime: Bool?)] = [:]
        for record in admitting.map(\.record) {
            guard let before = holding(first.filter { isSeen($0, by: record) }) else { continue }
            let admitted = holding(admitting.filter { isSeen($0, by: record) })
            known[record.dot] = (before.role, admitted?.admission?.keepsTime)
        }
        return words.filter { word in
            guard let admission = word.admission, let before = known[word.record.dot] else { return true }
            return before.role != word.role || before.keepsTime == admission.keepsTime
        }
    }

    /// The first of the words of each control changeset, in the order in which the changesets come: it is the one that
    /// holds of them, and whoever has seen one has seen all.
    private static func firstOfEach(_ words: [Word]) -> [Word] {
        var places: [Dot: Int] = [:]
        var out: [Word] = []
        for word in words {
            if let place = places[word.record.dot] {
                if word.index < out[place].index { out[place] = word }
            } else {
                places[word.record.dot] = out.count
                out.append(word)
            }
        }
        return out
    }

    private static func isSeen(_ word: Word, by record: RosterRecord) -> Bool {
        record.dot != word.record.dot && record.hasSeen(word.record)
    }

    /// The one that holds: none of the others has seen it, and of those the most senior author's; of one author's the
    /// later; of one changeset's the first.
    private static func holding(_ words: [Word]) -> Word? {
        guard words.count > 1 else { return words.first }
        // The latest to come first: what one of these has not seen, none that it has seen has.
        var last: [Word] = []
        for word in firstOfEach(words).reversed() where !last.contains(where: { isSeen(word, by: $0.record) }) {
            last.removeAll { isSeen($0, by: word.record) }
            last.append(word)
        }
        return last.min { left, right in
            let (l, r) = (left.record, right.record)
            guard l.author == r.author else { return (l.depth, l.author) < (r.depth, r.author) }
            return (r.dot.seq, r.feed.incarnation, r.hash) < (l.dot.seq, l.feed.incarnation, l.hash)
        }
    }
}

/// The standing of changesets by the roster.
extension RosterJudgement {
    /// A changeset as the roster asks for it.
    package struct Question {
        package let dot: Dot
        package let feed: FeedID
        /// Whether its author had seen a control changeset.
        package let hasSeen: (Dot) -> Bool

        package init(dot: Dot, feed: FeedID, hasSeen: @escaping (Dot) -> Bool) {
            self.dot = dot
            self.feed = feed
            self.hasSeen = hasSeen
        }
    }

    /// The reason why a changeset does not count although it is not void.
    package enum Quarantine: Hashable, Sendable {
        /// The changeset lies beyond a cut by this author.
        case cut(by: SiteID)
        /// No admission of its author stands.
        case pending
    }

    /// Why a changeset that is not void does not count; nil if it does.
    package func quarantine(_ question: Question) -> Quarantine? {
        guard !cuts.isEmpty else { return nil }
        if let cuts = unreleased(question) { return .cut(by: cuts.record.author) }
        return isStanding(question.feed.site) ? nil : .pending
    }

    /// The sites of which some changeset may not count.
    package var doubtfulSites: Set<SiteID> {
        guard !cuts.isEmpty else { return [] }
        return Set(cuts.map(\.cut.site)).union(records.sites.filter { !isStanding($0) })
    }

    /// Whether a cut that ends the right of its author names a changeset among what counts, or takes it away.
    package func isEnded(_ question: Question) -> Bool {
        cutsOf[question.feed.site, default: []].contains { $0.isEnd(of: question, records.ends) }
    }

    /// The first cuts that take a changeset away and from which no release gives it back; nil where there are none.
    private func unreleased(_ question: Question) -> SiteCuts? {
        let taking = cutsOf[question.feed.site, default: []].filter { $0.takes(question, records.ends) }
        guard !taking.isEmpty else { return nil }
        let giving = releasesOf[question.feed.site, default: []].filter { $0.name(question, records.ends) }
        return taking.first { cuts in !giving.contains { $0.record.hasSeen(cuts.record) } }
    }
}

extension RosterRecord {
    /// The control changeset as the roster asks for it.
    fileprivate var question: RosterJudgement.Question {
        .init(dot: dot, feed: feed, hasSeen: { context.covers($0) })
    }
}

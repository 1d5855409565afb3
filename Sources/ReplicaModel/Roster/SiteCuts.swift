/// The cuts of one site's right that one control changeset carries. A changeset is held against all of them at once:
/// there may be tens of thousands.
struct SiteCuts: Sendable {
    let record: RosterRecord
    let cuts: [RosterJudgement.CountingCut]
    /// Of those that leave the same right the first, which is the one that would hold.
    let firstOfRoles: [RosterJudgement.CountingCut]
    /// Those that lessen the right to speak of roster and schema.
    private let ofControl: Taking
    /// Those that lessen the right to write.
    private let ofWriting: Taking
    /// Those that end the right.
    private let ending: Taking

    /// Some of the cuts.
    private struct Taking: Sendable {
        let cuts: [Cut]
        /// The last changeset of a feed that all of them name as one that counts; of a feed that is absent some names
        /// none. Of feeds that did not go two ways.
        let named: [FeedID: UInt64]
        /// The last changeset of a feed that any of them names.
        let namedByAny: [FeedID: UInt64]

        init(_ cuts: [Cut], _ ends: EndMeanings) {
            self.cuts = cuts
            var all: [FeedID: UInt64]?
            var any: [FeedID: UInt64] = [:]
            for cut in cuts {
                let reach = ends.reach(of: cut.ends)
                any.merge(reach) { max($0, $1) }
                guard let before = all else {
                    all = reach
                    continue
                }
                all = before.reduce(into: [:]) { both, one in both[one.key] = reach[one.key].map { min($0, one.value) }
                }
            }
            (named, namedByAny) = (all ?? [:], any)
        }
    }

    /// - Parameters:
    ///   - cuts: of one site.
    ///   - ends: the meanings of the ends that they name.
    init(_ record: RosterRecord, _ cuts: [RosterJudgement.CountingCut], _ ends: EndMeanings) {
        self.record = record
        self.cuts = cuts
        var roles: Set<Role?> = []
        firstOfRoles = cuts.filter { roles.insert($0.cut.role).inserted }
        let all = cuts.map(\.cut)
        ofControl = Taking(all.filter { $0.role != .admin }, ends)
        ofWriting = Taking(all.filter { !($0.role?.mayWrite ?? false) }, ends)
        ending = Taking(all.filter { $0.role == nil }, ends)
    }

    /// Whether some of them takes a changeset of the site away, given back or not.
    func takes(_ question: RosterJudgement.Question, _ ends: EndMeanings) -> Bool {
        takes(question, question.feed.scope == .control ? ofControl : ofWriting, ends)
    }

    /// Whether one of them that ends the right names a changeset of the site among what counts, or takes it away.
    func isEnd(of question: RosterJudgement.Question, _ ends: EndMeanings) -> Bool {
        guard !ending.cuts.isEmpty else { return false }
        let isNamed =
            ends.isForked(question.feed)
            ? ending.cuts.contains { ends.reach(question.dot, of: question.feed, by: $0.ends) }
            : ending.namedByAny[question.feed.base].map { question.dot.seq <= $0 } ?? false
        return isNamed || takes(question, ending, ends)
    }

    private func takes(_ question: RosterJudgement.Question, _ some: Taking, _ ends: EndMeanings) -> Bool {
        guard !some.cuts.isEmpty, question.dot != record.dot, !question.hasSeen(record.dot) else { return false }
        // Nobody takes back by a cut of its own right what it had said before.
        if record.author == question.feed.site, record.context.covers(question.dot) { return false }
        guard ends.isForked(question.feed) else {
            return some.named[question.feed.base].map { question.dot.seq > $0 } ?? true
        }
        return some.cuts.contains { !ends.reach(question.dot, of: question.feed, by: $0.ends) }
    }
}

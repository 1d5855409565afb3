/// The releases of one site's changesets that one control changeset carries, of which there may be tens of thousands.
struct SiteReleases: Sendable {
    let record: RosterRecord
    private let releases: [Release]
    /// The last changeset of a feed that any of them names, of feeds that did not go two ways.
    private let named: [FeedID: UInt64]

    /// - Parameters:
    ///   - releases: of one site.
    ///   - ends: the meanings of the ends that they name.
    init(_ record: RosterRecord, _ releases: [Release], _ ends: EndMeanings) {
        self.record = record
        self.releases = releases
        named = releases.reduce(into: [:]) { $0.merge(ends.reach(of: $1.ends)) { max($0, $1) } }
    }

    /// Whether one of them names a changeset of the site.
    func name(_ question: RosterJudgement.Question, _ ends: EndMeanings) -> Bool {
        guard ends.isForked(question.feed) else {
            return named[question.feed.base].map { question.dot.seq <= $0 } ?? false
        }
        return releases.contains { ends.reach(question.dot, of: question.feed, by: $0.ends) }
    }
}

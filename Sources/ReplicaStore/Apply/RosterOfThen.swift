import ReplicaModel

/// The roster that an author had, by what it had seen.
struct RosterOfThen {
    let transaction: Transaction

    /// The place of a site by the control changesets that a context covers; nil where nobody had admitted it.
    func entry(of site: SiteID, in context: VersionVector) -> RosterEntry? {
        guard transaction.state.roster.records.cutting.isEmpty else { return judgement(in: context).entry(of: site) }
        // Where nothing was ever taken away, what a site's own records say is all.
        let count = transaction.state.roster.recordCount
        if let known = transaction.entriesOfThen[site], known.records == count,
            transaction.history.hasControl(context, known.control)
        {
            return known.entry
        }
        let entry = transaction.state.roster.judgement.entry(of: site, in: context)
        transaction.entriesOfThen[site] = Known(
            records: count, control: transaction.history.controlPart(context), entry: entry)
        return entry
    }

    /// The place of a site by those control changesets that a context names, among so many records.
    struct Known {
        let records: Int
        let control: VersionVector
        let entry: RosterEntry?
    }

    /// Kept, for nearly all changesets have the context of control that the ones before have.
    private func judgement(in context: VersionVector) -> RosterJudgement {
        let roster = transaction.state.roster
        let control = transaction.history.controlPart(context)
        if let known = transaction.judgements[control] { return known }
        if transaction.judgements.count >= Self.judgementsMax { transaction.judgements = [:] }
        let judgement = roster.isWhole(in: context) ? roster.judgement : roster.judgement(in: context)
        transaction.judgements[control] = judgement
        return judgement
    }

    /// Bounds the memory that they take where every changeset has seen another roster.
    private static let judgementsMax = 64
}

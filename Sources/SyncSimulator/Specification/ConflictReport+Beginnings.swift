import ReplicaModel
import ReplicaStore

extension ConflictReport {
    /// The report with the beginnings alone of all but short values: what is long for a replica hangs on how many
    /// columns its table has.
    package var byBeginnings: ConflictReport {
        guard case .cell(let column, let shown, let candidates) = kind else { return self }
        let cut = candidates.map(\.byBeginning)
        return ConflictReport(
            table: table, key: key,
            kind: .cell(column: column, shown: cut.first?.value ?? shown, candidates: cut))
    }
}

extension ConflictReport.Candidate {
    /// The candidate with the beginning alone of its value, unless that is short.
    var byBeginning: ConflictReport.Candidate {
        isCut ? self : ConflictReport.Candidate(CandidateValue(value, columnCount: .max), write: write)
    }
}

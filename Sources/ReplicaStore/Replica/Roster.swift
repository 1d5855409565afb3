import ReplicaModel

/// The roster records that count, each with the control changeset that carries it.
struct Roster {
    struct Record {
        let dot: Dot
        /// The incarnation of the changeset that `dot` names: a dot's feed is numbered apart in every replica.
        let incarnation: Incarnation
        let hash: Bytes32
        let admission: Admission
        let author: SiteID
        /// Admissions between the founder and this one; the founder's own is 0.
        let depth: Int

        /// Whether it was given after another one of its author: never which of them arrived first.
        func isLater(than other: Record) -> Bool {
            (other.dot.seq, other.incarnation, other.hash) < (dot.seq, incarnation, hash)
        }

        /// Whether it holds before one of another author: fewer admissions lie between the founder and its author, or
        /// they are as many and its author is the smaller site.
        func isSenior(to other: Record) -> Bool { (depth, author) < (other.depth, other.author) }
    }

    private(set) var records: [SiteID: [Record]] = [:]

    var recordCount: Int { records.values.reduce(0) { $0 + $1.count } }

    /// Adds a record. Of several records of a site in one changeset the first stands.
    mutating func add(_ record: Record) {
        let known = records[record.admission.site, default: []]
        guard !known.contains(where: { $0.dot == record.dot }) else { return }
        records[record.admission.site] = known + [record]
    }

    /// The record that holds for a site by the control changesets that `context` covers, or by all: of each author the
    /// latest, and of those that of the most senior author.
    func record(of site: SiteID, in context: VersionVector? = nil) -> Record? {
        guard let all = records[site] else { return nil }
        // Nearly every site has one, and whoever judges a changeset asks.
        if all.count == 1 { return context?.covers(all[0].dot) ?? true ? all[0] : nil }
        var latest: [Record] = []
        for record in all where context?.covers(record.dot) ?? true {
            if let index = latest.firstIndex(where: { $0.author == record.author }) {
                if record.isLater(than: latest[index]) { latest[index] = record }
            } else {
                latest.append(record)
            }
        }
        return latest.min { $0.isSenior(to: $1) }
    }

    /// Everybody, by site.
    var members: [Admission] { records.keys.sorted().compactMap { record(of: $0)?.admission } }
}

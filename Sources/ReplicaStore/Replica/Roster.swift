import ReplicaModel

/// The roster records that count, each with the control changeset that carries it.
struct Roster {
    struct Record {
        let dot: Dot
        let admission: Admission
        let author: SiteID
        /// Admissions between the founder and this one; the founder's own is 0.
        let depth: Int
    }

    private(set) var records: [SiteID: [Record]] = [:]

    mutating func add(_ record: Record) { records[record.admission.site, default: []].append(record) }

    /// The record that holds for a site by the control changesets that `context` covers, or by all: that of the most senior
    /// author (fewest admissions, then the smaller site), of one author the latest.
    func record(of site: SiteID, in context: VersionVector? = nil) -> Record? {
        records[site]?.filter { context?.covers($0.dot) ?? true }.max { l, r in
            if (l.depth, l.author) != (r.depth, r.author) { return (l.depth, l.author) > (r.depth, r.author) }
            return l.dot.seq < r.dot.seq
        }
    }

    /// Everybody, by site.
    var members: [Admission] { records.keys.sorted().compactMap { record(of: $0)?.admission } }
}

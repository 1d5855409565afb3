import ReplicaModel
import ReplicaStore
import SyncWire

/// The names of all changesets that were ever sealed, where feeds may have gone several ways: those that no replica
/// gives, for a replica names ways by what it holds.
///
/// The way on which a number was sealed first keeps the name of the feed; each other has that of a branch, by the first
/// changeset that is of it alone, and goes on with the numbers.
struct Ways {
    typealias ID = SpecifiedChangeset.ID

    private var ids: [Bytes32: ID] = [:]
    private var hashes: [ID: Bytes32] = [:]
    /// All that have one number in a feed, by the feed as headers name it.
    private var numbered: [ID: [ID]] = [:]
    /// The last changeset before a branch that is not of it; nil of one that begins with the feed.
    private var points: [FeedID: ID?] = [:]

    /// Whether any feed went two ways.
    var areSeveral: Bool { !points.isEmpty }

    subscript(hash: Bytes32) -> ID? { ids[hash] }

    /// All changesets that have a number in a feed as headers name it.
    func all(_ seq: UInt64, of feed: FeedID) -> [ID] { numbered[ID(feed: feed.base, seq: seq)] ?? [] }

    /// The changeset of that number whose hash begins so; nil where nobody sealed one.
    func find(_ head: Head, of feed: FeedID) -> ID? {
        all(head.seq, of: feed).first { hashes[$0].map { HashPrefix($0) } == head.hash }
    }

    /// Gives a changeset its name. What it follows has one.
    mutating func name(_ header: ChangesetHeader, _ hash: Bytes32) -> ID {
        let before = header.seq > 1 ? ids[header.previous] : nil
        var id = ID(feed: before?.feed ?? header.feed, seq: header.seq)
        if hashes[id] != nil {
            id = ID(feed: header.feed.on(FeedBranch(first: header.seq, hash: hash)), seq: header.seq)
            points.updateValue(before, forKey: id.feed)
        }
        (ids[hash], hashes[id]) = (id, hash)
        numbered[ID(feed: header.feed, seq: header.seq), default: []].append(id)
        return id
    }

    mutating func forget(_ id: ID) {
        if let hash = hashes.removeValue(forKey: id) { ids[hash] = nil }
        numbered[ID(feed: id.feed.base, seq: id.seq)]?.removeAll { $0 == id }
    }

    /// The last changeset of each part of the way that leads to one, that one first.
    func line(to id: ID) -> [ID] {
        var out = [id]
        while let last = out.last, let point = points[last.feed] ?? nil { out.append(point) }
        return out
    }

    /// Whether a changeset is on the way that leads to another.
    private func leads(_ hash: Bytes32, to id: ID) -> Bool {
        guard let sought = ids[hash] else { return false }
        return line(to: id).contains { $0.feed == sought.feed && $0.seq >= sought.seq }
    }
}

/// The names that a replica gives, understood by what it holds.
extension Ways {
    /// The changeset of that number in a feed or a branch of it, as a replica names them that holds `held`.
    func find(_ seq: UInt64, of name: FeedID, at held: Vector) -> ID? {
        guard areSeveral else { return ID(feed: name, seq: seq) }
        return all(seq, of: name).first { id in
            held[id.feed] ?? 0 >= seq && name.branch.map { leads($0.hash, to: id) } ?? true
        }
    }

    /// A vector in the names of here. What it names and the replica does not hold is left out.
    func vector(_ said: Vector, at held: Vector) -> Vector {
        guard areSeveral else { return said }
        var out: Vector = [:]
        for (name, seq) in said {
            guard let id = find(seq, of: name, at: held) else { continue }
            add(id, to: &out)
        }
        return out
    }

    /// Adds a changeset to a vector, with what goes before it in its feed.
    func add(_ id: ID, to vector: inout Vector) {
        for part in line(to: id) { vector[part.feed] = max(vector[part.feed] ?? 0, part.seq) }
    }

    /// The vectors of a contact in the names of here.
    func contact(_ contact: Contact, at held: Vector) -> Contact {
        var out = contact
        out.sent = vector(contact.sent, at: held)
        out.held = vector(contact.held, at: held)
        out.applied = vector(contact.applied, at: held)
        return out
    }

    /// A report in the names of here.
    func report(_ report: ConflictReport, at held: Vector) -> ConflictReport {
        let kind: ConflictReport.Kind
        switch report.kind {
        case .cell(let column, let shown, let candidates):
            let named = candidates.map { $0.with(write($0.write, at: held)) }
            kind = .cell(column: column, shown: shown, candidates: named)
        case .deletedEdited(let deletes):
            let named = deletes.map { write($0, at: held) }
            kind = .deletedEdited(
                deletes: named.sorted { ($0.stamp, $0.feed, $0.seq) < ($1.stamp, $1.feed, $1.seq) })
        default: return report
        }
        return ConflictReport(table: report.table, key: report.key, kind: kind)
    }

    func write(_ write: WriteReport, at held: Vector) -> WriteReport {
        let feed = find(write.seq, of: write.feed, at: held)?.feed ?? write.feed
        return WriteReport(site: write.site, feed: feed, seq: write.seq, stamp: write.stamp)
    }
}

import ReplicaModel
import ReplicaStore
import SyncWire

/// How often what the law is about happened.
struct RosterWidth: Equatable {
    var quarantined = 0, pending = 0, retired = 0, released = 0, shown = 0, void = 0

    func joined(with other: RosterWidth) -> RosterWidth {
        RosterWidth(
            quarantined: quarantined + other.quarantined, pending: pending + other.pending,
            retired: retired + other.retired, released: released + other.released, shown: shown + other.shown,
            void: void + other.void)
    }
}

/// A replica that gets what the sites signed.
struct RosterSide {
    private(set) var width = RosterWidth()
    private var quarantinedBefore: Set<SpecifiedChangeset.ID> = []
    private var taken: [Int]
    private var replica: Replica
    private let folder = ScratchFolder()

    init(_ founding: IncomingChangeset) throws {
        let path = folder.url.appendingPathComponent("replica.sqlite").path
        // It is nobody's who signs.
        replica = try Replica.create(path: path, site: RosterSide.key.site, alliance: founding.header.hash)
        replica.key = RosterSide.key
        taken = []
    }

    private static let key = SigningKey()

    /// Begins anew with what is in the file.
    mutating func reopen() throws {
        replica = try Replica(path: replica.path)
        replica.key = Self.key
    }

    /// Takes some more, in which no feed has a gap and nothing comes before what it has seen.
    ///
    /// - Returns: whether there was something.
    @discardableResult
    mutating func take(_ chains: [RosterChain], upTo count: Int, _ script: inout FuzzScript) throws -> Bool {
        if taken.isEmpty { taken = Array(repeating: 0, count: chains.count) }
        var batch: [IncomingChangeset] = []
        let first = script.below(chains.count)
        while batch.count < count, let number = next(chains, from: first) {
            batch.append(chains[number].sealed[taken[number]].incoming)
            taken[number] += 1
        }
        guard !batch.isEmpty else { return false }
        let outcome = try replica.accept(batch, now: FoundedReplica.now)
        guard case .accepted = outcome else { throw RosterRefusal(outcome: "\(outcome)") }
        return true
    }

    private func next(_ chains: [RosterChain], from first: Int) -> Int? {
        (0..<chains.count).map { ($0 + first) % chains.count }.first { number in
            taken[number] < chains[number].sealed.count
                && zip(chains[number].sealed[taken[number]].seen, taken).allSatisfy { $0 <= $1 }
        }
    }

    /// The sentence that says how the replica differs from the specification; nil if it does not.
    mutating func violation(by chains: [RosterChain]) throws -> String? {
        guard !taken.isEmpty else { return nil }
        let all = zip(chains, taken).flatMap { $0.sealed.prefix($1) }
        let hashes = all.filter { $0.id.feed.scope == .alliance }.map { ($0.id, $0.incoming.header.hash) }
        let roster = RosterSpecification(
            of: all.compactMap(\.specifiedControl), rows: Dictionary(uniqueKeysWithValues: hashes))
        let whole = roster.roster()
        let members = try replica.members()
        let places = members.reduce(into: [:]) {
            $0[$1.site] = SpecifiedRoster.Place(role: $1.role, isPending: $1.isPending, depth: $1.depth)
        }
        guard places == whole.places else {
            return "the roster is \(places) and should be \(whole.places)"
        }
        var void = roster.void
        let rows = all.filter { $0.id.feed.scope == .alliance }.map { changeset in
            let place = roster.roster(in: changeset.context).place(of: changeset.id.feed.site)
            let isVoid = place?.role?.mayWrite != true || changeset.rows.contains(where: FoldTables.isIllFormed)
            if isVoid { void.insert(changeset.id) }
            return SpecifiedChangeset(
                id: changeset.id, hash: changeset.incoming.header.hash, stamp: changeset.incoming.header.header.stamp,
                context: changeset.context, operations: changeset.rows, isVoid: isVoid)
        }
        let quarantined = Set(
            all.filter { !void.contains($0.id) && whole.isQuarantined($0.id, context: $0.context) }.map(\.id))
        let schema = FoundedReplica.template.schema
        let defined = MergeSpecification.state(
            of: rows, tables: schema.tables, indexes: schema.indexes, quarantined: quarantined)
        width.quarantined += quarantined.count
        width.pending += whole.places.values.count(where: \.isPending)
        width.retired += whole.places.values.count { $0.role == nil }
        width.released += quarantinedBefore.subtracting(quarantined).count
        width.void += void.count
        width.shown += defined.conflicts.count { $0.kind == .invalid(constraint: "quarantined") }
        quarantinedBefore = quarantined
        return try violation(void: void.union(defined.void), quarantined.subtracting(defined.void), defined)
    }

    private func violation(
        void: Set<SpecifiedChangeset.ID>, _ quarantined: Set<SpecifiedChangeset.ID>, _ defined: SpecifiedState
    ) throws -> String? {
        var listed: (void: Set<SpecifiedChangeset.ID>, quarantined: Set<SpecifiedChangeset.ID>) = ([], [])
        for scope in [Scope.control, .alliance] {
            try replica.reports.log(LogFilter(scope: scope)) { report in
                switch report.standing {
                case .counts: break
                case .void: listed.void.insert(.init(feed: report.feed, seq: report.seq))
                case .quarantined: listed.quarantined.insert(.init(feed: report.feed, seq: report.seq))
                }
            }
        }
        guard listed.void == void else { return "other changesets are void: \(Self.odd(listed.void, void))" }
        guard listed.quarantined == quarantined else {
            return "other changesets are quarantined: \(Self.odd(listed.quarantined, quarantined))"
        }
        let view = try FoldView(of: replica)
        guard view.rows == defined.rows else { return "the tables show other rows than the specification" }
        guard view.conflicts == defined.conflicts else {
            return "other things are listed: \(view.conflicts.symmetricDifference(defined.conflicts))"
        }
        return try replica.reports.verifyDeep(progress: { _, _ in }).first?.message
    }

    private static func odd(_ one: Set<SpecifiedChangeset.ID>, _ other: Set<SpecifiedChangeset.ID>) -> String {
        one.symmetricDifference(other).map(\.name).sorted().joined(separator: ", ")
    }
}

/// A refusal of what members may sign.
struct RosterRefusal: Error {
    let outcome: String
}

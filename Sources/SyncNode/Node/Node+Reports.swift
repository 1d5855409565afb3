import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine

/// The choice of changesets that `log` lists.
public struct LogQuery: Sendable {
    public var table: String?
    /// A name, or the beginning of a site id.
    public var site: String?
    /// Milliseconds since 1970.
    public var since: Int64?
    public var scope: String
    public var reverse: Bool
    public var context: Bool

    public init(
        table: String? = nil, site: String? = nil, since: Int64? = nil, scope: String = "alliance",
        reverse: Bool = false,
        context: Bool = false
    ) {
        self.table = table
        self.site = site
        self.since = since
        self.scope = scope
        self.reverse = reverse
        self.context = context
    }
}

extension Node {
    /// Everything about this node at one glance. Does not seal.
    public func status(digest: Bool) throws(NodeError) -> StatusReport {
        let peers = try self.peers()
        let bytes = home.diskBytes
        return try store { engine in
            let replica = engine.replica
            let counts = try replica.reports.counts()
            let own = try replica.members().first { $0.site == engine.site }
            return StatusReport(
                site: engine.site, name: own?.name ?? engine.site.short, role: own?.role, alliance: replica.alliance,
                incarnation: replica.incarnation, versionVector: counts.versionVector, rows: counts.rows,
                changesets: counts.changesets, pending: counts.pending, waiting: counts.waiting, newer: counts.newer,
                failed: counts.failed,
                quarantined: counts.quarantined, void: counts.void, conflicts: counts.conflicts,
                putAside: counts.putAside, peers: peers,
                refusals: try replica.addressBook.refusals().reduce(into: [:]) { $0[$1.name, default: 0] += $1.count },
                digest: digest ? try replica.reports.digest() : nil, diskBytes: bytes)
        }
    }

    /// Below this a changeset of ordinary size, with the log that SQLite writes first, may not find room.
    private static let diskFreeLeast: Int64 = 64 << 20

    /// Everything that is wrong or soon will be, each with what to do. What cannot be looked at is a finding, and hides
    /// none of the others.
    public func doctor() throws(NodeError) -> [DoctorFinding] {
        var out = try collecting("what is pending") {
            try sealPending()
            return []
        }
        out += try collecting("the replica") { try store { engine in try engine.replica.reports.findings() } }
        if let free = home.diskFree, free < Self.diskFreeLeast {
            out.append(
                .init(
                    kind: "disk",
                    message:
                        "only \(free >> 20) MiB are free on the disk of \(home.path): free some space, or writing and syncing will stop"
                ))
        }
        if let file = home.exposed.first {
            // What SQLite makes beside the replica has its rights, now and later.
            let files = Set([home.replica, home.realReplica]).sorted().map { ShellWord.quoted($0) + "*" }.joined(
                separator: " ")
            out.append(
                .init(kind: "rights", message: "other users of this machine may read \(file): run `chmod 600 \(files)`")
            )
        }
        out += try collecting("the peers") { try peerFindings() }
        return out + (try collecting("the refusals") { try refusalFindings() })
    }

    /// A replica that cannot be used at present is no finding, for it says nothing of what is in it.
    private func collecting(_ what: String, _ body: () throws -> [DoctorFinding]) throws(NodeError) -> [DoctorFinding] {
        do { return try saying(body) } catch {
            guard ![.readOnly, .locked].contains(error.kind) else { throw error }
            return [
                .init(
                    kind: error.kind == .damaged ? "file" : "unchecked",
                    message: "\(what) could not be looked at: \(error.message)")
            ]
        }
    }

    private func peerFindings() throws(NodeError) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        for peer in try peers() {
            if let error = peer.lastError { out.append(.init(kind: "peer", message: "\(peer.name): \(error)")) }
            if let skew = peer.skewSeconds, abs(skew) > 600 {
                let direction = skew > 0 ? "ahead of" : "behind"
                out.append(
                    .init(
                        kind: "clock",
                        message:
                            "the clock of \(peer.name) was \(Int(abs(skew) / 60)) minutes \(direction) this one: set the wrong one right"
                    ))
            }
        }
        return out
    }

    /// Members that were refused here and have not been back since.
    private func refusalFindings() throws(NodeError) -> [DoctorFinding] {
        try store { engine in
            let members = try engine.replica.members()
            var out: [DoctorFinding] = []
            for refusal in try engine.replica.addressBook.refusals() {
                guard let site = refusal.site, let member = members.first(where: { $0.site == site }) else { continue }
                if let contact = try engine.replica.addressBook.contact(with: site), contact.lastContact > refusal.last
                {
                    continue
                }
                out.append(
                    .init(
                        kind: "refused",
                        message:
                            "\(member.name) was refused, for \(refusal.name) \(refusal.count) times so far, and has not been back since: \(refusal.sentence)"
                    ))
            }
            return out
        }
    }

    /// Seals, and lists changesets.
    ///
    /// - Throws: `usage` for a scope or table that there is not, `notFound` for an author that nobody has heard of.
    public func log(_ query: LogQuery, each: @escaping @Sendable (ChangesetReport) -> Void) throws(NodeError) {
        try sealPending()
        guard [Scope.control, .alliance].contains(Scope(query.scope)) else {
            throw NodeError(
                kind: .usage, message: "there is no scope \(query.scope): the scopes are alliance and control")
        }
        let author = try query.site.map { (wanted) throws(NodeError) -> SiteID in try self.author(wanted) }
        let filter = LogFilter(
            table: query.table.map { Identifier($0) }, site: author?.hex, since: query.since, scope: Scope(query.scope),
            isReversed: query.reverse,
            withContext: query.context)
        try requireTable(query.table)
        try store { engine in try engine.replica.reports.log(filter, each: each) }
    }

    /// Everything that people should look at; nil for every table, nil for every kind.
    public func conflicts(table: String?, kind: String?) throws(NodeError) -> [ConflictReport] {
        try requireTable(table)
        return try store { engine in
            try engine.replica.reports.conflicts(table: table.map { Identifier($0) }).filter {
                kind == nil || $0.kindName == kind
            }
        }
    }

    private func requireTable(_ name: String?) throws(NodeError) {
        guard let name else { return }
        let tables = try schema().tables.map(\.name)
        guard tables.contains(Identifier(name)) else {
            throw NodeError(
                kind: .usage, message: "there is no table \(name): the tables are \(tables.joined(separator: ", "))")
        }
    }

    public func schema() throws(NodeError) -> (sql: [String], tables: [TableDefinition], indexes: [IndexDefinition]) {
        let schema = try store { engine in try engine.replica.admin.schema() }
        let sql = schema.tables.map(SchemaSQL.createTable) + schema.indexes.map(SchemaSQL.createIndex)
        return (sql, schema.tables, schema.indexes)
    }

    /// Checks every hash chain, signature and chunk of the log.
    ///
    /// - Parameter isDeep: also seals, folds the whole log again, and compares every table and every conflict.
    public func verify(
        isDeep: Bool, progress: @escaping @Sendable (Int, Int) -> Void
    ) throws(NodeError) -> VerifyReport {
        if isDeep { try sealPending() }
        return try store { engine in
            let report = try engine.replica.reports.verify(progress: progress)
            // A log that is damaged gives no tables to compare with.
            guard isDeep, report.findings.isEmpty else { return report }
            let findings = try engine.replica.reports.verifyDeep(progress: progress)
            return VerifyReport(changesets: report.changesets, signatures: report.signatures, findings: findings)
        }
    }

    /// Folds tables anew from the log: rows that are missing come back, and what the log has not is sealed as an edit.
    ///
    /// - Parameter tables: replicated tables; nil for all.
    public func repair(tables: [String]?, progress: @escaping @Sendable (Int, Int) -> Void) throws(NodeError)
        -> [RepairReport]
    {
        try sealPending()
        let names = tables?.map { Identifier($0) }
        let reports = try store { engine in try engine.replica.admin.repair(tables: names, progress: progress) }
        try sealPending()
        return reports
    }

    /// Queries the replica as it was: its log folded into a replica of its own, up to a time or a version vector.
    ///
    /// - Parameters:
    ///   - instant: milliseconds since 1970, by the changesets' stamps.
    ///   - vector: by feed as JSON names it; instead of `instant`.
    public func query(
        _ sql: String, at instant: Int64?, vector: [String: UInt64]?, progress: @escaping @Sendable (Int, Int) -> Void,
        row: @escaping @Sendable ([String], [Value]) -> Void
    ) throws(NodeError) {
        try sealPending()
        try store { engine in
            let replica = engine.replica
            var extent = ScratchReplica.Extent.until(instant ?? .max)
            if let vector {
                let feeds = try replica.vectors().held.keys.filter { $0.scope == .alliance }
                for name in vector.keys where !feeds.contains(where: { $0.description == name }) {
                    throw StoreError.notFound("there is no feed \(name) here")
                }
                extent = .vector(
                    Dictionary(
                        uniqueKeysWithValues: feeds.compactMap { feed in vector[feed.description].map { (feed, $0) } }))
            }
            try ScratchReplica(of: replica, extent, progress: progress).query(sql, row: row)
        }
    }

    /// Everybody who belongs, by site.
    public func members() throws(NodeError) -> [Admission] {
        try store { engine in try engine.replica.members() }
    }

    /// Runs SQL as any client would, and seals what it wrote.
    public func sql(_ text: String, row: @escaping @Sendable ([String], [Value]) -> Void) throws(NodeError) {
        let path = home.replica
        guard !text.utf8.contains(0) else {
            throw NodeError(
                kind: .wrongSQL, message: "the SQL has a NUL character in it: write char(0) where one is meant")
        }
        do {
            try saying { try UserSQL(path: path).run(text, row: row) }
        } catch {
            if error.kind == .locked { throw error }
            // What ran before the statement that failed was committed, so it is sealed all the same.
            try sealPending()
            let refusal = try store { engine in try engine.replica.reports.writeRefusal() }
            throw error.message == refusal ? NodeError(kind: .noRight, message: error.message) : error
        }
        try sealPending()
    }
}

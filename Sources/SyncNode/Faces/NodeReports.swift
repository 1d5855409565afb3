import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Reports of a node: itself, its log, its conflicts, its replica as it was, its members.
public struct NodeReports: Sendable {
    let node: Node

    /// Tells about this node at one glance. Does not seal.
    public func status(digest: Bool) async throws(NodeError) -> StatusReport {
        let (bytes, free) = (node.home.diskBytes, node.home.diskFree)
        let (budget, servers) = (try await node.budgetReport(), ServerNote.servers(in: node.home))
        return try await node.store { engine in
            let replica = engine.replica
            let counts = try replica.reports.counts()
            let own = try replica.members().first { $0.site == engine.site }
            var status = StatusReport(
                site: engine.site, name: own?.name ?? engine.site.short, role: own?.role, alliance: replica.alliance,
                incarnation: replica.incarnation, versionVector: counts.versionVector, rows: counts.rows,
                changesets: counts.changesets, pending: counts.pending, waiting: counts.waiting, newer: counts.newer,
                failed: counts.failed,
                quarantined: counts.quarantined, void: counts.void, conflicts: counts.conflicts,
                putAside: counts.putAside, peers: try replica.peerReports(except: engine.site, servers: servers),
                refusals: try replica.addressBook.refusals().reduce(into: [:]) { $0[$1.name, default: 0] += $1.count },
                digest: digest ? try replica.reports.digest() : nil, diskBytes: bytes, budget: budget)
            status.member = own
            status.retirement = try replica.retirement(of: engine.site)
            status.clockCorrection = try replica.clockCorrection()
            status.servers = servers
            status.unfinished = try replica.reports.unfinished()
            status.diskFree = free
            return status
        }
    }

    /// How many changesets came and cannot be applied here, for a reason of this node's that `doctor` says.
    public func failed() async throws(NodeError) -> Int {
        try await node.store { engine in try engine.replica.reports.failedCount() }
    }

    /// How many changesets of this node do not count, for they lie beyond the end of its right.
    public func quarantined() async throws(NodeError) -> Int {
        try await node.store { engine in try engine.replica.reports.quarantinedCount(of: engine.site) }
    }

    /// The bytes that went through the node's sockets, and how many may.
    public func budget() async throws(NodeError) -> BudgetReport { try await node.budgetReport() }

    /// Finds all that is wrong or soon will be, with what to do. What cannot be looked at is a finding, and hides
    /// none of the others.
    public func doctor() async throws(NodeError) -> [DoctorFinding] {
        let home = node.home
        let configuration = node.configuration
        let used = configuration.budget == ByteBudget() ? ByteBudget.Used() : try await node.usedBytes()
        return try await node.store { engine in
            try NodeDoctor(engine: engine, home: home, configuration: configuration, used: used).findings()
        }
    }

    /// Seals, and lists changesets.
    ///
    /// - Throws: `usage` for a scope or table that there is not, `notFound` for an author that nobody has heard of.
    public func log(_ query: LogQuery, each: @escaping @Sendable (ChangesetReport) -> Void) async throws(NodeError) {
        try await eachChangeset(query) {
            each($0)
            return true
        }
    }

    /// The same as long as `goesOn` says so.
    public func eachChangeset(
        _ query: LogQuery, while goesOn: @escaping @Sendable (ChangesetReport) -> Bool
    ) async throws(NodeError) {
        guard [Scope.control, .alliance].contains(Scope(query.scope)) else {
            throw NodeError(
                kind: .usage, message: "there is no scope \(query.scope): the scopes are alliance and control")
        }
        try await node.store { engine in
            try engine.sealBeforeLooking()
            let replica = engine.replica
            let filter = LogFilter(
                table: query.table.map { Identifier($0) },
                site: try query.site.map { try MemberNames(replica).author($0) }?.hex, since: query.since,
                scope: Scope(query.scope), isReversed: query.reverse, withContext: query.context,
                operationsMax: query.operationsMax)
            try replica.requireTable(query.table)
            try replica.reports.eachChangeset(filter, while: goesOn)
        }
    }

    /// Lists the conflicts that people should look at; nil for every table, nil for every kind.
    public func conflicts(table: String?, kind: String?) async throws(NodeError) -> [ConflictReport] {
        try await node.store { engine in
            try engine.replica.requireTable(table)
            return try engine.replica.reports.conflicts(table: table.map { Identifier($0) }).filter {
                kind == nil || $0.kindName == kind
            }
        }
    }

    /// The same one by one, as they are found, as long as `goesOn` says so.
    ///
    /// - Parameters:
    ///   - seals: whether to seal before: what another program wrote a moment ago may have settled some.
    ///   - after: what was listed before; the list goes on behind it.
    public func eachConflict(
        table: String?, kind: String?, seals: Bool = false, after: ConflictPlace? = nil,
        while goesOn: @escaping @Sendable (ConflictReport) -> Bool
    ) async throws(NodeError) {
        try await node.store { engine in
            try engine.replica.requireTable(table)
            if seals { try engine.sealBeforeLooking() }
            try engine.replica.reports.eachConflict(
                table: table.map { Identifier($0) }, kind: kind, after: after, while: goesOn)
        }
    }

    /// The whole values of a cell's candidates, in their order, where they are few and found at once; nil else.
    package func quickValues(of report: ConflictReport) async throws(NodeError) -> [Value]? {
        try await node.store { engine in try engine.replica.reports.quickValues(of: report) }
    }

    /// The same with a function that reads the whole value of a candidate, by its place among the report's: of a long
    /// one the report has the beginning. What cannot be read is nil, and thrown behind.
    public func eachConflict(
        table: String?, kind: String?, seals: Bool = false, after: ConflictPlace? = nil,
        reading goesOn: @escaping @Sendable (ConflictReport, (Int) -> Value?) -> Bool
    ) async throws(NodeError) {
        try await node.store { engine in
            try engine.replica.requireTable(table)
            if seals { try engine.sealBeforeLooking() }
            try engine.replica.reports.eachConflict(
                table: table.map { Identifier($0) }, kind: kind, after: after, reading: goesOn)
        }
    }

    /// Checks every hash chain, signature and chunk of the log.
    ///
    /// - Parameter isDeep: also seals, folds the whole log again, and compares every table and every conflict.
    public func verify(
        isDeep: Bool, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(NodeError) -> VerifyReport {
        try await node.store { engine in
            if isDeep { try engine.seal() }
            let report = try engine.replica.reports.verify(progress: progress)
            // A log that is damaged gives no tables to compare with.
            guard isDeep, report.findings.isEmpty else { return report }
            let findings = try engine.replica.reports.verifyDeep(progress: progress)
            return VerifyReport(changesets: report.changesets, signatures: report.signatures, findings: findings)
        }
    }

    /// Queries the replica as it was: its log folded into a replica of its own, up to a time or a version vector.
    ///
    /// - Parameters:
    ///   - instant: milliseconds since 1970, by the changesets' stamps.
    ///   - vector: by feed as JSON names it; instead of `instant`.
    public func query(
        _ sql: String, at instant: Int64?, vector: [String: UInt64]?, progress: @escaping @Sendable (Int, Int) -> Void,
        row: @escaping @Sendable ([String], [Value]) -> Void
    ) async throws(NodeError) {
        let named = try vector.map { (vector) throws(NodeError) in try NamedVector(vector) }
        try await node.store { engine in
            try engine.sealBeforeLooking()
            let replica = engine.replica
            var extent = ScratchReplica.Extent.until(instant ?? .max)
            if let named {
                let feeds = try replica.vectors().held.keys.filter { $0.scope == .alliance }
                if let name = named.names(besides: feeds).first {
                    throw StoreError.notFound("there is no feed \(name) here")
                }
                extent = .vector(named.among(feeds))
            }
            try ScratchReplica(of: replica, extent, progress: progress).query(sql, row: row)
        }
    }

    /// Lists the members who were ever admitted, also those whose right was ended, by site.
    public func members() async throws(NodeError) -> [RosterEntry] {
        try await node.store { engine in try engine.replica.members() }
    }
}

extension Replica {
    /// - Throws: `usage` where there is no such table, with those that there are.
    fileprivate func requireTable(_ name: String?) throws(NodeError) {
        guard let name else { return }
        let tables = try saying { try admin.schema().tables.map(\.name) }
        guard tables.contains(Identifier(name)) else {
            let advice = Nearness.advice(for: name, among: tables)
            throw NodeError(
                kind: .usage,
                message: "there is no table \(name)\(advice): the tables are \(tables.joined(separator: ", "))")
        }
    }
}

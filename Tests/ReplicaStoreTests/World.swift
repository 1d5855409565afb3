import Foundation
import NodeFixtures
import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

/// Some replicas in a folder of their own, whose rows are written by connections with triggers, as people write.
final class World {
    struct Site {
        let replica: Replica
        let key: SigningKey
        /// Milliseconds that its clock is ahead.
        let skew: Int64
    }

    private let town: Town
    private(set) var sites: [Site] = []
    static let now: Int64 = 1_800_000_000_000

    var folder: URL { town.folder }

    /// - Parameter skews: one site for each, the first of which founds the alliance.
    init(schema: String, skews: [Int64], integerKeys: Set<Identifier> = [], role: Role = .member) throws {
        town = try Town(schema: schema, integerKeys: integerKeys)
        for (index, skew) in skews.enumerated() {
            let founder = town.engines[0]
            let engine = index == 0 ? founder : try town.add(alliance: founder.replica.alliance)
            sites.append(Site(replica: engine.replica, key: engine.key, skew: skew))
            if index > 0 { try admit(index, role: role) }
        }
    }

    private func admit(_ index: Int, role: Role = .member) throws {
        let founder = sites[0]
        let secret = (0..<16).map { UInt8($0 + index) }
        try founder.replica.admin.addInvitation(secret: secret, role: role, expires: World.now + 1000)
        let request = JoinRequest(alliance: founder.replica.alliance, secret: secret, name: "n\(index)")
        _ = try founder.replica.redeem(request, by: sites[index].key.site, now: World.now)
        try pull(index, from: 0)
    }

    /// Runs SQL at a site with triggers on; what fails fails, as it would in a person's shell.
    ///
    /// - Parameter after: called after each statement with what that connection sees.
    func write(_ site: Int, _ statements: [String], after: ((Connection) throws -> Void)? = nil) throws {
        let connection = try Connection(path: sites[site].replica.path, access: .readWrite)
        for sql in statements {
            try? connection.run(sql)
            try after?(connection)
        }
        if connection.isInTransaction { try connection.run("ROLLBACK") }
        for table in sites[site].replica.state.tables {
            try connection.run("UPDATE caravan_pending_\(table.id) SET time = \(World.now + sites[site].skew)")
        }
    }

    func seal(_ site: Int) throws { try sites[site].replica.seal() }

    /// Brings what one site holds to another: all of it, or the first `most` changesets.
    func pull(_ site: Int, from other: Int, most: Int = .max) throws {
        try seal(other)
        try take(try batch(for: site, from: other, most: most), at: site)
    }

    /// The changesets that one site holds and another lacks: all of them, or the first `most`.
    func batch(for site: Int, from other: Int, most: Int = .max) throws -> [IncomingChangeset] {
        try sites[other].replica.outgoing(lackedBy: sites[site].replica.vectors().held).changesets(most)
    }

    func take(_ batch: [IncomingChangeset], at site: Int) throws {
        let outcome = try sites[site].replica.accept(batch, now: World.now + sites[site].skew)
        if case .refused(let refusal) = outcome { throw Refused(code: refusal.code, sentence: refusal.sentence) }
    }

    struct Refused: Error {
        let code: ErrorCode
        let sentence: String
    }

    /// Everybody meets everybody, twice.
    func meet() throws {
        for _ in 0..<2 {
            for site in sites.indices { for other in sites.indices where other != site { try pull(site, from: other) } }
        }
    }

    /// The rows that the tables of a site show, by a connection that knows nothing of merging.
    func tables(_ site: Int) throws -> [SpecifiedState.Row: [Identifier: Value]] {
        try tables(site, by: Connection(path: sites[site].replica.path, access: .readOnly))
    }

    func tables(_ site: Int, by connection: Connection) throws -> [SpecifiedState.Row: [Identifier: Value]] {
        var out: [SpecifiedState.Row: [Identifier: Value]] = [:]
        for table in sites[site].replica.state.tables {
            let names = table.keyColumns.map(\.name) + table.valueColumns.map(\.name)
            for row in try connection.rows(
                "SELECT \(names.map(\.quoted).joined(separator: ", ")) FROM \(table.name.quoted)")
            {
                let key = Array(row.prefix(table.keyColumns.count))
                out[.init(table: table.name, key: key)] = Dictionary(
                    uniqueKeysWithValues: zip(table.valueColumns.map(\.name), row.dropFirst(key.count)))
            }
        }
        return out
    }

    func conflicts(_ site: Int) throws -> Set<ConflictReport> { Set(try sites[site].replica.reports.conflicts()) }

    /// The whole schema of a site with some statements more.
    func define(_ site: Int, _ more: String, retiring: [String] = []) throws {
        let replica = sites[site].replica
        let schema = try replica.admin.schema()
        let present = schema.tables.map { SchemaSQL.createTable($0) } + schema.indexes.map { SchemaSQL.createIndex($0) }
        // A statement of the form `t: column` adds a column to a table.
        var sql = present
        for line in more.split(separator: ";") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2,
                let index = sql.firstIndex(where: {
                    $0.hasPrefix("CREATE TABLE \"\(parts[0].trimmingCharacters(in: .whitespaces))\" (")
                })
            {
                let at = sql[index].index(after: sql[index].firstIndex(of: "(") ?? sql[index].startIndex)
                sql[index].insert(contentsOf: "\n\(parts[1]),", at: at)
            } else {
                sql.append(String(line))
            }
        }
        try replica.admin.apply(
            sql.joined(separator: ";\n"), retiring: retiring, allowIntegerKey: [], now: World.now + sites[site].skew)
    }

    /// The rows that the tables show by the definition, with the defaults of columns that nobody wrote.
    func shown(_ state: SpecifiedState, _ site: Int) -> [SpecifiedState.Row: [Identifier: Value]] {
        let tables = sites[site].replica.state.tables
        return state.rows.reduce(into: [:]) { rows, row in
            guard let table = tables.first(where: { $0.name == row.key.table }) else { return }
            let defaults = Dictionary(uniqueKeysWithValues: zip(table.valueColumns.map(\.name), table.defaults))
            rows[row.key] = defaults.merging(row.value) { $1 }
        }
    }

    /// Expects that a site shows and lists what the definition makes of the bare set of its changesets.
    func expectDefinition(_ site: Int, _ place: String = "") throws {
        let defined = try defined(site)
        #expect(defined.void.isEmpty, "\(place): an honest author made a void changeset")
        #expect(try tables(site) == shown(defined, site), "\(place): tables")
        #expect(try conflicts(site) == defined.conflicts, "\(place): conflicts")
        let replica = sites[site].replica
        // It also looks for equal entries in every index that says it is UNIQUE.
        #expect(try replica.connection.value("PRAGMA integrity_check") == .text("ok"), "\(place): integrity")
        #expect(
            try replica.connection.rows("PRAGMA foreign_key_check").isEmpty, "\(place): a reference without its row")
        #expect(try replica.reports.counts().void == 0, "\(place): void")
    }

    /// The state that the definition makes of the changesets that a site has.
    func defined(_ site: Int) throws -> SpecifiedState {
        var changesets: [SpecifiedChangeset] = []
        try sites[site].replica.reports.log(LogFilter(isReversed: true, withContext: true)) { report in
            changesets.append(
                SpecifiedChangeset(
                    id: .init(feed: report.feed, seq: report.seq), hash: report.hash, stamp: report.stamp,
                    context: report.context ?? [:], operations: report.operations ?? [],
                    isVoid: report.standing != .counts))
        }
        let schema = try sites[site].replica.admin.schema()
        return MergeSpecification.state(of: changesets, tables: schema.tables, indexes: schema.indexes)
    }
}

import Foundation
import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SyncEngine
import SyncWire

/// Engines on real replicas, whose sessions are moved by function calls: no socket, no clock.
package final class Town {
    package let folder: URL
    package private(set) var engines: [Engine] = []
    package var moment = Moment(wall: 1_800_000_000_000, steady: 0)
    private var invitations = 0

    package static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER);"

    /// Makes a town of one engine, which founded an alliance.
    package init(schema: String = Town.schema, integerKeys: Set<Identifier> = []) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-town-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let founder = try add(alliance: nil)
        try founder.replica.admin.found(
            name: "n0", schema: SchemaReader.read(sql: schema, allowIntegerKey: integerKeys),
            nonce: Array(repeating: 1, count: 16), records: [], now: moment.wall)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A node that belongs to nobody yet.
    package func add(alliance: Bytes32?) throws -> Engine {
        let key = SigningKey()
        let path = folder.appendingPathComponent("\(engines.count).sqlite").path
        let engine = Engine(
            replica: try Replica.create(path: path, site: key.site, alliance: alliance), key: key, software: "test",
            drawIncarnation: { .random(in: .min ... .max) })
        engines.append(engine)
        return engine
    }

    /// A secret that the founder, or another admin, redeems until `expires`.
    package func invite(role: Role = .member, lasting: Int64 = 1000, at admin: Engine? = nil) throws -> JoinRequest {
        let founder = (admin ?? engines[0]).replica
        invitations += 1
        let secret = (0..<16).map { UInt8(truncatingIfNeeded: $0 == 0 ? invitations : $0) }
        try founder.admin.addInvitation(secret: secret, role: role, expires: moment.wall + lasting)
        return JoinRequest(alliance: founder.alliance, secret: secret, name: "n\(engines.count)")
    }

    /// A member that joined at the founder, or at another admin.
    @discardableResult
    package func join(role: Role = .member, at admin: Engine? = nil) throws -> Engine {
        let request = try invite(role: role, at: admin)
        let engine = try add(alliance: engines[0].replica.alliance)
        let meeting = try Meeting(self, engine, admin ?? engines[0], joining: request)
        try meeting.run()
        return engine
    }

    /// The first changeset of a site, by hand, with `context` seen.
    package func forged(by key: SigningKey, seeing context: Context, _ write: (inout OperationWriter) -> Void)
        -> IncomingChangeset
    {
        var operations = OperationWriter()
        write(&operations)
        let count = operations.count
        let chunks = operations.finish().map { [$0] } ?? []
        let header = key.seal(
            ChangesetHeader(
                feed: FeedID(site: key.site, incarnation: .first, scope: .alliance), seq: 1, previous: .zero,
                stamp: Stamp(milliseconds: moment.wall), contextAdvance: context, operationCount: UInt64(count),
                chunkHashes: chunks.map { ContentHash.of($0) }))
        guard let incoming = try? UnverifiedHeader(bytes: header.bytes, signature: header.signature) else {
            preconditionFailure("what was sealed can be read")
        }
        return IncomingChangeset(header: incoming, chunks: chunks)
    }

    /// Lets others in at the founder, of each of whom it has one row, `of NUMBER`.
    package func settle(_ count: Int) throws {
        let founder = engines[0]
        for number in 0..<count {
            let key = SigningKey()
            _ = try founder.replica.redeem(try invite(), by: key.site, now: moment.wall)
            let written = forged(by: key, seeing: try founder.replica.heads(scope: .control)) {
                $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
                $0.insert(key: [.text("of \(number)")], values: [.null, .null])
            }
            _ = try founder.replica.accept([written], now: moment.wall)
        }
    }

    package func write(_ engine: Engine, _ sql: String) throws {
        try UserSQL(path: engine.replica.path).run(sql, row: { _, _ in })
    }

    package func rows(_ engine: Engine, _ sql: String) throws -> [[Value]] {
        var out: [[Value]] = []
        try UserSQL(path: engine.replica.path).run(sql, row: { out.append($1) })
        return out
    }

    @discardableResult
    package func meet(_ dialler: Engine, _ listener: Engine) throws -> Meeting {
        let meeting = try Meeting(self, dialler, listener)
        try meeting.run()
        return meeting
    }

    /// The changesets that one engine has of a scope, with their chunks.
    package func changesets(_ engine: Engine, of scope: Scope = .alliance) throws -> [IncomingChangeset] {
        try engine.replica.outgoing(lackedBy: [:], scopes: [scope]).changesets()
    }

    package func digests() throws -> Set<Bytes32> { Set(try engines.map { try $0.replica.reports.digest() }) }
}

import Foundation
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

@testable import ReplicaSchema
@testable import SyncEngine

/// Engines on real replicas, whose sessions are moved by function calls: no socket, no clock.
final class Town {
    let folder: URL
    private(set) var engines: [Engine] = []
    var moment = Moment(wall: 1_800_000_000_000, steady: 0)
    private var invitations = 0

    static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER);"

    init(schema: String = Town.schema) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-town-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let founder = try add(alliance: nil)
        try founder.replica.admin.found(
            name: "n0", schema: SchemaReader.read(sql: schema, allowIntegerKey: []),
            nonce: Array(repeating: 1, count: 16), records: [],
            with: founder.key, now: moment.wall)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A node that belongs to nobody yet.
    func add(alliance: Bytes32?) throws -> Engine {
        let key = SigningKey()
        let path = folder.appendingPathComponent("\(engines.count).sqlite").path
        let engine = Engine(
            replica: try Replica.create(path: path, site: key.site, alliance: alliance), key: key, software: "test",
            drawIncarnation: { .random(in: .min ... .max) })
        engines.append(engine)
        return engine
    }

    /// A secret that the founder redeems until `expires`.
    func invite(role: Role = .member, lasting: Int64 = 1000) throws -> JoinRequest {
        let founder = engines[0].replica
        invitations += 1
        let secret = (0..<16).map { UInt8(truncatingIfNeeded: $0 == 0 ? invitations : $0) }
        try founder.admin.addInvitation(secret: secret, role: role, expires: moment.wall + lasting)
        return JoinRequest(alliance: founder.alliance, secret: secret, name: "n\(engines.count)")
    }

    /// A member that joined at the founder.
    @discardableResult
    func join(role: Role = .member) throws -> Engine {
        let request = try invite(role: role)
        let engine = try add(alliance: engines[0].replica.alliance)
        let meeting = try Meeting(self, engine, engines[0], joining: request)
        try meeting.run()
        return engine
    }

    /// The first changeset of a site, by hand, with `context` seen.
    func forged(by key: SigningKey, seeing context: Context, _ write: (inout OperationWriter) -> Void)
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

    func write(_ engine: Engine, _ sql: String) throws {
        try UserSQL(path: engine.replica.path).run(sql, row: { _, _ in })
    }

    func rows(_ engine: Engine, _ sql: String) throws -> [[Value]] {
        var out: [[Value]] = []
        try UserSQL(path: engine.replica.path).run(sql, row: { out.append($1) })
        return out
    }

    @discardableResult
    func meet(_ dialler: Engine, _ listener: Engine) throws -> Meeting {
        let meeting = try Meeting(self, dialler, listener)
        try meeting.run()
        return meeting
    }

    /// The changesets that one engine has of the people's scope, with their chunks.
    func changesets(_ engine: Engine) throws -> [IncomingChangeset] {
        let outgoing = try engine.replica.outgoing(lackedBy: [:], scopes: [.alliance])
        var out: [IncomingChangeset] = []
        while let item = try outgoing.next() {
            switch item {
            case .header(let bytes, let signature, _):
                out.append(
                    IncomingChangeset(header: try UnverifiedHeader(bytes: bytes, signature: signature), chunks: []))
            case .chunk(let bytes):
                out.append(
                    IncomingChangeset(header: out[out.count - 1].header, chunks: out.removeLast().chunks + [bytes]))
            }
        }
        return out
    }

    func digests() throws -> Set<Bytes32> { Set(try engines.map { try $0.replica.reports.digest() }) }
}

/// One connection between two engines: frames wait in two queues and are delivered by turns.
final class Meeting {
    private let town: Town
    private var sessions: [PeerSession]
    private var queues: [[[UInt8]]] = [[], []]
    /// Every frame that the dialling side sent, and that the listening side sent.
    private(set) var frames: [[[UInt8]]] = [[], []]
    private(set) var ends: [SessionEnd?] = [nil, nil]
    private(set) var delivered = 0

    init(_ town: Town, _ dialler: Engine, _ listener: Engine, joining request: JoinRequest? = nil) throws {
        self.town = town
        let moment = town.moment
        sessions = [
            try PeerSession(
                engine: dialler, peer: listener.site, isDialler: true, isTrusted: request != nil, at: moment),
            try PeerSession(engine: listener, peer: dialler.site, isDialler: false, isTrusted: false, at: moment),
        ]
        try sessions[0].start(joining: request, at: moment)
        try sessions[1].start(at: moment)
        for side in 0...1 { _ = try drain(side) }
    }

    /// Whether a side had anything to say.
    private func drain(_ side: Int) throws -> Bool {
        var said = false
        while let output = try sessions[side].next(at: town.moment) {
            said = true
            switch output {
            case .frame(let frame): send(frame, from: side)
            case .end(let end): ends[side] = end
            }
        }
        return said
    }

    private func send(_ frame: [UInt8], from side: Int) {
        frames[side].append(frame)
        queues[1 - side].append(frame)
    }

    /// Delivers frames until nothing moves, or until `most` were delivered: then the connection is cut.
    ///
    /// - Parameter altering: what a hostile link does to a frame of the dialling side.
    func run(most: Int = .max, altering: ((Int, [UInt8]) -> [UInt8])? = nil) throws {
        var moves = true
        while moves {
            moves = false
            for side in 0...1 {
                if try drain(side) { moves = true }
                while !queues[side].isEmpty {
                    guard delivered < most else { return }
                    var frame = queues[side].removeFirst()
                    if side == 1, let altering { frame = altering(delivered, frame) }
                    delivered += 1
                    try sessions[side].received(frame, at: town.moment)
                    _ = try drain(side)
                    moves = true
                }
            }
        }
    }

    /// Lets time pass on both sides.
    func wait(milliseconds: Int64) throws {
        town.moment = Moment(wall: town.moment.wall + milliseconds, steady: town.moment.steady + milliseconds)
        for side in 0...1 { try sessions[side].tick(at: town.moment) }
        try run()
    }

    func bytes(_ side: Int) -> Int { frames[side].reduce(0) { $0 + $1.count } }
}

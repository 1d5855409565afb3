import ReplicaModel
import SyncWire

@testable import ReplicaStore

/// A feed whose changesets are made by hand, so that they may say what no honest author's do.
struct Forger {
    let key: SigningKey
    let feed: FeedID
    private(set) var seq: UInt64 = 0
    private(set) var hash = Bytes32.zero

    init(_ key: SigningKey, scope: Scope = .alliance, incarnation: Incarnation = .first) {
        self.key = key
        feed = FeedID(site: key.site, incarnation: incarnation, scope: scope)
    }

    /// The head as contexts name it.
    var head: Head { Head(seq: seq, hash: HashPrefix(hash)) }

    mutating func next(seeing context: Context, chunks: [[UInt8]], count: UInt64) throws -> IncomingChangeset {
        let header = key.seal(
            ChangesetHeader(
                feed: feed, seq: seq + 1, previous: hash, stamp: Stamp(milliseconds: World.now + Int64(seq)),
                contextAdvance: context,
                operationCount: count, chunkHashes: chunks.map { ContentHash.of($0) }))
        (seq, hash) = (seq + 1, header.hash)
        return IncomingChangeset(
            header: try UnverifiedHeader(bytes: header.bytes, signature: header.signature), chunks: chunks)
    }

    mutating func next(seeing context: Context = [:], _ write: (inout OperationWriter) -> Void) throws
        -> IncomingChangeset
    {
        var operations = OperationWriter()
        write(&operations)
        let count = operations.count
        var chunks = operations.takeFullChunks()
        if let last = operations.finish() { chunks.append(last) }
        return try next(seeing: context, chunks: chunks, count: count)
    }

    mutating func next(seeing context: Context, admitting admission: Admission) throws -> IncomingChangeset {
        try next(seeing: context, chunks: [ControlCodec.encode([.admit(admission)])], count: 1)
    }

    /// A row of `t(id, a)`.
    mutating func row(_ id: String, _ a: Value = .null, seeing context: Context = [:]) throws -> IncomingChangeset {
        try next(seeing: context) {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a"])
            $0.insert(key: [.text(id)], values: [a])
        }
    }
}

extension World {
    /// Admits a key, and brings that to everybody.
    func admit(_ key: SigningKey, role: Role = .member) throws {
        let founder = sites[0]
        let secret = (0..<16).map { _ in UInt8.random(in: 0...255) }
        try founder.replica.admin.addInvitation(secret: secret, role: role, expires: World.now + 1000)
        let request = JoinRequest(
            alliance: founder.replica.alliance, secret: secret, name: "f\(key.site.hex.prefix(4))")
        _ = try founder.replica.redeem(request, by: key.site, now: World.now)
        for site in sites.indices.dropFirst() { try pull(site, from: 0) }
    }

    /// The context of a member who has seen all of control that the founder has.
    func control() throws -> Context { try sites[0].replica.heads(scope: .control) }
}

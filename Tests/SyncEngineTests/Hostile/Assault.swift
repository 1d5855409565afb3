import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import Testing

@testable import SyncEngine
@testable import SyncWire

/// A victim that has the records of two members, and a session with one who means ill.
final class Assault {
    let town: Town
    let victim: Engine
    /// A member whose records the victim has: the one who is to be harmed.
    let author: Engine
    let other: Engine
    let mallory: Engine
    let session: PeerSession
    /// The most that the victim had decoded and gathered at once.
    private(set) var bytesMost = 0
    var context: Context { (try? victim.replica.heads(scope: .control)) ?? [:] }

    init(isMember: Bool) throws {
        town = try Town()
        victim = town.engines[0]
        author = try town.join()
        other = try town.join()
        try town.meet(author, other)
        mallory = isMember ? try town.join() : try town.add(alliance: victim.replica.alliance)
        try town.write(author, "INSERT INTO t(id) VALUES ('by the author')")
        try town.meet(author, victim)
        if isMember {
            for row in ["1", "2"] {
                try town.write(mallory, "INSERT INTO t(id) VALUES ('\(row) by mallory')")
                try mallory.seal()
            }
            try town.meet(mallory, victim)
        }
        session = try PeerSession(
            engine: victim, peer: mallory.site, isDialler: false, trust: try victim.trust(in: mallory.site),
            at: town.moment)
        try session.start(at: town.moment)
    }

    func feed(of engine: Engine, _ scope: Scope = .alliance) -> FeedID {
        FeedID(site: engine.site, incarnation: .first, scope: scope)
    }

    /// The next changeset of a feed as the victim holds it, or one with another number or predecessor.
    func next(_ engine: Engine, by signer: Engine, seq: UInt64? = nil, after: Bytes32? = nil, row: String = "evil")
        throws -> Crafted
    {
        let feed = feed(of: engine)
        let head = try victim.replica.heads(scope: .alliance)[feed]
        return Crafted(
            feed, seq: seq ?? (head?.seq ?? 0) + 1, after: try after ?? hash(feed), row: row,
            seeing: seq == nil ? context : [:], signer: signer.key)
    }

    /// The hash of the last changeset of a feed that the victim holds: the whole of it, which a context does not name.
    private func hash(_ feed: FeedID) throws -> Bytes32 {
        var found = Bytes32.zero
        try victim.replica.reports.log(LogFilter()) { if $0.feed == feed, found == .zero { found = $0.hash } }
        return found
    }

    func frame(_ bytes: [UInt8]) throws {
        try session.received(bytes, at: town.moment)
        bytesMost = max(bytesMost, session.memory.all)
    }

    func say(_ message: Message) throws { try frame(MessageCodec.encode(message)) }

    func hello(_ change: (inout Hello) -> Void = { _ in }) throws {
        var hello = try mallory.hello(to: victim.site, at: town.moment).hello
        change(&hello)
        try say(.hello(hello))
    }

    /// A stream of changes in frames of the largest size.
    func changes(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty, session.end == nil {
            let piece = rest.prefix(FrameLimits.changesBytesMax)
            rest = rest.dropFirst(piece.count)
            try say(.changes(bytes: Array(piece), isLast: rest.isEmpty))
        }
    }

    /// A message with an optional field of newer software, of these bytes.
    func odd(kind: UInt64, field: [UInt8]) throws {
        var writer = CBORWriter()
        writer.beginArray(2)
        writer.write(unsigned: kind)
        writer.beginMap(1)
        writer.write(unsigned: 99)
        try frame(writer.bytes + field)
    }

    /// The things that the victim has, of which an attack must not change anything.
    struct Holdings: Equatable {
        let held: Vector
        let applied: Vector
        let digest: Bytes32
        let members: [RosterEntry]
        let rows: [[Value]]
    }

    func holdings() throws -> Holdings {
        let vectors = try victim.replica.vectors()
        let rows = try ["caravan_chunk", "caravan_changeset", "caravan_staged", "t"].flatMap {
            try town.rows(victim, "SELECT count(*) FROM \($0)")
        }
        return Holdings(
            held: vectors.held, applied: vectors.applied, digest: try victim.replica.reports.digest(),
            members: try victim.replica.members(), rows: rows)
    }
}

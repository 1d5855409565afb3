import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import Testing

@testable import SyncEngine
@testable import SyncWire

@Suite("What a session takes of whoever says it")
struct BoundsTests {
    /// A session of the founder's with a member that has said hello.
    private func session(_ town: Town, with member: Engine, _ change: (inout Hello) -> Void = { _ in }) throws
        -> PeerSession
    {
        let session = try PeerSession(
            engine: town.engines[0], peer: member.site, isDialler: false,
            trust: try town.engines[0].trust(in: member.site), at: town.moment)
        try session.start(at: town.moment)
        var hello = try member.hello(to: town.engines[0].site, at: town.moment).hello
        change(&hello)
        for frame in MessageCodec.frames(of: .hello(hello)) { try session.received(frame, at: town.moment) }
        return session
    }

    private func said(_ session: PeerSession, _ town: Town) throws -> [Message] {
        var reader = MessageReader()
        var messages: [Message] = []
        while case .frame(let frame)? = try session.next(at: town.moment) {
            if let message = try reader.take(frame) { messages.append(message) }
        }
        return messages
    }

    private func invented(_ count: Int) -> Vector {
        var vector: Vector = [:]
        for number in 0..<count {
            vector[
                FeedID(
                    site: SiteID(ContentHash.of(Array("\(number)".utf8))), incarnation: Incarnation(1), scope: .alliance
                )] = 1 << 46
        }
        return vector
    }

    @Test("A hello with more feeds than a frame holds is taken, and what it says of feeds that nobody has is not kept")
    func longHello() throws {
        let town = try Town()
        let member = try town.join()
        try town.write(town.engines[0], "INSERT INTO t(id) VALUES ('1')")
        let session = try session(town, with: member) { hello in
            guard case .full(let held) = hello.held else { return }
            hello.held = .full(held.merging(invented(30_000)) { $1 })
        }
        #expect(session.end == nil)
        #expect(session.lacked?.count ?? .max < 10)
        let acks = MessageCodec.frames(of: .ack(held: invented(30_000), applied: [:]))
        for frame in acks { try session.received(frame, at: town.moment) }
        try session.noteAcks(at: town.moment)
        #expect(session.end == nil)
        #expect(try #require(try town.engines[0].replica.addressBook.contact(with: member.site)).held.count < 10)
        for _ in 0..<5 { for frame in acks { try session.received(frame, at: town.moment) } }
        guard case .refused(let refusal)? = session.end, refusal.code == .tooMuch else {
            Issue.record("\(String(describing: session.end))")
            return
        }
    }

    @Test(
        "Scopes that a hello does not name are not sent to it",
        arguments: [[], [Scope.control], [.control, .alliance]] as [[Scope]])
    func scopes(_ scopes: [Scope]) throws {
        let town = try Town()
        let member = try town.join()
        try town.write(town.engines[0], "INSERT INTO t(id) VALUES ('1')")
        let session = try session(town, with: member) { $0.scopes = scopes }
        let reader = ChangeStreamReader()
        var found: Set<Scope> = []
        for case .changes(let bytes, _) in try said(session, town) {
            reader.append(bytes)
            while let item = try reader.next() {
                if case .header(let header) = item { found.insert(header.header.feed.scope) }
            }
        }
        #expect(found == (scopes.contains(.alliance) ? [.alliance] : []))
    }

    @Test(
        "A newcomer takes nothing of a peer whose control changesets found another alliance, nor of one that shows none",
        arguments: [true, false])
    func otherFounding(hasOther: Bool) throws {
        let (town, elsewhere) = (try Town(), try Town())
        let newcomer = try town.add(alliance: town.engines[0].replica.alliance)
        let inviter = elsewhere.engines[0]
        let request = JoinRequest(
            alliance: town.engines[0].replica.alliance, secret: [UInt8](repeating: 1, count: 16), name: "n")
        let session = try PeerSession(
            engine: newcomer, peer: inviter.site, isDialler: true, trust: .invited, at: town.moment)
        try session.start(joining: request, at: town.moment)
        var hello = try inviter.hello(to: newcomer.site, at: town.moment).hello
        hello.alliance = newcomer.replica.alliance
        try session.received(MessageCodec.encode(.hello(hello)), at: town.moment)
        let writer = ChangeStreamWriter()
        let outgoing = try inviter.replica.outgoing(lackedBy: [:], scopes: hasOther ? nil : [])
        try writer.write(outgoing)
        try session.received(
            MessageCodec.encode(.changes(bytes: Crafted.drained(writer), isLast: true)), at: town.moment)
        guard case .refused(let refusal)? = session.end, refusal.code == .wrongAlliance else {
            Issue.record("\(String(describing: session.end))")
            return
        }
        #expect(try newcomer.replica.vectors().held.isEmpty)
    }

    @Test("A frame that decodes to much is taken in steps, and the session goes on where it stopped")
    func steps() throws {
        let town = try Town()
        let member = try town.join()
        for number in 0..<300 {
            try town.write(member, "INSERT INTO t(id) VALUES ('\(number)')")
            try member.seal()
        }
        let session = try session(town, with: member)
        let writer = ChangeStreamWriter()
        let outgoing = try member.replica.outgoing(lackedBy: try town.engines[0].replica.vectors().held)
        try writer.write(outgoing)
        writer.flush()
        var steps = 0
        while let piece = writer.takeOutput() {
            try session.accept(
                MessageCodec.encode(.changes(bytes: piece, isLast: writer.outputCount == 0)), at: town.moment)
            #expect(session.taking != nil)
            while try session.proceed(at: town.moment) { steps += 1 }
        }
        #expect(steps >= 4)
        #expect(try town.rows(town.engines[0], "SELECT count(*) FROM t").drawn == "300")
    }
}

import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncSimulator
import SyncWire
import Testing

@testable import SyncEngine

@Suite("A link that breaks again and again")
struct BrokenLinkTests {
    /// Texts that do not compress, in one transaction.
    private static func fill(_ count: Int) -> String {
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
        INSERT INTO t SELECT hex(randomblob(10)) || i, hex(randomblob(100)), i FROM n
        """
    }

    /// Meets until all is exchanged, each time cut after so many frames.
    ///
    /// - Returns: the bytes that came, and the meetings.
    private func meet(_ town: Town, _ b: Engine, _ a: Engine, cutAfter frames: Int) throws -> (
        bytes: Int, meetings: Int
    ) {
        var bytes = 0
        for number in 1...60 {
            let meeting = try Meeting(town, b, a)
            try meeting.run(most: frames)
            bytes += meeting.deliveredBytes[0]
            if meeting.ends == [.done, .done] { return (bytes, number) }
            try meeting.breaks()
        }
        Issue.record("all was never exchanged")
        return (bytes, 60)
    }

    @Test(
        "A changeset of less than memory takes comes in parts: no whole chunk of it is sent twice",
        arguments: [5, 6, 9])
    func one(frames: Int) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.meet(b, a)
        try town.write(a, Self.fill(8_000))
        let most = 1_000_000
        let (bytes, meetings) = try meet(town, b, a, cutAfter: frames)
        #expect(meetings > 5)
        // What is sent twice is what was on its way: less than two frames each time, and the hello.
        #expect(bytes > most)
        #expect(bytes < 2 * most + meetings * (2 * FrameLimits.changesBytesSent + 2_000))
        let (held, rows) = (try b.replica.vectors().held, try town.rows(b, "SELECT count(*) FROM t"))
        #expect(try held == a.replica.vectors().held)
        #expect(rows.drawn == "8000")
        #expect(try b.replica.reports.remains().staged == 0)
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
    }

    @Test(
        "Many small changesets get on over a link that breaks every 20 KB or 64 KiB, to the side that dials and from it",
        arguments: [13_000, 60_000], [0, 1])
    func small(bytes: Int, receiver: Int) throws {
        let town = try Town()
        let engines = [town.engines[0], try town.join()]
        var random = SeededGenerator(bytes + receiver)
        for _ in 0..<60 {
            try town.write(engines[0], Texts.words(40, &random))
            try engines[0].seal()
        }
        let whole = try town.outgoingBytes(engines[0], lackedBy: engines[1])
        let rounds = try Struggle(town, from: engines[0], to: engines[1], isReceiverDialling: receiver == 0)
            .run { bytes }
        #expect(rounds > 1)
        #expect(rounds <= 2 * whole / bytes + 2)
        #expect(try town.digests().count == 1)
    }

    @Test(
        "What cannot be compressed gets over a link that breaks every 64 KiB, to the side that dials and from it",
        arguments: [0, 1])
    func blobs(receiver: Int) throws {
        let town = try Town()
        let engines = [town.engines[0], try town.join()]
        try town.write(
            engines[0],
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
            INSERT INTO t SELECT i, randomblob(1000), i FROM n
            """)
        // What TLS takes of 64 KiB before the hello.
        let rounds = try Struggle(town, from: engines[0], to: engines[1], isReceiverDialling: receiver == 0)
            .run { 60_000 }
        #expect(rounds > 5)
        #expect(rounds < 9)
        #expect(try town.digests().count == 1)
    }

    @Test("A chunk that a link can carry once gets through it, however little room is left behind it")
    func chunk() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        var random = SeededGenerator(7)
        try town.write(a, Texts.letters(300, &random))
        // A chunk is 42 KB on its way.
        let rounds = try Struggle(town, from: a, to: b, isReceiverDialling: true).run { 50_000 }
        #expect(rounds > 4)
        #expect(rounds < 8)
        #expect(try town.digests().count == 1)
    }

    @Test(
        "Whatever mix of small and large changesets, a link that breaks anywhere brings something each time, and nothing twice",
        arguments: 0..<4)
    func law(seed: Int) throws {
        let town = try Town()
        let engines = [town.engines[0], try town.join()]
        var random = SeededGenerator(seed)
        for _ in 0..<20 {
            try town.write(engines[0], Texts.words(random.pick([1, 5, 40, 40, 300, 1_500]), &random))
            try engines[0].seal()
        }
        let struggle = Struggle(town, from: engines[0], to: engines[1], isReceiverDialling: random.chance(50))
        _ = try struggle.run { 45_000 + random.below(40_000) }
        #expect(try town.digests().count == 1)
        #expect(try engines[1].replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        #expect(try engines[1].replica.reports.remains().staged == 0)
    }

    @Test("Small changesets that came whole are kept, too")
    func many() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        for number in 0..<300 {
            try town.write(a, "INSERT INTO t VALUES ('\(number)', hex(randomblob(300)), 1)")
            try a.seal()
        }
        let meeting = try Meeting(town, b, a)
        try meeting.run(most: 7)
        #expect(meeting.ends == [nil, nil])
        try meeting.breaks()
        let held = try b.replica.vectors().held.values.max() ?? 0
        #expect(held > 50)
        #expect(held < 300)
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
    }

    @Test("Of a stranger's stream nothing is kept when the link breaks")
    func stranger() throws {
        let town = try Town()
        let request = try town.invite()
        let engine = try town.add(alliance: town.engines[0].replica.alliance)
        let meeting = try Meeting(town, engine, town.engines[0], joining: request)
        try meeting.run(most: 2)
        try meeting.breaks()
        #expect(try town.engines[0].replica.vectors().held.keys.allSatisfy { $0.site == town.engines[0].site })
    }

    @Test("A link that carries greetings and no chunk gets nobody on, and is told from one that does")
    func greetings() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.meet(b, a)
        var random = SeededGenerator(3)
        try town.write(a, Texts.letters(300, &random))
        var last: [Headway] = []
        for number in 1...4 {
            let meeting = try Meeting(town, b, a)
            try meeting.run(bytesMost: 8_000)
            try meeting.breaks()
            let headways = try meeting.sessions.map { try Headway(of: $0) }
            #expect(meeting.sessions.allSatisfy { $0.session.peerHello != nil })
            for side in last.indices { #expect(!headways[side].isBeyond(last[side]), "session \(number)") }
            last = headways
        }
    }

    @Test("What is not decoded of the last frame goes with the link: decoding it would hold up everybody")
    func undecoded() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.meet(b, a)
        for number in 0..<400 {
            try town.write(a, "INSERT INTO t VALUES ('\(number)', 'x', 1)")
            try a.seal()
        }
        let sessions = [
            try PeerSession(engine: b, peer: a.site, isDialler: true, trust: try b.trust(in: a.site), at: town.moment),
            try PeerSession(engine: a, peer: b.site, isDialler: false, trust: try a.trust(in: b.site), at: town.moment),
        ]
        for session in sessions { try session.start(at: town.moment) }
        var frames = 0
        while sessions[0].taking == nil {
            for side in 0...1 where sessions[0].taking == nil {
                while sessions[0].taking == nil, case .frame(let frame)? = try sessions[side].next(at: town.moment) {
                    frames += 1
                    try sessions[1 - side].accept(frame, at: town.moment)
                }
            }
            try #require(frames < 100)
        }
        let held = try b.replica.vectors().held
        try sessions[0].broke(at: town.moment)
        #expect(sessions[0].taking != nil)
        #expect(try b.replica.vectors().held == held)
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
    }
}

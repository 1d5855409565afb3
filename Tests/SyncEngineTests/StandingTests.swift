import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire
import Testing

@testable import SyncEngine

@Suite("Two engines and a session that stays")
struct StandingTests {
    @Test("What either side writes later is at the other, and what is sent, durable and applied is known")
    func pushed() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(a, "INSERT INTO t VALUES ('1', 'x', 2)")
        let meeting = try Meeting(town, b, a, stays: true)
        try meeting.run()
        #expect(meeting.ends == [nil, nil])
        #expect(meeting.areStanding)
        for round in 0..<5 {
            try town.write(a, "INSERT INTO t VALUES ('a\(round)', 'x', \(round))")
            try town.write(b, "INSERT INTO t VALUES ('b\(round)', 'y', \(round))")
            #expect(try meeting.push(round % 2))
            // What came had this side seal what was written here, and that is news too.
            #expect(meeting.areStanding)
            #expect(try town.digests().count == 1)
        }
        #expect(try !meeting.push(0))
        #expect(try !meeting.push(1))
        try meeting.part(0)
        #expect(meeting.ends == [.done, .done])
        let held = try a.replica.vectors().held
        for (engine, peer) in [(a, b), (b, a)] {
            let contact = try #require(try engine.replica.addressBook.contact(with: peer.site))
            #expect(contact.sent == held)
            #expect(contact.held == held)
            #expect(contact.applied == held)
        }
    }

    @Test(
        "Where both held the same at first, what is known of the peer is all that it has, not what it got last",
        arguments: [true, false])
    func equal(ends: Bool) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(b, "INSERT INTO t(id) VALUES ('of b')")
        for _ in 0..<2 { try town.meet(b, a) }
        let meeting = try Meeting(town, b, a, stays: true)
        try meeting.run()
        #expect(meeting.areStanding)
        try town.write(a, "INSERT INTO t(id) VALUES ('of a')")
        #expect(try meeting.push(1))
        // The session may end before the clock is looked at again.
        if ends { try meeting.part(0) } else { try meeting.wait(milliseconds: 1_000) }
        let held = try a.replica.vectors().held
        let contact = try #require(try a.replica.addressBook.contact(with: b.site))
        #expect(contact.held == held)
        #expect(contact.applied == held)
    }

    @Test(
        "What was pushed of control is known on both sides, so that the next hello is short", arguments: [true, false])
    func control(ends: Bool) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let meeting = try Meeting(town, b, a, stays: true)
        try meeting.run()
        #expect(meeting.areStanding)
        // Somebody is admitted.
        try town.join()
        #expect(try meeting.push(1))
        if ends { try meeting.part(0) } else { try meeting.wait(milliseconds: 1_000) }
        let digest = HeadsDigest.of(try a.replica.heads(scope: .control))
        for (engine, peer) in [(a, b), (b, a)] {
            #expect(try engine.replica.addressBook.contact(with: peer.site)?.controlDigest == digest)
            guard case .byRoster = try engine.hello(to: peer.site, at: town.moment).hello.held else {
                Issue.record("the hello is written in full")
                return
            }
        }
        let next = try Meeting(town, b, a, stays: true)
        try next.run()
        #expect(next.areStanding)
    }

    @Test("A session that is told of an end of right by a list ends as by the roster, and one of another goes on")
    func listed() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let other = SigningKey().site
        let session = try PeerSession(
            engine: a, peer: b.site, isDialler: false, trust: try a.trust(in: b.site), at: town.moment)
        try session.start(at: town.moment)
        let held = try a.replica.soundVector()
        #expect(try a.retired().isEmpty)
        #expect(try !session.holds(held, retired: [other], at: town.moment))
        #expect(session.end == nil)
        #expect(try session.holds(held, retired: [other, b.site], at: town.moment))
        guard case .refused(let refusal)? = session.end, refusal.code == .retired else {
            Issue.record("the session goes on: \(String(describing: session.end))")
            return
        }
    }

    @Test("What came from one peer goes on to the others, and not back")
    func relayed() throws {
        let town = try Town()
        let (hub, a, b) = (town.engines[0], try town.join(), try town.join())
        let (first, second) = (try Meeting(town, a, hub, stays: true), try Meeting(town, b, hub, stays: true))
        try first.run()
        try second.run()
        // The second joined after the first had met the hub.
        try first.push(1)
        try town.write(a, "INSERT INTO t(id) VALUES ('of a')")
        #expect(try first.push(0))
        #expect(try second.push(1))
        #expect(try !first.push(1))
        #expect(try town.digests().count == 1)
    }

    @Test("A change costs a few hundred bytes and no hello, however many sites there are")
    func cost() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.settle(60)
        let meeting = try Meeting(town, b, a, stays: true)
        try meeting.run()
        // The author's first changeset says what it has seen of everybody.
        try town.write(a, "UPDATE t SET b = 1 WHERE id = 'of 5'")
        #expect(try meeting.push(1))
        let before = meeting.bytes(0) + meeting.bytes(1)
        try town.write(a, "UPDATE t SET b = 2 WHERE id = 'of 5'")
        #expect(try meeting.push(1))
        #expect(meeting.bytes(0) + meeting.bytes(1) - before < 700)
        #expect(try town.digests().count == 1)
    }

    @Test("What is written while a push is on its way follows by itself")
    func meanwhile() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let meeting = try Meeting(town, b, a, stays: true)
        try meeting.run()
        try town.write(a, "INSERT INTO t(id) VALUES ('first')")
        // Nothing of it is delivered.
        #expect(try meeting.push(1, cutAfter: 0))
        try town.write(a, "INSERT INTO t(id) VALUES ('second')")
        try a.seal()
        #expect(!meeting.areStanding)
        try meeting.run()
        #expect(meeting.areStanding)
        #expect(try town.rows(b, "SELECT id FROM t ORDER BY id").drawn == "'first'\n'second'")
    }

    @Test("A push that is cut anywhere is made good by the next session", arguments: 0..<6)
    func cut(most: Int) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let meeting = try Meeting(town, b, a, stays: true)
        try meeting.run()
        let many =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT 'k' || i, hex(randomblob(60)), i FROM n"
        try town.write(a, many)
        try meeting.push(1, cutAfter: most)
        for engine in [a, b] { #expect(try engine.replica.reports.verify(progress: { _, _ in }).findings.isEmpty) }
        let next = try Meeting(town, b, a, stays: true)
        try next.run()
        #expect(next.areStanding)
        #expect(try town.digests().count == 1)
        #expect(try town.rows(b, "SELECT count(*) FROM t").drawn == "2000")
    }
}

import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire
import Testing

@testable import SyncEngine

@Suite("Clocks that differ, are wrong, and go back")
struct ClockTests {
    private static let hour: Int64 = 3_600_000
    private static let usual: Int64 = 1_800_000_000_000
    private static let end2106: Int64 = 4_294_967_295_999

    /// Runs a session, each side by its own clock; `step` is added to the dialling side's with each frame that it gets.
    private func meet(_ town: Town, _ engines: [Engine], walls: [Int64], step: Int64 = 0) throws -> [SessionEnd?] {
        var walls = walls
        func moment(_ side: Int) -> Moment { Moment(wall: walls[side], steady: 0) }
        let sessions = try (0...1).map { side in
            try PeerSession(
                engine: engines[side], peer: engines[1 - side].site, isDialler: side == 0,
                trust: try engines[side].trust(in: engines[1 - side].site),
                at: moment(side))
        }
        for side in 0...1 { try sessions[side].start(at: moment(side)) }
        var ends: [SessionEnd?] = [nil, nil]
        var moves = true
        while moves {
            moves = false
            for side in 0...1 {
                while let output = try sessions[side].next(at: moment(side)) {
                    moves = true
                    switch output {
                    case .frame(let frame):
                        try sessions[1 - side].received(frame, at: moment(1 - side))
                        if side == 1 { walls[0] += step }
                    case .end(let end): ends[side] = end
                    }
                }
            }
        }
        return ends
    }

    private func skew(_ engine: Engine, of other: Engine) throws -> Int64? {
        try engine.replica.addressBook.contact(with: other.site)?.skew
    }

    @Test(
        "Clocks from 1970 to 2106, and beyond, stop no exchange and lose no edit, and both sides know by how much they differ",
        arguments: [
            (0, Self.usual), (Self.usual, 0), (Self.end2106, Self.usual), (0, Self.end2106), (-1, Self.end2106 + 1),
            (Self.usual, Self.usual),
        ] as [(Int64, Int64)])
    func ages(walls: (Int64, Int64)) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(a, "INSERT INTO t VALUES ('of a', 'x', 1)")
        try town.write(b, "INSERT INTO t VALUES ('of b', 'x', 1)")
        #expect(try meet(town, [b, a], walls: [walls.0, walls.1]) == [.done, .done])
        #expect(try town.rows(a, "SELECT id FROM t ORDER BY id").drawn == "'of a'\n'of b'")
        #expect(try town.digests().count == 1)
        #expect(try skew(b, of: a) == walls.1 - walls.0)
        #expect(try skew(a, of: b) == walls.0 - walls.1)
    }

    @Test(
        "A clock that steps back or forward within a session stops nothing",
        arguments: [-hour, hour, -40 * 365 * 24 * hour] as [Int64])
    func steps(step: Int64) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        for number in 0..<20 {
            for (name, engine) in [("a", a), ("b", b)] {
                try town.write(engine, "INSERT INTO t VALUES ('\(name) \(number)', 'x', 1)")
                try engine.seal()
            }
        }
        #expect(try meet(town, [b, a], walls: [Self.usual, Self.usual], step: step) == [.done, .done])
        #expect(try town.rows(b, "SELECT count(*) FROM t").drawn == "40")
        #expect(try town.digests().count == 1)
    }

    @Test("That a clock is off is known on both sides although the session goes no further than the hello")
    func refused() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let wall = town.moment.wall
        let session = try PeerSession(
            engine: a, peer: b.site, isDialler: false, trust: try a.trust(in: b.site), at: town.moment)
        try session.start(at: town.moment)
        let hello = try b.hello(to: a.site, at: Moment(wall: wall - 2 * Self.hour, steady: 0)).hello
        for frame in MessageCodec.frames(of: .hello(hello)) { try session.received(frame, at: town.moment) }
        try session.refuse(.badMessage, "whatever comes next", at: town.moment)
        #expect(try skew(a, of: b) == -2 * Self.hour)
    }

    /// The stamp of what a node seals now.
    private func stamp(_ town: Town, _ engine: Engine) throws -> Stamp {
        try town.write(engine, "INSERT INTO t VALUES (hex(randomblob(16)), 'x', 1)")
        try engine.seal()
        let own = try town.changesets(engine).filter { $0.header.header.feed.site == engine.site }
        return try #require(own.last).header.header.stamp
    }

    private func keep(_ town: Town, _ engine: Engine, _ keepsTime: Bool = true) throws {
        let founder = town.engines[0]
        #expect(
            try founder.replica.admin.setKeepsTime(
                engine.site, keepsTime, now: town.moment.wall))
        for other in town.engines.dropFirst() { try town.meet(other, founder) }
    }

    private func note(_ engine: Engine, of other: Engine, skew: Int64) throws {
        let contact = Contact(lastContact: Self.usual, skew: skew, controlDigest: nil)
        try engine.replica.addressBook.setContact(contact, with: other.site)
    }

    @Test("A node goes by the clock of a member that keeps time, and of no other")
    func keeper() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let first = try stamp(town, b)
        try note(b, of: a, skew: Self.hour)
        #expect(try b.replica.admin.clockOffset() == nil)
        #expect(try stamp(town, b).milliseconds < first.milliseconds + Self.hour)
        try keep(town, a)
        try note(b, of: a, skew: Self.hour)
        #expect(try b.replica.admin.clockOffset() == ClockOffset(keeper: a.site, milliseconds: Self.hour))
        #expect(try stamp(town, b).milliseconds >= first.milliseconds + Self.hour)
        // Another process of the node goes by it too.
        let again = try Replica(path: b.replica.path)
        #expect(try again.admin.clockOffset()?.milliseconds == Self.hour)
        // That b's clock was mended ends it at the next contact.
        try note(b, of: a, skew: 3)
        #expect(try b.replica.admin.clockOffset()?.milliseconds == 3)
    }

    @Test("A member that keeps time no longer is not gone by; and who keeps time itself goes by nobody")
    func leaves() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try keep(town, a)
        try note(b, of: a, skew: Self.hour)
        try note(a, of: b, skew: -Self.hour)
        #expect(try a.replica.admin.clockOffset() == nil)
        try keep(town, b)
        #expect(try b.replica.admin.clockOffset() == nil)
        try keep(town, b, false)
        #expect(try b.replica.admin.clockOffset() != nil)
        try keep(town, a, false)
        #expect(try b.replica.admin.clockOffset() == nil)
        #expect(throws: StoreError.self) {
            try b.replica.admin.setKeepsTime(b.site, true, now: Self.usual)
        }
    }

    @Test(
        "A clock is set to no time that there cannot be, whoever says so",
        arguments: [Int64.min, -1_900_000_000_000, 3_000_000_000_000, .max] as [Int64])
    func absurd(skew: Int64) throws {
        let offset = ClockOffset(keeper: try Town().engines[0].site, milliseconds: skew)
        #expect(offset.corrected(Self.usual) == Self.usual)
        #expect(offset.corrected(.max) >= 0)
        #expect(ClockOffset.isReported(skew))
    }
}

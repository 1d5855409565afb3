import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire
import Testing

@testable import SyncEngine

@Suite("Applying in slices")
struct SliceTests {
    /// The weight that was applied each time the write lock was held.
    private final class Turns {
        private(set) var weights: [Int] = []
        private var before = 0

        func watch(_ engine: Engine) {
            engine.replica.onWriteLock = { isHeld in
                let applied = engine.replica.slice.applied
                if isHeld {
                    self.before = applied
                } else if applied > self.before {
                    self.weights.append(applied - self.before)
                }
            }
        }
    }

    private func write(_ town: Town, _ engine: Engine, _ count: Int, as name: String) throws {
        for number in 0..<count {
            try town.write(engine, "INSERT INTO t VALUES ('\(name) \(number)', 'x', \(number))")
            try engine.seal()
        }
    }

    @Test(
        "Many small changesets are applied in slices of the weight that is given, and come to the same tables",
        arguments: [1, 20, 90, 1_000])
    func small(weightMax: Int) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.meet(b, a)
        try write(town, a, 200, as: "a")
        b.replica.slice.weightMax = weightMax
        let turns = Turns()
        turns.watch(b)
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
        let ofOne = turns.weights.min() ?? 0
        #expect(ofOne > 0)
        #expect((turns.weights.max() ?? 0) <= max(weightMax, 9))
        #expect(turns.weights.reduce(0, +) == 200 * 9)
    }

    @Test("One author's changeset is not split, and shares its turn with no other")
    func large() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.meet(b, a)
        try write(town, a, 3, as: "a")
        try town.write(
            a,
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
            INSERT INTO t SELECT 'large ' || i, 'x', i FROM n
            """)
        try a.seal()
        try write(town, a, 3, as: "b")
        b.replica.slice.weightMax = 30
        let turns = Turns()
        turns.watch(b)
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
        #expect(turns.weights == [27, 508, 27])
    }

    /// Three members, of which the second wrote so many changesets that wait, at the third, for what the first wrote.
    private func waiting(_ town: Town, _ count: Int) throws -> (
        a: Engine, b: Engine, c: Engine, ofB: [IncomingChangeset]
    ) {
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        try write(town, a, 1, as: "first")
        try town.meet(b, a)
        try write(town, b, count, as: "b")
        return (a, b, c, try town.changesets(b).filter { $0.header.header.feed.site == b.site })
    }

    @Test("What waited for one changeset is applied in slices when that comes, and acknowledged as applied at the end")
    func woken() throws {
        let town = try Town()
        let (a, b, c, ofB) = try waiting(town, 100)
        guard case .accepted(100, 0, _) = try c.replica.accept(ofB, now: town.moment.wall) else {
            Issue.record("what waits for its context is held")
            return
        }
        c.replica.slice.weightMax = 100
        let turns = Turns()
        turns.watch(c)
        try town.meet(c, a)
        #expect(turns.weights.count > 8)
        #expect((turns.weights.max() ?? 0) <= 108)
        #expect(!c.replica.slice.isLeft)
        #expect(try c.replica.vectors().applied == b.replica.vectors().applied)
        #expect(try Set([b, c].map { try $0.replica.reports.digest() }).count == 1)
        let contact = try #require(try a.replica.addressBook.contact(with: c.site))
        #expect(contact.applied[FeedID(site: a.site, incarnation: .first, scope: .alliance)] == 1)
    }

    @Test("What a process left when it ended is applied by the next that takes something")
    func anotherProcess() throws {
        let town = try Town()
        let (a, b, c, ofB) = try waiting(town, 20)
        let now = town.moment.wall
        let ofA = try town.changesets(b).filter { $0.header.header.feed.site == a.site }
        _ = try c.replica.accept(ofB, now: now)
        c.replica.slice.weightMax = 50
        _ = try c.replica.accept(ofA, now: now)
        #expect(c.replica.slice.isLeft)
        let again = Engine(
            replica: try Replica(path: c.replica.path), key: c.key, software: "test",
            drawIncarnation: { .random(in: .min ... .max) })
        #expect(again.replica.slice.isLeft)
        try town.meet(again, b)
        #expect(!again.replica.slice.isLeft)
        #expect(try again.replica.vectors().applied == b.replica.vectors().applied)
    }
}

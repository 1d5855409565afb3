import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire
import Testing

@testable import SyncEngine

@Suite("A feed that went two ways")
struct ForkTests {
    /// A member of which there is no node here, and what everybody has seen.
    private func author(_ town: Town) throws -> Way {
        let founder = town.engines[0]
        let key = SigningKey()
        _ = try founder.replica.redeem(try town.invite(), by: key.site, now: town.moment.wall)
        return Way(key: key, context: try founder.replica.heads(scope: .control), time: town.moment.wall)
    }

    private func give(_ changesets: [IncomingChangeset], to engine: Engine, _ town: Town) throws {
        guard
            case .accepted(held: changesets.count, _, let unvouched) = try engine.replica.accept(
                changesets, now: town.moment.wall)
        else {
            Issue.record("what a member signed and what joins is taken")
            return
        }
        #expect(unvouched.isEmpty)
    }

    /// Meets until both sides hold the same; how often that was.
    @discardableResult
    private func settle(_ town: Town, _ one: Engine, _ other: Engine) throws -> Int {
        for count in 1...8 where try town.meet(one, other).ends == [.done, .done] { return count }
        Issue.record("two engines do not come to the same")
        return 9
    }

    private func agree(_ town: Town, rows: Int) throws {
        #expect(try town.digests().count == 1)
        #expect(Set(try town.engines.map { HeadsDigest.of(try $0.replica.heads()) }).count == 1)
        #expect(Set(try town.engines.map { try $0.replica.vectors().held }).count == 1)
        #expect(Set(try town.engines.map { try $0.replica.vectors().applied }).count == 1)
        for engine in town.engines {
            #expect(try town.rows(engine, "SELECT count(*) FROM t").drawn == "\(rows)")
            #expect(try engine.replica.reports.counts().waiting == 0)
            #expect(try engine.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        }
    }

    @Test(
        "Whoever has which way and whoever meets whom: all hold every way, under the same names, with the same tables",
        arguments: 0..<12)
    func convergence(seed: Int) throws {
        var random = FixedGenerator(seed: UInt64(seed))
        let (town, site, rows) = try parted(seed, &random)
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let pair = town.engines.shuffled(using: &random).prefix(2)
            try town.meet(pair[0], pair[1])
        }
        for _ in 0..<2 { for engine in town.engines.dropFirst() { try settle(town, engine, town.engines[0]) } }
        try agree(town, rows: rows)
        let names = try town.engines[0].replica.vectors().held.keys.filter { $0.site == site }
        #expect(names.count { $0.branch != nil } == 3)
        #expect(try town.engines[0].replica.reports.findings().map(\.kind).contains("fork"))
    }

    /// Four engines, three of which have a way each of one site's feed, behind what is common; and how many rows there
    /// are.
    private func parted(_ seed: Int, _ random: inout FixedGenerator) throws -> (town: Town, site: SiteID, rows: Int) {
        let town = try Town()
        for _ in 0..<3 { try town.join() }
        var trunk = try author(town)
        for engine in town.engines.dropFirst() { try settle(town, engine, town.engines[0]) }
        var rows = 0
        let common = try trunk.next((0..<Int.random(in: 0...9, using: &random)).map { "common \($0)" })
        rows += common.count
        for (number, engine) in town.engines.enumerated() {
            var way = trunk
            guard number != 3 else { continue }
            let count = seed == 0 ? 90 : Int.random(in: 1...6, using: &random)
            let own = try way.next((0..<count).map { "way \(number) \($0)" })
            try give(common + own, to: engine, town)
            rows += own.count
            if Bool.random(using: &random) {
                try town.write(engine, "INSERT INTO t(id) VALUES ('of \(number)')")
                rows += 1
            }
        }
        return (town, trunk.key.site, rows)
    }

    private static let little = MemoryLimits(batchBytes: 1_000, changesetBytes: 70_000)

    @Test(
        "What goes through the file behind what joins nothing is passed over: the session says that the feed went two ways"
    )
    func largeBehind() throws {
        let town = try Town()
        let other = try town.join()
        var way = try author(town)
        try settle(town, other, town.engines[0])
        for engine in town.engines { engine.memory = Self.little }
        var mine = way
        try give([try way.next("one")], to: other, town)
        try give(
            [try mine.next("two"), try mine.next("three"), try mine.nextLarge("large")], to: town.engines[0], town)
        let ends = try town.meet(other, town.engines[0]).ends
        #expect(
            ends.allSatisfy { end in
                switch end {
                case .refused(let refusal), .refusedByPeer(let refusal): refusal.code == .fork
                default: false
                }
            }, "\(ends)")
        try settle(town, other, town.engines[0])
        try agree(town, rows: 11)
    }

    @Test("A part of one way that has begun to arrive keeps nobody from bringing another", arguments: [true, false])
    func part(dials: Bool) throws {
        let town = try Town()
        let other = try town.join()
        var way = try author(town)
        try settle(town, other, town.engines[0])
        for engine in town.engines { engine.memory = Self.little }
        var mine = way
        let begun = try way.nextLarge("begun")
        guard
            case .begun(var staged) = try other.replica.exchange.beginStaging(begun.header, now: town.moment.wall)
        else { throw Unexpected() }
        try other.replica.exchange.stage(Array(begun.chunks.prefix(2)), of: &staged, now: town.moment.wall)
        try give([try mine.nextLarge("whole")], to: town.engines[0], town)
        let (one, two) = dials ? (other, town.engines[0]) : (town.engines[0], other)
        #expect(try settle(town, one, two) <= 2)
        try agree(town, rows: 8)
        // The rest of what was begun is another way.
        try give([begun], to: other, town)
        try settle(town, one, two)
        try agree(town, rows: 16)
    }

    private struct Unexpected: Error {}

    @Test(
        "Files alone bring all ways to everybody, whoever knows of how many, and in whatever order", arguments: 0..<16)
    func files(seed: Int) throws {
        var random = FixedGenerator(seed: UInt64(seed))
        let (town, site, rows) = try parted(seed, &random)
        var post = Post(town: town)
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let pair = town.engines.shuffled(using: &random).prefix(2)
            try post.bring(from: pair[0], to: pair[1])
        }
        for _ in 0..<3 {
            for from in town.engines {
                for to in town.engines where to.site != from.site { try post.bring(from: from, to: to) }
            }
        }
        try agree(town, rows: rows)
        #expect(post.waiting.isEmpty)
        let names = try town.engines[0].replica.vectors().held.keys.filter { $0.site == site }
        #expect(names.count { $0.branch != nil } == 3)
        // Nobody lacks anything now, as far as announcements say.
        for from in town.engines {
            for to in town.engines where to.site != from.site {
                #expect(try post.pack(from: from, to: to).head.ranges == [])
            }
        }
    }

    /// Files for those whose announcements are read, and the shelves on which those keep what they cannot take yet.
    private struct Post {
        let town: Town
        var waiting: [(engine: Engine, parcel: Parcel)] = []

        func pack(from: Engine, to: Engine) throws -> Parcel {
            let said = try to.announcement(now: town.moment.wall)
            return try town.pack(from, beyond: CarriedReach(of: said, at: from.replica).named())
        }

        mutating func bring(from: Engine, to: Engine) throws {
            try from.seal()
            waiting.append((to, try pack(from: from, to: to)))
            var received: UInt64
            repeat {
                received = 0
                let files = waiting
                waiting = []
                for (engine, parcel) in files {
                    let taking = try town.deliver(parcel, to: engine)
                    #expect(taking.refusal == nil)
                    #expect((taking.passed == 0) == taking.missing.isEmpty)
                    received += taking.received
                    if taking.passed > 0 { waiting.append((engine, parcel)) }
                }
            } while received > 0
        }
    }

    @Test("A branch of a branch, and one that began with the first changeset")
    func nested() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        var one = try author(town)
        try settle(town, b, a)
        var two = one
        let first = try one.next(["1", "2", "3"])
        var three = one
        let (rest, other, deep) = (try one.next(["4"]), try two.next(["x", "y"]), try three.next(["z"]))
        try give(first + rest, to: a, town)
        try give(other, to: b, town)
        try give(first + deep, to: b, town)
        try settle(town, b, a)
        try agree(town, rows: 7)
        let held = try a.replica.vectors().held.filter { $0.key.site == one.key.site }
        #expect(held.values.sorted() == [2, 3, 4, 4])
        #expect(held.keys.allSatisfy { $0.branch != nil })
    }

    @Test("A way waits for what the changeset waits for behind which it begins")
    func waiting() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        var (one, another) = (try author(town), try author(town))
        try settle(town, b, a)
        let awaited = try another.next("awaited")
        let feed = FeedID(site: another.key.site, incarnation: .first, scope: .alliance)
        let first = try one.next("1", seen: [feed: Head(seq: 1, hash: HashPrefix(another.previous))])
        var two = one
        let (rest, other) = (try one.next(["2"]), try two.next(["x"]))
        try give([first] + rest, to: a, town)
        try give([first] + other, to: b, town)
        try settle(town, b, a)
        for engine in town.engines { #expect(try town.rows(engine, "SELECT count(*) FROM t").drawn == "0") }
        try give([awaited], to: a, town)
        try settle(town, b, a)
        try agree(town, rows: 4)
    }

    @Test("A file carries all ways of such a feed, and names the changeset that is missing before one")
    func carried() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        var one = try author(town)
        try settle(town, b, a)
        let first = try one.next(["1", "2"])
        var two = one
        let (x, y) = (try one.next(["x"]), try two.next(["y", "z"]))
        try give(first + x, to: a, town)
        let without = try a.replica.vectors().held
        try give(y, to: a, town)
        try give(Array(first.prefix(1)), to: b, town)
        let later = try town.deliver(try town.pack(a, beyond: without), to: b)
        #expect(later.received == 0)
        #expect(later.passed == 3)
        #expect(later.missing == [y[0].header.header.feed: 2])
        let delivery = try town.deliver(try town.pack(a, beyond: try b.replica.vectors().held), to: b)
        #expect(delivery.refusal == nil)
        #expect(delivery.received == 4)
        #expect(delivery.known == 0)
        try agree(town, rows: 5)
        let again = try town.deliver(try town.pack(a), to: b)
        #expect(again.received == 0)
        #expect(again.passed == 0)
    }

    @Test("A file is told to hold what its reader lacks, though that has as much under the same numbers")
    func plan() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        var one = try author(town)
        try settle(town, b, a)
        let first = try one.next(["1", "2"])
        var (two, three) = (one, one)
        try give(first + one.next(["x"]), to: a, town)
        try give(two.next(["y", "z"]), to: a, town)
        try give(first + three.next(["v", "w"]), to: b, town)
        let plan = try BundlePlan(town.pack(a).head, CarriedReach(of: b.replica))
        #expect(!plan.isHeld)
        #expect(plan.lacks.filter { $0.feed.site == one.key.site }.map { [$0.first, $0.last] } == [[3, 3], [3, 4]])
        #expect(plan.beyond.isEmpty)
        try town.deliver(town.pack(a), to: b)
        #expect(try BundlePlan(town.pack(a).head, CarriedReach(of: b.replica)).isHeld)
        #expect(try !BundlePlan(town.pack(b).head, CarriedReach(of: a.replica)).isHeld)
    }

    @Test("What somebody has by numbers alone is believed for what is written, and for nothing that is deleted")
    func believed() throws {
        let town = try Town()
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        var one = try author(town)
        for engine in [b, c] { try settle(town, engine, a) }
        let first = try one.next(["1", "2"])
        var two = one
        try give(first + one.next(["x"]), to: a, town)
        try give(first + two.next(["y", "z"]), to: b, town)
        try give(first, to: c, town)
        let ways = try town.pack(a).head.ranges.filter { $0.feed.site == one.key.site }
        let said = try CarriedReach(of: b.announcement(now: town.moment.wall), at: c.replica)
        #expect(ways.map(\.last) == [3])
        #expect(try ways.map { try said.end(of: $0) } == [3])
        #expect(try ways.map { try said.has($0) } == [false])
        // Of roster and schema nothing is believed that is not here.
        try settle(town, b, a)
        try town.write(a, "INSERT INTO t(id) VALUES ('of a')")
        _ = try town.join()
        let told = try CarriedReach(of: a.announcement(now: town.moment.wall), at: c.replica).named()
        let control = try c.replica.vectors().held.filter { $0.key.scope == .control }
        for (feed, seq) in told where feed.scope == .control { #expect(seq <= control[feed] ?? 0) }
    }

    @Test("Where neither knows of the fork, four sessions are enough, however long the ways are", arguments: [1, 200])
    func sessions(length: Int) throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        var one = try author(town)
        try settle(town, b, a)
        let common = try one.next((0..<50).map { "common \($0)" })
        var two = one
        try give(common + one.next((0..<length).map { "one \($0)" }), to: a, town)
        try give(common + two.next((0..<length + 3).map { "two \($0)" }), to: b, town)
        #expect(try settle(town, b, a) <= 4)
        try agree(town, rows: 50 + 2 * length + 3)
    }

    @Test("A node of whose feed another way turns up goes on in a new incarnation, and nothing of either way is lost")
    func own() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(b, "INSERT INTO t(id) VALUES ('1')")
        try settle(town, b, a)
        var other = Way(key: b.key, context: try a.replica.heads(scope: .control), time: town.moment.wall)
        try give([try other.next("2")], to: a, town)
        try town.write(b, "INSERT INTO t(id) VALUES ('pending')")
        try settle(town, b, a)
        #expect(b.replica.incarnation != .first)
        try town.write(b, "INSERT INTO t(id) VALUES ('later')")
        try settle(town, b, a)
        try agree(town, rows: 4)
        for engine in town.engines {
            #expect(try engine.replica.reports.findings().map(\.kind).contains("fork"))
        }
    }

    @Test("An admin leaves a branch out: it counts nowhere, whoever got which way first; a release brings it back")
    func cut() throws {
        let town = try Town()
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        var one = try author(town)
        for engine in [b, c] { try settle(town, engine, a) }
        let common = try one.next(["common"])
        var two = one
        try give(common + one.next(["1", "2"]), to: a, town)
        let others = try two.next(["x", "y"])
        try give(common + others, to: b, town)
        for _ in 0..<2 { for engine in [b, c] { try settle(town, engine, a) } }
        let branch = others[0].header.hash.bytes.hex
        let admin = a.replica.admin
        #expect(
            try admin.setRole(
                of: one.key.site, to: nil, since: nil, without: "~" + branch.prefix(12), now: town.moment.wall) == 2)
        for engine in [b, c] { try settle(town, engine, a) }
        try agree(town, rows: 3)
        for engine in town.engines {
            #expect(try town.rows(engine, "SELECT count(*) FROM t WHERE id IN ('1', '2', 'common')").drawn == "3")
            #expect(try !engine.replica.reports.findings().map(\.kind).contains("fork"))
        }
        #expect(try admin.release(one.key.site, until: nil, now: town.moment.wall) == -2)
        for engine in [b, c] { try settle(town, engine, a) }
        try agree(town, rows: 5)
    }

    @Test("A cut that came before the branches it names does not hang on which of them comes first")
    func earlyCut() throws {
        let town = try Town()
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        var one = try author(town)
        for engine in [b, c] { try settle(town, engine, a) }
        let common = try one.next(["common"])
        var two = one
        let (ways, others) = (try one.next(["1", "2"]), try two.next(["x", "y"]))
        try give(common + ways, to: a, town)
        let admin = a.replica.admin
        _ = try admin.setRole(of: one.key.site, to: nil, since: nil, now: town.moment.wall)
        // Whoever has what the cut leaves out learns of the cut first.
        try give(common + others, to: b, town)
        try settle(town, b, a)
        try give(try town.changesets(a, of: .control).suffix(1), to: c, town)
        try give(common + others, to: c, town)
        try give(ways, to: c, town)
        for _ in 0..<2 { for engine in [b, c] { try settle(town, engine, a) } }
        try agree(town, rows: 3)
    }

    @Test("A session that stands ends when a side learns of a fork, and the next one is whole")
    func standing() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        var one = try author(town)
        let common = try one.next(["common"])
        var two = one
        try give(common + one.next(["1"]), to: a, town)
        try settle(town, b, a)
        let meeting = try Meeting(town, b, a, stays: true)
        try meeting.run()
        #expect(meeting.areStanding)
        try give(two.next(["2"]), to: a, town)
        #expect(try meeting.push(1))
        #expect(meeting.ends == [.done, .done])
        try settle(town, b, a)
        try agree(town, rows: 3)
    }

    @Test("Who saw both ways says so in its contexts, and whoever reads them waits for both")
    func contexts() throws {
        let town = try Town()
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        var one = try author(town)
        for engine in [b, c] { try settle(town, engine, a) }
        let common = try one.next(["k"])
        var two = one
        let (ways, others) = (try one.next(["1"]), try two.next(["2"]))
        try give(common + ways, to: a, town)
        try give(others, to: a, town)
        try town.write(a, "UPDATE t SET a = 'seen'")
        try a.seal()
        let seen = try town.changesets(a).filter { $0.header.header.feed.site == a.site }
        // One way alone, then what has seen both.
        try give(common + others, to: b, town)
        try give(seen, to: b, town)
        #expect(try b.replica.reports.counts().waiting == UInt64(seen.count))
        try give(ways, to: b, town)
        #expect(try b.replica.reports.counts().waiting == 0)
        for engine in [b, c] { try settle(town, engine, a) }
        try agree(town, rows: 3)
        #expect(try town.rows(b, "SELECT count(*) FROM t WHERE a <> 'seen'").drawn == "0")
        #expect(try b.replica.reports.conflicts().isEmpty)
    }
}

/// The same numbers in every process.
private struct FixedGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (SplitMix64).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

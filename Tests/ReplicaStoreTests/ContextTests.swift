import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("Contexts that no honest author names")
struct ContextTests {
    private func world() throws -> (World, Forger, Forger) {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0])
        let (one, two) = (Forger(SigningKey()), Forger(SigningKey()))
        for forger in [one, two] { try world.admit(forger.key) }
        return (world, one, two)
    }

    private func standing(_ world: World, _ site: Int, _ feed: FeedID, _ seq: UInt64) throws -> String {
        var out = "not applied"
        try world.sites[site].replica.reports.log(LogFilter()) {
            if $0.feed == feed, $0.seq == seq { out = $0.standing == .counts ? "counts" : "void" }
        }
        return out
    }

    @Test(
        "One that goes back, or names again what it named, makes its changeset void, and what follows counts",
        arguments: [0, 1])
    func back(less: UInt64) throws {
        var (world, one, two) = try world()
        let control = try world.control()
        let others = [try two.row("a", seeing: control), try two.row("b"), try two.row("c")]
        var seen = control
        seen[two.feed] = Head(seq: 2, hash: HashPrefix(others[1].header.hash))
        let again = Head(seq: 2 - less, hash: HashPrefix(others[1 - Int(less)].header.hash))
        let own = [
            try one.row("1", seeing: seen), try one.row("2", seeing: [two.feed: again]),
            try one.row("3", seeing: [two.feed: Head(seq: 3, hash: HashPrefix(others[2].header.hash))]),
        ]
        // In two orders: all that they saw first, and all that they saw last.
        try world.take(others + own, at: 0)
        for changeset in own + others { try world.take([changeset], at: 1) }
        for site in 0...1 {
            #expect(try (1...3).map { try standing(world, site, one.feed, $0) } == ["counts", "void", "counts"])
            #expect(try world.sites[site].replica.reports.counts().waiting == 0)
        }
        #expect(try world.tables(0) == world.tables(1))
    }

    @Test("A hash that stands nowhere makes its changeset wait as a fork, which doctor names")
    func branch() throws {
        var (world, one, two) = try world()
        let control = try world.control()
        try world.take([try two.row("a", seeing: control)], at: 0)
        var seen = control
        seen[two.feed] = Head(seq: 1, hash: HashPrefix(ContentHash.of([1])))
        try world.take([try one.row("1", seeing: seen)], at: 0)
        #expect(try world.sites[0].replica.reports.counts().waiting == 1)
        #expect(try world.sites[0].replica.reports.findings().map(\.kind).contains("fork"))
    }

    @Test("What waits is looked at again when what it waits for is applied, and not before")
    func wide() throws {
        var (world, one, two) = try world()
        // Of several feeds that nobody has heard of the least is waited for: it is to be one that never comes.
        while two.feed < one.feed { (world, one, two) = try self.world() }
        let replica = world.sites[0].replica
        var seen = try world.control()
        let real = try two.row("a", seeing: seen)
        seen[two.feed] = Head(seq: 1, hash: HashPrefix(real.header.hash))
        var wide = seen
        for number in 0..<500 {
            wide[FeedID(site: one.key.site, incarnation: Incarnation(UInt64(number) + 1), scope: .alliance)] = Head(
                seq: 1, hash: HashPrefix(.zero))
        }
        try world.take([try one.row("1", seeing: wide)], at: 0)
        let feed = try #require(replica.state.ordinals[one.feed])
        let awaited = try #require(replica.state.waiting[feed]?.awaited)
        #expect(awaited.site == one.key.site)
        try world.take([real], at: 0)
        #expect(replica.state.waiting[feed]?.awaited == awaited)
        // As another process finds it.
        let other = try Replica(path: replica.path)
        #expect(other.state.waiting[feed]?.awaited == awaited)
        #expect(other.state.waiters[awaited] == [feed])
        #expect(try other.reports.counts().waiting == 1)
    }
}

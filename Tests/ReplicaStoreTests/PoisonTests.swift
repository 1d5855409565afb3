import ReplicaModel
import SQLiteAccess
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("One changeset that cannot be applied here undoes nobody else's work")
struct PoisonTests {
    /// At site 1 somebody made an index on a table of the node's own, which no row of key 2 gets past.
    private func world() throws -> (World, [Forger]) {
        let world = try World(
            schema:
                "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT); CREATE TABLE s (id TEXT NOT NULL PRIMARY KEY, b TEXT UNIQUE)",
            skews: [0, 0])
        let authors = [Forger(SigningKey()), Forger(SigningKey())]
        for author in authors { try world.admit(author.key) }
        let id = world.sites[1].replica.state.table(named: "t")?.id ?? 0
        try world.write(
            1, ["CREATE INDEX own ON caravan_clock_\(id)(json_extract(CASE k1 WHEN '2' THEN 'no JSON' END, '$'))"])
        return (world, authors)
    }

    private func count(_ world: World, _ site: Int) throws -> Value? {
        try world.sites[site].replica.connection.value("SELECT count(*) FROM t")
    }

    @Test("It waits with its reason, which doctor names; the rest of its batch is applied, before it and behind it")
    func waits() throws {
        var (world, authors) = try world()
        let control = try world.control()
        let replica = world.sites[1].replica
        let batch = [
            try authors[0].row("1", seeing: control), try authors[0].row("2", .text("no JSON")),
            try authors[0].row("3"),
            try authors[1].row("4", seeing: control),
        ]
        try world.take(batch, at: 1)
        #expect(try count(world, 1) == .integer(2))
        let counts = try replica.reports.counts()
        #expect([counts.waiting, counts.failed] == [2, 1])
        let finding = try #require(try replica.reports.findings().first { $0.kind == "failed" })
        #expect(finding.message.contains("malformed JSON"))
        // Whatever is there was written once.
        #expect(try replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        #expect(try Replica(path: replica.path).reports.counts().failed == 1)
        try world.write(1, ["INSERT INTO t VALUES ('own', NULL)"])
        try world.seal(1)
        #expect(try count(world, 1) == .integer(3))
    }

    @Test("It is tried again when something else was applied, and once it can be, it is, with what is built on it")
    func again() throws {
        var (world, authors) = try world()
        let control = try world.control()
        try world.take([try authors[0].row("2", .text("no JSON"), seeing: control), try authors[0].row("3")], at: 1)
        try world.take([try authors[1].row("4", seeing: control)], at: 1)
        #expect(try count(world, 1) == .integer(1))
        try world.write(1, ["DROP INDEX own"])
        try world.take([try authors[1].row("5")], at: 1)
        #expect(try count(world, 1) == .integer(4))
        #expect(try world.sites[1].replica.reports.counts().waiting == 0)
        #expect(try world.sites[1].replica.connection.value("SELECT count(*) FROM caravan_waiting") == .integer(0))
    }

    @Test("It is tried again by other software, and when the schema of the file is another; by the same it is not")
    func software() throws {
        var (world, authors) = try world()
        let site = world.sites[1]
        try world.take([try authors[0].row("2", .text("no JSON"), seeing: try world.control())], at: 1)
        let tries = { () throws -> Value? in try site.replica.connection.value("SELECT tries FROM caravan_waiting") }
        try site.replica.exchange.retryWaiting(asSoftware: "old", now: World.now)
        try site.replica.exchange.retryWaiting(asSoftware: "old", now: World.now)
        #expect(try tries() == .integer(2))
        try site.replica.exchange.retryWaiting(asSoftware: "new", now: World.now)
        #expect(try tries() == .integer(3))
        try world.write(1, ["DROP INDEX own"])
        try site.replica.exchange.retryWaiting(asSoftware: "new", now: World.now)
        #expect(try tries() == nil)
        #expect(try count(world, 1) == .integer(1))
    }

    @Test("What it had changed of indexes and of rows together before it failed is as it was")
    func undone() throws {
        var (world, authors) = try world()
        let control = try world.control()
        let replica = world.sites[1].replica
        try world.write(1, ["INSERT INTO s VALUES ('mine', 'same')"])
        try world.seal(1)
        // Tables come in the order of their names: the duplicate in s is made before t refuses.
        let mixed = try authors[0].next(seeing: control) {
            $0.beginTable(name: "s", key: ["id"], valueColumns: ["b"])
            $0.insert(key: [.text("theirs")], values: [.text("same")])
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a"])
            $0.insert(key: [.text("2")], values: [.text("no JSON")])
        }
        try world.take([mixed, try authors[1].row("4", seeing: control)], at: 1)
        #expect(try count(world, 1) == .integer(1))
        #expect(try replica.reports.conflicts().isEmpty)
        #expect(!replica.state.indexes.contains { $0.isPlain })
        #expect(throws: (any Error).self) {
            try Connection(path: replica.path, access: .readWrite).run("INSERT INTO s VALUES ('more', 'same')")
        }
        try world.write(1, ["DROP INDEX own"])
        try world.take([try authors[1].row("5")], at: 1)
        #expect(try replica.reports.conflicts().map(\.kindName) == ["duplicate"])
    }
}

import NodeFixtures
import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaStore

@Suite("More columns, defined apart, than a table can have")
struct CrowdedTests {
    private static let base =
        "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, v TEXT); CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t(id));"

    private func define(_ count: Int, _ letter: String, more: String = "", at site: Int, in world: World) throws {
        let columns = (0..<count).map { "\(letter)\($0) TEXT" }.joined(separator: ", ")
        try world.sites[site].replica.admin.apply(
            Self.base + "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \(columns)\(more));", retiring: [],
            allowIntegerKey: [], now: World.now)
    }

    @Test(
        "The first by what their authors had seen are shown on every node, the others are in the log, and nothing stops"
    )
    func union() throws {
        let world = try World(
            schema: Self.base + "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);", skews: [0, 10, 20], role: .admin)
        try world.write(0, ["INSERT INTO t VALUES ('old'), ('gone'), ('kept')"])
        try world.meet()
        try define(1_000, "a", at: 0, in: world)
        // What is computed from a column that is not shown is not shown either, nor does a check on it hold.
        try define(1_000, "b", more: ", g TEXT AS (upper(b999)) VIRTUAL, h TEXT CHECK (b999 <> 'no')", at: 1, in: world)
        try Connection(path: world.sites[1].replica.path, access: .readWrite).run(
            "ALTER TABLE t ADD COLUMN own TEXT; UPDATE t SET own = 'mine ' || id")
        try world.write(
            0,
            [
                "INSERT INTO t(id, a0, a999) VALUES ('a', 'x', 'y')",
                "UPDATE t SET a1 = 'by a', a998 = 'late a' WHERE id = 'old'", "INSERT INTO u VALUES ('1', 'of a')",
            ])
        try world.write(
            1,
            [
                "INSERT INTO t(id, b0, b999) VALUES ('b', 'x', 'y')",
                "UPDATE t SET b1 = 'by b', b999 = 'late b' WHERE id = 'old'", "INSERT INTO u VALUES ('2', 'of b')",
            ])
        try world.write(1, ["UPDATE t SET b999 = 'only this' WHERE id = 'gone'"])
        try world.write(2, ["DELETE FROM t WHERE id IN ('gone', 'kept')"])
        try world.write(0, ["INSERT INTO c VALUES ('child', 'kept')"])
        // Each comes to it in another order.
        for (to, from) in [(2, 1), (0, 1), (2, 0), (1, 2), (0, 2), (1, 0)] { try world.pull(to, from: from) }
        let first = world.sites[0].replica
        let names = try first.read().ownColumns.columnNames(in: "t")
        #expect(names.count == 1_900)
        #expect(names.contains("a0"))
        #expect(names.contains("b0"))
        #expect(!names.contains("g"))
        for site in 0..<3 {
            let replica = world.sites[site].replica
            #expect(
                try replica.connection.rows("SELECT id, a0, b0, a1, b1 FROM t ORDER BY id")
                    == first.connection.rows("SELECT id, a0, b0, a1, b1 FROM t ORDER BY id"))
            #expect(try replica.connection.rows("SELECT v FROM u ORDER BY v").drawn == "'of a'\n'of b'")
            #expect(try replica.reports.conflicts() == first.reports.conflicts())
            #expect(try replica.reports.counts().waiting == 0)
            #expect(try replica.reports.counts().void == 0)
            #expect(try replica.reports.findings().contains { $0.kind == "definitions" })
        }
        #expect(Set(try world.sites.map { try $0.replica.reports.digest() }).count == 1)
        #expect(
            try world.sites[1].replica.connection.rows("SELECT own FROM t WHERE id = 'old'").drawn == "'mine old'")
        #expect(try first.connection.rows("SELECT a1, b1 FROM t WHERE id = 'old'").drawn == "'by a' | 'by b'")

        #expect(try world.sites[1].replica.reports.verifyDeep(progress: { _, _ in }) == [])

        // What is written afterwards goes on, in the columns that there are.
        try world.write(2, ["UPDATE t SET a2 = 'after', b2 = 'wards' WHERE id = 'b'"])
        for site in 0...1 { try world.pull(site, from: 2) }
        #expect(try first.connection.rows("SELECT a2, b2 FROM t WHERE id = 'b'").drawn == "'after' | 'wards'")
        #expect(Set(try world.sites.map { try $0.replica.reports.digest() }).count == 1)
    }
}

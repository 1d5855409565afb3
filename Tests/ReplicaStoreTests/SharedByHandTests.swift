import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaStore

@Suite("What was made by hand, shared afterwards")
struct SharedByHandTests {
    private func world(_ schema: String = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)") throws -> World {
        try World(schema: schema, skews: [0, 1], role: .admin)
    }

    @Test(
        "A column that was made by hand and is shared then brings what was entered in it; one that another shares is put aside, and kept"
    )
    func shared() throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x'), ('2', 'y')"])
        try world.meet()
        for site in 0...1 {
            let client = try Connection(path: world.sites[site].replica.path, access: .readWrite)
            try client.run(
                "ALTER TABLE t ADD COLUMN mine TEXT; ALTER TABLE t ADD COLUMN other; UPDATE t SET mine = 'of \(site)', other = 7 WHERE id = '1'"
            )
        }
        try world.define(0, "t: mine TEXT NOT NULL DEFAULT 'none'")
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        for site in 0...1 {
            #expect(
                try world.value(site, "SELECT group_concat(mine) FROM (SELECT mine FROM t ORDER BY id)")
                    == .text("of 0,none"))
            #expect(try world.value(site, "SELECT other FROM t WHERE id = '1'") == .integer(7))
        }
        #expect(try world.value(1, "SELECT mine__local FROM t WHERE id = '1'") == .text("of 1"))
        #expect(try world.sites[0].replica.admin.ownColumns() == ["t": ["other"]])
        #expect(try world.sites[1].replica.admin.ownColumns() == ["t": ["mine__local", "other"]])
        // A table that is made anew keeps them.
        try world.define(0, "CREATE TABLE n (id TEXT NOT NULL PRIMARY KEY)")
        try world.define(1, "t: late TEXT CHECK (late <> '')")
        try world.meet()
        #expect(try world.value(1, "SELECT mine__local || other FROM t WHERE id = '1'") == .text("of 17"))
        for site in 0...1 { #expect(try world.sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty) }
    }

    @Test(
        "Tables that were made by hand with rows and are shared then bring their rows; what does not fit stays aside, and doctor names it"
    )
    func sharedTables() throws {
        let world = try world()
        let client = try Connection(path: world.sites[0].replica.path, access: .readWrite)
        try client.run(
            """
            CREATE TABLE p (id TEXT PRIMARY KEY, x); CREATE TABLE c (p TEXT, id TEXT); CREATE TABLE d (id TEXT, p TEXT, more TEXT); CREATE TABLE e (id TEXT, p TEXT);
            INSERT INTO p VALUES ('1', 'x'), ('2', NULL); INSERT INTO c VALUES ('1', 'of 1'), (NULL, 'alone');
            INSERT INTO d VALUES ('d', '1', 'more'); INSERT INTO e VALUES ('e', 'nobody')
            """)
        let child = "(id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p)"
        try world.define(
            0,
            "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, x, y TEXT DEFAULT 'y'); CREATE TABLE c \(child); CREATE TABLE d \(child); CREATE TABLE e \(child)"
        )
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        for site in 0...1 {
            #expect(
                try world.value(site, "SELECT group_concat(id || y) FROM (SELECT * FROM p ORDER BY id)")
                    == .text("1y,2y"))
            #expect(
                try world.value(site, "SELECT group_concat(id || ifnull(p, '')) FROM (SELECT * FROM c ORDER BY id)")
                    == .text("alone,of 11"))
            #expect(try world.value(site, "SELECT (SELECT count(*) FROM d) + (SELECT count(*) FROM e)") == .integer(0))
        }
        #expect(try world.value(0, "SELECT more FROM d__local") == .text("more"))
        #expect(try world.value(0, "SELECT p FROM e__local") == .text("nobody"))
        #expect(try world.sites[0].replica.read().ownTables.tablesAside() == ["d__local", "e__local"])
        #expect(try world.sites[0].replica.reports.findings().map(\.kind) == ["own-tables", "own-tables"])
        #expect(try world.sites[1].replica.reports.findings().isEmpty)
        for site in 0...1 { #expect(try world.sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty) }
    }

    @Test(
        "A table whose columns came in another order is listed, and is in order once it was made anew, with everything as it was"
    )
    func order() throws {
        let world = try world(
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT UNIQUE); CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t ON DELETE CASCADE)"
        )
        try world.define(0, "t: of0 TEXT")
        try world.define(1, "t: of1 INTEGER DEFAULT 5")
        try world.write(0, ["INSERT INTO t(id, a, of0) VALUES ('1', 'x', '0')", "INSERT INTO c VALUES ('c', '1')"])
        try world.write(1, ["INSERT INTO t(id, a, of1) VALUES ('2', 'y', 1)"])
        try world.meet()
        let site = try #require(
            (0...1).first { try world.sites[$0].replica.reports.findings().contains { $0.kind == "column-order" } })
        let replica = world.sites[site].replica
        let digest = try replica.reports.digest()
        try Connection(path: replica.path, access: .readWrite).run(
            "ALTER TABLE t ADD COLUMN mine; UPDATE t SET mine = id")
        try world.write(site, ["UPDATE t SET a = 'pending' WHERE id = '1'"])
        #expect(throws: StoreError.self) { try replica.admin.reorder("nothing") }
        try replica.admin.reorder("t")
        #expect(try replica.reports.findings().map(\.kind) == ["own-columns"])
        #expect(
            try world.value(site, "SELECT group_concat(mine) FROM (SELECT mine FROM t ORDER BY id)") == .text("1,2"))
        #expect(try replica.reports.counts().pending == 1)
        let client = try Connection(path: replica.path, access: .readWrite)
        #expect(throws: StoreError.self) { try client.run("INSERT INTO t(id, a) VALUES ('3', 'y')") }
        try client.run("UPDATE t SET a = 'x' WHERE id = '1'")
        try world.seal(site)
        #expect(try replica.reports.digest() == digest)
        #expect(try replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        try client.run("PRAGMA foreign_keys = ON; DELETE FROM t WHERE id = '1'")
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        #expect(try world.value(1 - site, "SELECT count(*) FROM c") == .integer(0))
    }
}

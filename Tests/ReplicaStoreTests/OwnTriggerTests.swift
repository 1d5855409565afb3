import ReplicaModel
import SQLiteAccess
import SyncSimulator
import Testing

@testable import ReplicaStore

@Suite("Triggers of a person's own")
struct OwnTriggerTests {
    private func world() throws -> World {
        try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0], role: .admin)
    }

    @Test(
        "A trigger of a person's own keeps no write from being noticed, whether it is younger than the node's own or not",
        arguments: [
            "SELECT RAISE(IGNORE)", "SELECT RAISE(FAIL, 'no')", "INSERT INTO full VALUES (1)",
        ], ["own_", "begin", "\"begin \"", "before"])
    func ownTriggers(body: String, name: String) throws {
        let world = try world()
        let client = try Connection(path: world.sites[0].replica.path, access: .readWrite)
        try client.run("CREATE TABLE full (n INTEGER PRIMARY KEY); INSERT INTO full VALUES (1)")
        try client.run("INSERT INTO t VALUES ('1', 'x'), ('2', 'y'), ('3', 'z')")
        for event in ["INSERT", "UPDATE", "DELETE"] {
            // Each word is a name here, too.
            try client.run(
                "CREATE TRIGGER \(event == "INSERT" ? name : "own_\(event)") AFTER \(event) ON t BEGIN \(body); END")
        }
        for round in 0..<2 {
            for statement in [
                "INSERT OR FAIL INTO t VALUES ('new\(round)', 'n')", "UPDATE OR FAIL t SET a = a || 'u' WHERE id = '1'",
                "DELETE FROM t WHERE id = '\(2 + round)'",
            ] {
                try? client.run(statement)
            }
            try world.meet()
            #expect(try world.isOne(), "round \(round)")
            #expect(try world.tables(0) == world.tables(1), "round \(round)")
            #expect(try world.value(1, "SELECT a FROM t WHERE id = 'new\(round)'") == .text("n"))
        }
        for site in 0...1 { #expect(try world.sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty) }
    }

    @Test(
        "Triggers that a program makes anew each time it starts go behind the node's own, and the log is not read for them",
        arguments: [
            ("AFTER", "INSERT INTO seen VALUES (1)"), ("AFTER", "SELECT 1"), ("BEFORE", "SELECT RAISE(IGNORE) WHERE 0"),
        ])
    func madeAnew(when: String, body: String) throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x'), ('2', 'y')"])
        try world.meet()
        let client = try Connection(path: world.sites[0].replica.path, access: .readWrite)
        // Whatever folded the log now would find it damaged.
        try client.run("UPDATE caravan_chunk SET bytes = x'00'; CREATE TABLE seen (n)")
        for event in ["INSERT", "UPDATE", "DELETE"] {
            try client.run("CREATE TRIGGER own_\(event) \(when) \(event) ON t BEGIN \(body); END")
        }
        try client.run("INSERT INTO t VALUES ('3', 'z'); UPDATE t SET a = 'v' WHERE id = '1'")
        try world.write(0, ["DELETE FROM t WHERE id = '2'"])
        try world.meet()
        #expect(try world.tables(0) == world.tables(1))
        #expect(try world.value(1, "SELECT group_concat(id || a) FROM (SELECT * FROM t ORDER BY id)") == .text("1v,3z"))
        let younger = try world.value(
            0,
            """
            SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'own%' AND rowid > (SELECT min(rowid) \
            FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 't' AND name LIKE 'caravan%')
            """)
        #expect(younger == .integer(0))
    }

    @Test(
        "A value that UPDATE OR FAIL alone left behind such a trigger is found by a deep verify, and sealed by a repair"
    )
    func updateOrFail() throws {
        let world = try world()
        let client = try Connection(path: world.sites[0].replica.path, access: .readWrite)
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x')"])
        try world.meet()
        try client.run(
            """
            CREATE TABLE full (n INTEGER PRIMARY KEY); INSERT INTO full VALUES (1); \
            CREATE TRIGGER own AFTER UPDATE ON t BEGIN INSERT INTO full VALUES (1); END
            """)
        try? client.run("UPDATE OR FAIL t SET a = 'y' WHERE id = '1'")
        #expect(try world.value(0, "SELECT a FROM t") == .text("y"))
        try world.meet()
        #expect(try !world.sites[0].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        _ = try world.sites[0].replica.admin.repair(tables: nil, progress: { _, _ in })
        try world.meet()
        #expect(try world.value(1, "SELECT a FROM t") == .text("y"))
    }
}

import Foundation
import Testing

@Suite("Three nodes over loopback, as processes", .serialized)
struct ThreeNodesTests {
    @Test(
        "Rows written apart by the plain shell are the same everywhere after everybody met, and conflicts are listed alike"
    )
    func meeting() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b", "c"])
        // Whoever serves dials its peers at once, and what is written apart below must be apart.
        #expect(try village.caravan("b", "peer", "remove", "a").status == 0)
        let b = try village.serve("b")
        try village.sqlite("a", "INSERT INTO project(id, title_en) VALUES ('p', 'one'), ('q', 'two')")
        for node in ["b", "c"] { #expect(try village.caravan(node, "sync", a).status == 0) }
        try village.sqlite(
            "a", "UPDATE project SET title_en = 'from a' WHERE id = 'p'; DELETE FROM project WHERE id = 'q'")
        try village.sqlite("b", "UPDATE project SET title_en = 'from b' WHERE id = 'p'")
        try village.sqlite("c", "UPDATE project SET note = 'edited' WHERE id = 'q'")
        // The laptop meets one campus, that campus the other: what is relayed is what was written.
        for (node, address) in [("c", b), ("b", a), ("c", a), ("b", a)] {
            #expect(try village.caravan(node, "sync", address).status == 0)
        }
        #expect(Set(try ["a", "b", "c"].map(village.digest)).count == 1)
        let conflicts = try ["a", "b", "c"].map { try village.caravan($0, "conflicts", "--json").lines.sorted() }
        #expect(Set(conflicts).count == 1)
        let kinds = try village.json(village.caravan("c", "conflicts", "--json")).compactMap { $0["kind"] as? String }
        #expect(kinds.sorted() == ["cell", "deleted-edited"])
        #expect(try village.caravan("a", "conflicts", "--check").status == 1)
        #expect(try village.sqlite("a", "SELECT id, note FROM project WHERE id = 'q'").out == "q|edited\n")

        // Settled by writing: the conflict closes wherever the write arrives.
        try village.sqlite(
            "c",
            "UPDATE project SET title_en = 'settled' WHERE id = 'p'; UPDATE project SET note = 'kept' WHERE id = 'q'")
        for (node, address) in [("c", a), ("b", a)] { #expect(try village.caravan(node, "sync", address).status == 0) }
        for node in ["a", "b", "c"] { #expect(try village.caravan(node, "conflicts", "--check").status == 0) }
        #expect(Set(try ["a", "b", "c"].map(village.digest)).count == 1)
        for node in ["a", "b", "c"] { #expect(try village.caravan(node, "verify").status == 0) }
        #expect(village.stop("a") == 0)
    }

    @Test(
        "One `sync` meets all peers side by side, tells each what the others brought, and names those that cannot be reached"
    )
    func sideBySide() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b", "c"])
        let b = try village.serve("b")
        for (node, row) in [("a", "of a"), ("b", "of b"), ("c", "of c")] {
            try village.sqlite(node, "INSERT INTO project(id) VALUES ('\(row)')")
        }
        #expect(try village.caravan("c", "peer", "add", "a", a).status == 0)
        for (name, address) in [("b", b), ("dead", "127.0.0.1:9"), ("dead too", "127.0.0.1:9")] {
            #expect(try village.caravan("c", "peer", "add", name, address).status == 0)
        }
        let outcome = try village.caravan("c", "sync")
        #expect(outcome.status == 3)
        #expect(outcome.lines.map { $0.prefix(2) } == ["a:", "b:"])
        #expect(outcome.err.contains("127.0.0.1:9"))
        for node in ["a", "b", "c"] {
            #expect(try village.sqlite(node, "SELECT id FROM project ORDER BY id").out == "of a\nof b\nof c\n")
        }
    }

    @Test(
        "A node that joined elsewhere is let in by a member that has not heard of it, and a stranger is refused by name"
    )
    func introduction() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b", "c"])
        let b = try village.serve("b")
        try village.sqlite("c", "INSERT INTO project(id) VALUES ('new')")
        #expect(try village.caravan("c", "sync", b).status == 0)
        #expect(try village.sqlite("b", "SELECT count(*) FROM project").out == "1\n")

        #expect(try village.caravan("x", "init", "--name", "x").status == 0)
        let refused = try village.caravan("x", "sync", a, "--json")
        #expect(refused.status == 3)
        #expect(try village.json(refused).first?["error"] as? String == "stranger")
    }

    @Test(
        "A sync that is killed is resumed by the next, and nothing is lost or doubled", arguments: [15, 60, 150, 300])
    func killed(milliseconds: Int) throws {
        let village = try Village()
        let a = try village.found(
            "a", others: ["b"],
            schema: "CREATE TABLE t (id INTEGER NOT NULL, part TEXT NOT NULL, v TEXT, PRIMARY KEY (id, part));")
        for part in ["x", "y", "z"] {
            try village.sqlite(
                "a",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) INSERT INTO t SELECT i, '\(part)', hex(randomblob(60)) FROM n"
            )
            #expect(try village.caravan("a", "log", "--since", "1s").status == 0)
        }
        let (process, _, _) = try Shell.start(Shell.command, ["--home", village.home("b"), "sync", a])
        usleep(UInt32(milliseconds * 1000))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try village.caravan("b", "verify").status == 0)
        #expect(try village.caravan("b", "sync", a).status == 0)
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "12000\n")
    }

    @Test("Two nodes that both have megabytes to say exchange them in one session, and neither waits for the other")
    func bothWays() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v BLOB);")
        for node in ["a", "b"] {
            let rows =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) INSERT INTO t SELECT '\(node)' || i, randomblob(3000) FROM n"
            #expect(try village.sqlite(node, rows).status == 0)
        }
        #expect(try village.caravan("b", "sync", a).status == 0)
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "12000\n")
    }

    @Test("Several processes of one node write and seal at once, and nothing is lost or doubled")
    func processes() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        for round in 0..<4 {
            let started = try (0..<8).map { number in
                try Shell.start(
                    Shell.command, ["--home", village.home("a"), "sql", "INSERT INTO t VALUES ('\(round)-\(number)')"])
            }
            for (process, _, _) in started {
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
            }
        }
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "32\n")
        let status = try #require(try village.json(village.caravan("a", "status", "--json")).first)
        #expect(status["pending"] as? Int == 0)
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
    }

    @Test("Several processes of one node apply the same schema at once, and each finds it done or does it")
    func schemas() throws {
        let village = try Village()
        let table = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY"
        _ = try village.found("a", others: [], schema: table + ");")
        let file = village.folder.appendingPathComponent("next.sql")
        try "\(table), x TEXT);".write(to: file, atomically: true, encoding: .utf8)
        // So that all of them have looked before any of them may write.
        let (holder, out, _) = try Shell.start(
            "sqlite3", [village.home("a") + "/replica.sqlite", "BEGIN IMMEDIATE", ".shell echo held; sleep 1"])
        _ = out.fileHandleForReading.readData(ofLength: 4)
        let started = try (0..<3).map { _ in
            try Shell.start(Shell.command, ["--home", village.home("a"), "schema", "apply", file.path])
        }
        for (process, _, err) in started {
            process.waitUntilExit()
            #expect(
                process.terminationStatus == 0,
                "\(String(decoding: err.fileHandleForReading.availableData, as: UTF8.self))")
        }
        holder.waitUntilExit()
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
    }
}

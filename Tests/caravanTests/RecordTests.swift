import Foundation
import Testing

@Suite("Settling, looking back, and changing the schema, as commands", .serialized)
struct RecordTests {
    private static let schema = """
        CREATE TABLE place (id TEXT NOT NULL PRIMARY KEY, name TEXT, site TEXT UNIQUE);
        CREATE TABLE visit (place TEXT NOT NULL REFERENCES place(id), n INTEGER NOT NULL, note TEXT, PRIMARY KEY (place, n));
        """

    /// Two nodes that wrote apart: a cell in conflict, a row deleted and edited, a row deleted and referred to, two
    /// rows equal in a UNIQUE.
    private func apart() throws -> (Village, String) {
        let village = try Village()
        let a = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite(
            "a",
            "INSERT INTO place VALUES ('p', 'one', NULL), ('q', 'two', NULL), ('r', 'three', NULL); INSERT INTO visit VALUES ('p', 1, 'x')"
        )
        #expect(try village.caravan("b", "sync", a).status == 0)
        try village.sqlite(
            "a",
            "UPDATE place SET name = 'from a' WHERE id = 'p'; DELETE FROM place WHERE id IN ('q', 'r'); INSERT INTO place VALUES ('s', 'four', 'same')"
        )
        try village.sqlite(
            "b",
            "UPDATE place SET name = 'from b' WHERE id = 'p'; UPDATE place SET name = 'kept' WHERE id = 'q'; INSERT INTO visit VALUES ('r', 1, 'new'); INSERT INTO place VALUES ('t', 'five', 'same')"
        )
        #expect(try village.caravan("b", "sync", a).status == 0)
        return (village, a)
    }

    private func kinds(_ village: Village, _ node: String) throws -> [String] {
        try village.json(village.caravan(node, "conflicts", "--json")).compactMap { $0["kind"] as? String }.sorted()
    }

    @Test("Each report is closed by its resolution, wherever that arrives")
    func resolving() throws {
        let (village, a) = try apart()
        for node in ["a", "b"] { #expect(try kinds(village, node) == ["cell", "deleted-edited", "duplicate", "kept"]) }
        #expect(try village.caravan("b", "resolve", "place", "p", "name", "--take", "a").status == 0)
        #expect(try kinds(village, "b") == ["deleted-edited", "duplicate", "kept"])
        #expect(try village.caravan("b", "resolve", "place", "q", "--keep-row").status == 0)
        #expect(try kinds(village, "b") == ["duplicate", "kept"])
        #expect(try village.caravan("b", "resolve", "place", "t", "--merge-into", "s", "--taking", "name").status == 0)
        #expect(try kinds(village, "b") == ["kept"])
        #expect(try village.caravan("b", "resolve", "visit", "[\"r\", 1]", "--delete-row").status == 0)
        #expect(try kinds(village, "b").isEmpty)
        #expect(try village.caravan("b", "sync", a).status == 0)
        #expect(try kinds(village, "a").isEmpty)
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.sqlite("a", "SELECT id, name FROM place ORDER BY id").out == "p|from a\nq|kept\ns|five\n")
        let last = try village.json(village.caravan("b", "log", "--json")).prefix(4).compactMap {
            ($0["operations"] as? [Any])?.count
        }
        #expect(last == [1, 2, 1, 1], "one changeset each")
    }

    @Test("Of a large changeset `log` shows the first rows and says how many more there are, for people")
    func largeInLog() throws {
        let village = try Village()
        let schema = """
            CREATE TABLE t(id TEXT PRIMARY KEY NOT NULL, n INTEGER); CREATE TABLE u(id TEXT PRIMARY KEY NOT NULL)
            """
        _ = try village.found("a", others: [], schema: schema)
        let rows = "WITH i(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < 5000)"
        try village.sqlite(
            "a",
            """
            BEGIN; \(rows) INSERT INTO t SELECT printf('%05d', n), n FROM i;
            \(rows) INSERT INTO u SELECT 'u' || n FROM i LIMIT 12; COMMIT
            """)
        let whole = try village.caravan("a", "log").lines
        #expect(whole.count == 10)
        #expect(whole[1] == "  insert t 00001  n=1")
        #expect(whole[8] == "  insert t 00008  n=8")
        #expect(whole[9] == "  … and 5004 rows more")
        let ofOne = try village.caravan("a", "log", "--table", "u").lines
        #expect(ofOne.dropFirst().first == "  insert u u1  ")
        #expect(ofOne.last == "  … and 4 rows more")
        let all = try village.json(village.caravan("a", "log", "--json"))
        #expect((all[0]["operations"] as? [Any])?.count == 5_012)
    }

    @Test("However many conflicts there are, each is listed once, in the order of the keys")
    func many() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b"], schema: "CREATE TABLE t(id TEXT PRIMARY KEY NOT NULL, v TEXT)")
        try village.sqlite(
            "a",
            """
            WITH i(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < 600)
            INSERT INTO t SELECT printf('%03d', n), '' FROM i
            """)
        #expect(try village.caravan("b", "sync", a).status == 0)
        for node in ["a", "b"] { try village.sqlite(node, "UPDATE t SET v = '\(node)'") }
        #expect(try village.caravan("b", "sync", a).status == 0)
        let keys = try village.json(village.caravan("b", "conflicts", "--json")).compactMap {
            ($0["key"] as? [String])?.first
        }
        #expect(keys == (1...600).map { String(repeating: "0", count: 3 - "\($0)".count) + "\($0)" })
        #expect(try village.caravan("b", "conflicts", "--json", "--limit", "300").lines.count == 300)
    }

    @Test("`conflicts --limit` lists no more than so many, and refuses what is no number of them")
    func limited() throws {
        let (village, _) = try apart()
        let all = try village.json(village.caravan("b", "conflicts", "--json"))
        for limit in 1...all.count {
            let some = try village.json(village.caravan("b", "conflicts", "--json", "--limit", "\(limit)"))
            #expect(some.compactMap { $0["kind"] as? String } == all.prefix(limit).compactMap { $0["kind"] as? String })
        }
        #expect(try village.caravan("b", "conflicts", "--limit", "1", "--check").status == 1)
        #expect(try village.caravan("b", "conflicts", "--limit", "0").status == 2)
        let counted = try village.json(village.caravan("b", "status", "--json"))
        #expect(counted.first?["conflicts"] as? Int == all.count)
    }

    @Test(
        "What cannot be resolved is refused with a sentence, and nothing is written",
        arguments: [
            ["place", "nobody", "--keep-row"], ["place", "p", "--keep-row"], ["place", "p", "nope", "--take", "shown"],
            ["place", "p", "name", "--take", "nobody"],
            ["place", "p", "name", "--value", "random()"], ["place", "p", "name", "--value", "'x'; DROP TABLE place"],
            ["place", "p", "--take", "shown"],
            ["nope", "p", "--keep-row"], ["visit", "p", "--delete-row"], ["visit", "[\"p\"]", "--delete-row"],
            ["place", "p", "--delete-row"], ["place", "p", "--merge-into", "p"],
            ["place", "p", "name", "--take", "shown", "--value", "1"], ["place"], [],
        ])
    func refused(arguments: [String]) throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO place VALUES ('p', 'one', NULL); INSERT INTO visit VALUES ('p', 1, 'x')")
        let before = try village.caravan("a", "log", "--json").out
        let outcome = try Shell.run(Shell.command, ["--home", village.home("a"), "resolve"] + arguments)
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.err.hasPrefix("caravan: "), "\(outcome)")
        #expect(outcome.out.isEmpty, "\(outcome)")
        #expect(try village.caravan("a", "log", "--json").out == before)
    }

    @Test("A record tells who wrote each field, and its history every version with what was written apart")
    func record() throws {
        let (village, _) = try apart()
        let record = try #require(try village.json(village.caravan("b", "show", "place", "p", "--json")).first)
        #expect(
            (record["values"] as? [String: Any])?["name"] as? String == "from b"
                || (record["values"] as? [String: Any])?["name"] as? String == "from a")
        let writers = try #require(record["writers"] as? [String: [String: Any]])
        #expect(Set(writers.keys) == ["name", "site"])
        #expect(writers["name"]?["seq"] != nil)
        #expect((record["reports"] as? [Any])?.count == 1)
        let history = try village.json(village.caravan("b", "history", "place", "p", "--json"))
        #expect(history.compactMap { $0["op"] as? String } == ["insert", "update", "update"])
        #expect(history.map { ($0["concurrentWith"] as? [Any])?.count ?? -1 } == [0, 0, 1])
        #expect(
            try village.json(village.caravan("b", "history", "place", "q", "--json")).compactMap { $0["op"] as? String }
                == ["insert", "update", "delete"])
        #expect(try village.caravan("b", "show", "place", "nobody").status == 2)
        #expect(try village.caravan("b", "history", "place", "nobody").status == 2)
    }

    @Test("The replica as it was is queried by time and by version vector, and cannot be written")
    func lookingBack() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO place(id, name) VALUES ('p', 'one')")
        let first = try #require(try village.json(village.caravan("a", "log", "--json")).first)
        let vector = String(
            decoding: try JSONSerialization.data(
                withJSONObject: try #require(
                    try village.json(village.caravan("a", "status", "--json")).first?["versionVector"])), as: UTF8.self)
        usleep(5_000)
        try village.sqlite("a", "UPDATE place SET name = 'two'; INSERT INTO place(id) VALUES ('q')")
        for when in [try #require(first["time"] as? String), vector] {
            #expect(try village.caravan("a", "at", when, "--", "SELECT id, name FROM place").out == "p|one\n")
            #expect(try village.caravan("a", "at", when, "--", "DELETE FROM place").status == 2)
        }
        #expect(try village.caravan("a", "at", "yesterday", "--", "SELECT 1").status == 2)
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
        try village.sqlite(
            "a",
            "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = 'trigger'; PRAGMA writable_schema = OFF"
        )
        try village.sqlite("a", "UPDATE place SET name = 'unseen' WHERE id = 'p'; PRAGMA schema_version = 1000")
        #expect(try village.caravan("a", "verify", "--deep").status == 0, "found, and sealed")
        #expect(try village.json(village.caravan("a", "history", "place", "p", "--json")).count == 3)
    }

    @Test("What an exchange would bring is told without it: changesets, rows, conflicts")
    func preview() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO place(id, name) VALUES ('p', 'one')")
        try village.caravan("b", "sync", a)
        try village.sqlite("a", "UPDATE place SET name = 'from a'; INSERT INTO place(id) VALUES ('q')")
        try village.sqlite("b", "UPDATE place SET name = 'from b'")
        let before = try village.digest("b")
        let preview = try #require(try village.json(village.caravan("b", "sync", a, "--dry-run", "--json")).first)
        #expect(preview["incoming"] as? Int == 1)
        #expect(preview["outgoing"] as? Int == 1)
        #expect((preview["conflicts"] as? [[String: Any]])?.first?["kind"] as? String == "cell")
        let difference = try #require(try village.json(village.caravan("b", "diff", a, "--json")).first)
        #expect((difference["incoming"] as? [Any])?.count == 1)
        #expect((difference["outgoing"] as? [Any])?.count == 1)
        #expect(try village.digest("b") == before)
        #expect(try village.caravan("b", "conflicts").out == "no conflicts\n")
        #expect(try village.sqlite("a", "SELECT name FROM place WHERE id = 'p'").out == "from a\n", "nothing was sent")
        #expect(try village.caravan("b", "diff", "127.0.0.1:1").status == 3)
    }

    @Test(
        "A schema is added to on a running alliance; what would drop is refused; doctor tells what is on one node only")
    func schema() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("b", "INSERT INTO place(id, name) VALUES ('p', 'one')")
        let file = village.folder.appendingPathComponent("new.sql").path
        let shown = try village.caravan("a", "schema", "show").out
        let wanted =
            shown.replacing("\"site\" TEXT", with: "\"site\" TEXT,\n    \"more\" INTEGER NOT NULL DEFAULT 5")
            + "CREATE TABLE extra (id TEXT NOT NULL PRIMARY KEY);"
        try wanted.write(toFile: file, atomically: true, encoding: .utf8)
        let dry = try village.json(village.caravan("a", "schema", "apply", file, "--dry-run", "--json")).first
        #expect(
            (dry?["operations"] as? [[String: Any]])?.compactMap { $0["op"] as? String }.sorted() == [
                "add-column", "create-table",
            ])
        #expect(dry?["applied"] as? Bool == false)
        #expect(try village.caravan("a", "schema", "apply", file).status == 0)
        #expect(try village.caravan("a", "schema", "apply", file).out == "the schema is that already\n")
        #expect(try village.caravan("b", "schema", "apply", file).status == 5)
        #expect(try village.caravan("b", "sync", a).status == 0)
        #expect(try village.sqlite("b", "SELECT more FROM place").out == "5\n")
        #expect(try village.digest("a") == village.digest("b"))
        try Self.schema.write(toFile: file, atomically: true, encoding: .utf8)
        let refused = try village.caravan("a", "schema", "apply", file, "--json")
        #expect(refused.status == 2)
        #expect(refused.err.contains("missing in the file"))
        #expect(try village.caravan("b", "doctor").status == 0)
        try village.sqlite("b", "ALTER TABLE place ADD COLUMN own TEXT")
        let doctor = try village.caravan("b", "doctor", "--json")
        #expect(doctor.status == 1)
        #expect(try village.json(doctor).first?["kind"] as? String == "own-columns")
    }
}

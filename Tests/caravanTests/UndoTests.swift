import Foundation
import Testing

@Suite("Taking back by the command")
struct UndoTests {
    private static let schema = """
        CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT UNIQUE);
        """

    @Test("An import by any program is taken back by one command, seen first, and told to everybody; and so is that")
    func whole() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('kept', 'x', '1')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try village.sqlite(
            "b",
            "BEGIN; INSERT INTO t VALUES ('p', 'wrong', '2'), ('q', 'wrong', '3'); UPDATE t SET a = 'wrong'; COMMIT")
        #expect(try village.caravan("b", "sync", address).status == 0)
        let dry = try village.caravan("b", "undo", "b:1", "--dry-run")
        #expect(dry.status == 0)
        #expect(dry.out.contains("3 rows taken back\n  t kept  a\n  t p  goes\n  t q  goes\n"))
        #expect(dry.out.contains("nothing was written"))
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "3\n")

        let undone = try village.json(village.caravan("b", "undo", "b:1", "--json"))
        let restored = try #require(undone.first?["restored"] as? [[String: Any]])
        #expect(restored.compactMap { ($0["key"] as? [String])?.first } == ["kept", "p", "q"])
        #expect(restored.compactMap { $0["columns"] as? [String] } == [["a"], [], []])
        #expect((undone.first?["kept"] as? [Any])?.isEmpty == true)
        let made = try #require(undone.first?["changeset"] as? String)
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] { #expect(try village.sqlite(node, "SELECT * FROM t").out == "kept|x|1\n") }

        // As another node names it, and as JSON does.
        #expect(try village.caravan("a", "undo", made).status == 0)
        #expect(try village.sqlite("a", "SELECT id FROM t ORDER BY id").out == "kept\np\nq\n")
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("What somebody wrote over since stays and is named, and what cannot be is told with exit status 1")
    func inTheWay() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('p', 'old', '1'), ('q', 'old', '2')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try village.sqlite("b", "UPDATE t SET a = 'new', b = b || 'x'")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try village.sqlite("a", "UPDATE t SET a = 'newer' WHERE id = 'p'; INSERT INTO t VALUES ('r', 'n', '2')")
        let undone = try village.caravan("a", "undo", "b:1")
        #expect(undone.status == 1)
        #expect(undone.out.contains("1 row stays, for it was written over since\n  t p  a: a "))
        #expect(undone.out.contains("t q  b: UNIQUE constraint failed: t.b"))
        #expect(try village.sqlite("a", "SELECT * FROM t ORDER BY id").out == "p|newer|1\nq|old|2x\nr|n|2\n")
    }

    @Test("All that one member wrote in a while is taken back together")
    func site() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        for number in 0..<3 {
            try village.sqlite("b", "INSERT INTO t VALUES ('\(number)', 'b', '\(number)')")
            #expect(try village.caravan("b", "sync", address).status == 0)
        }
        try village.sqlite("a", "INSERT INTO t VALUES ('own', 'a', 'own')")
        #expect(
            try village.caravan("a", "undo", "--site", "b", "--since", "2000-01-01", "--until", "2001-01-01").out
                == "nothing is to be taken back\n")
        #expect(try village.caravan("a", "undo", "--site", "b", "--since", "1d").status == 0)
        #expect(try village.sqlite("a", "SELECT id FROM t").out == "own\n")
    }

    @Test("What names no changeset is refused with what to write instead")
    func refused() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('p', 'x', '1')")
        for (words, status, sentence) in [
            (["undo"], 2, "say what to take back"), (["undo", "a"], 2, "write FEED:SEQ"),
            (["undo", "a:0"], 4, "there is no changeset"), (["undo", "a:7"], 4, "there is no changeset"),
            (["undo", "nobody:1"], 4, "there is no member nobody"), (["undo", "--site", "a"], 2, "say since when"),
            (["undo", "a:1", "--site", "a", "--since", "1d"], 2, "and not both"),
            (["undo", "--site", "a", "--since", "31 February"], 2, "is no time"),
            (["undo", "a:1", "--since", "1d"], 2, "for --site only"),
            (["undo", "--site", "a", "--since", "1d", "--until", "2001-01-01"], 2, "before --since"),
        ] as [([String], Int32, String)] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + words)
            #expect(outcome.status == (status == 4 ? 2 : status), "\(words): \(outcome.err)")
            #expect(outcome.err.contains(sentence), "\(words): \(outcome.err)")
        }
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "1\n")
    }

    @Test("A reader takes nothing back")
    func reader() throws {
        let village = try Village()
        let address = try village.found("a", others: [], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('p', 'x', '1')")
        let code = try village.caravan("a", "invite", "--role", "reader", "--address", address).out
            .trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try village.caravan("r", "join", code, "--name", "r").status == 0)
        let outcome = try village.caravan("r", "undo", "a:1")
        #expect(outcome.status == 5)
        #expect(outcome.err.contains("may not write"))
        #expect(try village.sqlite("r", "SELECT count(*) FROM t").out == "1\n")
    }
}

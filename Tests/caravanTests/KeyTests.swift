import Foundation
import ReplicaModel
import Testing

@testable import caravan

@Suite("Any key is shown, settled, and printed so that it can be pasted")
struct KeyTests {
    private static let schema = """
        CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);
        CREATE TABLE n (id INTEGER NOT NULL PRIMARY KEY, v TEXT);
        CREATE TABLE d (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE);
        CREATE TABLE b (id BLOB NOT NULL PRIMARY KEY, v TEXT);
        CREATE TABLE k (x TEXT NOT NULL, y INTEGER NOT NULL, v TEXT, PRIMARY KEY (x, y));
        """

    private static let texts = [
        "-5", "-x", "--json", "--", "[1]", "1", "a\nb", "a\n", "\u{1B}[31m", "it's $HOME \"`x`\" \\n %s", "", " ",
        "{\"text\":\"MQ==\"}", "X'31'", "ы\u{202E}", "~", "#", "*",
    ]

    private func village(_ nodes: [String] = []) throws -> (Village, String) {
        let village = try Village()
        let file = village.folder.appendingPathComponent("s.sql")
        try Self.schema.write(to: file, atomically: true, encoding: .utf8)
        #expect(
            try village.caravan("a", "init", "--name", "a", "--schema", file.path, "--allow-integer-key", "n").status
                == 0)
        let address = nodes.isEmpty ? "" : try village.serve("a")
        for node in nodes {
            let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(try village.caravan(node, "join", code, "--name", node).status == 0)
        }
        return (village, address)
    }

    private func literal(_ text: String) -> String { "CAST(X'\(Array(text.utf8).hex)' AS TEXT)" }

    @Test("The bare value is the key, whatever it looks like", arguments: texts)
    func bare(text: String) throws {
        let (village, _) = try village()
        let others = Self.texts.filter { $0 != text }
        for key in others + [text] {
            try village.sqlite("a", "INSERT INTO t VALUES (\(literal(key)), '\(key == text ? "this" : "other")')")
        }
        let shown = try #require(try village.json(village.caravan("a", "show", "--json", "--", "t", text)).first)
        #expect((shown["values"] as? [String: Any])?["v"] as? String == "this")
        #expect(try village.caravan("a", "history", "--", "t", text).status == 0)
        #expect(try village.caravan("a", "resolve", "--value", "'new'", "--", "t", text, "v").status == 0)
        #expect(try village.sqlite("a", "SELECT count(*) FROM t WHERE v = 'new'").out == "1\n")
        #expect(
            try village.sqlite("a", "SELECT hex(id) FROM t WHERE v = 'new'").out == Array(text.utf8).hex.uppercased()
                + "\n")
    }

    @Test("A record that is not there is not found, and another of a similar name is not written instead")
    func absent() throws {
        let (village, _) = try village()
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'one'); INSERT INTO n VALUES (1, 'one')")
        for (table, key) in [
            ("t", "[1]"), ("t", "[\"1\"]"), ("t", "{\"text\":\"MQ==\"}"), ("t", "01"), ("n", "[1]"), ("n", "x"),
            ("n", "1.5"), ("n", "true"),
        ] {
            #expect(
                try village.caravan("a", "resolve", "--value", "'new'", "--", table, key, "v").status == 2, "\(key)")
            #expect(try village.caravan("a", "show", "--", table, key).status == 2, "\(key)")
        }
        #expect(try village.sqlite("a", "SELECT v FROM t UNION ALL SELECT v FROM n").out == "one\none\n")
    }

    @Test("A key is read with its column's affinity; blobs and bytes that no argument holds have a form of their own")
    func affinity() throws {
        let (village, _) = try village()
        try village.sqlite(
            "a",
            "INSERT INTO n VALUES (-5, 'x'), (100, 'y'); INSERT INTO b VALUES (X'00FF', 'blob'), ('X''00FE''', 'text'), (5, 'integer'), ('7', 'digit'), (7, 'seven')"
        )
        try village.sqlite("a", "INSERT INTO t VALUES (CAST(X'FF' AS TEXT), 'bytes'), (CAST(X'610062' AS TEXT), 'nul')")
        for (table, key, value) in [
            ("n", "-5", "x"), ("n", "+100", "y"), ("n", " 1e2 ", "y"), ("n", "100.0", "y"), ("b", "X'00FF'", "blob"),
            ("b", "x'00ff'", "blob"), ("b", "X'00FE'", "text"), ("b", "5", "integer"),
            ("b", "7", "digit"), ("t", "{\"text\":\"/w==\"}", "bytes"), ("t", "{\"text\":\"YQBi\"}", "nul"),
        ] {
            let shown =
                try village.json(village.caravan("a", "show", "--json", "--", table, key)).first?["values"]
                as? [String: Any]
            #expect(shown?["v"] as? String == value, "\(key)")
        }
    }

    @Test("A composite key is a JSON array, and nothing else")
    func composite() throws {
        let (village, _) = try village()
        try village.sqlite(
            "a", "INSERT INTO k VALUES ('-a', -1, 'x'), ('1', 1, 'y'), ('b' || char(10), 9007199254740993, 'z')")
        for (key, value) in [
            ("[\"-a\", -1]", "x"), ("[\"-a\", \"-1\"]", "x"), ("[1, 1]", "y"), ("[\"b\\n\", 9007199254740993]", "z"),
            ("[{\"text\":\"LWE=\"}, -1]", "x"),
        ] {
            let shown =
                try village.json(village.caravan("a", "show", "k", key, "--json")).first?["values"] as? [String: Any]
            #expect(shown?["v"] as? String == value, "\(key)")
        }
        for key in [
            "-a", "[\"-a\"]", "[\"1\", true]", "[\"1\", 1, 1]", "[\"1\", 1.5]", "[\"1\", null]",
            "[\"1\", {\"x\":\"\"}]", "{}", "[\"1\", 1",
        ] {
            #expect(try village.caravan("a", "show", "--", "k", key).status == 2, "\(key)")
        }
    }

    @Test("A literal may begin with a dash")
    func literals() throws {
        let (village, _) = try village()
        try village.sqlite("a", "INSERT INTO t VALUES ('x', 'y')")
        #expect(try village.caravan("a", "resolve", "t", "x", "v", "--value", "-5").status == 0)
        #expect(try village.sqlite("a", "SELECT v FROM t").out == "-5\n")
    }

    @Test("What is printed to settle a conflict settles it, pasted into a shell as it is", arguments: ["sh", "bash"])
    func pasted(shell: String) throws {
        let (village, address) = try village(["b"])
        for key in Self.texts {
            try village.sqlite(
                "a", "INSERT INTO t VALUES (\(literal(key)), NULL); INSERT INTO k VALUES (\(literal(key)), -1, NULL)")
        }
        try village.sqlite(
            "a",
            "INSERT INTO n VALUES (-5, NULL), (-7, NULL); INSERT INTO b VALUES (X'00FF', NULL), (X'', NULL); INSERT INTO t VALUES (CAST(X'FF' AS TEXT), NULL)"
        )
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] {
            for table in ["t", "n", "b", "k"] {
                try village.sqlite(node, "UPDATE \(table) SET v = '\(node)' WHERE \(table == "n" ? "id = -5" : "1")")
            }
            try village.sqlite(
                node,
                "INSERT INTO d VALUES ('-\(node)', 'same'); \(node == "a" ? "DELETE FROM n WHERE id = -7" : "UPDATE n SET v = 'kept' WHERE id = -7")"
            )
        }
        #expect(try village.caravan("b", "sync", address).status == 0)
        let open = try village.caravan("b", "conflicts")
        let commands = open.lines.compactMap { $0.hasPrefix("  settle it: ") ? String($0.dropFirst(13)) : nil }
        #expect(commands.count == 2 * Self.texts.count + 6)
        for command in commands {
            let folder = URL(fileURLWithPath: Shell.command).deletingLastPathComponent().path
            let outcome = try Shell.run(shell, ["-c", "PATH='\(folder)':\"$PATH\"; \(command)"])
            #expect(outcome.status == 0, "\(command): \(outcome.err)")
        }
        #expect(try village.caravan("b", "conflicts").out == "no conflicts\n")
    }

    @Test("A word is quoted so that a shell reads the same bytes", arguments: texts)
    func quoting(text: String) throws {
        let word = ShellWord.quoted(text)
        #expect(!word.unicodeScalars.contains { $0.isUnseen })
        for shell in text.hasSuffix("\n") ? ["bash"] : ["sh", "bash"] {
            #expect(try Shell.run(shell, ["-c", "printf '%s|' \(word)"]).out == text + "|")
        }
    }
}

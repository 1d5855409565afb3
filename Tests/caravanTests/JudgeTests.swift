import Foundation
import Testing

@Suite("What others would hold as void is not signed")
struct JudgeTests {
    private static let schema = """
        CREATE TABLE p (code TEXT NOT NULL PRIMARY KEY);
        CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT NOT NULL, n INTEGER, r REAL, p TEXT REFERENCES p(code), CHECK (n > 0));
        CREATE UNIQUE INDEX t_n ON t (n);
        CREATE TABLE s (id TEXT NOT NULL PRIMARY KEY, v TEXT, i INT) STRICT;
        CREATE TABLE w (a INTEGER NOT NULL, b BLOB NOT NULL, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
        """

    private static let triggers = "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'"

    /// Writes another text of a table where SQLite keeps it: the schema version stays.
    private static func alter(_ table: String, _ old: String, _ new: String) -> String {
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '\(old)', '\(new)') WHERE name = '\(table)'; PRAGMA writable_schema = RESET;"
    }

    private static func unseen(_ village: Village, _ node: String, _ sql: String) throws {
        let file = village.home(node) + "/replica.sqlite"
        #expect(
            try Shell.run("sqlite3", ["-cmd", ".timeout 5000", "-cmd", ".dbconfig enable_trigger off", file, sql])
                .status == 0)
    }

    private static func village(_ role: String = "member") throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: [], schema: schema)
        let code = try village.caravan("a", "invite", "--role", role).out.trimmingCharacters(
            in: .whitespacesAndNewlines)
        #expect(try village.caravan("b", "join", code, "--name", "b").status == 0)
        try village.sqlite(
            "a",
            "INSERT INTO p VALUES ('p'); INSERT INTO t VALUES ('1', '007', 1, 1.0, 'p'), ('2', 'x', 2, 2.5, NULL); INSERT INTO s VALUES ('1', 'v', 1); INSERT INTO w VALUES (1, x'01', 'c')"
        )
        #expect(try village.caravan("b", "sync").status == 0)
        return village
    }

    private static func expectSame(_ village: Village) throws {
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        #expect(try village.digest("a") == village.digest("b"))
        for node in ["a", "b"] {
            #expect(try village.json(village.caravan(node, "status", "--json")).first?["void"] as? Int == 0, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").out.contains("nothing is wrong"), "\(node)")
        }
    }

    private static func rows(_ village: Village, _ node: String) throws -> String {
        try village.sqlite(
            node,
            "SELECT quote(id), quote(a), quote(n), r FROM t ORDER BY id; SELECT quote(id), quote(v), quote(i) FROM s ORDER BY id; SELECT a, quote(b), c FROM w ORDER BY a"
        ).lines.joined(
            separator: " ")
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let sql: String
        var rows = "'1'|'007'|1|1.0 '2'|'x'|2|2.5 '1'|'v'|1 1|X'01'|c"
        /// A query of what is kept aside, and what it says.
        var aside = ("SELECT count(*) FROM sqlite_master WHERE name LIKE '%local%'", "0")
        var conflicts = 0
        /// The triggers are dropped in the same transaction.
        var isUntriggered = false
        /// A server runs at the node meanwhile, which has read the schema before.
        var serves = false
        var testDescription: String { serves ? name + ", while the node serves" : name }
    }

    static let cases = [
        Case(
            name: "INTEGER made TEXT: what the definition makes a number is one",
            sql: alter("t", "\"n\" INTEGER", "\"n\" TEXT")
                + "UPDATE t SET n = '22' WHERE id = '2'; UPDATE t SET n = 'abc' WHERE id = '1'; INSERT INTO t(id, a, n) VALUES ('9', 'y', '99')",
            rows: "'1'|'007'|'abc'|1.0 '2'|'x'|22|2.5 '9'|'y'|99| '1'|'v'|1 1|X'01'|c"),
        Case(
            name: "REAL made INTEGER",
            sql: alter("t", "\"r\" REAL", "\"r\" INTEGER") + "UPDATE t SET r = 5 WHERE id = '2'",
            rows: "'1'|'007'|1|1.0 '2'|'x'|2|5.0 '1'|'v'|1 1|X'01'|c"),
        Case(
            name: "a NULL that was permitted, beside an edit that was not hindered",
            sql: alter("t", "\"a\" TEXT NOT NULL", "\"a\" TEXT")
                + "UPDATE t SET a = NULL, n = 11 WHERE id = '1'; INSERT INTO t(id, n) VALUES ('9', 9); UPDATE t SET a = 'y' WHERE id = '2'",
            rows: "'1'|'007'|11|1.0 '2'|'y'|2|2.5 '1'|'v'|1 1|X'01'|c",
            aside: ("SELECT id, quote(a), n FROM t__local ORDER BY id", "1|NULL|11 9|NULL|9")),
        Case(
            name: "the same, and the text put back before anybody looked",
            sql: alter("t", "\"a\" TEXT NOT NULL", "\"a\" TEXT") + "UPDATE t SET a = NULL WHERE id = '1';"
                + alter("t", "\"a\" TEXT", "\"a\" TEXT NOT NULL"),
            aside: ("SELECT id, quote(a), n FROM t__local", "1|NULL|1")),
        Case(
            name: "STRICT taken away",
            sql: alter("s", ") STRICT", ")")
                + "UPDATE s SET v = x'00' WHERE id = '1'; INSERT INTO s VALUES ('2', 'w', 1.5), ('3', 'w', 3)",
            rows: "'1'|'007'|1|1.0 '2'|'x'|2|2.5 '1'|'v'|1 '3'|'w'|3 1|X'01'|c",
            aside: ("SELECT id, quote(v), quote(i) FROM s__local ORDER BY id", "1|X'00'|1 2|'w'|1.5")),
        Case(
            name: "a key that may be NULL",
            sql: alter("t", "\"id\" TEXT NOT NULL", "\"id\" TEXT") + "INSERT INTO t(a, n) VALUES ('k', 9)",
            aside: ("SELECT quote(id), a, n FROM t__local", "NULL|k|9")),
        Case(
            name: "keys that are reals, without triggers",
            sql: "INSERT INTO w VALUES (1.5, x'01', 'r'), (7, 2.5, 'r'), (8, x'08', 'k')",
            rows: "'1'|'007'|1|1.0 '2'|'x'|2|2.5 '1'|'v'|1 1|X'01'|c 8|X'08'|k",
            aside: ("SELECT a, quote(b), c FROM w__local ORDER BY a", "1.5|X'01'|r 7|2.5|r"), isUntriggered: true),
        Case(
            name: "a value and a key larger than any node takes, without triggers",
            sql:
                "INSERT INTO t(id, a) VALUES ('9', zeroblob(67108865)); INSERT INTO t(id, a) VALUES (printf('%5000d', 1), 'x'); INSERT INTO t(id, a) VALUES ('8', 'x')",
            rows: "'1'|'007'|1|1.0 '2'|'x'|2|2.5 '8'|'x'|NULL| '1'|'v'|1 1|X'01'|c",
            aside: ("SELECT count(*) FROM t__local", "2"), isUntriggered: true),
        Case(
            name: "a CHECK that was not asked: the row is everybody's, and listed",
            sql: "PRAGMA ignore_check_constraints = ON; INSERT INTO t(id, a, n) VALUES ('9', 'y', -5)",
            rows: "'1'|'007'|1|1.0 '2'|'x'|2|2.5 '9'|'y'|-5| '1'|'v'|1 1|X'01'|c", conflicts: 1),
        Case(
            name: "what any column takes: no UTF-8, NUL, infinity, minus nothing, a blob as text",
            sql:
                "INSERT INTO t(id, a, n, r) VALUES ('7', CAST(x'ff' AS TEXT), NULL, -0.0), ('8', CAST(x'410042' AS TEXT), 8, 9e999), ('9', x'00', 9, -9e999)",
            rows:
                "'1'|'007'|1|1.0 '2'|'x'|2|2.5 '7'|'\u{FFFD}'|NULL|%0 '8'|'A'|8|Inf '9'|X'00'|9|-Inf '1'|'v'|1 1|X'01'|c"
        ),
    ]

    static let served = cases.filter { $0.isUntriggered || $0.name.hasPrefix("INTEGER") || $0.name.hasPrefix("a NULL") }
        .map { item in
            var item = item
            item.serves = true
            return item
        }

    @Test(
        "A value that its column cannot hold is not sealed, keeps back nothing else, and is kept aside; the row shows what the log says",
        arguments: cases + served)
    func refused(item: Case) throws {
        let village = try Self.village()
        if item.serves { _ = try village.serve("b") }
        let drop = item.isUntriggered ? try village.sqlite("b", Self.triggers).out : ""
        #expect(
            try village.sqlite("b", item.isUntriggered ? "BEGIN; \(drop) \(item.sql); COMMIT" : item.sql).status == 0)
        try Self.expectSame(village)
        let minus = try village.sqlite("b", "SELECT r FROM t WHERE id = '7'").lines.first == "-0.0" ? "-0." : "0."
        #expect(try Self.rows(village, "b") == item.rows.replacing("%0", with: minus + "0"))
        #expect(try Self.rows(village, "a") == item.rows.replacing("%0", with: "0.0"))
        #expect(try village.sqlite("b", item.aside.0).lines.joined(separator: " ") == item.aside.1)
        let doctor = try village.caravan("b", "doctor").out
        #expect(doctor.contains("__local keeps what somebody entered by hand") == (item.aside.1 != "0"))
        #expect(!doctor.contains("damaged"))
        for node in ["a", "b"] {
            #expect(try village.json(village.caravan(node, "conflicts", "--json")).count == item.conflicts, "\(node)")
        }
    }

    @Test(
        "What could not be held is no write: it stands against nobody's edit of the same cell, whether or not the text is put back before",
        arguments: [false, true])
    func notAWrite(isPutBack: Bool) throws {
        let village = try Self.village()
        let (old, new) = ("\"a\" TEXT NOT NULL", "\"a\" TEXT")
        try village.sqlite(
            "b",
            Self.alter("t", old, new) + "UPDATE t SET a = NULL, n = 11 WHERE id = '1';"
                + (isPutBack ? Self.alter("t", new, old) : ""))
        try village.sqlite("a", "UPDATE t SET a = 'theirs' WHERE id = '1'")
        try Self.expectSame(village)
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT a, n FROM t WHERE id = '1'").out == "theirs|11\n", "\(node)")
            #expect(try village.json(village.caravan(node, "conflicts", "--json")).isEmpty, "\(node)")
        }
    }

    @Test("Rows that do not fit keep no definition of another node waiting, and hinder a rebuild with the way out")
    func definitions() throws {
        let village = try Self.village()
        let (old, new) = ("\"a\" TEXT NOT NULL", "\"a\" TEXT")
        try Self.unseen(
            village, "b",
            Self.alter("t", old, new) + "UPDATE t SET a = NULL WHERE id = '1'; INSERT INTO t(id, n) VALUES ('9', 9);"
                + Self.alter("t", new, old))
        let refused = try village.caravan("b", "schema", "rebuild", "t")
        #expect(refused.status != 0)
        #expect(refused.err.contains("`caravan repair t`"))
        let file = village.folder.appendingPathComponent("more.sql")
        try Self.schema.replacing("r REAL,", with: "r REAL, z TEXT CHECK (z <> 'q'),").write(
            to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file.path).status == 0)
        try Self.expectSame(village)
        #expect(
            try village.sqlite("b", "SELECT a, z IS NULL FROM t WHERE id = '1'; SELECT id FROM t__local ORDER BY id")
                .lines == ["007|1", "1", "9"])
    }

    @Test(
        "Another text of a table, of which no schema version tells, is put back before a merge writes by it",
        arguments: [false, true])
    func textAlone(serves: Bool) throws {
        let village = try Self.village()
        if serves { _ = try village.serve("b") }
        let before = try village.sqlite("b", "SELECT sql FROM sqlite_master WHERE name = 't'").out
        #expect(try village.sqlite("b", Self.alter("t", "\"n\" INTEGER", "\"n\" TEXT")).status == 0)
        try village.sqlite("a", "INSERT INTO t(id, a, n) VALUES ('9', 'y', 9); UPDATE t SET n = 12 WHERE id = '2'")
        try Self.expectSame(village)
        #expect(try village.sqlite("b", "SELECT quote(n) FROM t ORDER BY id").lines == ["1", "12", "9"])
        #expect(try village.sqlite("b", "SELECT sql FROM sqlite_master WHERE name = 't'").out == before)
        #expect(try village.caravan("b", "doctor").out == "nothing is wrong\n")
    }

    @Test("Rows that do not fit and that nobody noted are named as such and not as damage; repair keeps them aside")
    func misfits() throws {
        let village = try Self.village()
        let (old, new) = ("\"a\" TEXT NOT NULL", "\"a\" TEXT")
        let fill =
            "WITH RECURSIVE i(x) AS (SELECT 30 UNION ALL SELECT x + 1 FROM i WHERE x < 59) INSERT INTO t(id, n) SELECT x, x FROM i;"
        try Self.unseen(
            village, "b",
            Self.alter("t", old, new) + "UPDATE t SET a = NULL WHERE id = '1';" + fill + Self.alter("t", new, old))
        let doctor = try village.caravan("b", "doctor")
        #expect(doctor.status == 1)
        #expect(
            doctor.out.contains(
                "misfits: 31 rows of table t hold what its definition does not permit (NULL value in t.a)"))
        #expect(doctor.out.contains("`caravan repair t`"))
        let verified = try village.caravan("b", "verify", "--deep").out
        #expect(verified.contains("misfits: "))
        for words in ["damage", "backup"] {
            #expect(!doctor.out.contains(words))
            #expect(!verified.contains(words))
        }
        #expect(try village.caravan("b", "repair", "t").status == 0)
        try Self.expectSame(village)
        #expect(
            try village.sqlite("b", "SELECT count(*) FROM t__local WHERE a IS NULL; SELECT a FROM t WHERE id = '1'")
                .lines == ["31", "007"])
    }

    @Test(
        "doctor names the tables where rows came or went while triggers were off, and not those where they were noted")
    func unseenRows() throws {
        let village = try Self.village()
        try village.sqlite("b", "UPDATE s SET v = 'seen'; DELETE FROM w; INSERT INTO s VALUES ('2', 'seen', 2)")
        #expect(try village.caravan("b", "doctor").out == "nothing is wrong\n")
        // One of them is a row that everybody deleted.
        try Self.unseen(
            village, "b",
            "INSERT INTO w VALUES (1, x'01', 'back'); INSERT INTO s VALUES ('3', 'x', 3), ('4', 'x', 4); DELETE FROM s WHERE id = '2'"
        )
        let found = try village.caravan("b", "doctor")
        #expect(found.status == 1)
        #expect(
            found.out.contains(
                "unseen: table s is not what the log says: 2 rows were entered and 1 deleted while triggers were off"))
        #expect(
            found.out.contains(
                "unseen: table w is not what the log says: 1 row was entered and 0 deleted while triggers were off"))
        #expect(found.out.contains("`caravan repair w`"))
        #expect(!found.out.contains("table t "))
        #expect(try village.caravan("b", "repair").status == 0)
        try Self.expectSame(village)
        #expect(try village.caravan("b", "doctor").out == "nothing is wrong\n")
        #expect(try village.sqlite("a", "SELECT c FROM w; SELECT id FROM s").lines == ["back", "1", "2", "3", "4"])
    }

    @Test(
        "What a reader writes past its triggers is never signed: it is kept aside, and the tables show what the log says"
    )
    func reader() throws {
        let village = try Self.village("reader")
        let drop = try village.sqlite("b", Self.triggers).out
        #expect(
            try village.sqlite(
                "b",
                drop
                    + "INSERT INTO t(id, a) VALUES ('9', 'mine'); UPDATE t SET a = 'mine' WHERE id = '1'; DELETE FROM t WHERE id = '2'"
            ).status == 0)
        try Self.expectSame(village)
        try Self.unseen(village, "b", "UPDATE s SET v = 'mine'")
        #expect(try village.caravan("b", "repair").status == 0)
        try village.sqlite("a", "UPDATE t SET n = 11 WHERE id = '1'")
        try Self.expectSame(village)
        for node in ["a", "b"] {
            #expect(try Self.rows(village, node) == "'1'|'007'|11|1.0 '2'|'x'|2|2.5 '1'|'v'|1 1|X'01'|c", "\(node)")
        }
        #expect(
            try village.sqlite("b", "SELECT id, a FROM t__local ORDER BY id; SELECT v FROM s__local").lines == [
                "1|mine", "9|mine", "mine",
            ])
        #expect(
            try village.caravan("b", "doctor").out.contains(
                "t__local keeps what somebody entered by hand, for this node may not write"))
        #expect(try village.json(village.caravan("b", "log", "--site", "b", "--json")).isEmpty)
    }

    @Test(
        "A reference to a row that is not there is everybody's, shown as it is, and named with what to do; a row that is deleted stays for one"
    )
    func dangling() throws {
        let village = try Self.village()
        let drop = try village.sqlite("b", Self.triggers).out
        try village.sqlite("b", drop + "INSERT INTO t(id, a, p) VALUES ('9', 'y', 'nobody'); DELETE FROM p")
        try Self.expectSame(village)
        for node in ["a", "b"] {
            #expect(
                try village.sqlite(node, "SELECT id, p FROM t WHERE p NOT NULL ORDER BY id; SELECT code FROM p").lines
                    == ["1|p", "9|nobody", "p"], "\(node)")
            let doctor = try village.caravan(node, "doctor").out
            #expect(
                doctor.contains("references: 1 reference of table t names rows that are not there, the first of p"),
                "\(node)")
            #expect(!doctor.contains("backup"), "\(node)")
        }
        try village.sqlite("a", "INSERT INTO p VALUES ('nobody')")
        try Self.expectSame(village)
        for node in ["a", "b"] { #expect(try !village.caravan(node, "doctor").out.contains("references:"), "\(node)") }
    }
}

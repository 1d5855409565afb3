import Foundation
import Testing

@Suite("What people make in a replica beside the alliance's tables")
struct OwnObjectTests {
    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, x TEXT, y TEXT);"

    /// A program that brings a collation and a function of its own.
    private static let program = """
        import sqlite3, sys
        client = sqlite3.connect(sys.argv[1], timeout=5)
        client.create_collation('HOUSE', lambda l, r: (l > r) - (l < r))
        client.create_function('house', 1, lambda value: value, deterministic=True)
        client.executescript(sys.argv[2])
        client.commit()
        """

    /// Two nodes that hold the rows 1 to 4, each of which shows its letter.
    private func village() throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'a', ''), ('2', 'b', ''), ('3', 'c', ''), ('4', 'd', '')")
        try expectSync(village)
        return village
    }

    private func expectSync(_ village: Village) throws {
        let outcome = try village.caravan("b", "sync")
        #expect(outcome.status == 0, "\(outcome.err)")
    }

    private func runProgram(_ village: Village, _ sql: String) throws {
        let outcome = try Shell.run("python3", ["-c", Self.program, village.home("b") + "/replica.sqlite", sql])
        #expect(outcome.status == 0, "\(outcome.err)")
    }

    private func findings(_ village: Village) throws -> [(kind: String, message: String)] {
        try village.json(village.caravan("b", "doctor", "--json")).map {
            ($0["kind"] as? String ?? "", $0["message"] as? String ?? "")
        }
    }

    private func expectOne(_ village: Village) throws {
        for node in ["a", "b"] { #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)") }
        #expect(try village.digest("a") == village.digest("b"))
    }

    // MARK: What only another program has

    @Test(
        "An index that needs a collation or a function of another program goes before a merge, and doctor names what it was",
        arguments: [
            "CREATE INDEX own ON t(x COLLATE HOUSE)", "CREATE INDEX own ON t(house(x))",
            "CREATE INDEX own ON t(x) WHERE house(x) IS NOT NULL",
        ])
    func indexOfAProgram(sql: String) throws {
        let village = try village()
        try runProgram(village, sql)
        try village.sqlite("a", "UPDATE t SET x = 'merged' WHERE id = '1'")
        try expectSync(village)
        #expect(try village.sqlite("b", "SELECT x FROM t WHERE id = '1'").out == "merged\n")
        let found = try findings(village)
        #expect(found.map(\.kind) == ["own-objects"])
        #expect(found.first?.message.contains("`\(sql)`") == true)
        try expectOne(village)
    }

    @Test(
        "A trigger that calls a function of another program stops no merge and no sealing; a write without that program is told which trigger asks for it"
    )
    func triggerOfAProgram() throws {
        let village = try village()
        try runProgram(
            village,
            "CREATE TABLE seen (n); CREATE TRIGGER own AFTER INSERT ON t BEGIN INSERT INTO seen VALUES (house(NEW.id)); END"
        )
        try village.sqlite("a", "INSERT INTO t VALUES ('5', 'e', '')")
        try expectSync(village)
        try runProgram(village, "INSERT INTO t VALUES ('6', 'f', '')")
        try expectSync(village)
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "6\n")
        #expect(try village.sqlite("b", "SELECT count(*) FROM t; SELECT n FROM seen").lines == ["6", "6"])
        let refused = try village.caravan("b", "sql", "INSERT INTO t VALUES ('7', 'g', '')")
        #expect(refused.status == 2)
        #expect(refused.err.contains("trigger own of this node asks for it"))
        try expectOne(village)
    }

    // MARK: Names that the alliance comes to use

    @Test(
        "A view, an index and a trigger stay where the alliance defines tables of their names: the view and the index under another, the trigger under its own"
    )
    func names() throws {
        let village = try village()
        try village.sqlite(
            "b",
            "CREATE VIEW v AS SELECT id FROM t; CREATE INDEX i ON t(x); CREATE TABLE seen (n); CREATE TRIGGER w AFTER UPDATE ON t BEGIN INSERT INTO seen VALUES (NEW.id); END"
        )
        let file = village.folder.appendingPathComponent("more.sql")
        let more = ["v", "i", "w"].map { "CREATE TABLE \($0) (id TEXT NOT NULL PRIMARY KEY, z TEXT);" }.joined(
            separator: "\n")
        try (Self.schema + more).write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file.path).status == 0)
        try village.sqlite(
            "a", "INSERT INTO v VALUES ('1', 'v'); INSERT INTO i VALUES ('1', 'i'); INSERT INTO w VALUES ('1', 'w')")
        try expectSync(village)
        #expect(try village.sqlite("b", "SELECT z FROM v; SELECT z FROM i; SELECT z FROM w").lines == ["v", "i", "w"])
        #expect(try village.sqlite("b", "SELECT count(*) FROM v__local").out == "4\n")
        #expect(
            try village.sqlite("b", "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND name = 'i__local'").out
                == "t\n")
        try village.sqlite("b", "UPDATE t SET y = 'own' WHERE id = '1'")
        #expect(try village.sqlite("b", "SELECT n FROM seen").out == "1\n")
        try expectSync(village)
        try expectOne(village)
    }

    @Test(
        "What has the name of a function that triggers ask gives way, so that everybody can write; no definition has such a name",
        arguments: ["TABLE pragma_foreign_keys (id)", "VIEW Pragma_Table_XInfo AS SELECT 1 AS id"])
    func functions(made: String) throws {
        let village = try Village()
        let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t);"
        _ = try village.found("a", others: ["b"], schema: schema)
        #expect(try village.sqlite("b", "CREATE \(made)").status == 0)
        #expect(try village.caravan("b", "status").status == 0)
        #expect(try village.sqlite("b", "INSERT INTO t VALUES ('1', NULL), ('2', '1')").status == 0)
        try expectSync(village)
        let found = try findings(village)
        #expect(found.count == 1)
        #expect(found.first?.message.contains("under which triggers ask SQLite itself") == true)
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "2\n")
        try expectOne(village)
        let file = village.folder.appendingPathComponent("more.sql")
        try (schema + "CREATE TABLE Pragma_foreign_keys (id TEXT NOT NULL PRIMARY KEY);").write(
            to: file, atomically: true, encoding: .utf8)
        let refused = try village.caravan("a", "schema", "apply", file.path)
        #expect(refused.status != 0)
        #expect(refused.err.contains("Pragma_foreign_keys is a name that SQLite has a function for"))
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('3', '1')").status == 0)
    }

    @Test(
        "A virtual table gives way as a whole to a table of the name of one in which it keeps its content",
        arguments: [("fts5(x)", "content", "x"), ("rtree(id, low, high)", "node", "id, low, high")])
    func shadow(module: String, part: String, columns: String) throws {
        let village = try village()
        let values = module.hasPrefix("fts5") ? "NEW.x" : "CAST(NEW.id AS INTEGER), 1, 2"
        try village.sqlite(
            "b",
            """
            CREATE VIRTUAL TABLE course USING \(module);
            CREATE TRIGGER feed AFTER INSERT ON t BEGIN INSERT INTO course(\(columns)) VALUES (\(values)); END;
            CREATE VIEW seen AS SELECT * FROM course; INSERT INTO t VALUES ('5', 'hello', '')
            """)
        let file = village.folder.appendingPathComponent("more.sql")
        let more = "CREATE TABLE course_\(part) (id TEXT NOT NULL PRIMARY KEY, z TEXT);"
        try (Self.schema + more).write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file.path).status == 0)
        try village.sqlite("a", "INSERT INTO course_\(part) VALUES ('1', 'shared')")
        try expectSync(village)
        let written = try village.sqlite("b", "INSERT INTO t VALUES ('6', 'world', ''); SELECT count(*) FROM seen")
        #expect(written.out == "2\n", "\(written.err)")
        #expect(try village.caravan("b", "sql", "INSERT INTO t VALUES ('7', 'w', '')").status == 0)
        try expectSync(village)
        #expect(try village.sqlite("a", "SELECT z FROM course_\(part)").out == "shared\n")
        #expect(try village.sqlite("b", "SELECT z FROM course_\(part)").out == "shared\n")
        #expect(try village.sqlite("b", "PRAGMA integrity_check").out == "ok\n")
        let found = try findings(village)
        #expect(found.filter { $0.kind == "own-tables" }.map { $0.message.contains("course__local") } == [true])
        try expectOne(village)
        // What doctor advises can be done.
        try village.sqlite("b", "DROP TRIGGER feed; DROP VIEW seen; DROP TABLE course__local")
        #expect(try findings(village).isEmpty)
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "7\n")
    }

    // MARK: References

    @Test(
        "A table of this node's own that refers to what is no key stops neither a merge nor doctor, which names it and all the rest"
    )
    func references() throws {
        let village = try village()
        try village.sqlite(
            "b",
            """
            CREATE TABLE k (id INTEGER PRIMARY KEY, r REFERENCES t(x)); INSERT INTO k VALUES (1, 'a');
            CREATE TABLE o (r REFERENCES t(id)); INSERT INTO o VALUES ('1'), ('2')
            """)
        try village.sqlite("a", "DELETE FROM t WHERE id = '1'")
        try expectSync(village)
        let found = try findings(village)
        #expect(found.map(\.kind) == ["own-references", "own-references"])
        #expect(found.first?.message.hasPrefix("table k, which is on this node only, refers to what is no key") == true)
        #expect(
            found.last?.message.hasPrefix("1 references of table o, which is on this node only, have no row") == true)
        try expectOne(village)
    }

    // MARK: Tables that are made anew

    /// An index and a computed column, and two tables that know rows of `t` by their numbers, which are not those of
    /// rows entered one after the other.
    private static let own = """
        DELETE FROM t WHERE id = '2';
        CREATE INDEX own ON t(x);
        ALTER TABLE t ADD COLUMN loud TEXT GENERATED ALWAYS AS (upper(x)) VIRTUAL;
        CREATE INDEX ownLoud ON t(loud);
        CREATE TABLE known (number INTEGER, id TEXT); INSERT INTO known SELECT rowid, id FROM t;
        CREATE VIRTUAL TABLE found USING fts5(x, content='t', content_rowid='rowid'); INSERT INTO found(found) VALUES ('rebuild');
        """

    private func expectOwn(_ village: Village) throws {
        #expect(try village.sqlite("b", "SELECT id, loud FROM t ORDER BY id").lines == ["1|A", "3|C", "4|D"])
        #expect(
            try village.sqlite("b", "SELECT count(*) FROM t JOIN known ON known.number = t.rowid AND known.id = t.id")
                .out == "3\n")
        #expect(
            try village.sqlite("b", "SELECT t.id FROM found JOIN t ON t.rowid = found.rowid WHERE found MATCH 'd'").out
                == "4\n")
        #expect(
            try village.sqlite(
                "b", "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'own%' ORDER BY name"
            ).lines == ["own", "ownLoud"])
    }

    @Test("Own indexes, own computed columns and the numbers of rows are after `schema rebuild` what they were before")
    func rebuilt() throws {
        let village = try village()
        #expect(try village.sqlite("b", Self.own).status == 0)
        #expect(try village.caravan("b", "schema", "rebuild", "t").status == 0)
        try expectOwn(village)
        try expectSync(village)
        try expectOne(village)
    }

    @Test(
        "A column with a CHECK that another node defines leaves own indexes, own computed columns and the numbers of rows as they were"
    )
    func checkFromElsewhere() throws {
        let village = try village()
        #expect(try village.sqlite("b", Self.own).status == 0)
        let file = village.folder.appendingPathComponent("more.sql")
        try Self.schema.replacing("y TEXT", with: "y TEXT, z TEXT CHECK (z <> 'no')").write(
            to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "schema", "apply", file.path).status == 0)
        try village.sqlite("a", "UPDATE t SET z = 'yes' WHERE id = '4'")
        try expectSync(village)
        try expectOwn(village)
        #expect(try village.sqlite("b", "SELECT z FROM t WHERE id = '4'").out == "yes\n")
        #expect(try findings(village).map(\.kind) == ["own-columns"])
        try expectOne(village)
    }

    // MARK: What is not damage

    @Test("A view in SQL that this SQLite cannot read is named, and is no damage; once it is gone all goes on")
    func newerView() throws {
        let village = try village()
        let newer = "CREATE VIEW newer AS SELECT 1 QUALIFY 2"
        try village.sqlite(
            "b",
            "CREATE VIEW newer AS SELECT 1; PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = '\(newer)' WHERE name = 'newer'"
        )
        for command in [["sync"], ["status"], ["doctor"], ["sql", "SELECT 1"]] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("b")] + command)
            #expect(outcome.status == 4, "\(command)")
            #expect(
                outcome.err.contains("newer in the replica is written in SQL that this node's SQLite"), "\(command)")
            #expect(!outcome.err.contains("damaged"), "\(command)")
        }
        try village.sqlite("b", "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'newer'")
        try expectSync(village)
        try expectOne(village)
    }

    /// A full-text table and the triggers that keep it, as SQLite's manual has them.
    private static let triggers = """
        CREATE VIRTUAL TABLE found USING fts5(x, y, content='t', content_rowid='rowid');
        INSERT INTO found(found) VALUES ('rebuild');
        CREATE TRIGGER t_ai AFTER INSERT ON t BEGIN INSERT INTO found(rowid, x, y) VALUES (new.rowid, new.x, new.y); END;
        CREATE TRIGGER t_ad AFTER DELETE ON t BEGIN INSERT INTO found(found, rowid, x, y) VALUES ('delete', old.rowid, old.x, old.y); END;
        CREATE TRIGGER t_au AFTER UPDATE ON t BEGIN
            INSERT INTO found(found, rowid, x, y) VALUES ('delete', old.rowid, old.x, old.y);
            INSERT INTO found(rowid, x, y) VALUES (new.rowid, new.x, new.y);
        END;
        """

    @Test(
        "A full-text index that triggers keep misses what is merged: doctor names it, what it refuses is no damage, and made anew it has all"
    )
    func fullText() throws {
        let village = try village()
        #expect(try village.sqlite("b", Self.triggers).status == 0)
        try village.sqlite("a", "INSERT INTO t VALUES ('5', 'merged', '')")
        try expectSync(village)
        #expect(try village.sqlite("b", "SELECT count(*) FROM found WHERE found MATCH 'merged'").out == "0\n")
        let found = try findings(village)
        #expect(found.map(\.kind) == ["own-triggers"])
        #expect(found.first?.message.contains("INSERT INTO found(found) VALUES ('rebuild')") == true)
        // The index counts the rows that it has, and is asked to take out one more.
        #expect(try village.sqlite("b", "DELETE FROM t WHERE id <> '4'").status == 0)
        let refused = try village.caravan("b", "sql", "DELETE FROM t WHERE id = '4'")
        #expect(refused.status == 4)
        #expect(
            refused.err.contains(
                "the virtual table found of this node's own does not agree with the table that it was made for"))
        #expect(!refused.err.contains("damaged"))
        try expectSync(village)
        #expect(try village.caravan("b", "sql", "INSERT INTO found(found) VALUES ('rebuild')").status == 0)
        #expect(try village.caravan("b", "sql", "UPDATE t SET x = 'again' WHERE id = '4'").status == 0)
        #expect(try village.sqlite("b", "SELECT rowid FROM found WHERE found MATCH 'again'").lines.count == 1)
        try expectSync(village)
        try expectOne(village)
    }
}

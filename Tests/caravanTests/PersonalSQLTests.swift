import Foundation
import Testing

@Suite("`sql` does anything with people's tables, and nothing to what the node stands on")
struct PersonalSQLTests {
    private func village() throws -> Village {
        let village = try Village()
        _ = try village.found(
            "a", others: [],
            schema: """
                CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT, u TEXT UNIQUE);
                CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t(id) ON DELETE CASCADE);
                """)
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'x', 'u')")
        return village
    }

    private static let forbidden = [
        "DELETE FROM caravan_feed", "UPDATE CARAVAN_META SET value = 99", "INSERT INTO \"caravan_ahead\" VALUES (1)",
        "REPLACE INTO main.caravan_ahead VALUES (1)",
        "WITH x AS (SELECT 1) DELETE FROM caravan_feed", "DROP TABLE caravan_feed",
        "ALTER TABLE caravan_feed RENAME TO z", "ALTER TABLE caravan_feed ADD COLUMN z",
        "CREATE INDEX z ON caravan_feed(id)", "CREATE TRIGGER z AFTER INSERT ON caravan_feed BEGIN SELECT 1; END",
        "CREATE TABLE caravan_own (a)",
        "CREATE TEMP TABLE caravan_feed (a)", "CREATE VIEW caravan_own AS SELECT 1",
        "CREATE TRIGGER caravan_z AFTER INSERT ON t BEGIN SELECT 1; END",
        "CREATE TRIGGER z AFTER INSERT ON t BEGIN DELETE FROM caravan_feed; END; INSERT INTO t VALUES ('2', 'y', NULL)",
        "CREATE TEMP TRIGGER z AFTER INSERT ON t BEGIN SELECT RAISE(IGNORE); END; INSERT INTO t VALUES ('2', 'y', NULL)",
        "PRAGMA writable_schema = ON", "PRAGMA writable_schema(1)", "PRAGMA main.journal_mode = DELETE",
        "PRAGMA locking_mode = EXCLUSIVE; SELECT * FROM t", "PRAGMA schema_version = 1",
        "PRAGMA ignore_check_constraints = ON", "PRAGMA max_page_count = 1", "PRAGMA query_only = ON; DELETE FROM t",
        "SELECT * FROM pragma_locking_mode; PRAGMA synchronous = OFF",
        "ATTACH '/nowhere/x.db' AS z", "ATTACH 'replica.sqlite' AS z; DELETE FROM z.caravan_feed",
        "ATTACH '/tmp/' || 'x' AS z", "VACUUM INTO 'copy.db'", "VACUUM main INTO 'copy.db'",
        "SELECT load_extension('x')", "BEGIN; DELETE FROM t", "SAVEPOINT s; DELETE FROM t", "BEGIN EXCLUSIVE",
        "SELECT 1; DROP TRIGGER IF EXISTS caravan_deleted_1; DROP TRIGGER IF EXISTS caravan_deleted_2",
    ]

    @Test("What would break the node is refused in one sentence, and nothing of it is done")
    func refused() throws {
        let village = try village()
        let before = try village.digest("a")
        for sql in Self.forbidden {
            let outcome = try village.caravan("a", "sql", sql)
            #expect(outcome.status == 2, "\(sql)")
            #expect(outcome.err.hasPrefix("caravan: "), "\(sql)")
            #expect(outcome.err.filter { $0 == "\n" }.count == 1, "\(sql): \(outcome.err)")
            #expect(try village.digest("a") == before, "\(sql)")
            try village.sqlite("a", "DROP TRIGGER IF EXISTS z")
        }
        #expect(try village.caravan("a", "doctor").out == "nothing is wrong\n")
        #expect(try village.caravan("a", "sql", "INSERT INTO t VALUES ('9', 'later', NULL)").status == 0)
        #expect(try village.caravan("a", "show", "t", "9").status == 0)
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
    }

    @Test("Of a table of the alliance that is dropped or renamed is said that it is there again; of another nothing")
    func dropped() throws {
        let village = try village()
        let dropped = try village.caravan("a", "sql", "DROP TABLE c; CREATE TABLE own (x); DROP TABLE own")
        #expect(dropped.status == 0)
        #expect(dropped.err.split(separator: "\n").count == 1)
        #expect(dropped.err.hasPrefix("caravan: table c is the alliance's, and is there again"), "\(dropped.err)")
        let renamed = try village.caravan("a", "sql", "--json", "ALTER TABLE t RENAME TO old")
        #expect(renamed.err.hasPrefix(#"{"notice":"table","message":"table t is the alliance's"#), "\(renamed.err)")
        #expect(try village.sqlite("a", "SELECT * FROM t").out == "1|x|u\n")
        #expect(try village.caravan("a", "sql", "DELETE FROM t").err.isEmpty)
    }

    @Test("What a copy is for is named")
    func advice() throws {
        let village = try village()
        #expect(try village.caravan("a", "sql", "ATTACH '/nowhere/x.db' AS z").err.contains("sqlite3 shell"))
        #expect(try village.caravan("a", "sql", "VACUUM INTO 'x.db'").err.contains("`caravan backup FILE`"))
        #expect(
            try village.caravan("a", "sql", "DELETE FROM caravan_feed").err.contains("caravan_feed is the node's own"))
    }

    @Test("All the rest is done")
    func permitted() throws {
        let village = try village()
        for sql in [
            "INSERT INTO c VALUES ('1', '1'); DELETE FROM t WHERE id = '1'",
            "INSERT OR REPLACE INTO t VALUES ('1', 'a', 'u'), ('2', 'b', 'v')",
            "BEGIN; UPDATE t SET v = 'c'; COMMIT",
            "SAVEPOINT s; UPDATE t SET v = 'd' WHERE id = '2'; RELEASE s", "SELECT count(*) FROM caravan_feed",
            "PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = ON; PRAGMA user_version = 7",
            "PRAGMA journal_mode; PRAGMA table_info(t); PRAGMA integrity_check; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize",
            "CREATE TABLE own (a); CREATE INDEX own_i ON own(a); CREATE VIEW own_v AS SELECT * FROM own; CREATE TRIGGER own_t AFTER INSERT ON t BEGIN INSERT INTO own VALUES (NEW.id); END",
            "INSERT INTO t VALUES ('3', 'e', NULL)",
            "ALTER TABLE own RENAME TO mine; DROP VIEW own_v; DROP TRIGGER own_t",
            "CREATE VIRTUAL TABLE f USING fts5(x); INSERT INTO f VALUES ('x'); DROP TABLE f",
            "CREATE TEMP TABLE q (a); INSERT INTO q VALUES (1); DROP TABLE q", "VACUUM", "REINDEX; ANALYZE",
            "DROP TABLE c", "EXPLAIN QUERY PLAN SELECT * FROM t",
        ] {
            let outcome = try village.caravan("a", "sql", sql)
            #expect(outcome.status == 0, "\(sql): \(outcome.err)")
        }
        #expect(try village.sqlite("a", "SELECT * FROM t ORDER BY id").lines == ["1|c|u", "2|d|v", "3|e|"])
        #expect(try village.sqlite("a", "SELECT a FROM mine").out == "3\n")
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
    }

    @Test("A table of one's own that refers to what is no key is named where it stands in the way, with what to do")
    func mismatch() throws {
        let village = try village()
        try village.sqlite("a", "CREATE TABLE k (r REFERENCES t(v))")
        for command in [["sql", "DELETE FROM t"], ["resolve", "t", "1", "--delete-row"]] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + command)
            #expect(outcome.status == 2)
            #expect(outcome.err.contains("\"k\" referencing \"t\""), "\(outcome.err)")
            #expect(outcome.err.contains("let it refer to the key, or drop it"), "\(outcome.err)")
        }
    }
}

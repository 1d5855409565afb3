import Foundation
import Testing

@Suite("Tables that are dropped under rows that refer to them")
struct CascadeTests {
    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT);
        CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p ON DELETE CASCADE, v TEXT);
        CREATE TABLE d (id TEXT NOT NULL PRIMARY KEY, c TEXT REFERENCES c ON DELETE CASCADE);
        CREATE TABLE s (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p ON DELETE SET NULL, v TEXT);
        CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, up TEXT REFERENCES t ON DELETE CASCADE);
        """
    private static let made = "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT);"
    private static let rebuilt =
        "CREATE TABLE n (id TEXT NOT NULL PRIMARY KEY, a TEXT); INSERT INTO n SELECT * FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p"
    private static let legacy = "PRAGMA legacy_alter_table = ON"
    /// A statement that takes some milliseconds.
    private static let pause =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT max(i) FROM n;"
    private static let all = "p 1 p 2 c 1|1|x c 2|2|x c 3||x d 1|1 d 2| s 1|1|x s 2||x t 1| t 2|1"

    struct Case: CustomTestStringConvertible, Sendable {
        let sql: String
        var rows = CascadeTests.all
        var keys = "ON"
        var status: Int32 = 0
        var testDescription: String { "\(keys): \(sql)" }
    }

    static let cases = [
        Case(sql: "DROP TABLE p"), Case(sql: "DROP TABLE p; \(made)"), Case(sql: "DROP TABLE p; DROP TABLE c"),
        Case(sql: "DROP TABLE t"),
        Case(sql: "PRAGMA legacy_alter_table = ON; \(rebuilt)"),
        // SQLite refuses the last step where triggers name the table that is gone by then.
        Case(sql: rebuilt, status: 1),
        Case(
            sql: "UPDATE c SET v = 'y' WHERE id = '1'; UPDATE s SET v = 'y' WHERE id = '1'; DROP TABLE p",
            rows: all.replacing("1|1|x", with: "1|1|y")),
        Case(
            sql: "INSERT INTO c VALUES ('4', '1', 'new'); DROP TABLE p; \(made)",
            rows: all.replacing("d 1|1", with: "c 4|1|new d 1|1")),
        Case(sql: "DELETE FROM c WHERE id = '3'; DROP TABLE p", rows: all.replacing("c 3||x ", with: "")),
        // A delete of all that refers, made just before, cannot be told from what the DROP did.
        Case(sql: "DELETE FROM c WHERE p IS NOT NULL; DROP TABLE p"),
        Case(sql: "DELETE FROM c WHERE id = '2'; \(pause) DROP TABLE p", rows: all.replacing("c 2|2|x ", with: "")),
        // What went with a row that somebody deleted went with that.
        Case(
            sql: "DELETE FROM p WHERE id = '1'; DROP TABLE p",
            rows: "p 2 c 2|2|x c 3||x d 2| s 1||x s 2||x t 1| t 2|1"),
        // With foreign keys off a DROP deletes nothing, and a delete that was made is one.
        Case(
            sql: "DELETE FROM c WHERE id = '2'; DROP TABLE p; \(made)", rows: all.replacing("c 2|2|x ", with: ""),
            keys: "OFF"),
        Case(sql: "DROP TABLE p", keys: "OFF"),
        // No DROP writes another column, deletes a row that SET NULL keeps, or clears one that CASCADE takes.
        Case(
            sql: "\(legacy); \(rebuilt); UPDATE s SET p = NULL, v = 'left' WHERE id = '1'",
            rows: all.replacing("s 1|1|x", with: "s 1||left"), keys: "OFF"),
        Case(
            sql: "\(legacy); \(rebuilt); DELETE FROM s WHERE id = '1'", rows: all.replacing("s 1|1|x ", with: ""),
            keys: "OFF"),
        Case(
            sql: "\(legacy); \(rebuilt); UPDATE c SET p = NULL WHERE p IS NOT NULL",
            rows: all.replacing("c 1|1|x c 2|2|x", with: "c 1||x c 2||x"), keys: "OFF"),
        // None leaves a row that refers, so what left one at first was none, nor what came before what took that.
        Case(
            sql: "\(legacy); \(rebuilt); DELETE FROM c WHERE id = '2'; UPDATE c SET v = 'y' WHERE id = '1'",
            rows: all.replacing("c 1|1|x c 2|2|x", with: "c 1|1|y"), keys: "OFF"),
    ]

    @Test(
        "What a DROP TABLE deletes or writes in other tables nobody made: it is put back and never sealed",
        arguments: cases)
    func dropped(item: Case) throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite(
            "a",
            """
            INSERT INTO p VALUES ('1', 'x'), ('2', 'x'); INSERT INTO c VALUES ('1', '1', 'x'), ('2', '2', 'x'), ('3', NULL, 'x');
            INSERT INTO d VALUES ('1', '1'), ('2', NULL); INSERT INTO s VALUES ('1', '1', 'x'), ('2', NULL, 'x'); INSERT INTO t VALUES ('1', NULL), ('2', '1');
            """)
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.sqlite("b", "PRAGMA foreign_keys = \(item.keys); \(item.sql)").status == item.status)
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        let every = """
            SELECT 'p ' || id FROM p ORDER BY id; SELECT 'c ' || id, p, v FROM c ORDER BY id; SELECT 'd ' || id, c FROM d ORDER BY id;
            SELECT 's ' || id, p, v FROM s ORDER BY id; SELECT 't ' || id, up FROM t ORDER BY id;
            """
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, every).lines.joined(separator: " ") == item.rows, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
        }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test(
        "A row does not take the key of the one to which it refers while another refers to its own, however SQLite counts"
    )
    func ownKey() throws {
        let village = try Village()
        let schema = """
            CREATE TABLE tree(id TEXT NOT NULL PRIMARY KEY, up TEXT REFERENCES tree(id));
            CREATE TABLE pair(a TEXT NOT NULL, b TEXT NOT NULL, c TEXT, d TEXT, PRIMARY KEY(a, b), \
            FOREIGN KEY(c, d) REFERENCES pair(a, b) DEFERRABLE INITIALLY DEFERRED)
            """
        _ = try village.found("a", others: [], schema: schema)
        let rows = """
            INSERT INTO tree VALUES ('3', NULL), ('1', '3'), ('2', '1');
            INSERT INTO pair VALUES ('x', '3', NULL, NULL), ('x', '1', 'x', '3'), ('x', '2', 'x', '1')
            """
        #expect(try village.sqlite("a", rows).status == 0)
        let statements = [
            "UPDATE OR REPLACE tree SET id = '3' WHERE id = '1'", "UPDATE OR REPLACE pair SET b = '3' WHERE b = '1'",
        ]
        for keys in ["ON", "OFF"] {
            for statement in statements {
                let refused = try village.sqlite("a", "PRAGMA foreign_keys = \(keys); \(statement)")
                #expect(refused.status == 19, "\(keys) \(statement)")
                #expect(refused.err.contains("FOREIGN KEY constraint failed: another row"), "\(keys) \(statement)")
                #expect(refused.err.contains("foreign_keys on") == (keys == "OFF"), "\(keys) \(statement)")
            }
        }
        // Where nothing else refers to its key it may.
        let ended = """
            PRAGMA foreign_keys = ON; UPDATE OR REPLACE tree SET id = '1' WHERE id = '2'; SELECT id, up FROM tree ORDER BY id;
            PRAGMA foreign_key_check
            """
        #expect(try village.sqlite("a", ended).lines == ["1|1", "3|"])
        #expect(try village.caravan("a", "doctor").status == 0)
    }

    @Test(
        "A row with two references to the table, of which one is cleared before the other takes the row, has both again",
        arguments: ["", " CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT);"])
    func twoReferences(made: String) throws {
        let village = try Village()
        let schema = """
            CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT);
            CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p ON DELETE CASCADE, q TEXT REFERENCES p ON DELETE SET NULL);
            """
        let address = try village.found("a", others: ["b"], schema: schema)
        try village.sqlite(
            "b",
            "INSERT INTO p VALUES ('1', 'x'), ('2', 'x'); INSERT INTO c VALUES ('1', '2', '1'), ('2', '1', '2'), ('3', NULL, '1'), ('4', NULL, NULL)"
        )
        #expect(try village.caravan("b", "sync", address).status == 0)
        let count = try village.caravan("b", "log").out.split(separator: "\n").count
        try village.sqlite("b", "PRAGMA foreign_keys = ON; DROP TABLE p;\(made)")
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT * FROM c ORDER BY id").out == "1|2|1\n2|1|2\n3||1\n4||\n")
        }
        #expect(try village.caravan("b", "log").out.split(separator: "\n").count == count, "nobody wrote anything")
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test(
        "A table that refers to itself, renamed and made anew under its name, is one table with what both had",
        arguments: ["ON", "OFF"])
    func madeAnewBesideItself(legacy: String) throws {
        let village = try Village()
        let address = try village.found(
            "a", others: ["b"],
            schema:
                "CREATE TABLE tree (id TEXT NOT NULL PRIMARY KEY, up TEXT REFERENCES tree ON DELETE SET NULL, v TEXT);")
        try village.sqlite("b", "INSERT INTO tree VALUES ('1', NULL, 'x'), ('2', '1', 'x')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try village.sqlite(
            "b",
            """
            PRAGMA foreign_keys = ON; PRAGMA legacy_alter_table = \(legacy); ALTER TABLE tree RENAME TO old;
            CREATE TABLE tree (id TEXT NOT NULL PRIMARY KEY, up TEXT, v TEXT); INSERT INTO tree VALUES ('3', NULL, 'new')
            """)
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT * FROM tree ORDER BY id").out == "1||x\n2|1|x\n3||new\n")
        }
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
    }
}

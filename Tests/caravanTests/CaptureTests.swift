import Foundation
import Testing

@Suite("What the plain sqlite3 shell writes is sealed as what it did")
struct CaptureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let sql: String
        /// Operations of the changeset, as `op table key {columns}`, sorted.
        let operations: [String]

        var testDescription: String { name }
    }

    static let schema = """
        CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER, u TEXT UNIQUE);
        CREATE TABLE d (id TEXT NOT NULL PRIMARY KEY, u TEXT NOT NULL DEFAULT 'x' UNIQUE);
        CREATE TABLE k (x TEXT NOT NULL, y INTEGER NOT NULL, PRIMARY KEY (x, y)) WITHOUT ROWID;
        CREATE TABLE s (id TEXT NOT NULL PRIMARY KEY, v ANY) STRICT;
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY);
        CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id) ON DELETE CASCADE ON UPDATE CASCADE);
        CREATE TABLE "тоб ""x" ("ид" TEXT NOT NULL PRIMARY KEY, "a b" TEXT COLLATE NOCASE);
        """

    /// The rows before it: t has 1 (a, 1, u1) and 2 (b, 2, u2); d has x (u 'x'); k has (k, 1); p has p and c has c of
    /// p.
    static let setUp = """
        INSERT INTO t VALUES ('1', 'a', 1, 'u1'), ('2', 'b', 2, 'u2'); INSERT INTO d VALUES ('d', 'x'); INSERT INTO k VALUES ('k', 1);
        INSERT INTO p VALUES ('p'); INSERT INTO c VALUES ('c', 'p'); INSERT INTO "тоб ""x" VALUES ('к', 'v');
        """

    static let cases: [Case] = [
        Case(
            name: "insert of several rows", sql: "INSERT INTO t(id, a) VALUES ('3', 'x'), ('4', 'y')",
            operations: ["insert t 3 a,b,u", "insert t 4 a,b,u"]),
        Case(name: "update of one column", sql: "UPDATE t SET a = 'z' WHERE id = '1'", operations: ["update t 1 a"]),
        Case(name: "update that changes nothing", sql: "UPDATE t SET a = a, b = b", operations: []),
        Case(
            name: "update that changes the class alone", sql: "UPDATE t SET a = CAST(a AS BLOB) WHERE id = '1'",
            operations: ["update t 1 a"]),
        Case(name: "delete", sql: "DELETE FROM t WHERE id = '1'", operations: ["delete t 1 "]),
        Case(
            name: "insert and delete", sql: "INSERT INTO t(id) VALUES ('3'); DELETE FROM t WHERE id = '3'",
            operations: []),
        Case(
            name: "delete and insert", sql: "DELETE FROM t WHERE id = '1'; INSERT INTO t(id) VALUES ('1')",
            operations: ["insert t 1 a,b,u"]),
        Case(
            name: "upsert of a known row",
            sql: "INSERT INTO t(id, a) VALUES ('1', 'n') ON CONFLICT(id) DO UPDATE SET a = excluded.a",
            operations: ["update t 1 a"]),
        Case(
            name: "upsert by the UNIQUE",
            sql: "INSERT INTO t(id, u, a) VALUES ('9', 'u1', 'n') ON CONFLICT(u) DO UPDATE SET a = excluded.a",
            operations: ["update t 1 a"]),
        Case(
            name: "OR REPLACE on the key", sql: "INSERT OR REPLACE INTO t(id, a) VALUES ('1', 'r')",
            operations: ["insert t 1 a,b,u"]),
        Case(
            name: "OR REPLACE on another row's UNIQUE", sql: "INSERT OR REPLACE INTO t(id, u) VALUES ('3', 'u1')",
            operations: ["delete t 1 ", "insert t 3 a,b,u"]),
        Case(
            name: "OR REPLACE on two rows at once", sql: "INSERT OR REPLACE INTO t(id, u) VALUES ('1', 'u2')",
            operations: ["delete t 2 ", "insert t 1 a,b,u"]),
        Case(
            name: "OR REPLACE by the default for NULL", sql: "INSERT OR REPLACE INTO d VALUES ('e', NULL)",
            operations: ["delete d d ", "insert d e u"]),
        Case(
            name: "OR REPLACE on another row's rowid",
            sql: "INSERT OR REPLACE INTO t(rowid, id) SELECT rowid, '3' FROM t WHERE id = '1'",
            operations: ["delete t 1 ", "insert t 3 a,b,u"]),
        Case(
            name: "update OR REPLACE on another row's rowid", sql: "UPDATE OR REPLACE t SET rowid = 2 WHERE id = '1'",
            operations: ["delete t 2 "]),
        Case(name: "update of the rowid alone", sql: "UPDATE t SET rowid = 77 WHERE id = '1'", operations: []),
        Case(
            name: "OR IGNORE on the UNIQUE", sql: "INSERT OR IGNORE INTO t(id, u) VALUES ('3', 'u1'), ('4', 'u4')",
            operations: ["insert t 4 a,b,u"]),
        Case(
            name: "OR FAIL keeps what came before", sql: "INSERT OR FAIL INTO t(id, u) VALUES ('3', 'u3'), ('4', 'u1')",
            operations: ["insert t 3 a,b,u"]),
        Case(
            name: "update OR REPLACE on the UNIQUE", sql: "UPDATE OR REPLACE t SET u = 'u2' WHERE id = '1'",
            operations: ["delete t 2 ", "update t 1 u"]),
        Case(
            name: "update OR REPLACE on the key", sql: "UPDATE OR REPLACE t SET id = '2' WHERE id = '1'",
            operations: ["delete t 1 ", "insert t 2 a,b,u"]),
        Case(name: "update OR IGNORE", sql: "UPDATE OR IGNORE t SET u = 'u2'", operations: []),
        Case(
            name: "key change", sql: "UPDATE t SET id = '7' WHERE id = '1'",
            operations: ["delete t 1 ", "insert t 7 a,b,u"]),
        Case(
            name: "key swap",
            sql:
                "UPDATE t SET id = 'h' WHERE id = '1'; UPDATE t SET id = '1' WHERE id = '2'; UPDATE t SET id = '2' WHERE id = 'h'",
            operations: ["insert t 1 a,b,u", "insert t 2 a,b,u"]),
        Case(name: "rollback", sql: "BEGIN; UPDATE t SET a = 'z'; DELETE FROM t; ROLLBACK", operations: []),
        Case(
            name: "savepoints",
            sql: "BEGIN; UPDATE t SET a = 'z' WHERE id = '1'; SAVEPOINT s; DELETE FROM t; ROLLBACK TO s; COMMIT",
            operations: ["update t 1 a"]),
        Case(
            name: "composite key without rowid", sql: "INSERT INTO k VALUES ('k', 2); DELETE FROM k WHERE y = 1",
            operations: ["delete k k,1 ", "insert k k,2 "]),
        Case(
            name: "STRICT keeps the class", sql: "INSERT INTO s VALUES ('r', 1.0), ('i', 1)",
            operations: ["insert s i v", "insert s r v"]),
        Case(
            name: "cascade of a delete", sql: "PRAGMA foreign_keys = ON; DELETE FROM p",
            operations: ["delete c c ", "delete p p "]),
        Case(
            name: "cascade of a key change", sql: "PRAGMA foreign_keys = ON; UPDATE p SET id = 'r'",
            operations: ["delete p p ", "insert p r ", "update c c p"]),
        Case(
            name: "quoted and Cyrillic names", sql: #"UPDATE "тоб ""x" SET "a b" = 'V'"#,
            operations: ["update тоб \"x к a b"]),
        Case(
            name: "recursive triggers on",
            sql: "PRAGMA recursive_triggers = ON; INSERT OR REPLACE INTO t(id, u) VALUES ('3', 'u1')",
            operations: ["delete t 1 ", "insert t 3 a,b,u"]),
        Case(
            name: "a trigger of one's own",
            sql:
                "CREATE TRIGGER own AFTER UPDATE ON t BEGIN UPDATE d SET u = NEW.a; END; UPDATE t SET a = 'z' WHERE id = '1'",
            operations: ["update d d u", "update t 1 a"]),
    ]

    @Test("Every kind of statement", arguments: cases)
    func statement(item: Case) throws {
        let village = try Village()
        try Self.schema.write(to: village.folder.appendingPathComponent("s.sql"), atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--name", "a", "--schema", village.folder.path + "/s.sql").status == 0)
        try village.sqlite("a", Self.setUp)
        let before = try village.caravan("a", "log", "--json").lines.count
        try village.sqlite("a", item.sql)
        let log = try village.json(village.caravan("a", "log", "--json"))
        #expect(log.count == before + (item.operations.isEmpty ? 0 : 1))
        let operations = item.operations.isEmpty ? [] : log.first?["operations"] as? [[String: Any]] ?? []
        #expect(operations.map(text).sorted() == item.operations)
    }

    private func text(_ operation: [String: Any]) -> String {
        let key = (operation["key"] as? [Any] ?? []).map { "\($0)" }.joined(separator: ",")
        let columns = (operation["values"] as? [String: Any] ?? [:]).keys.sorted().joined(separator: ",")
        return "\(operation["op"] ?? "") \(operation["table"] ?? "") \(key) \(columns)"
    }

    @Test("A value above the limit and a real as a key are refused at the write, with a sentence; the rest goes on")
    func refused() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let large = try village.sqlite("a", "INSERT INTO project(id, note) VALUES ('p', zeroblob(16777217))")
        #expect(large.status != 0)
        #expect(large.err.contains("larger than 16777216 bytes"))
        #expect(try village.sqlite("a", "INSERT INTO project(id, note) VALUES ('p', zeroblob(16777216))").status == 0)
        #expect(try village.caravan("a", "log", "--since", "1d", "--json").lines.count == 2)
    }
}

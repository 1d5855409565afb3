import Foundation
import Testing

@Suite("What people's tools leave under names that are in use")
struct TakenNameTests {
    private static let schema = "CREATE TABLE q (id TEXT NOT NULL PRIMARY KEY, code TEXT);"

    /// Two nodes that hold the rows 1 and 2.
    private func village() throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO q VALUES ('1', 'x'), ('2', 'y')")
        #expect(try village.caravan("b", "sync").status == 0)
        return village
    }

    private func messages(_ village: Village) throws -> [String] {
        try village.json(village.caravan("b", "doctor", "--json")).compactMap { $0["message"] as? String }
    }

    private func expectOne(_ village: Village, _ rows: [String]) throws {
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT id, code FROM q ORDER BY id").lines == rows, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
        }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test(
        "A virtual table of the name of one of the alliance's gives way to it, and doctor names it",
        arguments: [
            "ALTER TABLE q RENAME TO old; CREATE VIRTUAL TABLE q USING fts5(id, code); INSERT INTO q SELECT * FROM old",
            "DROP TABLE q; CREATE VIRTUAL TABLE q USING fts5(id, code); INSERT INTO q VALUES ('1', 'x')",
            "ALTER TABLE q RENAME TO old; CREATE VIRTUAL TABLE Q USING rtree(id, code, more)",
            "DROP TABLE q; CREATE VIRTUAL TABLE q USING rtree(id, code, more)",
        ])
    func virtual(sql: String) throws {
        let village = try village()
        try village.done(
            village.sqlite("b", "UPDATE q SET code = 'z' WHERE id = '1'; CREATE TABLE copy AS SELECT * FROM q"))
        try village.done(village.sqlite("b", sql))
        try expectOne(village, ["1|z", "2|y"])
        let kept = try village.sqlite(
            "b",
            "SELECT count(*) FROM sqlite_master WHERE name LIKE 'q\\_\\_local' ESCAPE '\\' AND sql LIKE 'CREATE VIRTUAL%'"
        )
        #expect(kept.out == "1\n")
        #expect(try messages(village).contains { $0.lowercased().hasPrefix("table q__local is on this node only") })
    }

    static let rebuild =
        "CREATE TABLE n (id TEXT, code BLOB); INSERT INTO n SELECT * FROM q; DROP TABLE q; ALTER TABLE n RENAME TO q;"

    @Test(
        "What the node makes for a while takes another name where a person has made something of its own",
        arguments: [
            rebuild, rebuild.replacing("id TEXT", with: "id INTEGER", maxReplacements: 1),
            "ALTER TABLE q RENAME TO old; CREATE TABLE q (id TEXT, code TEXT); INSERT INTO q SELECT * FROM old;",
            "ALTER TABLE q RENAME TO old; CREATE TABLE q (id INTEGER, code TEXT); INSERT INTO q SELECT * FROM old;",
        ])
    func scratch(sql: String) throws {
        let village = try village()
        let tables = ["entered", "made", "known", "typed", "claims", "casts", "noted", "unnamed", "listed", "rebuilt"]
        var own = tables.map { "CREATE TABLE caravan_\($0)_1(x); INSERT INTO caravan_\($0)_1 VALUES ('mine');" }
            .joined()
        own += "CREATE INDEX caravan_typed_1_key ON caravan_typed_1(x); CREATE VIEW caravan_known_1_key AS SELECT 1;"
        try village.done(village.sqlite("b", own))
        try village.done(village.sqlite("b", sql))
        try village.done(village.sqlite("b", "INSERT INTO q VALUES ('3', 'new')"))
        try expectOne(village, ["1|x", "2|y", "3|new"])
        for name in tables {
            #expect(try village.sqlite("b", "SELECT x FROM caravan_\(name)_1").out == "mine\n", "\(name)")
        }
    }

    @Test("What is kept of a new table of the alliance takes its name from what a person made under it")
    func keptNames() throws {
        let village = try village()
        let own = ["clock", "pending", "open"].map { "CREATE TABLE caravan_\($0)_2(x);" }.joined()
        try village.done(village.sqlite("b", own))
        try apply("a", village, Self.schema + "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        try village.done(village.sqlite("b", "INSERT INTO p VALUES ('1', 'x')"))
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.sqlite("a", "SELECT * FROM p").out == "1|x\n")
        #expect(try messages(village).count { $0.contains("__local is on this node only") } == 3)
    }

    private func apply(_ node: String, _ village: Village, _ sql: String) throws {
        let file = village.folder.appendingPathComponent("\(node).sql").path
        try Data(sql.utf8).write(to: URL(fileURLWithPath: file))
        try village.done(village.caravan(node, "schema", "apply", file))
    }

    private func apart(_ first: String, _ second: String) throws -> Village {
        let village = try village()
        try village.done(village.caravan("a", "member", "role", "b", "admin"))
        #expect(try village.caravan("b", "sync").status == 0)
        try apply("a", village, Self.schema + first)
        try apply("b", village, Self.schema + second)
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        return village
    }

    @Test("An index of the alliance whose name a table of the alliance takes is no index of a person's own")
    func indexAndTable() throws {
        let (table, index) = (
            "CREATE TABLE zz (id TEXT NOT NULL PRIMARY KEY, a TEXT);", "CREATE UNIQUE INDEX zz ON q(code);"
        )
        for isFirst in [true, false] {
            let village = try apart(isFirst ? index : table, isFirst ? table : index)
            for node in ["a", "b"] {
                #expect(try village.caravan(node, "doctor").out == "nothing is wrong\n", "\(node)")
                let found =
                    "SELECT count(*) FROM sqlite_master WHERE name LIKE 'zz%' AND name NOT LIKE '%\\_local' ESCAPE '\\'"
                #expect(try village.sqlite(node, found).out == "2\n", "\(node)")
            }
        }
    }

    @Test("A column that was defined apart to refer to several tables is named with its definers and the way out")
    func doubled() throws {
        let (p, s) = (
            "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY);", "CREATE TABLE s (id TEXT NOT NULL PRIMARY KEY);"
        )
        let table = { (target: String, more: String) in
            p + s + "CREATE TABLE y (id TEXT NOT NULL PRIMARY KEY, z TEXT REFERENCES \(target)(id)\(more));"
        }
        let village = try apart(table("p", ""), table("s", ""))
        try village.done(village.sqlite("a", "INSERT INTO p VALUES ('k'); INSERT INTO s VALUES ('l')"))
        #expect(try village.sqlite("b", "INSERT INTO y VALUES ('1', 'k')").status != 0)
        let found = try messages(village)
        #expect(found.count == 1, "\(found)")
        let words = found.first ?? ""
        #expect(
            words.hasPrefix("column z of table y was defined apart (by a, b) and refers to each of p, s: "), "\(words)")
        #expect(words.contains("`caravan schema apply --retire y.z FILE`"))
        let file = village.folder.appendingPathComponent("out.sql").path
        let sql = Self.schema + p + s + "CREATE TABLE y (id TEXT NOT NULL PRIMARY KEY, w TEXT REFERENCES p(id));"
        try Data(sql.utf8).write(to: URL(fileURLWithPath: file))
        try village.done(village.caravan("a", "schema", "apply", "--retire", "y.z", file))
        for _ in 0..<2 { #expect(try village.caravan("b", "sync").status == 0) }
        try village.done(village.sqlite("b", "INSERT INTO y(id, w) VALUES ('1', 'k')"))
        #expect(try messages(village).isEmpty)
    }
}

import Foundation
import Testing

@Suite("What may stand in a schema, as processes", .serialized)
struct DefinitionTests {
    private func file(_ village: Village, _ sql: String) throws -> String {
        let file = village.folder.appendingPathComponent("tables.sql")
        try sql.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    @Test(
        "What not every SQLite reads alike is refused at init with one sentence that says what to write instead, and nothing is made",
        arguments: [
            ("n INTEGER CHECK (n < 1_000)", "1_000\": write plain digits"), ("n CHECK (soundex(n) > '')", "abs, char"),
            ("n CHECK (n REGEXP 'x')", "write GLOB"), ("n INTEGER CHECK (iif(n, 1) > 0)", "CASE WHEN"),
            ("d TEXT CHECK (d <= date('now'))", "2026-01-31"),
            ("d TEXT CHECK (date(d) IS NOT NULL)", "2026-01-31"),
            ("d TEXT CHECK (d <= CURRENT_DATE)", "2026-01-31"), ("j TEXT CHECK (json_valid(j))", "program that writes"),
            ("j TEXT CHECK (json_valid(j, 2))", "program that writes"),
            ("j TEXT, k TEXT AS (j ->> 'x')", "->"),
            ("d TEXT, y TEXT AS (strftime('%F', d))", "2026-01-31"),
            ("r REAL, t TEXT AS (round(r, 2))", "round(x * 100) / 100"),
            ("r REAL, t TEXT AS (r || '')", "CAST(… AS INTEGER)"),
            ("x, t TEXT AS (x || '')", "type TEXT"), ("a TEXT CHECK (a LIKE 'x%')", "GLOB"),
            ("a TEXT CHECK (a GLOB 'x*')", "CAST(… AS TEXT) GLOB"), ("g TEXT AS (upper(g))", "g"),
            ("a TEXT, g TEXT AS (hex(hex(hex(hex(a)))))", "8 times"), ("b \"TEXT, evil TEXT\"", "type of column b"),
            ("b \"TEXT) -- \"", "type of column b"),
            ("b TEXT DEFAULT (zeroblob(1000000000))", "zeroblob"),
            ("b TEXT DEFAULT (strftime('%F', 'now'))", "not every SQLite knows"),
            ("b TEXT DEFAULT (unixepoch())", "unixepoch"), ("a TEXT CHECK (a)", "x <> ''"),
        ])
    func refused(column: String, reason: String) throws {
        let village = try Village()
        let path = try file(village, "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \(column));")
        let outcome = try village.caravan("a", "init", "--schema", path)
        #expect(outcome.status != 0)
        #expect(outcome.err.contains(reason), "\(outcome.err)")
        #expect(outcome.err.split(separator: "\n").count == 1, "\(outcome.err)")
        #expect(!FileManager.default.fileExists(atPath: village.home("a") + "/replica.sqlite"))
    }

    @Test("A schema comes in through a pipe, too", arguments: ["-", "/dev/stdin"])
    func pipe(place: String) throws {
        let village = try Village()
        let sql = "CREATE TABLE piped (id TEXT NOT NULL PRIMARY KEY);"
        let command = "printf '%s' \"$1\" | \"$0\" --home \"$2\" init --schema \"$3\""
        let made = try Shell.run("sh", ["-c", command, Shell.command, sql, village.home("a"), place])
        #expect(made.status == 0, "\(made.err)")
        #expect(try village.sqlite("a", "SELECT count(*) FROM piped").out == "0\n")
    }

    private static let schema = """
        CREATE TABLE person (
            id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))),
            name TEXT NOT NULL CHECK (trim(name) <> '' AND length(name) < 200), -- as in the passport
            email TEXT CHECK (email IS NULL OR (instr(email, '@') > 1 AND lower(email) = email)),
            born TEXT CONSTRAINT day CHECK (CAST(born AS TEXT) GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
            status TEXT DEFAULT 'new' CHECK (status IN ('new', 'old', 'gone')),
            level INTEGER CHECK (level BETWEEN 1 AND 10 /* of ten */),
            price DECIMAL(10, 2) CHECK (price >= 0 AND price < 100000.5),
            low INTEGER, high INTEGER,
            entered TEXT DEFAULT CURRENT_TIMESTAMP,
            label TEXT AS (upper(substr(name, 1, 1)) || '-' || level) VIRTUAL,
            grade TEXT AS (CASE WHEN level > 7 THEN 'high' WHEN level > 3 THEN 'middle' ELSE 'low' END) STORED,
            total INTEGER GENERATED ALWAYS AS (coalesce(low, 0) + coalesce(high, 0)),
            CHECK (low <= high)
        );
        CREATE UNIQUE INDEX person_email ON person (lower(email)) WHERE status <> 'gone';
        CREATE INDEX person_label ON person (label, grade);
        """

    @Test("What every SQLite reads alike is permitted, reaches other nodes, and holds there")
    func permitted() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        let written = try village.sqlite(
            "b",
            "INSERT INTO person(name, email, born, level, price, low, high) VALUES ('Зарина', 'z@ttu.tj', '1990-01-31', 8, 9.5, 1, 2)"
        )
        #expect(written.status == 0, "\(written.err)")
        for wrong in [
            "name = ' '", "email = 'Z@ttu.tj'", "born = 'now'", "status = 'x'", "level = 11", "price = -1", "low = 3",
        ] {
            #expect(try village.sqlite("b", "UPDATE person SET \(wrong)").status != 0, "\(wrong)")
        }
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.sqlite("a", "SELECT label, grade, total, status FROM person").out == "З-8|high|3|new\n")
        #expect(try village.sqlite("a", "INSERT INTO person(name, email) VALUES ('other', 'z@ttu.tj')").status != 0)
        #expect(try village.digest("a") == village.digest("b"))
        // What is printed of it is the same schema, and a comment more changes nothing.
        let shown = try village.caravan("a", "schema", "show").out
        #expect(try village.caravan("a", "schema", "apply", file(village, shown)).out == "the schema is that already\n")
        #expect(
            try village.caravan("a", "schema", "apply", file(village, Self.schema)).out
                == "the schema is that already\n")
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
    }

    @Test(
        "What is added is judged by the same rules, also where it is only tried",
        arguments: [
            ("\"more\" INTEGER DEFAULT '5'", "changed by the type INTEGER"),
            ("\"more\" \"TEXT, evil TEXT\"", "type of column more"),
            ("\"more\" INTEGER CHECK (more < date('now'))", "2026-01-31"),
            ("\"more\" TEXT AS (hex(hex(hex(hex(\"a\")))))", "8 times"),
            ("\"more\" TEXT DEFAULT (1 + 1)", "no constant"),
            ("\"more\" TEXT DEFAULT 'x' REFERENCES t(id)", "leave the default out"),
            ("\"more\" TEXT REFERENCES nothing(id)", "nothing"),
        ])
    func added(column: String, reason: String) throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)")
        let path = try file(village, "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, \(column))")
        for more in [["--dry-run"], []] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a"), "schema", "apply", path] + more)
            #expect(outcome.status != 0)
            #expect(outcome.err.contains(reason), "\(outcome.err)")
        }
        #expect(try village.sqlite("a", "SELECT count(*) FROM pragma_table_xinfo('t')").out == "2\n")
    }
}

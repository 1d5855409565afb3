import NodeFixtures
import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncSimulator
import Testing

@testable import ReplicaStore

@Suite("UNIQUE, CHECK and generated columns")
struct UniqueTests {
    private func world(_ columns: String, _ more: String = "") throws -> World {
        try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \(columns)); \(more)", skews: [0, 10])
    }

    private func duplicates(_ world: World, _ site: Int) throws -> [[[Value]]] {
        try world.sites[site].replica.reports.conflicts().compactMap {
            if case .duplicate(_, let keys) = $0.kind { keys } else { nil }
        }
    }

    private func run(_ world: World, _ site: Int, _ sql: String) throws {
        try Connection(path: world.sites[site].replica.path, access: .readWrite).run(sql)
    }

    private func refuses(_ world: World, _ site: Int, _ sql: String) -> Bool {
        do { try run(world, site, sql) } catch {
            if case .sqlite(_, let message, _)? = error as? StoreError {
                return message.hasPrefix("UNIQUE constraint failed: ")
            }
        }
        return false
    }

    private func isWhole(_ world: World) throws -> Bool {
        try world.tables(0) == world.tables(1) && world.conflicts(0) == world.conflicts(1)
            && world.sites.allSatisfy { try $0.replica.connection.value("PRAGMA integrity_check") == .text("ok") }
    }

    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let columns: String
        var index = ""
        /// Values that are equal in the UNIQUE, and one that is equal to none of them.
        let equal: [String]
        let other: String
    }

    static let shapes = [
        Shape(
            testDescription: "one column", columns: "u TEXT UNIQUE, v TEXT", equal: ["'x', 'p'", "'x', 'q'"],
            other: "'y', 'p'"),
        Shape(
            testDescription: "two columns", columns: "u TEXT, v TEXT, UNIQUE (u, v)", equal: ["'x', 'p'", "'x', 'p'"],
            other: "'x', 'q'"),
        Shape(
            testDescription: "NULLs are never equal", columns: "u TEXT, v TEXT, UNIQUE (u, v)",
            equal: ["'x', 'p'", "'x', 'p'"], other: "'x', NULL"),
        Shape(
            testDescription: "NOCASE", columns: "u TEXT COLLATE NOCASE UNIQUE, v TEXT",
            equal: ["'x', 'p'", "'X', 'q'"], other: "'y', 'p'"),
        Shape(
            testDescription: "integer and real", columns: "u UNIQUE, v TEXT", equal: ["1, 'p'", "1.0, 'q'"],
            other: "'1', 'p'"),
        Shape(
            testDescription: "a partial index", columns: "u TEXT, v TEXT",
            index: "CREATE UNIQUE INDEX i ON t(u) WHERE v = 'p'", equal: ["'x', 'p'", "'x', 'p'"], other: "'x', 'q'"),
        Shape(
            testDescription: "an expression", columns: "u TEXT, v TEXT",
            index: "CREATE UNIQUE INDEX i ON t(lower(u), (v || '') COLLATE NOCASE DESC)",
            equal: ["'X', 'p'", "'x', 'P'"],
            other: "'x', 'q'"),
        Shape(
            testDescription: "a column in parentheses", columns: "u TEXT, v TEXT",
            index: "CREATE UNIQUE INDEX i ON t((u) COLLATE NOCASE, (\"v\") DESC)", equal: ["'x', 'p'", "'X', 'p'"],
            other: "'x', 'q'"),
        Shape(
            testDescription: "a generated column",
            columns: "u TEXT, v TEXT, g TEXT AS (u || v) STORED, w AS (u || v) VIRTUAL",
            index: "CREATE UNIQUE INDEX i ON t(g, w)",
            equal: ["'x', 'yz'", "'xy', 'z'"], other: "'x', 'y'"),
    ]

    @Test("Where rows are equal in a partial UNIQUE, one that is not in it may have the same")
    func outside() throws {
        let world = try world("u TEXT, v TEXT", "CREATE UNIQUE INDEX i ON t(u) WHERE v = 'p'")
        for site in 0...1 { try run(world, site, "INSERT INTO t VALUES ('of \(site)', 'x', 'p')") }
        try world.meet()
        for site in 0...1 {
            #expect(try duplicates(world, site).count == 1)
            #expect(refuses(world, site, "INSERT INTO t VALUES ('third', 'x', 'p')"))
            try run(world, site, "INSERT INTO t VALUES ('beside \(site)', 'x', 'q'), ('other \(site)', 'y', 'q')")
            try run(world, site, "UPDATE t SET u = 'x' WHERE id = 'other \(site)'")
        }
        try world.meet()
        #expect(try world.tables(0).count == 6)
        #expect(try world.tables(0) == world.tables(1))
    }

    @Test(
        "Rows that are equal in a UNIQUE and were entered apart stay on all replicas, are listed, and no more may be added; when they differ it is UNIQUE again",
        arguments: shapes)
    func apart(shape: Shape) throws {
        let world = try world(shape.columns, shape.index)
        try run(world, 0, "INSERT INTO t(id, u, v) VALUES ('a', \(shape.equal[0]))")
        #expect(refuses(world, 0, "INSERT INTO t(id, u, v) VALUES ('again', \(shape.equal[1]))"))
        try run(world, 1, "INSERT INTO t(id, u, v) VALUES ('b', \(shape.equal[1])), ('c', \(shape.other))")
        try world.meet()
        #expect(try isWhole(world))
        #expect(try world.tables(0).count == 3)
        for site in 0...1 {
            #expect(try duplicates(world, site) == [[[.text("a")], [.text("b")]]])
            // Each of the rows says so, and no other.
            let listed = Set(try world.conflicts(site))
            for key in ["a", "b", "c"] {
                let reports = try world.sites[site].replica.reports.record(table: "t", key: [.text(key)])?.reports
                #expect(Set(reports ?? []) == (key == "c" ? [] : listed))
                #expect(reports != nil)
            }
            #expect(refuses(world, site, "INSERT INTO t(id, u, v) VALUES ('d', \(shape.equal[0]))"))
            #expect(refuses(world, site, "UPDATE t SET (u, v) = (SELECT \(shape.equal[0])) WHERE id = 'c'"))
            #expect(throws: Never.self) {
                try run(
                    world, site,
                    "UPDATE t SET u = u; INSERT INTO t(id, u, v) VALUES ('e', NULL, NULL); DELETE FROM t WHERE id = 'e'"
                )
            }
        }
        try run(world, 1, "DELETE FROM t WHERE id = 'a'")
        try world.meet()
        #expect(try isWhole(world))
        #expect(try world.conflicts(0).isEmpty)
        for site in 0...1 {
            #expect(refuses(world, site, "INSERT INTO t(id, u, v) VALUES ('d', \(shape.equal[0]))"))
            #expect(throws: Never.self) {
                try run(world, site, "INSERT OR IGNORE INTO t(id, u, v) VALUES ('d', \(shape.equal[0]))")
            }
        }
        try run(world, 0, "INSERT OR REPLACE INTO t(id, u, v) VALUES ('f', \(shape.equal[0]))")
        try world.meet()
        #expect(try isWhole(world))
        #expect(Set(try world.tables(1).keys.map(\.key)) == [[.text("c")], [.text("f")]])
    }

    @Test(
        "What OR REPLACE takes by an index with a condition or an expression is gone everywhere, whatever classes it compares",
        arguments: [
            "ON t(lower(a) COLLATE RTRIM) WHERE (b > '0')",
            "ON t(lower(a) COLLATE RTRIM, (b > '0')) WHERE b IS NOT NULL",
            "ON t(lower(a) COLLATE RTRIM) WHERE (a > 5 AND b > '0')",
        ],
        [
            "UPDATE OR REPLACE t SET b = 1 WHERE id = 'k3'", "INSERT OR REPLACE INTO t VALUES ('k4', 'X', 7)",
            "UPDATE OR REPLACE t SET b = 'xy' WHERE id = 'k3'", "INSERT OR REPLACE INTO t VALUES ('k4', 'X', '!')",
        ])
    func taken(index: String, statement: String) throws {
        let world = try world("a TEXT, b INTEGER", "CREATE UNIQUE INDEX i \(index)")
        try run(world, 0, "INSERT INTO t VALUES ('k1', 'y', 1), ('k2', 'x', 1), ('k3', 'X ', NULL)")
        try world.meet()
        try run(world, 0, statement)
        #expect(!(try world.tables(0).keys.contains { $0.key == [.text("k2")] }))
        try world.meet()
        #expect(try isWhole(world))
        #expect(try world.tables(0) == world.tables(1))
    }

    @Test("Values that are only exchanged leave the index UNIQUE and the schema as it was")
    func exchanged() throws {
        let world = try world("u TEXT UNIQUE")
        try run(world, 0, "INSERT INTO t VALUES ('a', '1'), ('b', '2'), ('c', '3')")
        try world.meet()
        let version = try world.sites[1].replica.connection.value("PRAGMA schema_version")
        try run(
            world, 0,
            "UPDATE t SET u = 'x' WHERE id = 'a'; UPDATE t SET u = '1' WHERE id = 'b'; UPDATE t SET u = '2' WHERE id = 'c'; UPDATE t SET u = '3' WHERE id = 'a'"
        )
        try world.meet()
        #expect(try isWhole(world))
        #expect(try world.conflicts(1).isEmpty)
        #expect(try world.sites[1].replica.connection.value("PRAGMA schema_version") == version)
        #expect(refuses(world, 1, "INSERT INTO t VALUES ('d', '1')"))
    }

    @Test("A check holds where people write; a merged row that fails it stays and is listed until it is changed")
    func checked() throws {
        let world = try world("a INTEGER, b INTEGER CONSTRAINT positive CHECK (b > 0), CHECK (a <= b)")
        try run(world, 0, "INSERT INTO t VALUES ('1', 1, 10)")
        try world.meet()
        #expect(throws: StoreError.self) { try run(world, 0, "UPDATE t SET a = 11") }
        #expect(throws: StoreError.self) { try run(world, 0, "UPDATE t SET b = 0") }
        try run(world, 0, "UPDATE t SET a = 9")
        try run(world, 1, "UPDATE t SET b = 5")
        try world.meet()
        #expect(try isWhole(world))
        for site in 0...1 {
            #expect(
                try world.sites[site].replica.reports.conflicts() == [
                    ConflictReport(table: "t", key: [.text("1")], kind: .invalid(constraint: "a <= b"))
                ])
        }
        try run(world, 1, "UPDATE t SET a = 4")
        try world.meet()
        #expect(try isWhole(world))
        #expect(try world.conflicts(0).isEmpty)
    }

    @Test(
        "Two checks that name one letter as Unicode writes it in two ways are two, and only the one that fails is listed",
        arguments: ["\u{E9}", "e\u{301}"])
    func writtenInTwoWays(value: String) throws {
        let world = try world("a TEXT, CHECK (a <> '\u{E9}'), CHECK (a <> 'e\u{301}')")
        try run(world, 0, "PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES ('1', '\(value)')")
        try world.meet()
        for site in 0...1 {
            let listed = try world.sites[site].replica.reports.conflicts().compactMap {
                if case .invalid(let constraint) = $0.kind { Array(constraint.utf8) } else { nil }
            }
            #expect(listed == [Array("a <> '\(value)'".utf8)])
        }
    }

    @Test("Generated columns are computed on every replica and are in no operation")
    func generated() throws {
        let world = try world(
            "a INTEGER, b INTEGER, s INTEGER GENERATED ALWAYS AS (a + b) STORED, v TEXT AS (a || '-' || b)")
        try run(world, 0, "INSERT INTO t(id, a, b) VALUES ('1', 1, 2)")
        try world.meet()
        try run(world, 0, "UPDATE t SET a = 5")
        try run(world, 1, "UPDATE t SET b = 7")
        try world.meet()
        for site in 0...1 {
            let row = try world.sites[site].replica.connection.rows("SELECT s, v FROM t")
            #expect(row.drawn == "12 | '5-7'")
        }
        var names: Set<Identifier> = []
        try world.sites[0].replica.reports.log(LogFilter()) { report in
            for operation in report.operations ?? [] {
                if case .insert(let values) = operation.action { names.formUnion(values.keys) }
            }
        }
        #expect(names == ["a", "b"])
        #expect(Set(try world.sites.map { try $0.replica.reports.digest() }).count == 1)
    }

    @Test(
        "What is cut from a schema's text comes back as it was written",
        arguments: [
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \"a)b\" TEXT DEFAULT 'x)' CHECK (\"a)b\" <> '),('), -- CHECK (1)\n c /* ( */ INT CONSTRAINT \"n m\" CHECK (c IN (1, 2, (3))), CHECK (c < 9 OR length(\"a)b\") > 1))"
        ])
    func cut(sql: String) throws {
        let table = try #require(try SchemaReader.read(sql: sql, allowIntegerKey: []).tables.first)
        #expect(
            table.checks == [
                CheckDefinition(name: nil, expression: "\"a)b\" <> '),('"),
                CheckDefinition(name: "n m", expression: "c IN (1, 2, (3))"),
                CheckDefinition(name: nil, expression: "c < 9 OR length(\"a)b\") > 1"),
            ])
        #expect(try SchemaReader.read(sql: SchemaSQL.createTable(table), allowIntegerKey: []).tables == [table])
    }

    @Test(
        "What a merge could not compute or a peer's SQLite could not read is refused with a sentence",
        arguments: [
            ("b TEXT AS (abs(a))", "calls abs"), ("b TEXT AS (a || 'x') NOT NULL", "leave NOT NULL out"),
            ("b AS (date(a))", "calls date"),
            ("b TEXT CHECK (b IN (SELECT 1))", "prohibited"),
            ("b TEXT CHECK (load_extension(b))", "calls load_extension"), ("b TEXT CHECK (nope > 1)", "no such column"),
            ("b TEXT CHECK (b <> \"text\")", "no such column"), ("b TEXT DEFAULT \"text\"", "no such column"),
            ("b TEXT CHECK (random() > 1)", "calls random"),
        ])
    func refused(columns: String, reason: String) {
        let sql = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, \(columns))"
        #expect { try SchemaReader.read(sql: sql, allowIntegerKey: []) } throws: { error in
            switch error as? StoreError {
            case .schema(let sentence)?, .wrongSQL(let sentence)?: sentence.contains(reason)
            default: false
            }
        }
    }

    @Test(
        "Rows move between groups of equal ones, leave them and are deleted, and the list is always the definition's",
        arguments: 0..<30)
    func moving(seed: Int) throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, u TEXT, v TEXT); CREATE UNIQUE INDEX i ON t(u)",
            skews: [0, 10, -10])
        var random = SeededGenerator(seed)
        for _ in 0..<12 {
            for site in 0..<3 {
                var sql: [String] = []
                for _ in 0..<random.pick([1, 4, 9]) {
                    let (key, value) = ("'\(site)\(random.below(6))'", random.pick(["'x'", "'y'", "'z'", "NULL"]))
                    sql.append(
                        random.pick([
                            "INSERT INTO t(id, u) VALUES (\(key), \(value))",
                            "UPDATE t SET u = \(value) WHERE id = \(key)", "UPDATE t SET v = \(value)",
                            "DELETE FROM t WHERE id = \(key)", "UPDATE t SET u = NULL WHERE u = \(value)",
                        ]))
                }
                try world.write(site, sql)
            }
            try world.pull(random.below(3), from: random.below(3))
            let (to, from) = random.pick([(0, 1), (1, 2), (2, 0)])
            try world.pull(to, from: from)
            try world.expectDefinition(to, "seed \(seed)")
        }
        try world.meet()
        for site in 0..<3 { try world.expectDefinition(site, "seed \(seed), end") }
    }

    @Test("A replica of earlier software, which listed equal rows without their groups, lists them anew")
    func earlier() throws {
        let world = try world("u TEXT UNIQUE")
        for site in 0...1 {
            try world.write(
                site,
                [
                    "INSERT INTO t VALUES ('a\(site)', 'x'), ('b\(site)', 'y'), ('c\(site)', NULL), ('d\(site)', '\(site)')"
                ])
        }
        try world.meet()
        let listed = try world.sites[0].replica.reports.conflicts()
        #expect(listed.count == 2)
        try run(
            world, 0,
            "DROP TABLE caravan_equal; CREATE TABLE caravan_duplicate(name TEXT NOT NULL, key BLOB NOT NULL, PRIMARY KEY(name, key)) WITHOUT ROWID"
        )
        #expect(try Replica(path: world.sites[0].replica.path).reports.conflicts() == listed)
    }
}

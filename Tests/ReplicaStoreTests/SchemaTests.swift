import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("Schema changes while people are apart")
struct SchemaTests {
    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)"

    private func world(_ schema: String = Self.schema, sites: Int = 2) throws -> World {
        try World(schema: schema, skews: (0..<sites).map { Int64($0) }, role: .admin)
    }

    /// Expects that all sites show the same tables and that each replica is sound, where tables have other names than
    /// their authors gave them.
    private func agreeDeeply(_ world: World) throws {
        #expect(try world.isOne())
        let first = try world.tables(0)
        for site in world.sites.indices {
            let replica = world.sites[site].replica
            #expect(try world.tables(site) == first, "site \(site): tables")
            #expect(
                try replica.reports.verifyDeep(progress: { _, _ in }).isEmpty,
                "site \(site)")
            #expect(
                try replica.reports.counts().void == 0,
                "site \(site)")
            #expect(try replica.connection.value("PRAGMA integrity_check") == .text("ok"), "site \(site)")
        }
    }

    @Test(
        "A column that is added shows its default in every row, is written like any other, and a node that was away gets schema and data at once"
    )
    func added() throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x'), ('2', 'y')"])
        try world.meet()
        try world.define(
            0,
            "t: b INTEGER NOT NULL DEFAULT 7; CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, t TEXT REFERENCES t(id)); t: c TEXT REFERENCES u(id)"
        )
        try world.write(
            0,
            [
                "UPDATE t SET b = 8 WHERE id = '1'", "INSERT INTO u VALUES ('u', '2')",
                "INSERT INTO t(id, c) VALUES ('3', 'u')",
            ])
        try world.write(
            1,
            [
                "UPDATE t SET a = 'old software' WHERE id = '1'", "INSERT INTO t VALUES ('4', 'knows no b')",
                "DELETE FROM t WHERE id = '2'",
            ])
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        for site in 0...1 {
            #expect(
                try world.value(site, "SELECT group_concat(id || b, ' ') FROM (SELECT * FROM t ORDER BY id)")
                    == .text("18 27 37 47"))
        }
        try world.write(1, ["UPDATE t SET b = 9 WHERE id = '4'", "UPDATE t SET a = NULL"])
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        #expect(try world.value(0, "SELECT b FROM t WHERE id = '4'") == .integer(9))
    }

    @Test("A row that was deleted before a column came is whole when it comes back")
    func archived() throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x')"])
        try world.meet()
        try world.write(0, ["DELETE FROM t"])
        try world.write(1, ["UPDATE t SET a = 'edited'"])
        try world.seal(0)
        try world.define(0, "t: b TEXT DEFAULT 'd'")
        try world.meet()
        try world.agree()
        #expect(try world.value(0, "SELECT a || b FROM t") == .text("editedd"))
        #expect(try world.isOne())
    }

    @Test(
        "Two nodes add the same column apart: one column, whose definition is that of the smallest site, with nothing lost",
        arguments: [
            ("b TEXT DEFAULT 'one'", "b TEXT DEFAULT 'two'"), ("b INTEGER NOT NULL DEFAULT 1", "b INT DEFAULT 2"),
            ("b TEXT COLLATE NOCASE", "b TEXT"),
        ])
    func same(first: String, second: String) throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x'), ('2', 'y')"])
        try world.meet()
        try world.define(0, "t: \(first)")
        try world.define(1, "t: \(second)")
        try world.write(0, ["UPDATE t SET b = 10 WHERE id = '1'", "INSERT INTO t(id, b) VALUES ('3', 11)"])
        try world.write(1, ["UPDATE t SET b = 20 WHERE id = '1'", "INSERT INTO t(id) VALUES ('4')"])
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        let smallest = world.sites[0].key.site < world.sites[1].key.site ? first : second
        for site in 0...1 {
            let column = try #require(try world.sites[site].replica.admin.schema().tables.first?.column("b"))
            #expect(smallest.contains("NOT NULL") ? !column.isNotNull : smallest.hasPrefix("b \(column.type)"))
        }
        #expect(
            try world.value(0, "SELECT b FROM t WHERE id = '2'") == world.value(1, "SELECT b FROM t WHERE id = '2'"))
        #expect(try world.conflicts(0).count == 1)
    }

    @Test("A column is NOT NULL where both nodes that add it say so", arguments: [true, false])
    func nullable(isOfSmaller: Bool) throws {
        let world = try world()
        let smaller = world.sites[0].key.site < world.sites[1].key.site ? 0 : 1
        let strict = isOfSmaller ? smaller : 1 - smaller
        try world.define(strict, "t: b INTEGER NOT NULL DEFAULT 1; t: c INTEGER NOT NULL DEFAULT 1")
        try world.define(1 - strict, "t: b INT DEFAULT 2; t: c INTEGER NOT NULL DEFAULT 3")
        try world.meet()
        #expect(try world.isOne())
        for site in 0...1 {
            let table = try #require(try world.sites[site].replica.admin.schema().tables.first)
            #expect(table.column("b")?.isNotNull == false)
            #expect(table.column("c")?.isNotNull == true)
        }
    }

    @Test("Columns of another affinity under one name are both kept, the second under a name of its own")
    func affinities() throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x')"])
        try world.meet()
        try world.define(0, "t: b TEXT")
        try world.define(1, "t: b INTEGER")
        try world.write(0, ["UPDATE t SET b = 'text'"])
        try world.write(1, ["UPDATE t SET b = 5", "INSERT INTO t(id, b) VALUES ('2', 6)"])
        try world.seal(0)
        try world.seal(1)
        try world.meet()
        #expect(try world.isOne())
        let late = max(world.sites[0].key.site, world.sites[1].key.site)
        let name = "b__" + late.hex.prefix(8)
        let isTextFirst = world.sites[0].key.site < world.sites[1].key.site
        for site in 0...1 {
            let (text, number) = isTextFirst ? ("b", name) : (name, "b")
            #expect(try world.value(site, "SELECT \"\(text)\" FROM t WHERE id = '1'") == .text("text"))
            #expect(try world.value(site, "SELECT \"\(number)\" FROM t WHERE id = '1'") == .integer(5))
            #expect(try world.value(site, "SELECT \"\(number)\" FROM t WHERE id = '2'") == .integer(6))
        }
        try world.write(0, ["UPDATE t SET \"\(name)\" = NULL, b = NULL", "DELETE FROM t WHERE id = '1'"])
        try world.meet()
        #expect(try world.isOne())
        #expect(try world.sites[1].replica.reports.counts().void == 0)
    }

    @Test("Two nodes add different columns, or columns to a table that both created")
    func different() throws {
        let world = try world(sites: 3)
        try world.define(
            0, "t: b TEXT; CREATE TABLE n (id TEXT NOT NULL PRIMARY KEY, x TEXT NOT NULL, y INTEGER DEFAULT 3)")
        try world.define(1, "t: c INTEGER; CREATE TABLE n (id TEXT NOT NULL PRIMARY KEY, x TEXT, z TEXT DEFAULT 'z')")
        try world.write(
            0, ["INSERT INTO t VALUES ('1', 'a', 'b')", "INSERT INTO n VALUES ('p', 'x0', 1), ('q', 'x', 2)"])
        try world.write(
            1,
            [
                "INSERT INTO t VALUES ('1', 'a', 1), ('2', 'a', 2)",
                "INSERT INTO n VALUES ('p', 'x1', 'w'), ('r', NULL, NULL)",
            ])
        try world.write(2, ["INSERT INTO t VALUES ('3', 'old')"])
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        let columns = try Set(
            #require(world.sites[2].replica.admin.schema().tables.first { $0.name == "n" }).columns.map(\.name))
        #expect(columns == ["id", "x", "y", "z"])
        #expect(
            try world.value(2, "SELECT z FROM n WHERE id = 'q'") == world.value(0, "SELECT z FROM n WHERE id = 'q'"))
    }

    @Test("Tables of one name with other keys are both kept, the second under a name of its own")
    func otherKeys() throws {
        let world = try world()
        try world.define(0, "CREATE TABLE n (id TEXT NOT NULL PRIMARY KEY, x TEXT)")
        try world.define(1, "CREATE TABLE n (a TEXT NOT NULL, b INTEGER NOT NULL, x TEXT, PRIMARY KEY (a, b))")
        try world.write(0, ["INSERT INTO n VALUES ('one', 'x')"])
        try world.write(1, ["INSERT INTO n VALUES ('two', 2, 'y')"])
        try world.meet()
        #expect(try world.isOne())
        let name = "n__" + max(world.sites[0].key.site, world.sites[1].key.site).hex.prefix(8)
        for site in 0...1 {
            #expect(try world.value(site, "SELECT count(*) FROM n") == .integer(1))
            #expect(try world.value(site, "SELECT count(*) FROM \"\(name)\"") == .integer(1))
        }
        try world.write(1, ["UPDATE n SET x = 'z'", "UPDATE \"\(name)\" SET x = 'z'"])
        try world.meet()
        #expect(try world.isOne())
        #expect(try world.value(0, "SELECT x FROM \"\(name)\"") == .text("z"))
    }

    @Test("What belongs to a table goes with it to its new name: indexes, references and columns; doctor names it")
    func belongings() throws {
        let world = try world()
        for (site, key) in [
            (0, "id TEXT NOT NULL PRIMARY KEY, x TEXT"),
            (1, "id INTEGER NOT NULL, x TEXT, part TEXT NOT NULL, PRIMARY KEY (id, part)"),
        ] {
            try world.define(site, "CREATE TABLE n (\(key)); CREATE UNIQUE INDEX nx ON n (x)")
        }
        try world.define(0, "CREATE TABLE m (id TEXT NOT NULL PRIMARY KEY, n TEXT REFERENCES n)")
        try world.define(
            1,
            "CREATE TABLE o (id TEXT NOT NULL PRIMARY KEY, n INTEGER, p TEXT, FOREIGN KEY (n, p) REFERENCES n); n: y TEXT DEFAULT 'why'"
        )
        try world.write(0, ["INSERT INTO n VALUES ('1', 'same')", "INSERT INTO m VALUES ('m', '1')"])
        try world.write(
            1, ["INSERT INTO n(id, part, x) VALUES (1, 'a', 'same')", "INSERT INTO o VALUES ('o', 1, 'a')"])
        try world.meet()
        try agreeDeeply(world)
        let isFirst = world.sites[0].key.site < world.sites[1].key.site
        let late = "n__" + max(world.sites[0].key.site, world.sites[1].key.site).hex.prefix(8)
        let (zero, one) = isFirst ? ("n", late) : (late, "n")
        for site in 0...1 {
            let tables = try world.sites[site].replica.admin.schema().tables
            #expect(tables.first { $0.name == "m" }?.references.map(\.table.text) == [zero])
            #expect(tables.first { $0.name == "o" }?.references.map(\.table.text) == [one])
            #expect(try world.value(site, "SELECT y FROM \"\(one)\"") == .text("why"))
            let client = try Connection(path: world.sites[site].replica.path, access: .readWrite)
            try client.run("PRAGMA foreign_keys = ON")
            for refused in [
                "\"\(zero)\"(id, x) VALUES (7, 'same')", "\"\(one)\"(id, part, x) VALUES (7, 'b', 'same')",
                "o VALUES ('p', 1, 'b')",
            ] {
                #expect(throws: StoreError.self, "site \(site): \(refused)") {
                    try client.run("INSERT INTO \(refused)")
                }
            }
            #expect(
                try world.sites[site].replica.reports.findings().contains {
                    $0.kind == "definitions" && $0.message.contains(late)
                })
        }
    }

    @Test(
        "Three tables of one name in several cases, and a table that has the name which another is given",
        arguments: 0..<6)
    func namesMeet(seed: Int) throws {
        let world = try world(sites: 3)
        let keys = ["id TEXT NOT NULL", "id BLOB NOT NULL", "id INTEGER NOT NULL"]
        let names = seed < 3 ? ["N", "n", "N"] : ["n", "N", "n"]
        for site in 0..<3 {
            let given = "N__" + world.sites[site].key.site.hex.prefix(8)
            try world.define(
                site,
                "CREATE TABLE \(names[site]) (\(keys[(site + seed) % 3]), j TEXT NOT NULL, x TEXT, PRIMARY KEY (id, j))"
            )
            try world.define((site + 1) % 3, "CREATE TABLE \(given) (id TEXT NOT NULL PRIMARY KEY, own TEXT)")
            try world.write((site + 1) % 3, ["INSERT INTO \(given) VALUES ('own', '\(site)')"])
            try world.write(site, ["INSERT INTO \(names[site]) VALUES (1, 'j', 'of \(site)')"])
        }
        for (from, to) in [(0, 1), (1, 2), (2, 0), (1, 0), (0, 2), (2, 1)].shuffled() { try world.pull(from, from: to) }
        try world.meet()
        try agreeDeeply(world)
        #expect(try world.sites[0].replica.admin.schema().tables.filter { $0.name.begins(with: "n") }.count == 6)
    }

    @Test("A retired column stays and may be left out")
    func retired() throws {
        let world = try world("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT NOT NULL, b TEXT)")
        try world.write(0, ["INSERT INTO t VALUES ('1', 'kept', 'x')"])
        try world.meet()
        try world.define(1, "", retiring: ["t.a"])
        try world.write(1, ["INSERT INTO t(id) VALUES ('2')"])
        try world.write(0, ["UPDATE t SET a = 'still written' WHERE id = '1'"])
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        #expect(try world.value(1, "SELECT a FROM t WHERE id = '1'") == .text("still written"))
        #expect(try world.sites[0].replica.admin.retiredColumns() == ["t": ["a"]])
    }

    @Test(
        "A default of an added column is the same in rows that were there and in rows that come",
        arguments: [
            "TEXT DEFAULT 'x'", "TEXT DEFAULT ''", "INTEGER NOT NULL DEFAULT 7", "REAL DEFAULT 1", "NUMERIC DEFAULT 12",
            "DEFAULT 1.50", "BLOB DEFAULT X'00'", "INTEGER DEFAULT -1",
        ])
    func defaultsOfAdded(column: String) throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x')"])
        try world.meet()
        try world.write(1, ["INSERT INTO t VALUES ('2', 'y')"])
        try world.seal(1)
        try world.define(0, "t: b \(column)")
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
    }

    @Test("A UNIQUE index on what is equal elsewhere is a plain one there, with the rows listed")
    func uniqueLater() throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x'), ('2', 'y')"])
        try world.meet()
        try world.write(1, ["INSERT INTO t VALUES ('3', 'x'), ('4', 'x')"])
        try world.define(0, "CREATE UNIQUE INDEX i ON t(a)")
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        #expect(try world.conflicts(1).count == 1)
        #expect(throws: StoreError.self) { try world.define(0, "CREATE UNIQUE INDEX j ON t(a, a)") }
    }

    @Test(
        "What would drop, rename or retype is refused with what to do instead",
        arguments: [
            ("CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY)", "table t is missing"),
            ("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", "--retire t.a"),
            ("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a INTEGER)", "ever retyped"),
            ("CREATE TABLE t (id TEXT NOT NULL, a TEXT NOT NULL, PRIMARY KEY (id, a))", "another primary key"),
            ("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT NOT NULL)", "without a default"),
            (
                "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT DEFAULT (hex(randomblob(2))))",
                "no constant"
            ),
            (
                "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT NOT NULL DEFAULT (NULL))",
                "none that the column can hold"
            ),
            ("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT DEFAULT 1.50)", "changed by the type TEXT"),
            ("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT) STRICT", "other options"),
            ("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT CHECK (a > ''))", "a check cannot be added"),
            ("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT REFERENCES t(id))", "a reference cannot be added"),
            ("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT", "cannot be read"),
        ])
    func refused(sql: String, reason: String) throws {
        let world = try world()
        let replica = world.sites[0].replica
        let before = try replica.admin.schema()
        #expect {
            try replica.admin.apply(sql, retiring: [], allowIntegerKey: [], now: World.now)
        } throws: { error in
            switch error as? StoreError {
            case .schema(let sentence)?, .wrongSQL(let sentence)?: sentence.contains(reason)
            default: false
            }
        }
        #expect(try replica.admin.schema() == before)
    }

    @Test("Only an admin changes the schema, and a table made by hand under a new name is put aside")
    func rights() throws {
        let world = try World(schema: Self.schema, skews: [0, 0])
        #expect {
            try world.define(1, "t: b TEXT")
        } throws: { if case .notAllowed? = $0 as? StoreError { true } else { false } }
        try world.write(1, ["CREATE TABLE n (own TEXT)", "INSERT INTO n VALUES ('mine')"])
        try world.define(0, "CREATE TABLE n (id TEXT NOT NULL PRIMARY KEY)")
        try world.meet()
        #expect(try world.isOne())
        #expect(try world.value(1, "SELECT own FROM n__local") == .text("mine"))
    }

    @Test(
        "What somebody does to the schema by hand is made good at the next sealing, and nothing that was written is lost",
        arguments: [
            "DROP TABLE t", "ALTER TABLE t RENAME TO mine", "ALTER TABLE t RENAME COLUMN a TO mine",
            "ALTER TABLE t RENAME COLUMN id TO mine",
            "DROP INDEX i", "DROP INDEX u; INSERT INTO t(id, b) VALUES ('x', 1), ('y', 1)",
            "ALTER TABLE t ADD COLUMN mine TEXT; UPDATE t SET mine = a, a = 'written'",
            "DROP TRIGGER caravan_inserted_1; DROP TRIGGER caravan_updated_1; DROP TRIGGER caravan_deleted_1; UPDATE t SET a = 'unseen' WHERE id = '1'; INSERT INTO t(id) VALUES ('unseen'); DELETE FROM t WHERE id = '2'",
            "CREATE VIEW v AS SELECT * FROM t; ANALYZE",
            "ALTER TABLE t RENAME COLUMN a TO c; ALTER TABLE t RENAME COLUMN b TO a; ALTER TABLE t ADD COLUMN mine TEXT",
            "ALTER TABLE t ADD COLUMN mine TEXT; UPDATE t SET mine = a; DROP TRIGGER caravan_updated_1; DROP INDEX i; ALTER TABLE t RENAME COLUMN a TO c",
        ])
    func byHand(sql: String) throws {
        let world = try world(
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER); CREATE INDEX i ON t(a); CREATE UNIQUE INDEX u ON t(b)"
        )
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x', 1), ('2', 'y', 2), ('3', 'z', 3)"])
        try world.meet()
        try world.write(1, ["UPDATE t SET a = 'pending' WHERE id = '3'"])
        try Connection(path: world.sites[1].replica.path, access: .readWrite).run(sql)
        try world.write(0, ["UPDATE t SET a = a || '!'"])
        try world.meet()
        try world.agree(sql)
        #expect(try world.isOne())
        let count = try world.value(0, "SELECT count(*) FROM t")
        #expect(count == .integer(sql.contains("'x', 1") ? 5 : sql.contains("unseen") ? 4 : 3))
        if sql.hasPrefix("ALTER TABLE t RENAME"), !sql.contains("b TO a") {
            #expect(
                try world.conflicts(0).contains { "\($0)".contains("\(Array("pending".utf8))") },
                "what was written before is there")
        }
        // Row 2 was deleted unseen here, and edited there apart.
        if sql.contains("unseen") {
            #expect(try world.conflicts(0).map(\.kindName).sorted() == ["cell", "cell", "deleted-edited"])
        }
        if sql.contains("ADD COLUMN") {
            #expect(try world.sites[1].replica.admin.ownColumns()["t"]?.contains("mine") == true)
        }
        if sql.contains("SET mine") {
            #expect(try world.value(1, "SELECT count(*) FROM t WHERE mine IS NOT NULL") == .integer(3))
        }
        try world.write(1, ["INSERT INTO t(id, a) VALUES ('later', 'captured')"])
        try world.meet()
        #expect(try world.isOne())
        #expect(try world.value(0, "SELECT a FROM t WHERE id = 'later'") == .text("captured"))
        for site in 0...1 { #expect(try world.sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty) }
    }

    @Test(
        "A UNIQUE index made by hand stops no merge and hides no row that OR REPLACE took; it is UNIQUE once it is shared"
    )
    func ownUnique() throws {
        let world = try world()
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x'), ('2', 'y')"])
        try world.meet()
        let client = try Connection(path: world.sites[0].replica.path, access: .readWrite)
        try client.run("CREATE UNIQUE INDEX \"Own\" ON t(a); INSERT OR REPLACE INTO t VALUES ('3', 'x')")
        try world.write(1, ["INSERT INTO t VALUES ('4', 'y'), ('5', 'z')"])
        try world.meet()
        try world.agree()
        #expect(try world.isOne())
        #expect(try world.value(1, "SELECT group_concat(id) FROM (SELECT id FROM t ORDER BY id)") == .text("2,3,4,5"))
        #expect(try world.sites[0].replica.reports.findings().map(\.kind) == ["own-indexes"])
        try world.write(1, ["UPDATE t SET a = 'w' WHERE id = '4'"])
        try world.meet()
        try world.define(0, "CREATE UNIQUE INDEX Own ON t(a)")
        try world.meet()
        #expect(try world.sites[0].replica.reports.findings().isEmpty)
        #expect(throws: StoreError.self) { try client.run("INSERT INTO t VALUES ('6', 'z')") }
        for site in 0...1 { #expect(try world.sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty) }
    }

    @Test(
        "Names that read alike because Unicode writes them in two ways are refused",
        arguments: [
            "CREATE TABLE \u{E9} (id TEXT NOT NULL PRIMARY KEY); CREATE TABLE e\u{301} (id TEXT NOT NULL PRIMARY KEY, x)",
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \u{E9}, e\u{301})",
        ])
    func twins(sql: String) {
        #expect {
            try SchemaReader.read(sql: sql, allowIntegerKey: [])
        } throws: {
            if case .schema(let sentence)? = $0 as? StoreError { sentence.contains("normal form C") } else { false }
        }
    }
}

import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncSimulator
import Testing

@testable import ReplicaStore

@Suite("Columns of a person's own")
struct OwnColumnTests {
    private func world(_ options: String = "") throws -> World {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)\(options)", skews: [0, 0], role: .admin)
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x'), ('2', 'y')"])
        try world.meet()
        try world.write(1, ["INSERT INTO t VALUES ('3', 'z'); UPDATE t SET a = 'w' WHERE id = '2'"])
        return world
    }

    private func run(_ sql: String, in world: World) throws {
        try Connection(path: world.sites[0].replica.path, access: .readWrite).run(sql)
    }

    @Test(
        "A table that a tool made anew with a column of the person's own takes others' work, and the column holds what it held",
        arguments: [
            ("o FLOAT", "0.5", "real"), ("o DATETIME", "'now'", "text"), ("o", "x'00'", "blob"),
            ("o INTEGER", "'unknown'", "text"), ("o BLOB", "'b'", "text"), ("o \"decimal(10\" UNIQUE", "5", "integer"),
            ("o [decimal(10] NOT NULL", "'v'", "text"), ("o \"text generated always as (1)\" UNIQUE", "'u'", "text"),
            ("o TEXT NOT NULL DEFAULT 'd'", "'e'", "text"), ("o DEFAULT 'd' UNIQUE", "'e'", "text"),
            ("o TEXT NOT NULL DEFAULT NULL", "'e'", "text"), ("o TEXT NOT NULL DEFAULT (nullif(1, 1))", "'e'", "text"),
        ], ["", " STRICT"])
    func types(column: (declaration: String, value: String, kind: String), options: String) throws {
        for way in ["DROP TABLE t", "ALTER TABLE t RENAME TO old"] {
            let world = try world(options)
            try run(
                """
                \(way); CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT, \(column.declaration)); \
                INSERT INTO t VALUES ('1', 'x', \(column.value))
                """, in: world)
            try world.write(0, ["UPDATE t SET a = 'v' WHERE id = '1'"])
            try world.meet()
            let tables = try [world.tables(0), world.tables(1)]
            #expect(tables[0] == tables[1])
            let own = try world.value(
                0, "SELECT a || typeof(o) || (o IS \(column.value)) FROM t WHERE id = '1'")
            #expect(own == .text("v\(column.kind)1"), "\(way)")
            #expect(try world.value(1, "SELECT group_concat(a) FROM (SELECT a FROM t ORDER BY id)") == .text("v,w,z"))
            for site in 0...1 {
                #expect(try world.sites[site].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
            }
        }
    }

    @Test("A computed column may stand before the one that it reads, and stays")
    func order() throws {
        let world = try world()
        try run(
            """
            DROP TABLE t; CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT, total TEXT AS (upper(p)), p TEXT); \
            INSERT INTO t (id, a, p) VALUES ('1', 'x', 'q')
            """, in: world)
        try world.meet()
        #expect(try world.value(0, "SELECT p || total FROM t WHERE id = '1'") == .text("qQ"))
        #expect(try world.sites[0].replica.reports.findings().map(\.kind) == ["own-columns"])
    }

    @Test(
        "What CAST makes of a value where a tool gives a column another type nobody has entered",
        arguments: ["INTEGER", "REAL", "NUMERIC"])
    func cast(type: String) throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0], role: .admin)
        let texts = ["007", "2026-01-31", "12 kg", "Bob", "1e3"]
        for (number, text) in texts.enumerated() {
            try world.write(0, ["INSERT INTO t VALUES ('\(number)', '\(text)')"])
        }
        try world.meet()
        try run(
            """
            CREATE TABLE n (id TEXT NOT NULL, a \(type), PRIMARY KEY (id)); INSERT INTO n SELECT id, CAST(a AS \(type)) \
            FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t; UPDATE t SET a = 41 WHERE id = '3'
            """, in: world)
        try world.meet()
        for site in 0...1 {
            let shown = try world.value(site, "SELECT group_concat(a, '|') FROM (SELECT a FROM t ORDER BY id)")
            #expect(shown == .text("007|2026-01-31|12 kg|41\(type == "REAL" ? ".0" : "")|1e3"))
        }
    }

    @Test("What somebody entered is his although CAST would make the same, where a tool left values as they were")
    func entered() throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0], role: .admin)
        try world.write(0, ["INSERT INTO t VALUES ('1', '12 kg'), ('2', 'Bob'), ('3', '7 kg')"])
        try world.meet()
        try run(
            """
            CREATE TABLE n (id TEXT NOT NULL, a INTEGER, PRIMARY KEY (id)); INSERT INTO n SELECT id, a FROM t; \
            DROP TABLE t; ALTER TABLE n RENAME TO t; UPDATE t SET a = 12 WHERE id = '1'
            """, in: world)
        try world.meet()
        for site in 0...1 {
            let shown = try world.value(site, "SELECT group_concat(a, '|') FROM (SELECT a FROM t ORDER BY id)")
            #expect(shown == .text("12|Bob|7 kg"))
        }
    }

    @Test("A row that is new goes to everybody although a column of the person's own cannot hold what it has there")
    func misfit() throws {
        let world = try world()
        try world.meet()
        try run("ALTER TABLE t ADD COLUMN o TEXT NOT NULL DEFAULT 'd'", in: world)
        try world.meet()
        try run(
            """
            ALTER TABLE t RENAME TO old; CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT, o TEXT); \
            INSERT INTO t VALUES ('9', 'n', NULL), ('1', 'v', NULL)
            """, in: world)
        try world.meet()
        #expect(try world.value(1, "SELECT group_concat(a) FROM (SELECT a FROM t ORDER BY id)") == .text("v,w,z,n"))
        #expect(
            try world.value(0, "SELECT group_concat(id) FROM (SELECT id FROM t__local ORDER BY id)") == .text("1,9"))
    }

    @Test("A table may have a name with which those of the node begin", arguments: ["caravan", "sqlite", "CARAVAN"])
    func tables(named name: String) throws {
        let schema = try SchemaReader.read(
            sql: "CREATE TABLE \(name) (id TEXT NOT NULL PRIMARY KEY, c TEXT UNIQUE)", allowIntegerKey: [])
        #expect(schema.indexes.map(\.name) == [Identifier("_\(name)_c_unique")])
    }
}

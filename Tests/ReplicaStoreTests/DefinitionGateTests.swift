import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

/// Definitions that an admin's own software may sign, which reads no schema file.
@Suite("Definitions that cannot be meant are void, by their own words")
struct DefinitionGateTests {
    private func column(
        _ name: Identifier, _ type: String = "TEXT", default text: String? = nil, generated: String? = nil
    ) -> ColumnDefinition {
        ColumnDefinition(
            name: name, type: type, isNotNull: false, defaultExpression: text, collation: "BINARY",
            generated: generated.map { .init(expression: $0, isStored: false) })
    }

    private func table(
        _ name: Identifier, _ columns: [ColumnDefinition] = [], references: [Reference] = [],
        checks: [CheckDefinition] = [], isStrict: Bool = false
    ) -> ControlOperation {
        let id = ColumnDefinition(
            name: "id", type: "TEXT", isNotNull: true, defaultExpression: nil, collation: "BINARY")
        return .createTable(
            TableDefinition(
                name: name, columns: [id] + columns, key: ["id"], isStrict: isStrict, isWithoutRowid: false,
                references: references, checks: checks))
    }

    private func reference(_ columns: [Identifier], _ table: Identifier) -> Reference {
        Reference(columns: columns, table: table, onDelete: "NO ACTION", onUpdate: "NO ACTION", isDeferred: false)
    }

    private func added(_ column: ColumnDefinition, reference: Reference? = nil, checks: [CheckDefinition] = [])
        -> ControlOperation
    {
        .addColumn(AddedColumn(table: "t", column: column, reference: reference, checks: checks))
    }

    private func index(_ term: IndexDefinition.Term, condition: String? = nil) -> ControlOperation {
        .createIndex(
            IndexDefinition(
                name: "i", table: "t", isUnique: false,
                parts: [.init(term: term, collation: "BINARY", isDescending: false)], condition: condition))
    }

    /// The reason for which a changeset of these operations is void; nil if it counts.
    private func reason(_ operations: [ControlOperation]) throws -> String? {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, n INTEGER)", skews: [0])
        do { try world.sites[0].replica.admin.define(operations, now: World.now) } catch {
            guard case .schema(let sentence) = error else { throw error }
            return sentence
        }
        return nil
    }

    private func checks(_ texts: [String]) -> [CheckDefinition] {
        texts.map { CheckDefinition(name: nil, expression: $0) }
    }

    /// A table, and an index of it.
    private func letters(_ expression: String) -> [ControlOperation] {
        [
            table("u", [column("a"), column("low", generated: expression)]),
            .createIndex(
                IndexDefinition(
                    name: "i", table: "u", isUnique: false,
                    parts: [.init(column: "low", collation: "BINARY", isDescending: false)], condition: nil)),
        ]
    }

    @Test("What all expressions of a table make of a column, and how often they name it, has a bound")
    func room() throws {
        let seven = "length(" + Array(repeating: "a", count: 7).joined(separator: " || ") + ")"
        let long = (1...4).map { number in
            Array(repeating: seven, count: 32).joined(separator: " + ") + " = \(number)"
        }
        let sentence = "make texts, by || and functions"
        #expect(try reason([table("u", [column("a")], checks: checks(long))])?.contains("name a column") == true)
        // Each alone is short enough.
        let short = (1...4).map { "\(seven) > \($0)" }
        #expect(try reason([table("u", [column("a")], checks: checks(Array(short.prefix(3))))]) == nil)
        #expect(try reason([table("u", [column("a")], checks: checks(short))])?.contains(sentence) == true)
        let columns = short.enumerated().map { added(column(Identifier("b\($0)")), checks: checks([$1])) }
        #expect(try reason(Array(columns.prefix(3))) == nil)
        #expect(try reason(columns)?.contains(sentence) == true)
        let generated = short.enumerated().map { added(column(Identifier("b\($0)"), generated: $1)) }
        #expect(try reason(generated)?.contains(sentence) == true)
        #expect(try reason(Array(generated.prefix(3)) + [index(.expression(short[3]))])?.contains(sentence) == true)
        #expect(try reason(Array(generated.prefix(3)) + [index(.column("a"))]) == nil)
        let many = (1...6).map { _ in Array(repeating: "a <> 'x'", count: 100).joined(separator: " AND ") }
        #expect(try reason([table("u", [column("a")], checks: checks(many))])?.contains("name a column") == true)
        #expect(try reason([table("u", [column("a")], checks: checks(Array(many.prefix(5))))]) == nil)
    }

    @Test("What people write is well below it: columns are counted apart")
    func roomOfPeople() throws {
        let columns = (1...150).map { column(Identifier("c\($0)")) }
        let texts = (1...150).map { "trim(c\($0)) <> '' AND length(c\($0)) < 200 AND c\($0) = upper(c\($0))" }
        #expect(try reason([table("u", columns, checks: checks(texts))]) == nil)
        let alphabet = "әғқңөұүһ".reduce("a") { "replace(\($0), '\($1)', '\($1)')" }
        #expect(try reason(letters("lower(\(alphabet))")) == nil)
    }

    @Test("A type is no column: nobody declares one that no definition names")
    func types() throws {
        for type in ["TEXT, d TEXT", "TEXT)", "TEXT DEFAULT 1", "TEXT\u{301}", "TEXT, CHECK (0)", "TEXT /*"] {
            #expect(try reason([table("u", [column("b", type)])])?.contains("type of column b") == true)
            #expect(try reason([added(column("b", type))])?.contains("type of column b") == true)
        }
        #expect(try reason([table("u", [column("b", "VARCHAR(20)")])]) == nil)
        #expect(try reason([table("u", [column("b", "VARCHAR(20)")], isStrict: true)])?.contains("STRICT") == true)
    }

    @Test("A reference is to a whole key of a table that is there")
    func references() throws {
        #expect(
            try reason([table("u", [column("p")], references: [reference(["p"], "nothing")])])?.contains(
                "refers to nothing") == true)
        #expect(
            try reason([table("u", [column("p"), column("q")], references: [reference(["p", "q"], "t")])])?.contains(
                "refers to t") == true)
        #expect(
            try reason([table("u", [column("p", "INTEGER")], references: [reference(["p"], "t")])])?.contains(
                "must have its type") == true)
        #expect(
            try reason([table("u", [column("p")], references: [reference(["none"], "t")])])?.contains("cannot be read")
                == true)
        #expect(
            try reason([added(column("p"), reference: reference(["p"], "nothing"))])?.contains("refers to nothing")
                == true)
        #expect(
            try reason([added(column("p", default: "'x'"), reference: reference(["p"], "t"))])?.contains(
                "leave the default out") == true)
        #expect(try reason([table("u", [column("p")], references: [reference(["p"], "v")]), table("v")]) == nil)
        #expect(try reason([table("u", [column("p")], references: [reference(["p"], "u")])]) == nil)
        #expect(try reason([added(column("p"), reference: reference(["p"], "T"))]) == nil)
    }

    @Test("A default that its type changes, or that is no literal, is none of an added column")
    func defaults() throws {
        #expect(
            try reason([added(column("b", "INTEGER", default: "'5'"))])?.contains("changed by the type INTEGER") == true
        )
        #expect(try reason([added(column("b", default: "1.50"))])?.contains("changed by the type TEXT") == true)
        #expect(try reason([added(column("b", default: "lower('A')"))])?.contains("no constant") == true)
        #expect(try reason([added(column("b", "INTEGER", default: "1_000"))])?.contains("no constant") == true)
        #expect(try reason([added(column("b", "REAL", default: "1"))]) == nil)
        #expect(try reason([table("u", [column("b", "INTEGER", default: "'5'")])]) == nil)
    }

    @Test("A column is computed of others, and what it comes to has room everywhere")
    func generated() throws {
        #expect(try reason([table("u", [column("g", generated: "upper(g)")])])?.contains("reads itself") == true)
        #expect(try reason([added(column("g", generated: "upper(g)"))])?.contains("reads itself") == true)
        #expect(try reason([added(column("g", generated: "hex(hex(hex(hex(a))))"))])?.contains("8 times") == true)
        #expect(try reason([index(.expression("hex(hex(hex(hex(a))))"))])?.contains("8 times") == true)
        #expect(
            try reason([added(column("g", default: "'x'", generated: "upper(a)"))])?.contains("has a default") == true)
        #expect(try reason([added(column("g", generated: "upper(nope)"))])?.contains("no such column") == true)
        #expect(try reason([added(column("g", generated: "upper(a)"))]) == nil)
    }

    @Test("A check or an index that some SQLite reads otherwise is void with every SQLite")
    func versions() throws {
        for text in [
            "n < 1_000", "iif(n, 1)", "json_valid(a, 2)", "strftime('%F', a) > ''", "a ->> 'x' = 1", "round(n, 2) > 0",
            "a LIKE 'x'", "a <= date('now')", "abs(n) > 0", "1) OR (1",
        ] {
            #expect(
                try reason([added(column("b"), checks: [CheckDefinition(name: nil, expression: text)])]) != nil,
                "\(text)")
            #expect(try reason([index(.expression(text))]) != nil, "\(text)")
            #expect(try reason([index(.column("a"), condition: text)]) != nil, "\(text)")
        }
        #expect(try reason([index(.expression("lower(a)"), condition: "n > 0")]) == nil)
        #expect(try reason([index(.expression("'a'"))])?.contains("same for every row") == true)
        #expect(try reason([index(.column("nothing"))])?.contains("does not have") == true)
    }

    @Test("A table that the log gives and the replica lacks is found by a deep look, and so is an index")
    func deepVerify() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0])
        try world.define(
            0, "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, b TEXT); CREATE INDEX ub ON u(b); CREATE INDEX ta ON t(a)"
        )
        let path = world.sites[0].replica.path
        #expect(try world.sites[0].replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        let connection = try Connection(path: path, access: .readWrite)
        // As after software that took the changeset for void.
        try connection.run(
            "DELETE FROM caravan_definition WHERE position > 1; DELETE FROM caravan_table WHERE base = 'u'; DELETE FROM caravan_index; DROP TABLE u; DROP INDEX ta"
        )
        let messages = try Replica(path: path).reports.verifyDeep(progress: { _, _ in }).map(\.message)
        #expect(messages.contains("Table u follows from the log and is missing."))
        #expect(messages.contains("Index ta of table t follows from the log and is missing."))
    }

    @Test("A definition reaches SQLite as one statement that makes the thing that it names, and nothing else")
    func oneStatement() throws {
        let scratch = try Connection.scratch()
        let right = DefinitionRight.creating(table: "t")
        for sql in [
            "CREATE TABLE t (a); CREATE TABLE u (a)", "CREATE TABLE u (a)", "ATTACH ':memory:' AS x",
            "CREATE TABLE t (a) ; SELECT 1", "DROP TABLE t", "CREATE VIEW t AS SELECT 1",
            "PRAGMA user_version = 7",
            "CREATE TEMP TABLE t (a)", "CREATE TABLE t AS SELECT * FROM sqlite_master",
            "CREATE VIRTUAL TABLE t USING fts5(a)", "", "-- t", "BEGIN",
        ] {
            #expect(throws: StoreError.self, "\(sql)") { try scratch.runOne(sql, under: right) }
        }
        try scratch.runOne("CREATE TABLE t (a, b UNIQUE, c AS (lower(a)), CHECK (a > ''))", under: right)
        try scratch.runOne("CREATE INDEX i ON t(lower(a)) WHERE b > 0", under: .creatingIndex("i", on: "t"))
        try scratch.runOne(
            "ALTER TABLE t ADD COLUMN d TEXT NOT NULL DEFAULT 'x' CHECK (d > '')", under: .addingColumn(to: "t"))
        for sql in [
            "CREATE INDEX j ON t(a)", "CREATE INDEX i ON u(a)",
            "CREATE TRIGGER i AFTER INSERT ON t BEGIN SELECT 1; END",
        ] {
            #expect(throws: StoreError.self, "\(sql)") { try scratch.runOne(sql, under: .creatingIndex("i", on: "t")) }
        }
        for sql in ["DELETE FROM t", "ALTER TABLE u ADD COLUMN e", "DROP TABLE t", "CREATE TABLE u (a)"] {
            #expect(throws: StoreError.self, "\(sql)") { try scratch.runOne(sql, under: .addingColumn(to: "t")) }
        }
        #expect(
            try scratch.rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')") == [
                [.text("t")]
            ])
    }

    private func define(_ table: String, at world: World, _ site: Int) throws {
        try world.sites[site].replica.admin.apply(
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT); CREATE TABLE u (\(table)", retiring: [],
            allowIntegerKey: ["u"], now: World.now)
    }

    @Test(
        "A key that is the row number and one of another type are two tables: what one holds the other cannot",
        arguments: [
            ("id INT NOT NULL PRIMARY KEY", ""), ("id INTEGER NOT NULL PRIMARY KEY", "WITHOUT ROWID"),
        ])
    func rowNumber(column: String, options: String) throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 5, 9], role: .admin)
        try define("\(column), v TEXT) \(options)", at: world, 1)
        try define("id INTEGER PRIMARY KEY, v TEXT)", at: world, 2)
        try world.write(1, ["INSERT INTO u VALUES ('abc', 'text'), (5, 'five')"])
        try world.write(2, ["INSERT INTO u VALUES (5, 'other five')"])
        try world.meet()
        for site in world.sites {
            #expect(try site.replica.reports.counts().waiting == 0)
            let names = try site.replica.admin.schema().tables.map(\.name).filter { $0.text.hasPrefix("u") }
            #expect(names.count == 2)
            var rows: Set<[Value]> = []
            for name in names {
                rows.formUnion(try site.replica.connection.rows("SELECT id, v FROM \(name.quoted)"))
            }
            #expect(
                rows == [
                    [.text("abc"), .text("text")], [.integer(5), .text("five")], [.integer(5), .text("other five")],
                ])
        }
    }

    @Test("What no row number can be makes a changeset void, and nothing waits behind it")
    func noRowNumber() throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 5], role: .admin)
        try define("id INTEGER PRIMARY KEY, v TEXT)", at: world, 0)
        var author = Forger(SigningKey())
        try world.admit(author.key)
        let batch = [
            try author.next(seeing: try world.control()) { writer in
                writer.beginTable(name: "u", key: ["id"], valueColumns: ["v"])
                writer.insert(key: [.text("abc")], values: [.null])
            },
            try author.row("1"),
        ]
        try world.take(batch, at: 0)
        let counts = try world.sites[0].replica.reports.counts()
        #expect([counts.waiting, counts.failed] == [0, 0])
        #expect(try world.sites[0].replica.connection.value("SELECT count(*) FROM t") == .integer(1))
        #expect(try world.sites[0].replica.connection.value("SELECT count(*) FROM u") == .integer(0))
    }
}

import ReplicaModel
import SyncSimulator

/// Random statements on a few tables of awkward shapes, with few keys and few values, so that everything collides.
struct RandomSQL {
    static let schema = """
        CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY, name TEXT, n INTEGER, x);
        CREATE TABLE pair (a TEXT NOT NULL, b INTEGER NOT NULL, v TEXT COLLATE NOCASE, w NUMERIC, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE only (k BLOB NOT NULL PRIMARY KEY);
        CREATE TABLE strict (id TEXT NOT NULL PRIMARY KEY, i INT, t TEXT NOT NULL DEFAULT 'd', a ANY) STRICT;
        CREATE TABLE "we ""ird" ("ключ" TEXT NOT NULL PRIMARY KEY, "col umn" TEXT, "select" INT);
        CREATE TABLE num (id INTEGER PRIMARY KEY, v TEXT);
        CREATE TABLE uni (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE, v INTEGER NOT NULL DEFAULT 7, w TEXT COLLATE NOCASE, UNIQUE (v, w));
        """
    static let integerKeys: Set<Identifier> = ["num"]

    struct Shape {
        let table: String
        let key: [String]
        let valueColumns: [String]

        /// SQLite's own row number is not the key, and can be named.
        var hasRowid: Bool { table != "pair" && table != "num" }
    }

    static let shapes = [
        Shape(table: "person", key: ["id"], valueColumns: ["name", "n", "x"]),
        Shape(table: "pair", key: ["a", "b"], valueColumns: ["v", "w"]),
        Shape(table: "only", key: ["k"], valueColumns: []),
        Shape(table: "strict", key: ["id"], valueColumns: ["i", "t", "a"]),
        Shape(table: "\"we \"\"ird\"", key: ["\"ключ\""], valueColumns: ["\"col umn\"", "\"select\""]),
        Shape(table: "num", key: ["id"], valueColumns: ["v"]),
        Shape(table: "uni", key: ["id"], valueColumns: ["u", "v", "w"]),
    ]

    var random: SeededGenerator
    /// The kinds of operation that this run does at all: a seed decides which are absent from it.
    private let kinds: [Int]
    private let shapes: [Shape]

    init(seed: Int) {
        random = SeededGenerator(seed)
        kinds = (0..<10).shuffled(using: &random).dropLast(Int.random(in: 0...3, using: &random))
        shapes = Array(Self.shapes.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
    }

    private mutating func value() -> String {
        random.pick([
            "NULL", "0", "1", "'a'", "'A'", "'ы'", "''", "1.5", "2.0", "X'00FF'", "X''", "CAST(X'78FF' AS TEXT)",
            "'x' || char(0) || 'y'", "'12'", "9e999",
        ])
    }

    private mutating func key(_ shape: Shape) -> [String] {
        switch shape.table {
        case "pair": [random.pick(["'p'", "'q'"]), random.pick(["0", "1"])]
        case "only": [random.pick(["X'31'", "X'32'", "X''"])]
        case "num": [random.pick(["1", "2", "3"])]
        default: [random.pick(["'k1'", "'k2'", "'ключ'"])]
        }
    }

    private func term(_ shape: Shape, _ key: [String]) -> String {
        zip(shape.key, key).map { "\($0) = \($1)" }.joined(separator: " AND ")
    }

    private mutating func sets(_ columns: [String]) -> String {
        columns.map { "\($0) = \(value())" }.joined(separator: ", ")
    }

    mutating func statement() -> String {
        let shape = random.pick(shapes)
        let key = key(shape)
        let or = random.pick(["", "", "OR REPLACE", "OR IGNORE", "OR FAIL", "OR ABORT", "OR ROLLBACK"])
        let some = shape.valueColumns.filter { _ in random.chance(60) }
        switch random.pick(kinds) {
        case 0, 1:
            let values = key + some.map { _ in value() }
            return
                "INSERT \(or) INTO \(shape.table)(\((shape.key + some).joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
        case 2 where !some.isEmpty: return "UPDATE \(or) \(shape.table) SET \(sets(some)) WHERE \(term(shape, key))"
        case 3 where !some.isEmpty: return "UPDATE \(or) \(shape.table) SET \(sets(some))"
        case 4: return "DELETE FROM \(shape.table) WHERE \(term(shape, key))"
        case 5:
            let other = self.key(shape)
            return
                "UPDATE \(or) \(shape.table) SET \(zip(shape.key, other).map { "\($0) = \($1)" }.joined(separator: ", ")) WHERE \(term(shape, key))"
        case 6 where !some.isEmpty:
            return """
                INSERT INTO \(shape.table)(\((shape.key + [some[0]]).joined(separator: ", "))) VALUES (\((key + [value()]).joined(separator: ", "))) \
                ON CONFLICT(\(shape.key.joined(separator: ", "))) DO UPDATE SET \(some[0]) = excluded.\(some[0])
                """
        case 7:
            return "INSERT \(or) INTO \(shape.table) SELECT * FROM \(shape.table) WHERE \(term(shape, key))"
        case 8 where shape.hasRowid:
            let columns = ([nameOfRowid()] + shape.key).joined(separator: ", ")
            return "INSERT \(or) INTO \(shape.table)(\(columns)) VALUES (\(([rowid()] + key).joined(separator: ", ")))"
        case 9 where shape.table != "pair":
            return "UPDATE \(or) \(shape.table) SET \(nameOfRowid()) = \(rowid()) WHERE \(term(shape, key))"
        default: return "DELETE FROM \(shape.table) WHERE \(term(shape, key))"
        }
    }

    private mutating func rowid() -> String { random.pick(["1", "2", "3"]) }

    private mutating func nameOfRowid() -> String { random.pick(["rowid", "_rowid_", "oid", "OID"]) }

    /// A few statements, some in a transaction with savepoints that is kept or not.
    mutating func statements() -> [String] {
        var out: [String] = []
        let isTransaction = random.chance(40)
        if random.chance(30) { out.append("PRAGMA recursive_triggers = ON") }
        if isTransaction { out.append("BEGIN") }
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            if isTransaction, random.chance(20) { out.append("SAVEPOINT s") }
            out.append(statement())
            if isTransaction, random.chance(15) { out.append("ROLLBACK TO s") }
        }
        if isTransaction { out.append(random.chance(85) ? "COMMIT" : "ROLLBACK") }
        return out
    }
}

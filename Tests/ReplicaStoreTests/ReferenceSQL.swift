import SyncSimulator

/// Random statements on tables that refer to each other in every way: every ON DELETE, a composite key, a row that
/// refers to itself, two tables that refer to each other; by clients that have `foreign_keys` on and off.
struct ReferenceSQL {
    static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, v TEXT);
        CREATE TABLE cascade (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id) ON DELETE CASCADE ON UPDATE CASCADE, v TEXT);
        CREATE TABLE setnull (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id) ON DELETE SET NULL ON UPDATE SET NULL, v TEXT);
        CREATE TABLE setdefault (id TEXT NOT NULL PRIMARY KEY, p TEXT DEFAULT 'k1' REFERENCES p(id) ON DELETE SET DEFAULT, v TEXT);
        CREATE TABLE plain (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p, q TEXT REFERENCES cascade(id) ON DELETE RESTRICT, v TEXT);
        CREATE TABLE tree (id TEXT NOT NULL PRIMARY KEY, parent TEXT REFERENCES tree(id), v TEXT);
        CREATE TABLE pair (a TEXT NOT NULL, b INTEGER NOT NULL, v TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE ofpair (id TEXT NOT NULL PRIMARY KEY, x TEXT, y INTEGER, v TEXT, FOREIGN KEY (x, y) REFERENCES pair(a, b) ON DELETE CASCADE);
        CREATE TABLE part (a TEXT NOT NULL, n INTEGER NOT NULL, b INTEGER, v TEXT, PRIMARY KEY (a, n), FOREIGN KEY (b, a) REFERENCES pair(b, a));
        CREATE TABLE left (id TEXT NOT NULL PRIMARY KEY, o TEXT REFERENCES right(id) DEFERRABLE INITIALLY DEFERRED, v TEXT);
        CREATE TABLE right (id TEXT NOT NULL PRIMARY KEY, o TEXT REFERENCES left(id) DEFERRABLE INITIALLY DEFERRED, v TEXT);
        """

    private struct Shape {
        let table: String
        let key: [String]
        /// Columns that refer, by what their values are like.
        let links: [(columns: [String], isPair: Bool)]
    }

    private static let shapes = [
        Shape(table: "p", key: ["id"], links: []),
        Shape(table: "cascade", key: ["id"], links: [(["p"], false)]),
        Shape(table: "setnull", key: ["id"], links: [(["p"], false)]),
        Shape(table: "setdefault", key: ["id"], links: [(["p"], false)]),
        Shape(table: "plain", key: ["id"], links: [(["p"], false), (["q"], false)]),
        Shape(table: "tree", key: ["id"], links: [(["parent"], false)]),
        Shape(table: "pair", key: ["a", "b"], links: []),
        Shape(table: "ofpair", key: ["id"], links: [(["x", "y"], true)]),
        Shape(table: "part", key: ["a", "n"], links: [(["b"], false)]),
        Shape(table: "left", key: ["id"], links: [(["o"], false)]),
        Shape(table: "right", key: ["id"], links: [(["o"], false)]),
    ]

    private static let families = [[0, 1, 2, 3, 4], [5], [6, 7, 8], [9, 10], [0, 1, 4], [0, 2, 3]]

    private var random: SeededGenerator
    private let kinds: [Int]
    private let shapes: [Shape]

    init(seed: Int) {
        random = SeededGenerator(seed)
        kinds = (0..<7).shuffled(using: &random).dropLast(Int.random(in: 0...2, using: &random))
        shapes = random.pick(Self.families).map { Self.shapes[$0] }
    }

    private mutating func name() -> String { random.pick(["'k1'", "'k2'", "'k3'"]) }
    private mutating func number() -> String { random.pick(["1", "2"]) }

    private mutating func key(_ shape: Shape) -> [String] { shape.key.count == 2 ? [name(), number()] : [name()] }

    /// Values for the columns of a link.
    private mutating func values(_ shape: Shape, _ link: (columns: [String], isPair: Bool)) -> [String] {
        if random.chance(15) { return link.columns.map { _ in "NULL" } }
        if link.isPair { return [name(), number()] }
        return [shape.table == "part" ? number() : name()]
    }

    mutating func statement() -> String {
        let shape = random.pick(shapes)
        let key = key(shape)
        let term = zip(shape.key, key).map { "\($0) = \($1)" }.joined(separator: " AND ")
        let or = random.pick(["", "", "OR REPLACE", "OR IGNORE"])
        switch random.pick(kinds) {
        case 0, 1, 2:
            var (columns, values) = (shape.key, key)
            for link in shape.links where random.chance(80) {
                columns += link.columns
                values += self.values(shape, link)
            }
            return
                "INSERT \(or) INTO \(shape.table)(\((columns + ["v"]).joined(separator: ", "))) VALUES (\((values + [name()]).joined(separator: ", ")))"
        case 3 where !shape.links.isEmpty:
            let link = random.pick(shape.links)
            let sets = zip(link.columns, values(shape, link)).map { "\($0) = \($1)" }.joined(separator: ", ")
            return "UPDATE \(or) \(shape.table) SET \(sets) WHERE \(term)"
        case 4: return "UPDATE \(shape.table) SET v = \(name()) WHERE \(term)"
        case 5:
            let sets = zip(shape.key, self.key(shape)).map { "\($0) = \($1)" }.joined(separator: ", ")
            return "UPDATE \(or) \(shape.table) SET \(sets) WHERE \(term)"
        default: return random.chance(10) ? "DELETE FROM \(shape.table)" : "DELETE FROM \(shape.table) WHERE \(term)"
        }
    }

    mutating func statements() -> [String] {
        let isTransaction = random.chance(50)
        var out = ["PRAGMA foreign_keys = \(random.pick(["ON", "OFF"]))"]
        if isTransaction { out.append("BEGIN") }
        for _ in 0..<Int.random(in: 1...6, using: &random) { out.append(statement()) }
        if isTransaction { out.append("COMMIT") }
        return out
    }
}

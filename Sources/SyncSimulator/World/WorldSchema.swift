import ReplicaModel

/// The tables of a world: a seed takes some families of them.
enum WorldSchema {
    /// Rows that one transaction writes all at once, three for each site: half of them is never seen.
    static let ledger =
        "CREATE TABLE ledger (site TEXT NOT NULL, n INTEGER NOT NULL, v INTEGER NOT NULL, PRIMARY KEY (site, n));"
    static let ledgerRows = 3

    private static let families = [
        ["CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY, name TEXT, n INTEGER, x);"],
        [
            """
            CREATE TABLE pair (a TEXT NOT NULL, b INTEGER NOT NULL, v TEXT COLLATE NOCASE, w NUMERIC, PRIMARY KEY (a, \
            b)) WITHOUT ROWID;
            """
        ],
        [
            "CREATE TABLE only (k BLOB NOT NULL PRIMARY KEY);",
            "CREATE TABLE strict (id TEXT NOT NULL PRIMARY KEY, i INT, t TEXT NOT NULL DEFAULT 'd', a ANY) STRICT;",
        ],
        [
            """
            CREATE TABLE uni (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE, v INTEGER NOT NULL DEFAULT 7, w TEXT \
            COLLATE NOCASE, UNIQUE (v, w));
            """
        ],
        [
            """
            CREATE TABLE checked (id TEXT NOT NULL PRIMARY KEY, low INTEGER, high INTEGER, CONSTRAINT ordered CHECK \
            (low <= high));
            """
        ],
        [
            "CREATE TABLE parent (id TEXT NOT NULL PRIMARY KEY, v TEXT);",
            """
            CREATE TABLE child (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES parent(id) ON DELETE CASCADE, q TEXT \
            REFERENCES parent(id) ON DELETE SET NULL, v TEXT);
            """,
        ],
        [
            """
            CREATE TABLE tree (id TEXT NOT NULL PRIMARY KEY, up TEXT REFERENCES tree(id) DEFERRABLE INITIALLY \
            DEFERRED, v TEXT);
            """,
            "CREATE TABLE place (a TEXT NOT NULL, b INTEGER NOT NULL, v TEXT, PRIMARY KEY (a, b));",
            """
            CREATE TABLE stay (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER, v TEXT, FOREIGN KEY (a, b) REFERENCES \
            place(a, b) ON DELETE RESTRICT);
            """,
        ],
        [
            "CREATE TABLE root (id TEXT NOT NULL PRIMARY KEY, v TEXT);",
            "CREATE TABLE branch (id TEXT NOT NULL PRIMARY KEY, r TEXT REFERENCES root(id) ON DELETE CASCADE, v TEXT);",
            "CREATE TABLE leaf (id TEXT NOT NULL PRIMARY KEY, b TEXT REFERENCES branch(id) ON DELETE CASCADE, v TEXT);",
        ],
        [
            "CREATE TABLE indexed (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER, c TEXT);",
            "CREATE UNIQUE INDEX indexed_part ON indexed(a) WHERE b > 0;",
            "CREATE UNIQUE INDEX indexed_term ON indexed(lower(c), b);",
            "CREATE UNIQUE INDEX indexed_many ON indexed(a COLLATE NOCASE, b DESC, c COLLATE RTRIM);",
        ],
    ]

    /// The features that tables have, by the tables' names.
    private static let features: [Identifier: [SchemaFeature]] = [
        "person": [.untypedColumn], "pair": [.withoutRowid, .compositeKey, .nocase], "only": [.keyOnly, .blobKey],
        "strict": [.strict, .notNullDefault],
        "uni": [.unique, .uniqueOfColumns], "checked": [.check], "child": [.cascade, .setNull],
        "tree": [.deferredReference, .selfReference],
        "stay": [.compositeReference, .restrict], "branch": [.cascade], "leaf": [.cascade],
        "indexed": [.unique, .partialIndex, .expressionIndex, .uniqueOfColumns],
    ]

    static func features(of table: Identifier) -> [SchemaFeature] {
        features[table] ?? (AwkwardNames.all.contains(table) ? [.awkwardName, .check, .unique, .cascade] : [])
    }

    /// The features of the tables that these statements create.
    static func features(of tables: [String]) -> Set<SchemaFeature> {
        let names = features.keys.filter { name in tables.contains { $0.hasPrefix("CREATE TABLE \(name) ") } }
        return Set(
            (names.flatMap { features(of: $0) })
                + (tables.contains { $0.hasPrefix("CREATE TABLE \"") } ? [.awkwardName] : []))
    }

    static func draw(_ random: inout SeededGenerator) -> [String] {
        let some = families.shuffled(using: &random).prefix(random.pick([1, 1, 2, 3])).flatMap { $0 }
        return [ledger] + some + (random.chance(20) ? awkward(&random) : [])
    }

    /// Two tables in which nothing has a name that needs no quotes.
    private static func awkward(_ random: inout SeededGenerator) -> [String] {
        let names = AwkwardNames.draw(10, &random).map(\.inSQL)
        return [
            """
            CREATE TABLE \(names[0]) (\(names[1]) TEXT NOT NULL PRIMARY KEY, \(names[2]) INTEGER, \(names[3]) INTEGER, \
            \(names[4]) TEXT,
                CONSTRAINT \(names[5]) CHECK (\(names[2]) <= \(names[3])));
            """,
            """
            CREATE TABLE \(names[6]) (\(names[2]) TEXT NOT NULL PRIMARY KEY, \(names[7]) TEXT REFERENCES \
            \(names[0])(\(names[1])) ON DELETE CASCADE,
                \(names[8]) TEXT);
            """,
            "CREATE UNIQUE INDEX \(names[9]) ON \(names[6])(\(names[8]));",
        ]
    }
}

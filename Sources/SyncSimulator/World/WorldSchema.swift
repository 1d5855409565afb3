import ReplicaModel

/// The tables of a world: a seed takes some families of them.
enum WorldSchema {
    /// Rows that one transaction writes all at once, three for each site: half of them is never seen.
    static let ledger = "CREATE TABLE ledger (site TEXT NOT NULL, n INTEGER NOT NULL, v INTEGER NOT NULL, PRIMARY KEY (site, n));"
    static let ledgerRows = 3

    private static let families = [
        ["CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY, name TEXT, n INTEGER, x);"],
        ["CREATE TABLE pair (a TEXT NOT NULL, b INTEGER NOT NULL, v TEXT COLLATE NOCASE, w NUMERIC, PRIMARY KEY (a, b)) WITHOUT ROWID;"],
        ["CREATE TABLE only (k BLOB NOT NULL PRIMARY KEY);", "CREATE TABLE strict (id TEXT NOT NULL PRIMARY KEY, i INT, t TEXT NOT NULL DEFAULT 'd', a ANY) STRICT;"],
        ["CREATE TABLE uni (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE, v INTEGER NOT NULL DEFAULT 7, w TEXT COLLATE NOCASE, UNIQUE (v, w));"],
        ["CREATE TABLE checked (id TEXT NOT NULL PRIMARY KEY, low INTEGER, high INTEGER, CONSTRAINT ordered CHECK (low <= high));"],
        [
            "CREATE TABLE parent (id TEXT NOT NULL PRIMARY KEY, v TEXT);",
            "CREATE TABLE child (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES parent(id) ON DELETE CASCADE, q TEXT REFERENCES parent(id) ON DELETE SET NULL, v TEXT);",
        ],
        [
            "CREATE TABLE tree (id TEXT NOT NULL PRIMARY KEY, up TEXT REFERENCES tree(id) DEFERRABLE INITIALLY DEFERRED, v TEXT);",
            "CREATE TABLE place (a TEXT NOT NULL, b INTEGER NOT NULL, v TEXT, PRIMARY KEY (a, b));",
            "CREATE TABLE stay (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER, v TEXT, FOREIGN KEY (a, b) REFERENCES place(a, b) ON DELETE RESTRICT);",
        ],
    ]

    /// What tables have, by their names.
    static let features: [Identifier: [SchemaFeature]] = [
        "person": [.untypedColumn], "pair": [.withoutRowid, .compositeKey, .nocase], "only": [.keyOnly, .blobKey], "strict": [.strict, .notNullDefault],
        "uni": [.unique, .uniqueOfColumns], "checked": [.check], "child": [.cascade, .setNull], "tree": [.deferredReference, .selfReference],
        "stay": [.compositeReference, .restrict],
    ]

    static func draw(_ random: inout SeededGenerator) -> [String] {
        [ledger] + families.shuffled(using: &random).prefix(1 + random.below(3)).flatMap { $0 }
    }
}

import ReplicaModel
import SQLiteAccess

/// Finds which known row each row of a table is in which the key has another type, before any of them is taken.
///
/// Types spell keys anew: several known keys may come to one there, as '01' and '1' as integers, and several there to
/// one as it is defined. A row is the known one of which it has every value. Of the rest one is known where nothing
/// else could be meant on either side; what nobody can tell is nobody's edit.
struct RowPairing {
    let mirror: RowMirror
    let shape: EnteredTable
    let connection: Connection

    /// The column of the other table with the number of the known row: NULL in a row that nobody knows, 0 where nobody
    /// can tell.
    static let column = "caravan_pair"

    /// A table takes 2,000 columns.
    private static let columnsMax = 1990

    static func isNeeded(by shape: EnteredTable, for table: TableState) -> Bool {
        shape.hasKey && shape.retypesKey(of: table) && shape.columns.count <= columnsMax
            && !shape.columns.contains { $0.name.isSame(as: Identifier(column)) }
    }

    func run() throws(StoreError) {
        let entered = shape.name.quoted
        let claims = try connection.scratchName("caravan_claims_\(mirror.table.id)")
        try connection.run(
            """
            ALTER TABLE \(entered) ADD COLUMN \(Self.column) INTEGER;
            UPDATE \(entered) AS e SET \(Self.column) = (
                SELECT row FROM (
                    SELECT k.row AS row, (\(isSpelled)) AS spelled
                    FROM \(mirror.known) AS k JOIN \(mirror.typed) AS t ON t.row = k.row
                    WHERE k.row IN (\(candidates)) AND \(hasEqualValues) ORDER BY 2 DESC, 1 LIMIT 1
                )
            );
            CREATE TABLE \(claims)(row INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
            INSERT INTO \(claims) SELECT DISTINCT \(Self.column), 0 FROM \(entered) WHERE \(Self.column) IS NOT NULL;
            INSERT INTO \(claims) SELECT c.row, count(*) FROM \(entered) AS e CROSS JOIN \(mirror.known) AS c
            WHERE e.\(Self.column) IS NULL AND c.row IN (\(candidates)) AND c.row NOT IN (SELECT row FROM \(claims))
            GROUP BY c.row;
            UPDATE \(entered) AS e SET \(Self.column) = (
                SELECT CASE WHEN sum(c.rows > 0) = 1 AND max(c.rows) = 1 THEN max(iif(c.rows > 0, c.row, 0)) ELSE 0 END
                FROM \(claims) AS c WHERE c.row IN (\(candidates))
            ) WHERE \(Self.column) IS NULL AND EXISTS (\(candidates));
            DROP TABLE \(claims)
            """)
        try settleCasts()
    }

    /// A key that CAST made of known ones is nobody's new row, as 0 is of every text that begins with no number: it
    /// is the known row if it has its values and no other came to the same; else nobody can tell which row it is.
    private func settleCasts() throws(StoreError) {
        let entered = shape.name.quoted
        guard try connection.value("SELECT 1 FROM \(entered) WHERE \(Self.column) IS NULL LIMIT 1") != nil else {
            return
        }
        let casts = try connection.scratchName("caravan_casts_\(mirror.table.id)")
        let index = try connection.scratchName("\(casts)_key")
        let layout = PendingLayout(mirror.table)
        let (columns, keys) = (layout.keyNames.joined(separator: ", "), shape.keys.compactMap(\.self))
        let names = keys.enumerated().map { number, column in
            let type = RowMirror.type(mirror.table.keyColumns[number].affinity(isStrict: isStrict))
            let name = "e.\(shape.columns[column].name.quoted)"
            return type.isEmpty ? name : "CAST(\(name) AS \(type))"
        }.joined(separator: ", ")
        let isKey = keys.map { "e.\(shape.columns[$0].name.quoted) IS NOT NULL" }.joined(separator: " AND ")
        try connection.run(
            "CREATE TABLE \(casts)(row INTEGER, \(columns)); CREATE INDEX \(index) ON \(casts)(\(columns))")
        for type in castTypes {
            let cast = layout.keyNames.enumerated().map { number, name in
                isRetyped(number) ? "CAST(\(name) AS \(type(keys[number])))" : name
            }.joined(separator: ", ")
            try connection.run(
                """
                INSERT INTO \(casts) SELECT row, \(cast) FROM \(mirror.known) WHERE row NOT IN (
                    SELECT \(Self.column) FROM \(entered) WHERE \(Self.column) IS NOT NULL
                );
                INSERT INTO \(casts) SELECT DISTINCT 0, \(cast) FROM \(layout.name) WHERE kind = 0 AND
                (\(columns)) NOT IN (SELECT \(names) FROM \(entered) AS e WHERE \(isKey))
                """)
        }
        let isCast = zip(layout.keyNames, keys).map { "c.\($0) = e.\(shape.columns[$1].name.quoted)" }
            .joined(separator: " AND ")
        try connection.run(
            """
            UPDATE \(entered) AS e SET \(Self.column) = CASE
                WHEN (SELECT count(*) FROM (SELECT DISTINCT row FROM \(casts) AS c WHERE \(isCast) LIMIT 2)) > 1 THEN 0
                ELSE coalesce((
                    SELECT k.row FROM \(casts) AS c JOIN \(mirror.known) AS k ON k.row = c.row
                    JOIN \(mirror.typed) AS t ON t.row = k.row WHERE \(isCast) AND \(hasEqualValues)
                ), 0)
            END WHERE \(Self.column) IS NULL AND EXISTS (SELECT 1 FROM \(casts) AS c WHERE \(isCast));
            DROP TABLE \(casts)
            """)
    }

    /// What a program may have made of a key by CAST: by the types that stand there, or, where none does, by any.
    private var castTypes: [(Int) -> String] {
        let affinity = { (column: Int) in shape.columns[column].affinity }
        let hasNone = shape.keys.contains { $0.map { affinity($0) == .blob } ?? false }
        return (hasNone ? ["INTEGER", "REAL", "TEXT"] : [""]).map { word in
            { column in affinity(column) == .blob ? word : RowMirror.type(affinity(column)) }
        }
    }

    private func isRetyped(_ number: Int) -> Bool {
        guard let column = shape.keys[number] else { return false }
        return shape.columns[column].affinity != mirror.table.keyColumns[number].affinity(isStrict: isStrict)
    }

    private var isStrict: Bool { mirror.table.definition.isStrict }

    /// The known rows that a row may be: what the types there, or a CAST to bytes, make of its key is the key here, or
    /// what the definition makes of this one is its.
    private var candidates: String {
        let known = "SELECT k.row FROM \(mirror.known) AS k WHERE"
        let typed = "SELECT t.row FROM \(mirror.typed) AS t WHERE \(RowMirror.hasKey(shape))"
        let isOfBytes = shape.keys.contains { $0.map { shape.columns[$0].affinity == .blob } ?? false }
        let cast = isSpelled { "iif(typeof(\($0)) = 'blob', CAST(\($0) AS TEXT), \($0))" }
        return "\(typed) UNION \(known) \(isSpelled)\(isOfBytes ? " UNION \(known) \(cast)" : "")"
    }

    /// A sign leaves a column without its affinity, so that the one of the definition is applied, as where it is
    /// stored.
    private var isSpelled: String { isSpelled { "+\($0)" } }

    private func isSpelled(_ key: (String) -> String) -> String {
        shape.keys.enumerated().compactMap { number, column in
            column.map { "k.k\(number + 1) = \(key("e.\(shape.columns[$0].name.quoted)"))" }
        }.joined(separator: " AND ")
    }

    private var hasEqualValues: String {
        let terms = shape.valueColumns.enumerated().compactMap { place, column in
            column.map { number in
                let value = "e.\(shape.columns[number].name.quoted)"
                let known = "k.o\(place + 1)"
                let cast = "CAST(\(known) AS \(RowMirror.type(shape.columns[number].affinity)))"
                let isOne = ["t.o\(place + 1)", known, cast].map { RowMirror.isSame(value, $0) }
                return "(\(isOne.joined(separator: " OR ")))"
            }
        }
        return terms.isEmpty ? "true" : SQLTerms.balanced(terms, by: "AND")
    }
}

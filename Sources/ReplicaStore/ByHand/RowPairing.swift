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
        let claims = "caravan_claims_\(mirror.table.id)"
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
    }

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

import ReplicaModel
import ReplicaStore

/// "A transaction of any size is one changeset": each site writes its rows of the ledger all at once, so no reader ever
/// sees some of them, or of different transactions.
package struct Atomicity {
    static let query = "SELECT site, count(*), min(v), max(v) FROM ledger GROUP BY site"

    static func check(_ rows: [[Value]], at name: String) throws(Violation) {
        for row in rows where row[1] != .integer(Int64(WorldSchema.ledgerRows)) || row[2] != row[3] {
            throw Violation(
                "atomicity",
                """
                \(name) shows \(row[1]) rows of \(row[0]) in the ledger, from \(row[2]) to \(row[3]): half of a \
                transaction
                """
            )
        }
    }
}

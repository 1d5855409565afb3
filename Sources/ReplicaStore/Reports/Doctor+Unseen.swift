import ReplicaModel
import SQLiteAccess

/// Rows that came or went while triggers were off. Values that were changed so only `verify --deep` finds.
extension Doctor {
    func unseenFindings(_ table: TableState) throws(StoreError) -> [DoctorFinding] {
        let unseen = UnseenRows(table, transaction)
        let (entered, deleted) = (try unseen.entered(), try unseen.deleted())
        guard entered + deleted > 0 else { return [] }
        let help =
            "`caravan repair \(ShellWord.operand(table.name.text))` puts back what was deleted and seals what was entered"
        return [
            .init(
                kind: "unseen",
                message:
                    """
                    table \(table.name) is not what the log says: \(entered) rows were entered and \(deleted) deleted \
                    while triggers were off, so nobody else knows of it: \(help)
                    """
            )
        ]
    }
}

import ReplicaModel
import SQLiteAccess

/// Finds tables whose text somebody wrote into sqlite_master itself. Such a write raises no schema version, and whoever
/// opens the file afterwards reads a table that nobody defined.
extension SchemaRepair {
    /// Whether somebody altered the text of a table, and no schema version tells of it.
    func areTextsAltered() throws(StoreError) -> Bool {
        guard !transaction.state.tables.isEmpty, try transaction.meta("schema") == schemaMark() else { return false }
        return try TableTexts(transaction: transaction).areAltered
    }

    /// Notices altered texts before this node changes a table itself: what it knows of the tables may be older than
    /// what somebody made of their texts.
    func noticeAlteredTexts() throws(StoreError) {
        if try areTextsAltered() { transaction.file.hasAlteredTexts = true }
    }

    /// Has the connection read the schema again, as it is written.
    func readSchemaAnew() throws(StoreError) { try transaction.connection.run("PRAGMA writable_schema = RESET") }

    /// Keeps the texts if the tables are what they should be. The last act of a transaction.
    func noteTexts() throws(StoreError) {
        if transaction.file.hasAlteredTexts {
            try readSchemaAnew()
            transaction.file.hasAlteredTexts = try !SchemaInspection(transaction).altered.isEmpty
        }
        if !transaction.file.hasAlteredTexts { try TableTexts(transaction: transaction).keep() }
    }
}

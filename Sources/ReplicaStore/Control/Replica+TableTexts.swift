import ReplicaModel

/// What writes into sqlite_master itself raises no schema version, and whoever opens the file afterwards reads a table that nobody defined.
extension Replica {
    /// Whether somebody altered the text of a table, and no schema version tells of it.
    func areTextsAltered() throws(StoreError) -> Bool {
        guard !state.tables.isEmpty, try meta("schema") == schemaMark() else { return false }
        return try TableTexts(replica: self).areAltered
    }

    /// Before this node changes a table itself: what it knows of the tables may be older than what somebody made of their texts.
    func noticeAlteredTexts() throws(StoreError) {
        if try areTextsAltered() { hasAlteredTexts = true }
    }

    /// Has the connection read the schema again, as it is written.
    func readSchemaAnew() throws(StoreError) { try connection.run("PRAGMA writable_schema = RESET") }

    /// Keeps the texts if the tables are what they should be. Inside a transaction only, at its end.
    func noteTexts() throws(StoreError) {
        if hasAlteredTexts {
            try readSchemaAnew()
            hasAlteredTexts = try !SchemaInspection(self).altered.isEmpty
        }
        if !hasAlteredTexts { try TableTexts(replica: self).keep() }
    }
}

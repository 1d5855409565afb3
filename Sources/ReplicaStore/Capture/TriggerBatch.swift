import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Triggers of the node's own that are dropped and made together.
///
/// For every CREATE and every DROP, SQLite goes through all that the schema has, so one after the other they would cost
/// the square of a large one. Many are written into the schema at once, as SQLite itself would have written them, and
/// it reads that once. Each was made before beside its table alone, under the same right: SQLite has taken its text.
struct TriggerBatch {
    private let connection: Connection
    private var dropped: [(name: Identifier, place: Int64)] = []
    private var made: [(sql: String, name: Identifier, table: TableDefinition)] = []

    init(connection: Connection) { self.connection = connection }

    /// - Parameter place: where it stands in the schema.
    mutating func drop(_ name: Identifier, at place: Int64) { dropped.append((name, place)) }

    /// - Parameter sql: the whole statement, which begins with `CREATE TRIGGER` and the name as SQLite writes them. Those
    ///   of one table come one after the other.
    mutating func make(_ sql: String, named name: Identifier, on table: TableDefinition) {
        made.append((sql, name, table))
    }

    /// As many as are still made one by one: the schema is not read again for them.
    private static let fewMax = 64

    func carryOut() throws(StoreError) {
        guard dropped.count + made.count > Self.fewMax else { return try carryOutApart() }
        try tryAll()
        try connection.run("PRAGMA writable_schema = ON")
        do { try write() } catch {
            try? connection.run("PRAGMA writable_schema = OFF")
            throw error
        }
        try connection.run("PRAGMA writable_schema = OFF")
        // Whatever cannot be read is found here, and all is undone.
        try connection.rows("SELECT 1 FROM sqlite_master LIMIT 1")
    }

    /// Writes them into the schema, with its next version.
    private func write() throws(StoreError) {
        for trigger in dropped {
            try connection.rows("DELETE FROM sqlite_master WHERE rowid = ?1", [.integer(trigger.place)])
        }
        let insert = try connection.prepare("INSERT INTO sqlite_master VALUES ('trigger', ?1, ?2, 0, ?3)")
        for trigger in made { try insert.run([.text(trigger.name), .text(trigger.table.name), .text(trigger.sql)]) }
        guard case .integer(let version)? = try connection.value("PRAGMA schema_version") else {
            throw .damaged("\(connection.path) does not say of which version its schema is")
        }
        try connection.run("PRAGMA schema_version = \(version + 1)")
    }

    private func carryOutApart() throws(StoreError) {
        for trigger in dropped { try connection.run("DROP TRIGGER \(trigger.name)") }
        for trigger in made { try connection.runOne(trigger.sql, under: .creatingTrigger(on: trigger.table.name)) }
    }

    /// Makes each in an empty database, beside its table.
    private func tryAll() throws(StoreError) {
        let scratch = try Connection.scratch()
        var present: Identifier?
        for trigger in made {
            if present != trigger.table.name {
                if let present { try scratch.run("DROP TABLE \(present.quoted)") }
                try scratch.create(trigger.table)
                present = trigger.table.name
            }
            try scratch.runOne(trigger.sql, under: .creatingTrigger(on: trigger.table.name))
        }
    }
}

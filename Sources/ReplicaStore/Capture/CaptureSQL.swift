import ReplicaModel

/// The triggers that note what people write, with any SQLite program and nothing loaded. They decide nothing; they
/// refuse what could not be replicated, with a sentence.
enum CaptureSQL {
    /// Raised whenever the triggers' text changes, so that a replica gets it when newer software opens it.
    static let version = 15

    enum Access: Hashable {
        case writable
        /// A sentence with which every write is refused.
        case refused(String)
    }

    static func create(
        table: TableState, indexes: [IndexState], references: ReferenceGuards, valueBytesMax: Int, access: Access
    ) -> [String] {
        let triggers = CaptureTriggers(
            layout: PendingLayout(table), uniqueIndexes: indexes.filter(\.definition.isUnique),
            indexed: IndexedColumns.names(of: table.definition, indexes.map(\.definition)),
            valueBytesMax: valueBytesMax)
        let create = [triggers.layout.createTable]
        switch access {
        case .writable: return create + triggers.notes + triggers.guards + references.sql
        case .refused(let sentence): return create + triggers.refusals(sentence)
        }
    }

    static func drop(id: Int64) -> [String] {
        CaptureTriggers.Event.allCases.map { "DROP TRIGGER IF EXISTS \(CaptureTriggers.name($0, id))" }
    }
}

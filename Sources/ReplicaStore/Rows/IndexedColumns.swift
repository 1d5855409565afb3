import ReplicaModel

/// The columns of a table whose values an index keeps: those that stand in one, and those of which an expression or a
/// generated column in one speaks.
enum IndexedColumns {
    /// - Parameter indexes: of any tables.
    static func names(of table: TableDefinition, _ indexes: [IndexDefinition]) -> Set<Identifier> {
        var left: [Identifier] = []
        for part in indexes.filter({ $0.table == table.name }).flatMap(\.parts) {
            switch part.term {
            case .column(let name): left.append(name)
            case .expression(let text): left += mentioned(in: text, of: table)
            }
        }
        var out: Set<Identifier> = []
        while let name = left.popLast() {
            guard let column = table.column(name), out.insert(column.name).inserted else { continue }
            if let generated = column.generated { left += mentioned(in: generated.expression, of: table) }
        }
        return out
    }

    private static func mentioned(in expression: String, of table: TableDefinition) -> [Identifier] {
        table.columns.map(\.name).filter { $0.mayStand(in: expression) }
    }
}

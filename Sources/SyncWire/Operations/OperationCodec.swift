import ReplicaModel

/// The operations of a changeset as values, all at once: for a list of what a changeset did, not for applying it.
package enum OperationCodec {
    package static func decode(chunks: [[UInt8]]) throws(WireError) -> [RowOperation] {
        var cursor = OperationCursor()
        var operations: [RowOperation] = []
        for chunk in chunks {
            cursor.append(chunk)
            while let item = try cursor.next() {
                if let operation = cursor.operation(item) { operations.append(operation) }
            }
        }
        try cursor.finish()
        return operations
    }

    /// The chunks of these operations, put into their one order. `tables` describes each table that is named; an insert
    /// has a value for each of its other columns.
    package static func encode(_ operations: [RowOperation], tables: [TableItem]) -> [[UInt8]] {
        var writer = OperationWriter()
        var chunks: [[UInt8]] = []
        for table in tables.sorted(by: { $0.name < $1.name }) {
            writer.beginTable(name: table.name, key: table.key, valueColumns: table.valueColumns)
            let rows = operations.filter { $0.table == table.name }
            for row in rows.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                writer.write(row, of: table)
                chunks += writer.takeFullChunks()
            }
        }
        precondition(writer.count == UInt64(operations.count), "every operation is of a table that was described")
        if let last = writer.finish() { chunks.append(last) }
        return chunks
    }
}

extension OperationCursor {
    /// The present row as a value. Nil for a table item.
    package func operation(_ item: Item) -> RowOperation? {
        guard let table else { return nil }
        let action: RowOperation.Action
        switch item {
        case .table: return nil
        case .delete: action = .delete
        case .insert: action = .insert(named(Array(table.valueColumns.indices), of: table))
        case .update: action = .update(named(columnIndexes, of: table))
        }
        return RowOperation(table: table.name, key: key, action: action)
    }

    private func named(_ indexes: [Int], of table: TableItem) -> [Identifier: Value] {
        var values: [Identifier: Value] = [:]
        for (index, cell) in zip(indexes, cells.dropFirst(table.key.count)) {
            values[table.valueColumns[index]] = value(cell)
        }
        return values
    }
}

extension OperationWriter {
    fileprivate mutating func write(_ row: RowOperation, of table: TableItem) {
        switch row.action {
        case .delete: delete(key: row.key)
        case .insert(let values):
            precondition(values.count == table.valueColumns.count, "an insert writes every column")
            insert(key: row.key, values: table.valueColumns.compactMap { values[$0] })
        case .update(let values):
            let columns = table.valueColumns.enumerated().compactMap { index, name in values[name].map { (index, $0) } }
            precondition(columns.count == values.count, "an update writes columns of its table")
            update(key: row.key, columns: columns)
        }
    }
}

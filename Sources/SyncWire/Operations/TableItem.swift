import ReplicaModel

/// The table of the rows that follow, with the columns that its author's schema had.
package struct TableItem: Hashable, Sendable {
    package let name: Identifier
    /// The key's columns, in the order of the key. Never empty.
    package let key: [Identifier]
    /// The other columns, strictly ascending by the bytes of their names.
    package let valueColumns: [Identifier]

    package init(name: Identifier, key: [Identifier], valueColumns: [Identifier]) {
        self.name = name
        self.key = key
        self.valueColumns = valueColumns
    }

    /// Why this cannot stand in a changeset; nil if it can.
    var refusal: String? {
        let columns = key + valueColumns
        guard !key.isEmpty, columns.count <= SchemaLimits.columnsMax else {
            return "table \(name) has \(key.count) key columns and \(valueColumns.count) others"
        }
        guard ([name] + columns).allSatisfy({ (1...SchemaLimits.identifierBytesMax).contains($0.bytes.count) }) else {
            return "a name in table \(name) has no or too many bytes"
        }
        guard zip(valueColumns, valueColumns.dropFirst()).allSatisfy({ $0 < $1 }) else {
            return "the columns of table \(name) are not in ascending order"
        }
        guard Set(columns).count == columns.count else {
            return "a column of table \(name) is named twice"
        }
        return nil
    }
}

import ReplicaModel

/// Tables and their indexes, in an order in which they can be created.
package struct Schema: Hashable, Sendable {
    package var tables: [TableDefinition]
    package var indexes: [IndexDefinition]

    package init(tables: [TableDefinition], indexes: [IndexDefinition]) {
        self.tables = tables
        self.indexes = indexes
    }
}

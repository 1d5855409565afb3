import ReplicaModel

/// Tables and their indexes, in an order in which they can be created.
public struct Schema: Hashable, Sendable {
    public var tables: [TableDefinition]
    public var indexes: [IndexDefinition]

    public init(tables: [TableDefinition], indexes: [IndexDefinition]) {
        self.tables = tables
        self.indexes = indexes
    }
}

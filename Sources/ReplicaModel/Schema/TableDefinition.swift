/// A table as its creator declared it. Objects are identified by name; SQL is built from this, never from a peer's text.
public struct TableDefinition: Hashable, Sendable {
    public let name: String
    /// In the creator's order, key columns among them.
    public let columns: [ColumnDefinition]
    /// Names of the key's columns, in the order of the key. Never empty.
    public let key: [String]
    public let isStrict: Bool
    public let isWithoutRowid: Bool
    public let references: [Reference]

    public init(
        name: String, columns: [ColumnDefinition], key: [String], isStrict: Bool, isWithoutRowid: Bool, references: [Reference]
    ) {
        self.name = name
        self.columns = columns
        self.key = key
        self.isStrict = isStrict
        self.isWithoutRowid = isWithoutRowid
        self.references = references
    }

    public func column(_ name: String) -> ColumnDefinition? { columns.first { $0.name == name } }

    /// The columns that are not of the key, in the creator's order.
    public var others: [ColumnDefinition] { columns.filter { !key.contains($0.name) } }
}

public struct ColumnDefinition: Hashable, Sendable {
    public let name: String
    /// As declared, such as `TEXT` or `VARCHAR(20)`; empty if none was.
    public let type: String
    public let isNotNull: Bool
    /// The text of the DEFAULT expression, checked against a fixed list of functions; nil if none was declared.
    public let defaultExpression: String?
    /// `BINARY`, `NOCASE` or `RTRIM`.
    public let collation: String

    public init(name: String, type: String, isNotNull: Bool, defaultExpression: String?, collation: String) {
        self.name = name
        self.type = type
        self.isNotNull = isNotNull
        self.defaultExpression = defaultExpression
        self.collation = collation
    }
}

/// A foreign key: columns of this table that name a row of another by its primary key.
public struct Reference: Hashable, Sendable {
    public let columns: [String]
    public let table: String
    /// `NO ACTION`, `RESTRICT`, `SET NULL`, `SET DEFAULT` or `CASCADE`.
    public let onDelete: String
    public let onUpdate: String
    public let isDeferred: Bool

    public init(columns: [String], table: String, onDelete: String, onUpdate: String, isDeferred: Bool) {
        self.columns = columns
        self.table = table
        self.onDelete = onDelete
        self.onUpdate = onUpdate
        self.isDeferred = isDeferred
    }
}

/// An index of its own. UNIQUE beside the key is always one of these.
public struct IndexDefinition: Hashable, Sendable {
    public struct Part: Hashable, Sendable {
        public let column: String
        public let collation: String
        public let isDescending: Bool

        public init(column: String, collation: String, isDescending: Bool) {
            self.column = column
            self.collation = collation
            self.isDescending = isDescending
        }
    }

    public let name: String
    public let table: String
    public let isUnique: Bool
    public let parts: [Part]

    public init(name: String, table: String, isUnique: Bool, parts: [Part]) {
        self.name = name
        self.table = table
        self.isUnique = isUnique
        self.parts = parts
    }
}

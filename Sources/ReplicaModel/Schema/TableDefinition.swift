/// A table as its creator declared it. Objects are identified by name; SQL is built from this, never from a peer's
/// text.
public struct TableDefinition: Hashable, Sendable {
    public let name: Identifier
    /// The columns in the creator's order, those of the key among them.
    public let columns: [ColumnDefinition]
    /// Names of the key's columns, in the order of the key. Never empty.
    public let key: [Identifier]
    public let isStrict: Bool
    public let isWithoutRowid: Bool
    public let references: [Reference]
    /// The checks: enforced where people write, reported where a merge breaks one.
    public let checks: [CheckDefinition]

    public init(
        name: Identifier, columns: [ColumnDefinition], key: [Identifier], isStrict: Bool, isWithoutRowid: Bool,
        references: [Reference],
        checks: [CheckDefinition] = []
    ) {
        self.name = name
        self.columns = columns
        self.key = key
        self.isStrict = isStrict
        self.isWithoutRowid = isWithoutRowid
        self.references = references
        self.checks = checks
    }

    public func column(_ name: Identifier) -> ColumnDefinition? { columns.first { $0.name == name } }

    /// The columns that are replicated beside those of the key, in the creator's order.
    public var others: [ColumnDefinition] { columns.filter { !key.contains($0.name) && $0.generated == nil } }
}

public struct ColumnDefinition: Hashable, Sendable {
    public let name: Identifier
    /// The declared type, such as `TEXT` or `VARCHAR(20)`; empty if none was.
    @Bytewise public private(set) var type: String
    public let isNotNull: Bool
    /// The text of the DEFAULT expression, checked against a fixed list of functions; nil if none was declared.
    @Bytewise public private(set) var defaultExpression: String?
    /// `BINARY`, `NOCASE` or `RTRIM`.
    public let collation: String
    /// Nil for an ordinary column. One that is generated is never replicated: each replica computes it.
    public let generated: Generated?

    /// The way in which a generated column is computed.
    public struct Generated: Hashable, Sendable {
        /// The expression over the row's columns, checked against a fixed list of functions.
        @Bytewise public private(set) var expression: String
        public let isStored: Bool

        public init(expression: String, isStored: Bool) {
            self.expression = expression
            self.isStored = isStored
        }
    }

    public init(
        name: Identifier, type: String, isNotNull: Bool, defaultExpression: String?, collation: String,
        generated: Generated? = nil
    ) {
        self.name = name
        self.type = type
        self.isNotNull = isNotNull
        self.defaultExpression = defaultExpression
        self.collation = collation
        self.generated = generated
    }
}

extension ColumnDefinition {
    /// Whether the default is the same on every replica and at all times, and the column keeps it as it is written: a
    /// text or an integer that its affinity does not change, or NULL.
    var hasSteadyDefault: Bool {
        guard let text = defaultExpression else { return true }
        let affinity = Affinity(declared: type)
        if text.asciiUppercased == "NULL" { return true }
        if let integer = Int64(text) { return "\(integer)" == text && affinity != .text && affinity != .real }
        guard text.count >= 2, text.hasPrefix("'"), text.hasSuffix("'"), affinity == .text || affinity == .blob else {
            return false
        }
        return !text.dropFirst().dropLast().split(separator: "''", omittingEmptySubsequences: false).contains {
            $0.contains("'")
        }
    }
}

/// A condition on a row. It holds unless it comes to false: NULL passes, as in SQLite.
public struct CheckDefinition: Hashable, Sendable {
    /// Nil if none was given.
    public let name: Identifier?
    /// The expression over the row's columns, checked against a fixed list of functions.
    @Bytewise public private(set) var expression: String

    public init(name: Identifier?, expression: String) {
        self.name = name
        self.expression = expression
    }
}

/// A foreign key: columns of this table that name a row of another by its primary key.
public struct Reference: Hashable, Sendable {
    public let columns: [Identifier]
    public let table: Identifier
    /// `NO ACTION`, `RESTRICT`, `SET NULL`, `SET DEFAULT` or `CASCADE`.
    public let onDelete: String
    public let onUpdate: String
    public let isDeferred: Bool

    public init(columns: [Identifier], table: Identifier, onDelete: String, onUpdate: String, isDeferred: Bool) {
        self.columns = columns
        self.table = table
        self.onDelete = onDelete
        self.onUpdate = onUpdate
        self.isDeferred = isDeferred
    }
}

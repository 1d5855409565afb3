/// A table as its creator declared it. Objects are identified by name; SQL is built from this, never from a peer's
/// text.
public struct TableDefinition: Hashable, Sendable {
    /// The name of the table, by whose very bytes operations name it.
    public let name: Identifier
    /// The columns in the creator's order, those of the key among them.
    public let columns: [ColumnDefinition]
    /// Names of the key's columns, in the order of the key. Never empty.
    public let key: [Identifier]
    /// Whether the table is STRICT: each column takes what its type names, and one of type `ANY` takes everything.
    public let isStrict: Bool
    /// Whether the table is WITHOUT ROWID: SQLite keeps its rows by the key, and gives them no numbers.
    public let isWithoutRowid: Bool
    /// The foreign keys of the table's columns.
    public let references: [Reference]
    /// The checks: enforced where people write, reported where a merge breaks one.
    public let checks: [CheckDefinition]

    /// Makes a definition of these parts, which are not checked here.
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

    /// The column of that name, byte for byte; nil if there is none.
    public func column(_ name: Identifier) -> ColumnDefinition? { columns.first { $0.name == name } }

    /// The columns that are replicated beside those of the key, in the creator's order.
    public var valueColumns: [ColumnDefinition] { columns.filter { !key.contains($0.name) && $0.generated == nil } }
}

/// A column of a table: its name, its type, and the rules for its values.
public struct ColumnDefinition: Hashable, Sendable {
    /// The name of the column, by whose very bytes operations name it.
    public let name: Identifier
    /// The declared type, such as `TEXT` or `VARCHAR(20)`; empty if none was.
    @Bytewise public private(set) var type: String
    /// Whether the column is NOT NULL. A column of the key holds no NULL either way.
    public let isNotNull: Bool
    /// The text of the DEFAULT expression, checked against a fixed list of functions; nil if none was declared.
    @Bytewise public private(set) var defaultExpression: String?
    /// `BINARY`, `NOCASE` or `RTRIM`.
    public let collation: String
    /// The rule by which it is computed; nil for an ordinary column. One that is generated is never replicated: each
    /// replica computes it.
    public let generated: Generated?

    /// The way in which a generated column is computed.
    public struct Generated: Hashable, Sendable {
        /// The expression over the row's columns, checked against a fixed list of functions.
        @Bytewise public private(set) var expression: String
        /// Whether the value is STORED in the row; else it is VIRTUAL, and computed whenever it is read.
        public let isStored: Bool

        /// Makes a way of computing a column.
        public init(expression: String, isStored: Bool) {
            self.expression = expression
            self.isStored = isStored
        }
    }

    /// Makes a definition of these parts, which are not checked here.
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
    /// The name of the check; nil if none was given.
    public let name: Identifier?
    /// The expression over the row's columns, checked against a fixed list of functions.
    @Bytewise public private(set) var expression: String

    /// Makes a check of an expression, which is not parsed here.
    public init(name: Identifier?, expression: String) {
        self.name = name
        self.expression = expression
    }
}

/// A foreign key: columns of this table that name a row of another by its primary key.
public struct Reference: Hashable, Sendable {
    /// The columns that refer, in the order of the other table's key, and as many as that has.
    public let columns: [Identifier]
    /// The name of the table that is referred to, which may be the same.
    public let table: Identifier
    /// `NO ACTION`, `RESTRICT`, `SET NULL`, `SET DEFAULT` or `CASCADE`.
    public let onDelete: String
    /// The action where the key that is referred to changes: one of the same words as `onDelete`.
    public let onUpdate: String
    /// Whether the reference must hold at the end of a transaction only (DEFERRABLE INITIALLY DEFERRED), and not behind
    /// each statement.
    public let isDeferred: Bool

    /// Makes a reference of these parts, which are not checked here.
    public init(columns: [Identifier], table: Identifier, onDelete: String, onUpdate: String, isDeferred: Bool) {
        self.columns = columns
        self.table = table
        self.onDelete = onDelete
        self.onUpdate = onUpdate
        self.isDeferred = isDeferred
    }
}

extension TableDefinition {
    /// Whether the key is the row number of the table itself (www.sqlite.org/lang_createtable.html, "ROWIDs and the
    /// INTEGER PRIMARY KEY"): one column of the very type INTEGER. It holds integers alone, where another column of
    /// integer affinity holds any text, too.
    public var hasRowNumberAsKey: Bool {
        guard !isWithoutRowid, key.count == 1, let column = column(key[0]) else { return false }
        return column.type.asciiUppercased == "INTEGER" && column.generated == nil
    }
}

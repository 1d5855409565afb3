/// An index of its own. UNIQUE beside the key is always one of these.
public struct IndexDefinition: Hashable, Sendable {
    /// A column or an expression whose value stands in an index.
    public enum Term: Hashable, Sendable {
        /// A column of the table, by its name.
        case column(Identifier)
        /// An expression over the row's columns, checked against a fixed list of functions.
        case expression(String)

        /// Compares bytes: Swift's strings are equal where they only read alike.
        public static func == (l: Term, r: Term) -> Bool {
            switch (l, r) {
            case (.column(let a), .column(let b)): a == b
            case (.expression(let a), .expression(let b)): a.utf8.elementsEqual(b.utf8)
            default: false
            }
        }

        public func hash(into hasher: inout Hasher) {
            switch self {
            case .column(let name): hasher.combine(name)
            case .expression(let text): hasher.combine(Array(text.utf8))
            }
        }
    }

    /// A place in the order of an index: whose value stands there, and how it is compared.
    public struct Part: Hashable, Sendable {
        /// The column or expression whose value stands there.
        public let term: Term
        /// The collation by which texts are compared: `BINARY`, `NOCASE` or `RTRIM`.
        public let collation: String
        /// Whether the greatest comes first, as DESC says.
        public let isDescending: Bool

        /// Makes a part of a column or an expression.
        public init(term: Term, collation: String, isDescending: Bool) {
            self.term = term
            self.collation = collation
            self.isDescending = isDescending
        }

        /// Makes a part of a column.
        public init(column: Identifier, collation: String, isDescending: Bool) {
            self.init(term: .column(column), collation: collation, isDescending: isDescending)
        }

        /// The column; nil for an expression.
        public var column: Identifier? { if case .column(let name) = term { name } else { nil } }
    }

    /// The name of the index. A UNIQUE that stands within a CREATE TABLE gets one made of the names of the table and
    /// its columns.
    public let name: Identifier
    /// The name of the table that is indexed.
    public let table: Identifier
    /// Whether rows that people write must differ in it. Rows that a merge makes equal are kept and reported; NULL
    /// equals nothing.
    public let isUnique: Bool
    /// The parts, the one that orders first before the others. Never empty.
    public let parts: [Part]
    /// The condition of a partial index: which rows it has. Nil for all.
    @Bytewise public private(set) var condition: String?

    /// Makes a definition of these parts, which are not checked here.
    public init(name: Identifier, table: Identifier, isUnique: Bool, parts: [Part], condition: String? = nil) {
        self.name = name
        self.table = table
        self.isUnique = isUnique
        self.parts = parts
        self.condition = condition
    }
}

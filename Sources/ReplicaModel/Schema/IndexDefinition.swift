/// An index of its own. UNIQUE beside the key is always one of these.
public struct IndexDefinition: Hashable, Sendable {
    public enum Term: Hashable, Sendable {
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

    public struct Part: Hashable, Sendable {
        public let term: Term
        public let collation: String
        public let isDescending: Bool

        public init(term: Term, collation: String, isDescending: Bool) {
            self.term = term
            self.collation = collation
            self.isDescending = isDescending
        }

        public init(column: Identifier, collation: String, isDescending: Bool) {
            self.init(term: .column(column), collation: collation, isDescending: isDescending)
        }

        /// Nil for an expression.
        public var column: Identifier? { if case .column(let name) = term { name } else { nil } }
    }

    public let name: Identifier
    public let table: Identifier
    public let isUnique: Bool
    public let parts: [Part]
    /// The condition of a partial index: which rows it has. Nil for all.
    @Bytewise public private(set) var condition: String?

    public init(name: Identifier, table: Identifier, isUnique: Bool, parts: [Part], condition: String? = nil) {
        self.name = name
        self.table = table
        self.isUnique = isUnique
        self.parts = parts
        self.condition = condition
    }
}

/// An index of its own. UNIQUE beside the key is always one of these.
public struct IndexDefinition: Hashable, Sendable {
    public enum Term: Hashable, Sendable {
        case column(String)
        /// Of the row's columns, checked against a fixed list of functions.
        case expression(String)
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

        public init(column: String, collation: String, isDescending: Bool) {
            self.init(term: .column(column), collation: collation, isDescending: isDescending)
        }

        /// Nil for an expression.
        public var column: String? { if case .column(let name) = term { name } else { nil } }
    }

    public let name: String
    public let table: String
    public let isUnique: Bool
    public let parts: [Part]
    /// Of a partial index: which rows it has. Nil for all.
    public let condition: String?

    public init(name: String, table: String, isUnique: Bool, parts: [Part], condition: String? = nil) {
        self.name = name
        self.table = table
        self.isUnique = isUnique
        self.parts = parts
        self.condition = condition
    }
}

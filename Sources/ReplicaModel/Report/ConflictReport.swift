/// One thing that people should look at. Derived from the set of changesets like the tables: every replica lists the
/// same.
public struct ConflictReport: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Not-killed candidates of one cell hold two or more different values. Candidates in descending order of what
        /// is shown.
        case cell(column: Identifier, shown: Value, candidates: [Candidate])
        /// The row is alive and these deletes of it are in the context of no operation on it.
        case deletedEdited(deletes: [WriteReport])
        /// The row is deleted, and stays visible while these visible rows refer to it. Ascending.
        case kept(referredBy: [RowName])
        /// These visible rows, ascending by key, are equal in a UNIQUE. The report's own key is the first.
        case duplicate(index: Identifier, keys: [[Value]])
        /// The row fails a CHECK: its name, or its expression if it has none.
        case invalid(constraint: String)
    }

    public struct Candidate: Hashable, Sendable {
        public let value: Value
        public let write: WriteReport

        public init(value: Value, write: WriteReport) {
            self.value = value
            self.write = write
        }
    }

    public let table: Identifier
    public let key: [Value]
    public let kind: Kind

    public init(table: Identifier, key: [Value], kind: Kind) {
        self.table = table
        self.key = key
        self.kind = kind
    }

    /// The kind as `conflicts --kind` and JSON name it.
    public var kindName: String {
        switch kind {
        case .cell: "cell"
        case .deletedEdited: "deleted-edited"
        case .kept: "kept"
        case .duplicate: "duplicate"
        case .invalid: "invalid"
        }
    }
}

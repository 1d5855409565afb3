/// A thing that people should look at. Derived from the set of changesets like the tables: every replica lists the
/// same.
public struct ConflictReport: Hashable, Sendable {
    /// The kinds of reports, each with what stands against each other.
    public enum Kind: Hashable, Sendable {
        /// Not-killed candidates of one cell hold two or more different values. Candidates in descending order of what
        /// is shown. Of a long value `shown`, too, is the beginning.
        case cell(column: Identifier, shown: Value, candidates: [Candidate])
        /// The row is alive and these deletes of it are in the context of no operation on it.
        case deletedEdited(deletes: [WriteReport])
        /// The row is deleted, and stays visible while these visible rows refer to it. Ascending.
        case kept(referredBy: [RowName])
        /// Visible rows, ascending by key, that are equal in a UNIQUE. The report's own key is the first.
        case duplicate(index: Identifier, keys: [[Value]])
        /// The row fails a CHECK: its name, or its expression if it has none.
        case invalid(constraint: String)
    }

    /// A value that was written into a cell in conflict, with its author and time.
    public struct Candidate: Hashable, Sendable {
        /// The value that was written; of a long one the beginning.
        public let value: Value
        /// The author of the value, and its time.
        public let write: WriteReport
        /// The long value of which `value` is the beginning; nil where that is whole.
        package let long: LongValue?

        package init(value: Value, write: WriteReport) { self.init(.short(value), write: write) }

        package init(_ value: CandidateValue, write: WriteReport) {
            self.value = value.beginning
            self.write = write
            if case .long(let value) = value { long = value } else { long = nil }
        }

        /// Whether `value` is the beginning of a longer one.
        public var isCut: Bool { long != nil }

        /// Bytes of the whole value.
        public var byteCount: Int { long?.byteCount ?? value.byteCount }

        /// Whether another candidate has the same value.
        package func hasValue(of other: Candidate) -> Bool { value == other.value && long == other.long }

        /// The same value with its write under another name.
        package func with(_ write: WriteReport) -> Candidate {
            Candidate(long.map { .long($0) } ?? .short(value), write: write)
        }
    }

    /// The name of the table of the row or rows in question.
    public let table: Identifier
    /// The key of the row in question, in the order of the key; of rows that are equal in a UNIQUE, the least.
    public let key: [Value]
    /// The reason of the report.
    public let kind: Kind

    package init(table: Identifier, key: [Value], kind: Kind) {
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

/// The row clock: which changesets wrote what a row shows, what else stands beside it, and which deletes nobody
/// answered.
///
/// Folding changesets into it one by one, in causal order, gives what the simulator's `MergeSpecification` computes
/// over the whole set. A row has one dot, `base`, and a dot of its own only for the cells that differ from it, so a row
/// that was inserted and never touched costs one integer.
///
/// Columns are named by their index among those that are not of the key, in ascending order of their names' bytes. The
/// cells of the key are written together, by inserts alone, and are one register, `keyColumn`.
///
/// Where a register has a single candidate its value is not here: it is what the row shows. Where it has several, each
/// carries its value, or what tells a long one from others.
package struct RowClock: Hashable, Sendable {
    package static let keyColumn = -1

    /// A write of a cell that no other dominates.
    package struct Candidate: Hashable, Sendable {
        package let dot: Dot
        /// Whether some delete of the row had seen the write.
        package internal(set) var isKilled: Bool
        /// The value of the candidate; nil where it is alone in its register.
        package internal(set) var value: CandidateValue?
        /// The write does not count, and shows only because none does. It stands alone in its register: the greatest
        /// of those.
        package internal(set) var isQuarantined: Bool

        package init(dot: Dot, isKilled: Bool, value: CandidateValue?, isQuarantined: Bool = false) {
            self.dot = dot
            self.isKilled = isKilled
            self.value = value
            self.isQuarantined = isQuarantined
        }

        /// Whether the write keeps its row alive.
        var isLiving: Bool { !isKilled && !isQuarantined }
    }

    /// The candidates of a cell that does not stand at `base` alone. Empty for a column that nobody wrote.
    package struct Register: Hashable, Sendable {
        package let column: Int
        package internal(set) var candidates: [Candidate]

        package init(column: Int, candidates: [Candidate]) {
            self.column = column
            self.candidates = candidates
        }
    }

    /// The value that a cell shows.
    package enum Shown: Hashable, Sendable {
        case value(Value)
        /// The long value that this changeset wrote.
        case written(by: Dot)
    }

    /// Columns that are not of the key.
    package let columnCount: Int
    /// The single candidate of every cell that has no register. Nil while no insert of the row is known.
    package internal(set) var base: Candidate?
    /// Ascending by column.
    package internal(set) var registers: [Register]
    /// Deletes that are in the context of no operation on the row.
    package internal(set) var openDeletes: [Dot]
    /// The first insert of each feed that a later insert dominates, or that does not count: an update that saw one of
    /// them is of a row that was there.
    package internal(set) var earlierInserts: [Dot]

    /// A row of which nothing is known.
    package init(columnCount: Int) {
        self.init(columnCount: columnCount, base: nil, registers: [], openDeletes: [], earlierInserts: [])
    }

    package init(columnCount: Int, base: Candidate?, registers: [Register], openDeletes: [Dot], earlierInserts: [Dot]) {
        self.columnCount = columnCount
        self.base = base
        self.registers = registers
        self.openDeletes = openDeletes
        self.earlierInserts = earlierInserts
    }

    /// The candidates of one cell.
    package func candidates(of column: Int) -> [Candidate] {
        if let register = registers.first(where: { $0.column == column }) { return register.candidates }
        return base.map { [$0] } ?? []
    }

    /// Whether a cell holds a write that keeps its row alive: one that no delete of the row had seen.
    package func isLiving(_ column: Int) -> Bool { candidates(of: column).contains(where: \.isLiving) }

    /// Alive iff some candidate of some cell is not killed.
    package var isAlive: Bool {
        if let base, base.isLiving, registers.count < columnCount + 1 { return true }
        return registers.contains { register in register.candidates.contains(where: \.isLiving) }
    }

    /// Says that the base did not write these columns, ascending, as far as they have no register.
    package mutating func leaveUnwritten(_ columns: [Int]) {
        let known = Set(registers.map(\.column))
        let added = columns.filter { !known.contains($0) }
        guard !added.isEmpty else { return }
        registers = (registers + added.map { Register(column: $0, candidates: []) }).sorted { $0.column < $1.column }
    }

    /// Whether the context holds an insert of the row: what an update needs in order to count.
    package func hasInsert(coveredBy context: VersionVector) -> Bool {
        candidates(of: Self.keyColumn).contains { context.covers($0.dot) }
            || earlierInserts.contains { context.covers($0) }
    }

    /// Whether putting these columns needs what the row shows at present: it does where a write stays beside the new
    /// one, and where the row is dead and comes back whole.
    package func needsShown(toPut columns: some Sequence<Int>, context: VersionVector) -> Bool {
        if !isAlive { return base != nil }
        if registers.isEmpty, let base { return !context.covers(base.dot) }
        return columns.contains { column in candidates(of: column).contains { !context.covers($0.dot) } }
    }
}

/// The work of all changesets that count on one row, in causal order: what the row is with some of them left out
/// can be computed.
package struct RowVersions {
    /// An act of one changeset on the row.
    package enum Act {
        /// A put of columns by their index; of every column, the key's included, if it is an insert.
        case put([(column: Int, value: Value)], isInsert: Bool)
        case delete
    }

    /// The part of one changeset in the row.
    package struct Version {
        package let dot: Dot
        /// The changesets that its author had seen.
        package let context: VersionVector
        package let act: Act

        package init(dot: Dot, context: VersionVector, act: Act) {
            self.dot = dot
            self.context = context
            self.act = act
        }

        var isDelete: Bool { if case .delete = act { true } else { false } }

        var isInsert: Bool { if case .put(_, isInsert: true) = act { true } else { false } }

        /// The columns that it wrote.
        var columns: [Int] { if case .put(let cells, _) = act { cells.map(\.column) } else { [] } }
    }

    /// The row that some of its versions make: its clock, and a value for every column, also where it is dead.
    struct Row {
        var clock: RowClock
        var values: [Value]
    }

    private let defaults: [Value]
    private(set) var versions: [Version] = []

    /// A row that nobody wrote.
    ///
    /// - Parameter defaults: what a column shows that nobody wrote, of all columns beside the key.
    package init(defaults: [Value]) { self.defaults = defaults }

    /// Adds a version that no earlier one has seen.
    package mutating func append(_ version: Version) { versions.append(version) }

    /// The row that the chosen versions make.
    ///
    /// - Parameter rank: what decides among concurrent writes.
    func row<Failure>(
        where isChosen: (Version) -> Bool, rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> Row {
        var row = Row(clock: RowClock(columnCount: defaults.count), values: defaults)
        for version in versions where isChosen(version) {
            switch version.act {
            case .put(let cells, let isInsert):
                let values = row.values
                let now = try row.clock.put(
                    cells, isInsert: isInsert, dot: version.dot, context: version.context,
                    shown: { (column) throws(Failure) -> Value in values[column] }, rank: rank)
                for (cell, shown) in zip(cells, now) { row.values[cell.column] = Self.value(shown) }
            case .delete:
                for (column, shown) in try row.clock.delete(dot: version.dot, context: version.context, rank: rank) {
                    row.values[column] = Self.value(shown)
                }
            }
        }
        return row
    }

    private static func value(_ shown: RowClock.Shown) -> Value {
        guard case .value(let value) = shown else {
            preconditionFailure("the clock of a row's versions has all values")
        }
        return value
    }
}

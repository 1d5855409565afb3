/// The count of some changesets, and of the operations in them, of which each concerns a row or is an act of the roster
/// or the schema.
package struct ChangeCount: Hashable, Sendable {
    package var changesets: UInt64 = 0
    package var operations: UInt64 = 0

    package init() {}

    mutating func add(operations count: UInt64) {
        changesets += 1
        // Who claims more than there is room for has written nonsense.
        operations = operations.addingReportingOverflow(count).partialValue
    }

    package static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.changesets += right.changesets
        sum.operations &+= right.operations
        return sum
    }

    /// The count of what came since `before` was counted.
    package func since(_ before: Self) -> Self {
        var difference = self
        difference.changesets -= before.changesets
        difference.operations &-= before.operations
        return difference
    }
}

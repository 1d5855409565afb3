import ReplicaStore
import SQLiteAccess

/// An error of looking at a node: it cannot be read, or it breaks a rule.
enum LookError: Error {
    case store(StoreError)
    case violation(Violation)
}

/// Types that look at nodes, and tell a node that cannot be read from one that breaks a rule.
protocol Looking {}

extension Looking {
    /// Reads something of a node.
    static func reading<Result>(_ body: @autoclosure () throws(StoreError) -> Result) throws(LookError) -> Result {
        try readingAll(body)
    }

    static func readingAll<Result>(_ body: () throws(StoreError) -> Result) throws(LookError) -> Result {
        do { return try body() } catch { throw .store(error) }
    }

    /// Holds what was read against a rule.
    static func judging<Result>(_ body: @autoclosure () throws(Violation) -> Result) throws(LookError) -> Result {
        try judgingAll(body)
    }

    static func judgingAll<Result>(_ body: () throws(Violation) -> Result) throws(LookError) -> Result {
        do { return try body() } catch { throw .violation(error) }
    }
}

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
    static func reading<Result>(_ body: () throws(StoreError) -> Result) throws(LookError) -> Result {
        do { return try body() } catch { throw .store(error) }
    }

    static func judging<Result>(_ body: () throws(Violation) -> Result) throws(LookError) -> Result {
        do { return try body() } catch { throw .violation(error) }
    }
}

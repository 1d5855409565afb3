import Foundation

/// Whether something comes to hold. It is waited for until then, and given up only where it would be waited for without
/// end: after two minutes, and what asking costs.
@discardableResult
func waits(until holds: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<1_200 {
        if try holds() { return true }
        usleep(100_000)
    }
    return try holds()
}

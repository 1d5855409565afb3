import SyncEngine
import SyncProtocol

/// Watches for how long this node holds its replica's write lock, and says when it may apply more of what came. Used on
/// the node's thread alone.
final class LockWatch {
    private var pace = ApplyPace(at: Clocks.microseconds)
    private var taken: Int64 = 0
    /// The time for which the lock was held, in all.
    private var held: Int64 = 0

    /// Notes when the lock is taken and given back. An engine has one watch.
    func watch(_ engine: Engine) {
        engine.replica.onWriteLock = { [self] isHeld in
            let now = Clocks.microseconds
            if isHeld {
                taken = now
            } else {
                held += now - taken
                pace.held(from: taken, to: now)
            }
        }
    }

    /// The microseconds for which nothing may be applied from now on.
    var left: Int64 { pace.left(at: Clocks.microseconds) }

    /// Does a step that may apply something, as much as goes in one turn, and learns from how long it took.
    func step<Result>(on engine: Engine, _ body: () throws -> Result) rethrows -> Result {
        engine.replica.slice.weightMax = pace.weight
        let (weight, time) = (engine.replica.slice.applied, held)
        defer { pace.applied(weight: engine.replica.slice.applied - weight, in: held - time) }
        return try body()
    }
}

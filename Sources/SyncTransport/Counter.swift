import Synchronization

/// A number that several tasks change.
final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    var total: Int { value.load(ordering: .relaxed) }

    /// Returns the new total.
    @discardableResult
    func add(_ amount: Int) -> Int { value.add(amount, ordering: .relaxed).newValue }
}

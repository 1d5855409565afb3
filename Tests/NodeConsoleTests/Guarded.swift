import NIOConcurrencyHelpers

/// A value that several threads change one after the other.
struct Guarded<Value: Sendable>: Sendable {
    private let box: NIOLockedValueBox<Value>

    init(_ value: Value) { box = NIOLockedValueBox(value) }

    var value: Value { box.withLockedValue { $0 } }
    func change(_ body: (inout Value) -> Void) { box.withLockedValue { body(&$0) } }
}

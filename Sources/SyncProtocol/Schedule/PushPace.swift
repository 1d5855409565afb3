/// How often what people write is sealed and pushed: at once, as a person types; where a program writes without end,
/// now and then, for each time makes a changeset that everybody keeps for ever.
package struct PushPace: Sendable {
    /// Pushes that may follow each other at once, after a quiet time.
    package static let burst = 200.0
    /// Pushes a second, in the long run.
    package static let sustained = 2.0
    /// Milliseconds between two pushes while they may follow each other at once.
    package static let least: Int64 = 5

    private var left = Self.burst
    private var last: Int64

    /// - Parameter now: milliseconds of a clock that only goes forward.
    package init(at now: Int64) { last = now }

    /// Notes a push.
    ///
    /// - Returns: the milliseconds to rest before the next.
    package mutating func rest(after now: Int64) -> Int64 {
        left = min(Self.burst, left + Double(now - last) / 1_000 * Self.sustained)
        last = now
        left -= 1
        return left >= 0 ? Self.least : max(Self.least, Int64(-left / Self.sustained * 1_000))
    }
}

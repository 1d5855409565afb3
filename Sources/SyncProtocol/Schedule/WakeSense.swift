/// Tells from clocks and addresses that this machine was asleep, or is on another network: what it was connected with
/// may be gone without a word.
package struct WakeSense: Sendable {
    package enum Change: Hashable, Sendable {
        /// A time, in milliseconds, in which nothing ran.
        case slept(milliseconds: Int64)
        /// The machine has other addresses than before.
        case moved
    }

    /// The clocks and addresses of a machine at one moment.
    package struct Look: Sendable {
        /// Milliseconds of a clock that goes on while the machine sleeps.
        package let elapsed: Int64
        /// Milliseconds since 1970: where a whole machine was stopped from without, no other clock knows.
        package let wall: Int64
        package let addresses: Set<String>

        package init(elapsed: Int64, wall: Int64, addresses: Set<String>) {
            (self.elapsed, self.wall, self.addresses) = (elapsed, wall, addresses)
        }
    }

    private var last: Look

    /// Milliseconds between two looks.
    package static let rest: Int64 = 1_000
    /// Milliseconds by which a look may be late on a machine that has much to do.
    package static let lateMax: Int64 = 5_000

    package init(_ first: Look) { last = first }

    /// Notes what is seen one rest after the look before.
    package mutating func looked(_ look: Look) -> Change? {
        defer { last = look }
        let passed = max(look.elapsed - last.elapsed, look.wall - last.wall)
        guard passed <= Self.rest + Self.lateMax else { return .slept(milliseconds: passed) }
        return look.addresses == last.addresses ? nil : .moved
    }
}

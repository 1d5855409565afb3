/// How much is applied at a time, and how long the replica is left alone in between. SQLite's write lock has no queue:
/// who waits for it asks again and again, after ever longer rests, and gets in only where it happens to ask while
/// nobody has it.
///
/// A person's program asks after 1, 3, 8, 18, 33, 53, 78, 103 and 128 milliseconds (SQLite's own busy handler), and
/// then more rarely. So beside the short rest after every turn there is a wide one before 105 milliseconds have gone by
/// since the last: longer than the 25 milliseconds that lie between two questions at that time, it is met by one of
/// them, whenever the waiting began. One changeset may take longer than all that, and is not split: who waits asks ever
/// more rarely meanwhile, and the rest behind it is as long as lies between two questions by then.
///
/// All times are microseconds of a clock that only goes forward.
package struct ApplyPace: Sendable {
    /// The longest that the lock may be held in one turn.
    package static let turnMax: Int64 = 50_000
    /// The time that one slice is made for: far enough below `turnMax` for one that costs more than the last did.
    package static let sliceAim: Int64 = 28_000
    /// The most that such a slice is reckoned to take.
    static let sliceMax: Int64 = 36_000
    /// The rest after a turn.
    package static let rest: Int64 = 5_000
    /// The rest that who waits cannot miss.
    package static let wideRest: Int64 = 27_000
    /// The same behind work of more than 125 milliseconds, and of more than 225.
    static let (widerRest, widestRest): (Int64, Int64) = (55_000, 110_000)
    /// The longest that is worked between two wide rests, short rests included.
    package static let workMax: Int64 = 100_000

    /// Weights of a slice: one that is too small costs a flush of the disk for nothing; more is not in memory at once.
    static let weights: ClosedRange<Double> = 16...1_000_000
    /// Microseconds that a unit of weight is taken to cost before anything was measured: slow machines come first.
    private static let costAtFirst = 100.0

    private var cost = Self.costAtFirst
    private var released: Int64
    /// The lock's time in this turn.
    private var held: Int64 = 0
    /// The end of the last wide rest.
    private var since: Int64

    /// - Parameter now: when this side begins to look after the replica.
    package init(at now: Int64) { (released, since) = (now - Self.wideRest, now) }

    /// The weight that the next slice may have (`ApplySlice.weight` in the store).
    package var weight: Int {
        let aim = Double(Self.sliceAim) / cost
        return Int(min(max(aim, Self.weights.lowerBound), Self.weights.upperBound))
    }

    /// Notes that the lock was held, for whatever.
    package mutating func held(from start: Int64, to end: Int64) {
        let free = start - released
        if free >= Self.rest { held = 0 }
        if free >= wideRest { since = start }
        held += max(0, end - start)
        released = max(released, end)
    }

    /// Notes what a slice weighed, and how long the lock was held for it. What costs more than was thought is believed
    /// at once; what costs less, by and by.
    package mutating func applied(weight: Int, in time: Int64) {
        guard weight > 0 else { return }
        let found = max(Double(time) / Double(weight), 0.001)
        cost = found > cost ? found : cost + (found - cost) / 4
    }

    /// The time for which nothing may be applied from now on; 0 if a slice may begin.
    package func left(at now: Int64) -> Int64 {
        let free = now - released
        if now + Self.sliceAim - since > Self.workMax { return max(0, wideRest - free) }
        return held + Self.sliceMax > Self.turnMax ? max(0, Self.rest - free) : 0
    }

    /// The rest that nobody can miss who has waited since the last one.
    private var wideRest: Int64 {
        switch released - since {
        case ...125_000: Self.wideRest
        case ...225_000: Self.widerRest
        default: Self.widestRest
        }
    }
}

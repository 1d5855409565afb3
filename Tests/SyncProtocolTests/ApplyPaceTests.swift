import Testing

@testable import SyncProtocol

@Suite("How much is applied at a time, and how long others have the replica in between")
struct ApplyPaceTests {
    /// A stretch of time in which the lock is held, in microseconds.
    private struct Turn {
        let start: Int64
        let end: Int64
    }

    /// A replica on which somebody applies without end.
    private struct Machine {
        var random: Random
        /// Microseconds that a unit of weight costs, and a flush of the disk.
        let cost: Double
        let flush: Int64

        init(seed: UInt64) {
            random = Random(seed: seed)
            cost = [2.0, 10, 60][Int(seed % 3)]
            flush = [100, 2_000, 9_000][Int(seed / 3 % 3)]
        }

        /// Applies for so many microseconds.
        ///
        /// - Parameter large: the longest that a single changeset takes, of which every slice has one.
        mutating func run(for time: Int64, large: Int64 = 0) -> [Turn] {
            var pace = ApplyPace(at: 0)
            var turns: [Turn] = []
            var now: Int64 = 0
            while now < time {
                let left = pace.left(at: now)
                guard left == 0 else {
                    // Nobody wakes to the microsecond.
                    now += left + Int64.random(in: 0...900, using: &random)
                    continue
                }
                now += Int64.random(in: 50...1_500, using: &random)
                let weight = pace.weight
                let one = large > 0 ? Double.random(in: 0...Double(large), using: &random) : 0
                let work = max(one, Double(weight) * cost * Double.random(in: 0.9...1.15, using: &random))
                let end = now + Int64(work) + flush
                pace.held(from: now, to: end)
                pace.applied(weight: weight, in: end - now)
                turns.append(Turn(start: now, end: end))
                now = end
            }
            return turns
        }
    }

    private struct Random: RandomNumberGenerator {
        var state: UInt64

        init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    /// The rests of SQLite's own busy handler, in microseconds.
    private static let rests: [Int64] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50].map { $0 * 1_000 } + [100_000]

    /// How long a program waits that wants to write from `arrival` on.
    private func wait(from arrival: Int64, _ turns: [Turn]) -> Int64 {
        var (now, asked) = (arrival, 0)
        while turns.contains(where: { $0.start <= now && now < $0.end }) {
            now += Self.rests[min(asked, Self.rests.count - 1)]
            asked += 1
        }
        return now - arrival
    }

    @Test("Whenever a program begins to wait, SQLite's busy handler lets it write within 200 ms", arguments: 0..<18)
    func waits(seed: UInt64) {
        var machine = Machine(seed: seed)
        let turns = machine.run(for: 4_000_000)
        // The first slices find out what they cost.
        for arrival in stride(from: Int64(1_000_000), to: 3_500_000, by: 1_777) {
            let waited = wait(from: arrival, turns)
            #expect(waited <= 200_000)
        }
    }

    @Test(
        "Behind one changeset that takes long, whoever waits gets in: the rest is as long as lies between two questions",
        arguments: 0..<18)
    func waitsForLarge(seed: UInt64) {
        var machine = Machine(seed: seed)
        let large: Int64 = [120_000, 240_000, 900_000][Int(seed % 3)]
        let turns = machine.run(for: 20_000_000, large: large)
        let longest = turns.map { $0.end - $0.start }.max() ?? 0
        for arrival in stride(from: Int64(1_000_000), to: 15_000_000, by: 7_777) {
            let waited = wait(from: arrival, turns)
            // What was begun before another turn was due, that turn, and a question behind it.
            #expect(waited <= ApplyPace.workMax + longest + 100_000)
        }
    }

    @Test("The lock is held for at most 50 ms, and left alone for 5 before it is taken again", arguments: 0..<18)
    func turns(seed: UInt64) {
        var machine = Machine(seed: seed)
        let slices = machine.run(for: 4_000_000).drop { $0.start < 1_000_000 }
        var held: Int64 = 0
        var last: Int64 = 0
        for slice in slices {
            if slice.start - last >= ApplyPace.rest { held = 0 }
            held += slice.end - slice.start
            last = slice.end
            #expect(held <= ApplyPace.turnMax)
        }
    }

    @Test("Two thirds of the time are for work", arguments: 0..<18)
    func loss(seed: UInt64) {
        var machine = Machine(seed: seed)
        let turns = machine.run(for: 4_000_000).drop { $0.start < 1_000_000 }
        let worked = turns.reduce(0) { $0 + $1.end - $1.start }
        let whole = (turns.last?.end ?? 0) - (turns.first?.start ?? 0)
        #expect(Double(worked) / Double(whole) > 0.6)
    }

    @Test("What costs more than was thought makes the next slice smaller at once; less, by and by")
    func learns() {
        var pace = ApplyPace(at: 0)
        let first = pace.weight
        #expect(Double(first) * 100 <= Double(ApplyPace.sliceAim))
        pace.applied(weight: first, in: 140_000)
        #expect(Double(pace.weight) < Double(first) / 4)
        let small = pace.weight
        pace.applied(weight: small, in: 100)
        #expect(pace.weight > small)
        #expect(pace.weight < small * 2)
        for _ in 0..<60 { pace.applied(weight: pace.weight, in: 100) }
        #expect(pace.weight == Int(ApplyPace.weights.upperBound))
        pace.applied(weight: 1, in: .max / 2)
        #expect(pace.weight == Int(ApplyPace.weights.lowerBound))
        pace.applied(weight: 0, in: 1)
        #expect(pace.weight == Int(ApplyPace.weights.lowerBound))
    }

    @Test(
        "Small pieces of work follow each other at once until a turn is over; whoever comes after a rest need not wait")
    func small() {
        var pace = ApplyPace(at: 0)
        var now: Int64 = 1_000_000
        var count = 0
        while pace.left(at: now) == 0 {
            pace.held(from: now, to: now + 2_000)
            now += 2_000
            count += 1
        }
        #expect(count > 5)
        #expect(pace.left(at: now) == ApplyPace.rest)
        #expect(pace.left(at: now + ApplyPace.rest) == 0)
    }
}

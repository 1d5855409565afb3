import SyncSimulator
import Testing

@testable import SyncProtocol

@Suite("When a peer is dialled")
struct DialWindowTests {
    @Test("A window is read as it is written, and what is none is refused")
    func texts() throws {
        for text in ["02:00-05:00", "22:00-06:00", "00:00-24:00", "23:59-00:00", "00:00-00:01"] {
            #expect(try #require(DialWindow(text)).description == text)
        }
        for text in [
            "", "02:00", "2:00-5:00", "02:00-02:00", "00:00-00:00", "24:00-05:00", "02:60-05:00", "02:00-24:01",
            "02:00–05:00", "02.00-05.00", "-1:00-05:00", "02:00-05:00 ", "２2:00-05:00", "99:99-99:99",
        ] {
            #expect(DialWindow(text) == nil, "\(text)")
        }
    }

    @Test("The minute at which a window opens is in it, the one at which it closes is not, over midnight too")
    func edges() throws {
        let day = try #require(DialWindow("02:00-05:00"))
        #expect(!day.contains(minute: 119))
        #expect(day.contains(minute: 120))
        #expect(day.contains(minute: 299))
        #expect(!day.contains(minute: 300))
        let night = try #require(DialWindow("22:00-06:00"))
        #expect([1320, 1439, 0, 359].allSatisfy(night.contains))
        #expect(![1319, 360].contains(where: night.contains))
        let always = try #require(DialWindow("00:00-24:00"))
        #expect((0..<1440).allSatisfy(always.contains))
    }

    @Test("Without a window a peer is dialled at any time")
    func none() {
        let windows = DialWindows([])
        let local = LocalTime(offset: 0)
        #expect(windows.isOpen(at: 0, in: local))
        #expect(windows.nextChange(after: 0, in: local) == nil)
        #expect(DialWindows([DialWindow("00:00-24:00")].compactMap { $0 }).nextChange(after: 0, in: local) == nil)
    }

    /// Minutes of a year near 2026, in which clocks are put somewhere by up to two hours, in whole quarters.
    private static func local(from now: Int64, _ random: inout SeededGenerator) -> LocalTime {
        func offset() -> Int64 { Int64.random(in: -48...56, using: &random) * 900_000 }
        let first = offset()
        var changes: [LocalTime.Change] = []
        var last = first
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            last += Int64.random(in: -8...8, using: &random) * 900_000
            changes.append(
                .init(at: now + Int64.random(in: 0...10_080, using: &random) * 60_000, offset: last))
        }
        return LocalTime(offset: first, changes: changes.sorted { $0.at < $1.at })
    }

    @Test("The next moment at which windows open or close is the first minute that is otherwise", arguments: 0..<300)
    func next(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let now = Int64.random(in: 29_000_000...30_000_000, using: &random) * 60_000
        let local = Self.local(from: now, &random)
        let windows = DialWindows(
            (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in
                func minute() -> String {
                    let minute = Int.random(in: 0..<96, using: &random) * 15
                    return "\(minute / 600)\(minute / 60 % 10):\(minute % 60 / 10)\(minute % 10)"
                }
                return DialWindow("\(minute())-\(minute())")
            })
        let isOpen = windows.isOpen(at: now, in: local)
        let expected = (1...7 * 1440).lazy.map { now + $0 * 60_000 }.first {
            windows.isOpen(at: $0, in: local) != isOpen
        }
        let found = windows.nextChange(after: now, in: local)
        #expect(found == expected, "\(windows.windows) \(local)")
        if let found { #expect(windows.isOpen(at: found - 1, in: local) == isOpen) }
    }

    @Test("A peer whose window opens is dialled soon, whatever failed before, and not all at the same moment")
    func opens() {
        var schedule = DialSchedule(interval: 86_400_000)
        var random = SeededGenerator(seed: 1)
        for failure in 0..<9 { schedule.tried("a", hasFailed: true, at: Int64(failure), using: &random) }
        var moments: Set<Int64> = []
        for _ in 0..<20 {
            schedule.opened("a", at: 1000, using: &random)
            let due = (1000...11_000).first { schedule.isDue("a", at: $0) }
            #expect(due != nil)
            moments.insert(due ?? 0)
        }
        #expect(moments.count > 10)
    }
}

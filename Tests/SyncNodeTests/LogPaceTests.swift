import Testing

@testable import SyncNode

@Suite("The pace of a log")
struct LogPaceTests {
    @Test("A line that differs by numbers alone is left out for a minute, and counted")
    func repeats() {
        var pace = LogPace(at: 0)
        #expect(pace.verdict(on: "1 client came", at: 0) == .write(repeats: 0, others: 0))
        #expect(pace.verdict(on: "25 client came", at: 10) == .leaveOut)
        #expect(pace.verdict(on: "another", at: 20) == .write(repeats: 0, others: 0))
        #expect(pace.verdict(on: "3 client came", at: 59_999) == .leaveOut)
        #expect(pace.verdict(on: "4 client came", at: 60_000) == .write(repeats: 2, others: 0))
        #expect(pace.verdict(on: "5 client came", at: 60_001) == .leaveOut)
    }

    @Test("What was left out is told when its minute is over, once, and at the end in any case")
    func overdue() {
        var pace = LogPace(at: 0)
        for time in [0, 1, 2] { _ = pace.verdict(on: "a \(time)", .warning, at: Int64(time)) }
        #expect(pace.overdue(at: 59_999).isEmpty)
        let told = pace.overdue(at: 60_000)
        #expect(told.map(\.line) == ["a 2"])
        #expect(told.map(\.repeats) == [2])
        #expect(told.map(\.level) == [.warning])
        #expect(pace.overdue(at: 60_001, all: true).isEmpty)
        _ = pace.verdict(on: "b", at: 60_002)
        _ = pace.verdict(on: "b", at: 60_003)
        #expect(pace.overdue(at: 60_004, all: true).map(\.line) == ["b"])
    }

    @Test("Ever new lines are written up to a bound, and then two a second; how many were left out is told")
    func flood() {
        var pace = LogPace(at: 0)
        let words = (0..<1000).map { number in
            String(number).map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0.wholeNumberValue ?? 0))) }.joined()
        }
        let written = words.filter { pace.verdict(on: $0, at: 0) != .leaveOut }
        #expect(written.count == 200)
        #expect(pace.verdict(on: "new", at: 499) == .leaveOut)
        #expect(pace.verdict(on: "newer", at: 500) == .write(repeats: 0, others: 801))
        #expect(pace.verdict(on: "newest", at: 501) == .leaveOut)
    }
}

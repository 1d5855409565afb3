import Foundation
import SyncProtocol
import SyncSimulator
import Testing

@testable import SyncNode

@Suite("Windows by the clocks of a place")
struct LocalTimeTests {
    static let zones = [
        "Europe/Berlin", "Asia/Almaty", "Australia/Lord_Howe", "Asia/Tehran", "Asia/Kathmandu", "America/St_Johns",
        "Pacific/Apia", "Africa/Casablanca", "UTC",
    ]

    private static func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

    /// Milliseconds since 1970 of a time that is written with its distance to UTC.
    private static func moment(_ text: String) throws -> Int64 {
        Int64(try #require(ISO8601DateFormatter().date(from: text)).timeIntervalSince1970) * 1000
    }

    private static func windows(_ texts: String...) throws -> DialWindows { try DialWindows(checking: texts) }

    /// A moment of a year in which clocks are put in most places, near such a change half of the time.
    private static func draw(_ zone: TimeZone, _ random: inout SeededGenerator) -> Int64 {
        let any = Int64.random(in: 26_000_000...31_000_000, using: &random) * 60_000
        let change = zone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: Double(any) / 1000))
        guard let change, Bool.random(using: &random) else { return any }
        let minutes = Int64(change.timeIntervalSince1970 / 60) + Int64.random(in: -2000...300, using: &random)
        return minutes * 60_000
    }

    @Test("A window is open while a calendar of the place shows a time within it", arguments: zones, 0..<20)
    func calendar(name: String, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let zone = try Self.zone(name)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let (opens, closes) = (Int.random(in: 0..<1440, using: &random), Int.random(in: 0..<1440, using: &random))
        guard opens != closes else { return }
        func text(_ minute: Int) -> String {
            "\(minute / 600)\(minute / 60 % 10):\(minute % 60 / 10)\(minute % 10)"
        }
        let windows = try Self.windows("\(text(opens))-\(text(closes))")
        let now = Self.draw(zone, &random)
        let local = LocalTime(of: zone, from: now)
        func isOpen(_ moment: Int64) -> Bool {
            let parts = calendar.dateComponents(
                [.hour, .minute], from: Date(timeIntervalSince1970: Double(moment) / 1000))
            let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
            return opens < closes ? minute >= opens && minute < closes : minute >= opens || minute < closes
        }
        let minutes = (0...3 * 1440).map { now + Int64($0) * 60_000 }
        for moment in minutes {
            #expect(windows.isOpen(at: moment, in: local) == isOpen(moment))
        }
        #expect(windows.isOpen(at: now, in: LocalTime(of: zone, from: now)) == isOpen(now))
        let next = windows.nextChange(after: now, in: local)
        #expect(next == minutes.dropFirst().first { isOpen($0) != isOpen(now) })
    }

    @Test(
        "In the spring a window that begins in the hour that is left out opens when it is, and one within it does not")
    func spring() throws {
        let midnight = try Self.moment("2027-03-28T00:00:00+01:00")
        let local = LocalTime(of: try Self.zone("Europe/Berlin"), from: midnight)
        let begins = try Self.windows("02:30-05:00")
        #expect(try begins.nextChange(after: midnight, in: local) == Self.moment("2027-03-28T03:00:00+02:00"))
        #expect(
            try begins.nextChange(after: Self.moment("2027-03-28T03:00:00+02:00"), in: local)
                == Self.moment("2027-03-28T05:00:00+02:00"))
        let within = try Self.windows("02:00-03:00")
        #expect(try within.nextChange(after: midnight, in: local) == Self.moment("2027-03-29T02:00:00+02:00"))
        let ends = try Self.windows("22:00-02:30")
        #expect(ends.isOpen(at: midnight, in: local))
        #expect(try ends.nextChange(after: midnight, in: local) == Self.moment("2027-03-28T03:00:00+02:00"))
    }

    @Test("In the autumn the hour that comes twice is in its window twice")
    func autumn() throws {
        let midnight = try Self.moment("2026-10-25T00:00:00+02:00")
        let local = LocalTime(of: try Self.zone("Europe/Berlin"), from: midnight)
        let whole = try Self.windows("02:00-05:00")
        let opens = try #require(whole.nextChange(after: midnight, in: local))
        #expect(try opens == Self.moment("2026-10-25T02:00:00+02:00"))
        #expect(try whole.nextChange(after: opens, in: local) == Self.moment("2026-10-25T05:00:00+01:00"))
        let half = try Self.windows("01:00-02:30")
        var moment = midnight
        var found: [Int64] = []
        for _ in 0..<4 {
            moment = try #require(half.nextChange(after: moment, in: local))
            found.append(moment)
        }
        #expect(
            try found
                == [
                    "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00",
                    "2026-10-25T02:30:00+01:00",
                ].map(Self.moment))
    }

    @Test("Where clocks are put by half an hour, windows follow them")
    func halfAnHour() throws {
        // Ahead by 10 h 30 min, from 2:00 on the first Sunday of October by 11 h.
        let midnight = try Self.moment("2026-10-04T00:00:00+10:30")
        let local = LocalTime(of: try Self.zone("Australia/Lord_Howe"), from: midnight)
        let windows = try Self.windows("02:15-03:00")
        #expect(try windows.nextChange(after: midnight, in: local) == Self.moment("2026-10-04T02:30:00+11:00"))
        #expect(
            try windows.nextChange(after: Self.moment("2026-10-04T02:30:00+11:00"), in: local)
                == Self.moment("2026-10-04T03:00:00+11:00"))
    }

    @Test("A day and a month are those of the place")
    func periods() throws {
        func periods(_ text: String, _ zone: String) throws -> [String] {
            let date = Date(timeIntervalSince1970: Double(try Self.moment(text)) / 1000)
            return Node.periods(at: date, in: try Self.zone(zone))
        }
        #expect(try periods("2026-11-30T18:59:59Z", "Asia/Almaty") == ["2026-11-30", "2026-11"])
        #expect(try periods("2026-11-30T19:00:00Z", "Asia/Almaty") == ["2026-12-01", "2026-12"])
        #expect(try periods("2026-11-30T19:00:00Z", "UTC") == ["2026-11-30", "2026-11"])
        #expect(try periods("2027-03-28T22:00:00Z", "Europe/Berlin") == ["2027-03-29", "2027-03"])
    }

    @Test("Numbers of bytes are read as people write them")
    func byteCounts() {
        let texts = ["0": 0, "500": 500, "32k": 32_768, "32K": 32_768, "1M": 1 << 20, "50M": 50 << 20, "1G": 1 << 30]
        for (text, count) in texts { #expect(ByteCount.read(text) == count, "\(text)") }
        for text in ["", "k", "-1", "+1", "1.5M", "1 M", "1MB", "٣k", "9999999999999999999", "1048577T", "0x10"] {
            #expect(ByteCount.read(text) == nil, "\(text)")
        }
        for count in [0, 1, 1023, 1024, 1025, 32_768, 1 << 20, 3 << 30, 1 << 50] {
            #expect(ByteCount.read(ByteCount.text(count)) == count)
        }
        #expect(ByteCount.text(32_768) == "32k")
        #expect([0, 1023, 1024, 1_600_000, 99 << 20].map(ByteCount.rounded) == ["0", "1023", "1.0k", "1.5M", "99M"])
    }
}

extension LocalTime {
    fileprivate init(of zone: TimeZone, from: Int64) {
        self.init(from: from) { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0) / 1000)) }
    }
}

import Foundation
import ReplicaModel
import Testing

@testable import caravan

@Suite("What is printed")
struct OutputTests {
    @Test(
        "A value as JSON: a real always has a point or an exponent, an integer never, what JSON lacks stands in an object",
        arguments: [
            (Value.real(1), "1.0"), (.real(1e300), "1e+300"), (.real(0.1), "0.1"),
            (.real(.infinity), #"{"real":"inf"}"#),
            (.real(-.infinity), #"{"real":"-inf"}"#), (.real(.leastNonzeroMagnitude), "5e-324"),
            (.integer(.min), "-9223372036854775808"),
            (.integer(.max), "9223372036854775807"), (.null, "null"), (.text("a\"\\\n\u{1}ы"), #""a\"\\\n\u0001ы""#),
            (.text([0x78, 0, 0x79]), #""x\u0000y""#),
            (.text([0x78, 0xFF]), #"{"text":"eP8="}"#), (.blob([0, 255]), #"{"blob":"AP8="}"#),
            (.blob([]), #"{"blob":""}"#),
        ])
    func values(value: Value, text: String) {
        #expect(JSON(value).text == text)
    }

    @Test("Times: RFC 3339 in UTC with milliseconds, durations, days and durations back")
    func times() {
        #expect(Times.rfc3339(1_778_572_800_123) == "2026-05-12T08:00:00.123Z")
        #expect(Times.rfc3339(0) == "1970-01-01T00:00:00.000Z")
        #expect(Times.duration("7d") == 604_800)
        #expect(Times.duration("45s") == 45)
        #expect(Times.duration("7") == nil)
        #expect(Times.duration("-1d") == nil)
        #expect(Times.instant("2026-05-12T08:00:00Z", now: 0) == 1_778_572_800_000)
        #expect(Times.instant("2026-05-12T08:00:00.123Z", now: 0) == 1_778_572_800_123)
        for milliseconds in Int64(1_795_550_000_000)..<1_795_550_001_000 {
            #expect(Times.instant(Times.rfc3339(milliseconds), now: 0) == milliseconds)
        }
        #expect(Times.instant("2d", now: 200_000_000) == Int64(27_200_000))
        #expect(Times.instant("yesterday", now: 0) == nil)
        #expect(Times.instant("2026-13-01", now: 0) == nil)
    }

    @Test("A time that is printed means the same moment when it is given back, in whatever place and season")
    func roundTrip() {
        let zone = ProcessInfo.processInfo.environment["TZ"]
        defer {
            if let zone { setenv("TZ", zone, 1) } else { unsetenv("TZ") }
            tzset()
        }
        for place in [
            "UTC", "Asia/Dushanbe", "Asia/Kathmandu", "America/New_York", "America/St_Johns", "Europe/Berlin",
        ] {
            setenv("TZ", place, 1)
            tzset()
            // Around the hours that clocks leave out and repeat, before 1970, and after the year 9999.
            for begin in [1_774_740_000_000, 1_792_886_400_000, 1_772_950_000_000, -1_234_567, 253_402_300_799_000]
                as [Int64]
            {
                for step in Int64(0)..<50 {
                    let milliseconds = begin + step * 977_777
                    #expect(
                        TimeText.read(Times.local(milliseconds)) == milliseconds,
                        "\(place) \(Times.local(milliseconds))")
                    #expect(TimeText.read(Times.rfc3339(milliseconds)) == milliseconds)
                }
            }
        }
        setenv("TZ", "Europe/Berlin", 1)
        tzset()
        #expect(Times.local(1_778_572_800_123) == "2026-05-12T10:00:00.123+02:00")
        #expect(TimeText.read("2026-05-12T10:00:00.123") == 1_778_572_800_123)
        #expect(TimeText.read("2026-05-12 10:00") == 1_778_572_800_000)
        #expect(TimeText.read("2026-05-12") == 1_778_536_800_000)
        #expect(TimeText.read("2026-03-29T02:30:00") == nil, "an hour that is not there")
        #expect(TimeText.read("2026-03-29T02:30:00Z") != nil)
    }

    @Test(
        "What is no time, or never was one, is none",
        arguments: [
            "2026-02-31", "2026-02-29", "1900-02-29", "2026-04-31T08:00:00Z", "2026-00-01", "2026-13-01", "2026-01-00",
            "2026-1-1", "2026-05-12T24:00:00Z", "2026-05-12T08:60:00Z",
            "2026-05-12T08:00:60Z", "2026-05-12T08:00:00+25:00", "2026-05-12T08:00:00.Z", "2026-05-12T08:00:00Zx",
            "2026-05-12T", "2026-05-12TZ", "2026-05-12T08Z", "+7d", "7", "0d", "-1d",
            " 2026-05-12", "2026-05-12 ", "26-05-12", "２026-05-12", "", "T", "2026-05-12T08:00:00 Z",
        ])
    func noTime(text: String) {
        #expect(Times.instant(text, now: 1_000_000_000_000) == nil)
    }

    @Test(
        "Forms of RFC 3339",
        arguments: [
            "2024-02-29T08:00:00Z", "2024-02-29t08:00:00z", "2024-02-29 08:00:00Z", "2024-02-29T13:30:00+05:30",
            "2024-02-29T08:00:00.0004Z", "2024-02-29T08:00Z", "2024-02-28T23:00:00-0900",
        ])
    func forms(text: String) {
        #expect(TimeText.read(text) == 1_709_193_600_000)
    }

    @Test("Columns are aligned by what a terminal shows: Chinese takes two cells a character")
    func columns() {
        var table = TextTable(["name", "n"])
        table.add(["新疆", "1"])
        table.add(["a", "2"])
        table.add([Line("b").styled(1), "3"])
        #expect(table.lines.map(\.text) == ["name  n", "新疆  1", "a     2", "\u{1B}[1mb\u{1B}[0m     3"])
    }

    @Test("--home may stand before the subcommand, and takes no word from what stands behind it")
    func home() throws {
        #expect(try Arguments.ordered(["--home", "d", "sql", "x"]) == ["sql", "--home", "d", "x"])
        #expect(try Arguments.ordered(["--home=d", "status"]) == ["status", "--home=d"])
        #expect(try Arguments.ordered(["--home", "d", "sql", "--", "-x"]) == ["sql", "--home", "d", "--", "-x"])
        #expect(try Arguments.ordered(["--home", "d", "peer", "list"]) == ["peer", "list", "--home", "d"])
        #expect(try Arguments.ordered(["--home", "d", "resolve", "--value"]) == ["resolve", "--home", "d", "--value"])
        #expect(try Arguments.ordered(["status", "--home", "d"]) == ["status", "--home", "d"])
    }
}

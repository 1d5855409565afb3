import ReplicaModel
import Testing

@testable import caravan

@Suite("What is printed")
struct OutputTests {
    @Test(
        "A value as JSON: a real always has a point or an exponent, an integer never, what JSON lacks stands in an object",
        arguments: [
            (Value.real(1), "1.0"), (.real(1e300), "1e+300"), (.real(0.1), "0.1"), (.real(.infinity), #"{"real":"inf"}"#),
            (.real(-.infinity), #"{"real":"-inf"}"#), (.real(.leastNonzeroMagnitude), "5e-324"), (.integer(.min), "-9223372036854775808"),
            (.integer(.max), "9223372036854775807"), (.null, "null"), (.text("a\"\\\n\u{1}ы"), #""a\"\\\n\u0001ы""#), (.text([0x78, 0, 0x79]), #""x\u0000y""#),
            (.text([0x78, 0xFF]), #"{"text":"eP8="}"#), (.blob([0, 255]), #"{"blob":"AP8="}"#), (.blob([]), #"{"blob":""}"#),
        ])
    func values(value: Value, text: String) {
        #expect(JSON(value).text == text)
    }

    @Test("Times: RFC 3339 in UTC with milliseconds, durations, days and durations back")
    func times() {
        #expect(Times.rfc3339(1_778_572_800_123) == "2026-05-12T08:00:00.123Z")
        #expect(Times.rfc3339(0) == "1970-01-01T00:00:00.000Z")
        #expect(Times.duration("7d") == 604_800 && Times.duration("45s") == 45 && Times.duration("7") == nil && Times.duration("-1d") == nil)
        #expect(Times.instant("2026-05-12T08:00:00Z", now: 0) == 1_778_572_800_000)
        #expect(Times.instant("2026-05-12T08:00:00.123Z", now: 0) == 1_778_572_800_123)
        for milliseconds in Int64(1_795_550_000_000)..<1_795_550_001_000 {
            #expect(Times.instant(Times.rfc3339(milliseconds), now: 0) == milliseconds)
        }
        #expect(Times.instant("2d", now: 200_000_000) == Int64(27_200_000))
        #expect(Times.instant("yesterday", now: 0) == nil && Times.instant("2026-13-01", now: 0) == nil)
    }

    @Test("Columns are aligned by what a terminal shows: Chinese takes two cells a character")
    func columns() {
        var table = TextTable(["name", "n"])
        table.add(["新疆", "1"])
        table.add(["a", "2"])
        #expect(table.lines == ["name  n", "新疆  1", "a     2"])
    }

    @Test("--home may stand before the subcommand")
    func home() {
        #expect(Arguments.homeLast(["--home", "d", "sql", "x"]) == ["sql", "x", "--home", "d"])
        #expect(Arguments.homeLast(["--home=d", "status"]) == ["status", "--home=d"])
        #expect(Arguments.homeLast(["--home", "d", "sql", "--", "-x"]) == ["sql", "--home", "d", "--", "-x"])
        #expect(Arguments.homeLast(["status", "--home", "d"]) == ["status", "--home", "d"])
    }
}

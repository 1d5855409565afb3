import ReplicaModel
import Testing

@Suite("Values of the model")
struct ValuesTests {
    @Test(
        "A stamp that is more than a day ahead moves nobody's clock, and the next stamp is above everything that is followed"
    )
    func stamps() {
        let day: Int64 = 86_400_000
        let now = 1_800_000_000_000 as Int64
        var clock = StampClock()
        clock.applied(Stamp(milliseconds: now + 10 * 365 * day), at: now)
        #expect(clock.followed == .zero)
        clock.applied(Stamp(milliseconds: now + day), at: now)
        #expect(clock.followed == Stamp(milliseconds: now + day))
        #expect(clock.next(at: now) > clock.followed)
        #expect(clock.next(at: now + 2 * day) == Stamp(milliseconds: now + 2 * day))
        #expect(
            clock.isStale(at: now - 30 * day),
            "a clock that was set back is not held by what it followed")
        #expect(
            !clock.isStale(at: now),
            "a clock that was set back is not held by what it followed")
        #expect(Stamp(milliseconds: -5) == .zero)
        #expect(Stamp(milliseconds: .max).milliseconds == 1 << 48 - 1)
    }

    @Test("Hexadecimal and base32 read back what they wrote, and refuse what they would not write", arguments: 0..<40)
    func text(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
        #expect([UInt8](hex: bytes.hex) == bytes)
        #expect([UInt8](base32: bytes.base32) == bytes)
        #expect([UInt8](base32: bytes.base32.lowercased()) == bytes)
        #expect([UInt8](hex: bytes.hex + "0") == nil)
        #expect([UInt8](base32: bytes.base32 + "1") == nil)
    }

    @Test("Thirty-two bytes order as their bytes do, and a site is shown in eight groups")
    func sites() throws {
        let low = try #require(Bytes32([UInt8](repeating: 0, count: 31) + [1]))
        let high = try #require(Bytes32([1] + [UInt8](repeating: 0, count: 31)))
        #expect(low < high)
        #expect(Bytes32(low.bytes) == low)
        #expect(Bytes32(hex: high.hex) == high)
        #expect(Bytes32([1, 2]) == nil)
        #expect(SiteID(hex: "zz") == nil)
        #expect(SiteID(low).short.split(separator: "-").map(\.count) == Array(repeating: 4, count: 8))
    }

    @Test("A dot keeps feed and seq, and a vector covers what it names and no more")
    func vectors() {
        let dot = Dot(feed: FeedOrdinal(65_535), seq: 1 << 46)
        #expect(dot.feed.number == 65_535)
        #expect(dot.seq == 1 << 46)
        #expect(Dot(bits: dot.bits) == dot)
        var vector = VersionVector()
        vector[FeedOrdinal(3)] = 5
        #expect(vector.covers(Dot(feed: FeedOrdinal(3), seq: 5)))
        #expect(!vector.covers(Dot(feed: FeedOrdinal(3), seq: 6)))
        var wider = vector
        wider[FeedOrdinal(9)] = 1
        #expect(wider.covers(vector))
        #expect(!vector.covers(wider))
        wider[FeedOrdinal(9)] = 0
        #expect(wider == vector)
    }

    @Test("Keys order as SQLite's BINARY collation orders them: integers, texts by bytes, blobs")
    func order() {
        let sorted: [Value] = [
            .integer(.min), .integer(-1), .integer(3), .text(""), .text("B"), .text("a"), .text("aa"), .text("ы"),
            .blob([]), .blob([0]),
        ]
        #expect(sorted.shuffled().sorted() == sorted)
        #expect(Value.real(1) != .integer(1))
        #expect(Value.text("a") != .blob([97]))
    }

    @Test(
        "A column refuses what its affinity would change",
        arguments: [
            ("TEXT", Value.integer(1), false), ("TEXT", .text("1"), true), ("TEXT", .blob([1]), true),
            ("INTEGER", .text("12"), false),
            ("INTEGER", .text(" 1e3 "), false), ("INTEGER", .text("12a"), true), ("INTEGER", .text("."), true),
            ("INTEGER", .real(1.5), true),
            ("INTEGER", .real(2), false), ("REAL", .integer(1), false), ("REAL", .real(2), true),
            ("NUMERIC", .text("0x10"), true), ("", .text("1"), true),
            ("VARCHAR(20)", .real(1), false), ("FLOATING POINT", .text("1"), false), ("BLOB", .integer(1), true),
        ])
    func affinity(type: String, value: Value, isKept: Bool) {
        #expect(Affinity(declared: type).keeps(value) == isKept)
    }

    @Test("A STRICT column takes its class, NOT NULL no NULL, and a key no real")
    func refusals() {
        let column = ColumnDefinition(
            name: "c", type: "INT", isNotNull: true, defaultExpression: nil, collation: "BINARY")
        #expect(column.refusal(of: .integer(1), isStrict: true, isKey: false) == nil)
        #expect(column.refusal(of: .text("1"), isStrict: true, isKey: false) != nil)
        #expect(column.refusal(of: .null, isStrict: false, isKey: false) != nil)
        #expect(column.refusal(of: .real(1.5), isStrict: false, isKey: true) != nil)
    }
}

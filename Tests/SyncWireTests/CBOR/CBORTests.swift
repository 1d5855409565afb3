import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

private func encoded(_ value: Value) -> [UInt8] {
    var writer = CBORWriter()
    writer.write(value)
    return writer.bytes
}

private func decoded(_ hex: String) throws -> Value {
    var reader = CBORReader([UInt8](hex: hex)!)
    let value = try reader.readValue()
    try reader.finish()
    return value
}

@Suite struct CBORTests {
    @Test(
        "the vectors of RFC 8949, appendix A, that are values of ours, both ways",
        arguments: [
            ("00", .integer(0)), ("01", .integer(1)), ("0a", .integer(10)), ("17", .integer(23)),
            ("1818", .integer(24)),
            ("1819", .integer(25)), ("1864", .integer(100)), ("1903e8", .integer(1000)),
            ("1a000f4240", .integer(1_000_000)),
            ("1b000000e8d4a51000", .integer(1_000_000_000_000)), ("20", .integer(-1)), ("29", .integer(-10)),
            ("3863", .integer(-100)), ("3903e7", .integer(-1000)), ("f90000", .real(0)), ("f93c00", .real(1)),
            ("fb3ff199999999999a", .real(1.1)), ("f93e00", .real(1.5)), ("f97bff", .real(65504)),
            ("fa47c35000", .real(100000)),
            ("fa7f7fffff", .real(3.4028234663852886e+38)), ("fb7e37e43c8800759c", .real(1.0e+300)),
            ("f90001", .real(5.960464477539063e-8)), ("f90400", .real(0.00006103515625)), ("f9c400", .real(-4)),
            ("fbc010666666666666", .real(-4.1)), ("f97c00", .real(.infinity)), ("f9fc00", .real(-.infinity)),
            ("f6", .null), ("40", .blob([])), ("4401020304", .blob([1, 2, 3, 4])), ("60", .text([])),
            ("6161", .text("a")),
            ("6449455446", .text("IETF")), ("62225c", .text("\"\\")), ("62c3bc", .text("ü")), ("63e6b0b4", .text("水")),
            ("64f0908591", .text("\u{10151}")), ("1b7fffffffffffffff", .integer(.max)),
            ("3b7fffffffffffffff", .integer(.min)),
        ] as [(String, Value)])
    func vectors(hex: String, value: Value) throws {
        #expect(encoded(value).hex == hex)
        #expect(try decoded(hex) == value)
    }

    @Test("of the half-precision floats each is read, and written again as it was", arguments: [0, 0x8000])
    func halves(sign: Int) throws {
        for bits in 0..<0x7C01 where sign + bits != 0x8000 {
            let hex = "f9" + [UInt8((sign + bits) >> 8), UInt8(bits & 0xFF)].hex
            #expect(try encoded(decoded(hex)).hex == hex)
        }
    }

    @Test("negative zero is written as zero, and nobody else may write it otherwise")
    func negativeZero() {
        #expect(encoded(.real(-0.0)).hex == "f90000")
        #expect(throws: WireError.self) { try decoded("f98000") }
    }

    @Test(
        "what is not the one encoding of a value is refused",
        arguments: [
            "1800", "1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3800", "5800", "7801", "580100",
            "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "bfff", "1c", "1d", "1e", "1f", "3c", "fc",
            "ff",
            "1b8000000000000000", "3bffffffffffffffff", "c249010000000000000000", "f97e00", "fa7fc00000",
            "fb7ff8000000000000",
            "f97c01", "fa3f800000", "fb3ff0000000000000", "fb7ff0000000000000", "fa7f800000", "fa33800000",
            "fb8000000000000000",
            "fa80000000", "f4", "f5", "f7", "f0", "f818", "f8ff", "80", "a0", "61ff", "62c080", "63eda080",
            "64f4908080",
            "61c3", "d95dc0416161", "d95dc04161", "d95dc040", "d95dc0f6", "c0416f", "1903", "0000", "6161f6", "",
        ])
    func refusals(hex: String) {
        #expect(throws: WireError.self) { try decoded(hex) }
    }

    @Test(
        "text that is not UTF-8 travels under its tag", arguments: ["ff", "c3", "61c080", "eda080", "f4908080", "80"])
    func notUTF8(hex: String) throws {
        let text = Value.text([UInt8](hex: hex)!)
        #expect(encoded(text).prefix(3) == [0xD9, 0x5D, 0xC0])
        #expect(try decoded(encoded(text).hex) == text)
    }

    @Test("every value comes back as it was, and no beginning of its bytes is a value", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed)
        let value = random.value()
        let bytes = encoded(value)
        #expect(try decoded(bytes.hex) == value)
        for count in 0..<bytes.count {
            #expect(throws: WireError.self) { try decoded(Array(bytes.prefix(count)).hex) }
        }
    }

    @Test("bytes that decode are the bytes that the value is encoded in", arguments: 0..<50)
    func oneEncoding(seed: Int) {
        var random = SeededGenerator(seed)
        for _ in 0..<2_000 {
            let bytes = [0xF9, 0xFA, 0xFB, 0x18, 0x38, 0x41, 0x62, random.bytes(1)[0]].randomElement(using: &random)!
            let candidate = [bytes] + random.bytes(random.below(9))
            guard let value = try? decoded(candidate.hex) else { continue }
            #expect(encoded(value) == candidate)
        }
    }

    @Test("Swift's own decoder and ours agree on what is UTF-8", arguments: 0..<50)
    func utf8(seed: Int) {
        var random = SeededGenerator(seed)
        for _ in 0..<500 {
            var bytes = random.text() + random.text()
            if !bytes.isEmpty, random.bool() { bytes[random.below(bytes.count)] = random.bytes(1)[0] }
            #expect(UTF8Check.isValid(bytes) == (String(validating: bytes, as: UTF8.self) != nil))
        }
    }

    @Test("a length beyond what is left or beyond its limit is refused before anything is allocated")
    func oversize() {
        for hex in ["5affffffff", "7b0fffffffffffffff", "9b0fffffffffffffff", "bbffffffffffffffff"] {
            var reader = CBORReader([UInt8](hex: hex)!)
            #expect(throws: WireError.self) { try reader.skipItem() }
        }
        var reader = CBORReader([0x45, 1, 2, 3, 4, 5])
        #expect(throws: WireError.overLimit(what: "secret", found: 5, limit: 4)) {
            try reader.readBytes(max: 4, "secret")
        }
    }

    @Test("what nests too deep is refused, whatever it is made of", arguments: [0x81, 0xA1] as [UInt8])
    func nesting(opening: UInt8) throws {
        func nested(_ depth: Int) -> [UInt8] {
            (0..<depth).flatMap { _ in opening == 0xA1 ? [opening, 0] : [opening] } + [0]
        }
        var good = CBORReader(nested(WireLimits.nestingMax))
        try good.skipItem()
        try good.finish()
        var inside = CBORReader(nested(WireLimits.nestingMax - 2))
        try inside.skipItem(inside: 2)
        for depth in [WireLimits.nestingMax + 1, 100_000] {
            var reader = CBORReader(nested(depth))
            #expect(throws: WireError.overLimit(what: "nesting", found: 17, limit: 16)) { try reader.skipItem() }
        }
    }

    @Test(
        "what is skipped is held to the same encoding",
        arguments: [
            ("a201000200", true), ("a202000100", false), ("a201000100", false), ("a261620061616100", false),
            ("a2616100616200", true), ("a2190100000100", false), ("8261ff00", false), ("82f93c00f5", true),
            ("82fa3f80000000", false), ("a10081", false), ("f4", true), ("f5", true), ("f6", true), ("f7", false),
            ("e0", false), ("f3", false), ("f8ff", false),
            ("f863", false), ("f98000", false), ("f90000", true), ("f97e00", false), ("c100", false), ("c24101", false),
            ("c249010000000000000000", false),
            ("c349010000000000000000", false), ("d9d9f700", false), ("d95dc041ff", true), ("d95dc04161", false),
            ("d95dc06161", false),
            ("1bffffffffffffffff", true), ("3bffffffffffffffff", true), ("40", true), ("5f40ff", false),
        ])
    func skipping(hex: String, isGood: Bool) throws {
        var reader = CBORReader([UInt8](hex: hex)!)
        if isGood {
            try reader.skipItem()
            try reader.finish()
        } else {
            #expect(throws: WireError.self) { try reader.skipItem() }
        }
    }
}

import Testing

@testable import SQLiteAccess

@Suite("What tells a file from a copy of it")
struct FileIdentityTests {
    private let born = FileIdentity(device: 7, number: 40, born: 1_700_000_000_123_456_789)
    private let old = FileIdentity(device: 7, number: 40, born: 0)

    @Test("A file is the same after a mount that numbers files or disks anew, and a copy is another")
    func birth() {
        #expect(born.isSame(as: born.text, isSamePlace: false))
        #expect(FileIdentity(device: 9, number: 41, born: born.born).isSame(as: born.text, isSamePlace: false))
        #expect(!FileIdentity(device: 7, number: 40, born: born.born + 1).isSame(as: born.text, isSamePlace: true))
    }

    @Test("Where no birth is known, the number tells, and another disk is the same one only in the same place")
    func place() {
        #expect(old.isSame(as: old.text, isSamePlace: false))
        let moved = FileIdentity(device: 8, number: 40, born: 0)
        #expect(moved.isSame(as: old.text, isSamePlace: true))
        #expect(!moved.isSame(as: old.text, isSamePlace: false))
        #expect(!FileIdentity(device: 7, number: 41, born: 0).isSame(as: old.text, isSamePlace: true))
    }

    @Test("A system that has learnt to tell the birth knows a file by what was kept before")
    func learnt() {
        #expect(born.isSame(as: old.text, isSamePlace: false))
        #expect(!FileIdentity(device: 8, number: 40, born: born.born).isSame(as: old.text, isSamePlace: false))
    }

    @Test("What cannot be looked at is no other file's", arguments: ["7:40", "40:1700000000123456789", "0:1", "", "x"])
    func unknown(kept: String) {
        #expect(!FileIdentity.unknown.isSame(as: kept, isSamePlace: true))
    }
}

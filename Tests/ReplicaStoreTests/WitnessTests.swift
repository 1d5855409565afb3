import Foundation
import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("The witness beside a replica")
struct WitnessTests {
    private func witness(_ number: UInt64) -> Witness {
        Witness(
            number: number, site: SigningKey().site, incarnation: Incarnation(number &* 7),
            heads: [Scope.alliance, .control].map {
                .init(scope: $0, seq: number + 1, hash: ContentHash.of([UInt8(number & 0xFF)]))
            })
    }

    /// Makes an empty file in place of a replica: a witness file has the permissions of the file beside which it lies.
    private func place() throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-witness-\(UUID().uuidString)")
            .path
        try Data().write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test("What is written is read, and of two the later")
    func turns() throws {
        let path = try place()
        defer { for suffix in ["", "-witness"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let file = try WitnessFile(besideReplica: path, on: nil)
        #expect(try file.read() == nil)
        for number in UInt64(1)...5 {
            let next = witness(number)
            try file.write(next)
            #expect(try file.read() == next)
            #expect(try WitnessFile(besideReplica: path, on: nil).read() == next)
        }
    }

    @Test("A write that was cut off anywhere leaves the one before")
    func torn() throws {
        let path = try place()
        defer { for suffix in ["", "-witness"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let (before, next) = (witness(8), witness(9))
        let slot = WitnessCodec.encode(next)
        let used = slot.lastIndex { $0 != 0 } ?? 0
        for length in stride(from: 0, through: used, by: 7) {
            let file = try WitnessFile(besideReplica: path, on: nil)
            try file.write(witness(7))
            try file.write(before)
            let raw = try FileHandle(forUpdating: URL(fileURLWithPath: path + "-witness"))
            try raw.seek(toOffset: UInt64(WitnessCodec.offset(of: 9)))
            try raw.write(contentsOf: Data(slot.prefix(length)))
            try raw.close()
            // A write of nothing leaves what was there: the older one.
            #expect(try file.read() == before, "cut after \(length) bytes")
        }
    }

    @Test("A byte that is another is seen, wherever it is")
    func altered() {
        let slot = WitnessCodec.encode(witness(3))
        #expect(WitnessCodec.decode(slot) != nil)
        for index in slot.indices {
            var other = slot
            other[index] ^= 1
            #expect(WitnessCodec.decode(other) == nil)
        }
        #expect(WitnessCodec.decode(Array(slot.dropLast())) == nil)
    }
}

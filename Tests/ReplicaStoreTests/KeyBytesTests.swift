import ReplicaModel
import SQLiteAccess
import SyncSimulator
import Testing

@testable import ReplicaStore

@Suite("Keys as bytes")
struct KeyBytesTests {
    /// A key of integers, texts and blobs of few bytes, many of them zeros and 255s.
    private func key(_ random: inout SeededGenerator, columns: Int) -> [Value] {
        (0..<columns).map { _ in
            let bytes = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                [0, 1, 255, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
            }
            switch Int.random(in: 0..<3, using: &random) {
            case 0: return .integer([.min, -1, 0, 1, 255, 256, .max].randomElement(using: &random) ?? 0)
            case 1: return .text(bytes)
            default: return .blob(bytes)
            }
        }
    }

    private func bytes(_ key: [Value]) -> [UInt8] {
        var out: [UInt8] = []
        for (index, value) in key.enumerated() {
            let isLast = index == key.count - 1
            switch value {
            case .integer(let integer): _ = KeyBytes.append(.integer(integer), isLast: isLast, to: &out)
            case .text(let text): text.withUnsafeBytes { _ = KeyBytes.append(.text($0), isLast: isLast, to: &out) }
            case .blob(let blob): blob.withUnsafeBytes { _ = KeyBytes.append(.blob($0), isLast: isLast, to: &out) }
            case .null, .real: break
            }
        }
        return out
    }

    @Test("Keys as bytes are in the order of the keys", arguments: 1...3)
    func order(columns: Int) {
        var random = SeededGenerator(seed: UInt64(columns))
        for _ in 0..<5_000 {
            let (l, r) = (key(&random, columns: columns), key(&random, columns: columns))
            #expect(bytes(l).lexicographicallyPrecedes(bytes(r)) == l.lexicographicallyPrecedes(r), "\(l) \(r)")
        }
    }

    @Test("A key is read from its bytes as it was", arguments: 1...3)
    func back(columns: Int) {
        var random = SeededGenerator(seed: UInt64(columns))
        for _ in 0..<2_000 {
            let key = key(&random, columns: columns)
            #expect(KeyBytes.values(of: bytes(key), count: columns) == key)
        }
    }

    @Test("NULL and reals have no place among keys")
    func none() {
        var out: [UInt8] = []
        #expect(!KeyBytes.append(.null, isLast: true, to: &out))
        #expect(!KeyBytes.append(.real(1), isLast: true, to: &out))
    }

    @Test("Records come out in the order of their keys and numbers, however many runs they were sorted in")
    func sorted() throws {
        for (seed, runBytes) in [(1, 1 << 20), (2, 300), (3, 40)] {
            var random = SeededGenerator(seed: UInt64(seed))
            let sorter = RecordSorter(connection: try .scratch(), runBytes: runBytes)
            var given: [(key: [UInt8], number: Int64)] = []
            for number in 0..<400 {
                let key = (0...Int.random(in: 0...10, using: &random)).map { _ in
                    UInt8.random(in: 0...2, using: &random)
                }
                given.append((key, Int64(number - 200)))
                try sorter.add(key: key, number: Int64(number - 200), content: key + [7])
            }
            given.sort { l, r in l.key == r.key ? l.number < r.number : l.key.lexicographicallyPrecedes(r.key) }
            var place = 0
            try sorter.forEach { (record) throws(StoreError) in
                #expect(record.key.elementsEqual(given[place].key))
                #expect(record.number == given[place].number)
                #expect(record.content.elementsEqual(given[place].key + [7]))
                place += 1
            }
            #expect(place == given.count)
        }
    }
}

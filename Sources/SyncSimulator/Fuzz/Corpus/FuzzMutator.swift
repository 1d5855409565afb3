/// Changes bytes a little, as a seed says: what stands in for libFuzzer where there is none.
package struct FuzzMutator: Sendable {
    private var random: SeededGenerator
    private let corpus: [[UInt8]]

    /// Longer inputs are slow and show little more.
    private static let bytesMax = 4_096

    /// - Precondition: the corpus is not empty.
    package init(seed: UInt64, corpus: [[UInt8]]) {
        precondition(!corpus.isEmpty, "there is something to change")
        random = SeededGenerator(seed: seed)
        self.corpus = corpus
    }

    package mutating func next() -> [UInt8] {
        var bytes = random.pick(corpus)
        for _ in 0...random.below(4) { change(&bytes) }
        return Array(bytes.prefix(Self.bytesMax))
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = random.below(bytes.count + 1)
        let end = min(bytes.count, place + 1 + random.below(16))
        switch random.below(7) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1 where place < bytes.count: bytes[place] = random.pick(Self.odd)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4:
            let other = random.pick(corpus)
            let start = random.below(other.count + 1)
            bytes.insert(contentsOf: other[start..<min(other.count, start + random.below(64))], at: place)
        case 5: bytes.removeSubrange(place...)
        default: bytes.insert(contentsOf: random.bytes(1 + random.below(4)), at: place)
        }
    }

    /// Heads of CBOR at their edges.
    private static let odd: [UInt8] = [
        0x00, 0x17, 0x18, 0x1B, 0x20, 0x3B, 0x40, 0x5B, 0x60, 0x80, 0x9B, 0xA0, 0xBB, 0xC0, 0xD9, 0xF6, 0xF9, 0xFB,
        0xFF,
    ]
}

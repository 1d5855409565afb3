/// The operations of a changeset are one run of bytes, cut at arbitrary positions.
package enum Chunking {
    /// Every chunk but the last has exactly 65,536 bytes, and none is empty.
    package static func cut(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: WireLimits.chunkBytes).map {
            Array(bytes[$0..<min($0 + WireLimits.chunkBytes, bytes.count)])
        }
    }

    /// The bytes of all chunks. Throws `.illFormed` if they are cut in another way than `cut` does.
    package static func join(_ chunks: [[UInt8]]) throws(WireError) -> [UInt8] {
        let isCut = chunks.dropLast().allSatisfy { $0.count == WireLimits.chunkBytes }
        guard isCut, chunks.last.map({ (1...WireLimits.chunkBytes).contains($0.count) }) ?? true else {
            throw .illFormed(wronglyCut)
        }
        return Array(chunks.joined())
    }

    static let wronglyCut = "a chunk that is empty, or not full and not the last"
}

/// The operations of a changeset are one run of bytes, cut at arbitrary positions.
package enum Chunking {
    /// Every chunk but the last has exactly 49,152 bytes, and none is empty.
    package static func cut(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: WireLimits.cutBytes).map {
            Array(bytes[$0..<min($0 + WireLimits.cutBytes, bytes.count)])
        }
    }

    /// Whether a chunk of so many bytes may be the next of a changeset: those before it are all of one size, of 49,152
    /// to 65,536 bytes.
    ///
    /// - Parameters:
    ///   - first: the bytes of the first chunk; nil where this is the first.
    ///   - last: those of the one before.
    static func mayFollow(_ bytes: Int, first: Int?, last: Int) -> Bool {
        guard let first else { return (1...WireLimits.chunkBytes).contains(bytes) }
        return first >= WireLimits.cutBytes && last == first && (1...first).contains(bytes)
    }

    /// The bytes of all chunks. Throws `.illFormed` if they are cut in a way in which nobody may.
    package static func join(_ chunks: [[UInt8]]) throws(WireError) -> [UInt8] {
        let sizes = chunks.map(\.count)
        for (index, size) in sizes.enumerated() {
            let last = index > 0 ? sizes[index - 1] : 0
            guard mayFollow(size, first: index > 0 ? sizes[0] : nil, last: last) else { throw .illFormed(wronglyCut) }
        }
        return Array(chunks.joined())
    }

    static let wronglyCut = "a chunk that is empty, or not full and not the last"
}

/// The pace at which the blocks of a compressed stream end: each is to have about as many bytes as another, however
/// well what is written compresses.
///
/// How many bytes something takes is known only once its block has ended, so the block before tells. Ending blocks so
/// often costs less than one byte of a hundred; the history that the compressor looks back on goes on.
struct BlockPace {
    /// Compressed bytes of a block: half of what a link carries beside the handshake that breaks every 20 KB.
    private static let compressedAim = 8_192
    /// Plain bytes of the first block, and the fewest of any: they may be such as do not compress.
    private static let plainLeast = 16_384
    /// Plain bytes that are worth a block of their own where a large item follows.
    private static let plainWorthwhile = 4_096
    /// The most plain bytes that zstd puts in a block.
    private static let plainMost = 131_072

    /// Plain bytes of the block that has begun.
    private var plain = 0
    private var plainAim = plainLeast

    /// Whether the block is to end before an item of so many bytes. A large one goes alone: a link that carries either
    /// may not carry both.
    func isDue(before count: Int) -> Bool {
        plain >= plainAim || plain >= Self.plainWorthwhile && plain + count > max(plainAim, WireLimits.cutBytes)
    }

    mutating func wrote(_ count: Int) { plain += count }

    /// Notes that the block has ended, in so many compressed bytes.
    mutating func ended(compressed: Int) {
        let aim = Self.compressedAim * plain / max(compressed, 1)
        plainAim = min(max(aim, Self.plainLeast), Self.plainMost)
        plain = 0
    }

    /// Begins anew: what comes next is of another frame.
    mutating func reset() { self = BlockPace() }
}

import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

@Suite("A chunk that a log keeps packed")
struct ChunkPackerTests {
    private let packer = ChunkPacker()

    /// Rows that are much alike, as those of a table are.
    private static func rows(_ random: inout SeededGenerator, bytes: Int) -> [UInt8] {
        var out: [UInt8] = []
        while out.count < bytes { out += Array("row \(random.below(10_000)), entered by hand;".utf8) }
        return Array(out.prefix(bytes))
    }

    @Test("Comes back as it was, and is kept in more bytes only where it could be taken for a frame")
    func same() {
        var random = SeededGenerator(7)
        for round in 0..<300 {
            let size = random.below(WireLimits.chunkBytes + 1)
            var chunk = round % 2 == 0 ? random.bytes(size) : Self.rows(&random, bytes: size)
            if round % 3 == 0 { chunk.replaceSubrange(0..<min(4, size), with: ChunkPacker.magic.prefix(min(4, size))) }
            let kept = packer.pack(chunk)
            #expect(packer.unpack(kept) == chunk)
            #expect(kept.count <= chunk.count || chunk.starts(with: ChunkPacker.magic))
        }
    }

    @Test("Takes less room, where it repeats itself and is not short")
    func smaller() {
        var random = SeededGenerator(8)
        let chunk = Self.rows(&random, bytes: WireLimits.chunkBytes)
        #expect(packer.pack(chunk).count < chunk.count / 2)
        let short = Array(chunk.prefix(ChunkPacker.packedBytesMin - 1))
        #expect(packer.pack(short) == short)
    }

    @Test("A frame within a chunk is content: it comes back as a frame")
    func nested() {
        var random = SeededGenerator(9)
        let frame = packer.pack(Self.rows(&random, bytes: 20_000))
        #expect(frame.starts(with: ChunkPacker.magic))
        #expect(packer.unpack(packer.pack(frame)) == frame)
    }

    @Test("What a disk altered of a frame is something else or the same chunk, never more than a chunk, and no trap")
    func altered() {
        var random = SeededGenerator(10)
        let chunk = Self.rows(&random, bytes: 30_000)
        let frame = packer.pack(chunk)
        for _ in 0..<2_000 {
            var kept = frame
            switch random.below(3) {
            case 0: kept = Array(kept.prefix(random.below(kept.count)))
            case 1: kept += random.bytes(1 + random.below(9))
            default: kept[random.below(min(kept.count, 40))] ^= UInt8(1 << random.below(8))
            }
            let unpacked = packer.unpack(kept)
            #expect(unpacked == kept || unpacked.count <= WireLimits.chunkBytes)
        }
        #expect(packer.unpack(frame) == chunk)
    }

    @Test("A frame that says it has more than a chunk, or does not say, is not unpacked")
    func bomb() {
        // Single segment, eight bytes of content size; then one block of zeros (RLE), the last.
        let size: [UInt8] = [0, 0, 0, 0, 1, 0, 0, 0]
        let huge = ChunkPacker.magic + [0xE0] + size + [0x03, 0x00, 0x80, 0x00]
        #expect(packer.unpack(huge) == huge)
        // A window, and no content size.
        let silent = ChunkPacker.magic + [0x00, 0x50, 0x0B, 0x00, 0x00, 0x78]
        #expect(packer.unpack(silent) == silent)
    }
}

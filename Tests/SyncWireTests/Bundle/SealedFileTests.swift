import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

@Suite("Files that their recipients alone can read")
struct SealedFileTests {
    private let writer = SigningKey()
    private let readers = [SigningKey(), SigningKey()]
    private let alliance = ContentHash.of([1, 2, 3])

    private func sealed(_ plain: [UInt8]) -> [UInt8] {
        let content = ContentKey()
        let keys = readers.map { SealingKey(of: $0).card }.compactMap {
            content.wrapped(for: $0, in: alliance, by: writer.site)
        }.sorted { $0.site < $1.site }
        let head = SealedHead(alliance: alliance, site: writer.site, written: 1, software: "s", keys: keys)
        var file = SealedFileWriter(head, content: content, signedBy: writer)
        for start in stride(from: 0, to: plain.count, by: 10_000) {
            file.write(Array(plain[start..<min(plain.count, start + 10_000)]))
        }
        file.end()
        return file.takeOutput()
    }

    private func parts(_ file: [UInt8]) throws -> (head: SealedHead, hash: Bytes32, blocks: [[UInt8]]) {
        var reader = CarriedFileReader()
        reader.append(file)
        var (head, blocks): (SealedHead?, [[UInt8]]) = (nil, [])
        while let part = try reader.next() {
            switch part {
            case .head(.sealed(let found)): head = found
            case .block(let block): blocks.append(block)
            default: break
            }
        }
        try reader.finish()
        return (try #require(head), reader.headHash, blocks)
    }

    private func open(_ head: SealedHead, _ hash: Bytes32, _ blocks: [[UInt8]], by key: SigningKey) throws -> [UInt8]? {
        guard let content = SealingKey(of: key).unwrap(head) else { return nil }
        var opener = SealedFileOpener(content: content, headHash: hash)
        var plain: [UInt8] = []
        for block in blocks { plain += try opener.take(block) }
        return plain + (try opener.finish())
    }

    @Test("Each of several recipients reads it, and nobody else", arguments: [1, 65_519, 65_520, 65_521, 150_000])
    func recipients(count: Int) throws {
        var random = SeededGenerator(count)
        let plain = random.bytes(count)
        let (head, hash, blocks) = try parts(sealed(plain))
        for key in readers { #expect(try open(head, hash, blocks, by: key) == plain) }
        #expect(try open(head, hash, blocks, by: SigningKey()) == nil)
        #expect(try open(head, hash, blocks, by: writer) == nil)
    }

    @Test("No block can be left out, moved, repeated or cut off, nor put under another head")
    func order() throws {
        var random = SeededGenerator(7)
        let (head, hash, blocks) = try parts(sealed(random.bytes(150_000)))
        #expect(blocks.count == 3)
        for other in [
            [blocks[0], blocks[2]], [blocks[1], blocks[0], blocks[2]], [blocks[0], blocks[0], blocks[1], blocks[2]],
            [blocks[0], blocks[1]], [blocks[0]], [],
        ] {
            #expect(throws: CarriedFault.self) { try open(head, hash, other, by: readers[0]) }
        }
        #expect(throws: CarriedFault.self) { try open(head, ContentHash.of([]), blocks, by: readers[0]) }
    }

    @Test("A key that was wrapped in one alliance, or by one writer, opens in no other")
    func bound() throws {
        let (head, _, _) = try parts(sealed([1]))
        var other = head
        other.alliance = ContentHash.of([4])
        #expect(SealingKey(of: readers[0]).unwrap(head) != nil)
        #expect(SealingKey(of: readers[0]).unwrap(other) == nil)
        other = head
        other.site = readers[1].site
        #expect(SealingKey(of: readers[0]).unwrap(other) == nil)
    }

    @Test("A card is believed only with its site's own signature")
    func cards() throws {
        let card = SealingKey(of: readers[0]).card
        #expect(card.isValid)
        #expect(!SealingCard(site: readers[1].site, key: card.key, signature: card.signature).isValid)
        #expect(
            !SealingCard(site: card.site, key: SealingKey(of: readers[1]).card.key, signature: card.signature).isValid)
        #expect(SealingKey(of: readers[0]).card.key == card.key)
    }
}

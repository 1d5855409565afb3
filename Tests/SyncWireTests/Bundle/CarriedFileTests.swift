import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

@Suite("Files that are carried")
struct CarriedFileTests {
    private let key = SigningKey()

    private func announcement(_ random: inout SeededGenerator) -> Announcement {
        Announcement(
            alliance: random.bytes32(), site: key.site, written: random.next() >> 20,
            incarnations: UInt64(random.below(3)), software: random.name(),
            held: random.vector(random.below(5)),
            marks: random.vector(random.below(5)).map {
                FeedHead($0.key, Head(seq: $0.value, hash: HashPrefix(random.bytes32())))
            }.sorted(),
            altered: random.vector(random.below(3)).sorted { $0.key < $1.key }.map {
                UnfinishedChangeset(feed: $0.key, seq: $0.value, chunks: 0)
            },
            cards: random.bool() ? [SealingKey(of: key).card] : [],
            taken: (0..<random.below(4)).map { _ in HashPrefix(random.bytes32()) }.sorted())
    }

    private func head(_ seed: Int) -> CarriedHead {
        var random = SeededGenerator(seed)
        switch seed % 4 {
        case 0:
            let ranges = random.vector(random.below(6)).sorted { $0.key < $1.key }.map {
                FeedRange(feed: $0.key, first: 1, last: $0.value, end: HashPrefix(random.bytes32()))
            }.sorted()
            let grant = Grant(secret: random.bytes(16), name: random.name(), addresses: ["h:1"])
            return .bundle(
                BundleHead(
                    announcement: announcement(&random),
                    recipients: (0..<random.below(4)).map { _ in SiteID(random.bytes32()) }.sorted(),
                    ranges: ranges, grant: random.bool() ? grant : nil))
        case 1: return .request(announcement(&random))
        case 2:
            return .sealed(
                SealedHead(
                    alliance: random.bytes32(), site: key.site, written: 3, software: "s",
                    keys: (0...random.below(3)).map { _ in
                        WrappedKey(
                            site: SiteID(random.bytes32()), encapsulated: random.bytes(32), wrapped: random.bytes(48))
                    }.sorted { $0.site < $1.site },
                    replaces: (0..<random.below(3)).map { _ in HashPrefix(random.bytes32()) }.sorted()))
        default:
            return .petition(
                Petition(
                    site: key.site, written: 1, software: "s", name: random.name(), secret: random.bytes(16),
                    card: SealingKey(of: key).card))
        }
    }

    private func file(_ head: CarriedHead, _ body: [UInt8] = []) -> [UInt8] {
        var writer = CarriedFileWriter(head, key: key)
        writer.write(body)
        writer.end()
        return writer.takeOutput()
    }

    private func read(_ file: [UInt8], inPiecesOf size: Int = .max) throws -> (CarriedHead?, [UInt8]) {
        var reader = CarriedFileReader()
        var (head, body): (CarriedHead?, [UInt8]) = (nil, [])
        for start in stride(from: 0, to: file.count, by: max(1, min(size, file.count))) {
            reader.append(Array(file[start..<min(file.count, start + min(size, file.count))]))
            while let part = try reader.next() {
                switch part {
                case .head(let found): head = found
                case .block(let block): body += block
                case .end: break
                }
            }
        }
        try reader.finish()
        return (head, body)
    }

    @Test("A head of every kind comes back as it was", arguments: 0..<80)
    func heads(seed: Int) throws {
        let head = head(seed)
        #expect(try CarriedHeadCodec.decode(CarriedHeadCodec.encode(head)) == head)
    }

    @Test("A body comes back in pieces of any size", arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func body(count: Int) throws {
        var random = SeededGenerator(count)
        let content = random.bytes(count)
        let file = file(head(2), content)
        for size in [1_000, 65_536, .max] {
            let (_, body) = try read(file, inPiecesOf: size)
            #expect(body == content)
        }
    }

    @Test("A file that is cut anywhere, or of which any byte is another, is refused")
    func altered() throws {
        let file = file(head(1))
        for index in file.indices {
            #expect(throws: CarriedFault.self) { try read(Array(file.prefix(index))) }
            var other = file
            other[index] ^= 4
            #expect(throws: CarriedFault.self) { try read(other) }
        }
        #expect(throws: CarriedFault.self) { try read(file + [0]) }
    }

    @Test("What is no file of caravan's, and what is of a newer version, is called that")
    func named() throws {
        #expect(throws: CarriedFault.notOne) { try read(Array("PK\u{3}\u{4} a workbook".utf8)) }
        #expect(throws: CarriedFault.cut) { try read([]) }
        #expect(throws: CarriedFault.cut) { try read(Array(file(head(1)).dropLast())) }
        var newer = CarriedHeadCodec.encode(head(1))
        newer[2] = 3
        #expect(throws: CarriedFault.newer(version: 3)) { try CarriedHeadCodec.decode(newer) }
        newer[2] = 0
        #expect(throws: CarriedFault.self) { try CarriedHeadCodec.decode(newer) }
    }

    @Test("A file of the first version, which says nothing of ways, is read")
    func older() throws {
        var random = SeededGenerator(5)
        let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
        var announcement = announcement(&random)
        announcement.marks = nil
        announcement.incarnations = 0
        let ranges = [
            FeedRange(feed: feed, first: 1, last: 2, end: nil), .init(feed: feed, first: 4, last: 4, end: nil),
        ]
        let head = CarriedHead.bundle(BundleHead(announcement: announcement, recipients: [], ranges: ranges))
        let bytes = CarriedHeadCodec.encode(head)
        // An array of three: kind, version, and a map of fields 0 to 9.
        #expect(Array(bytes[0...3]) == [0x83, 1, 1, 0xAA])
        #expect(try CarriedHeadCodec.decode(bytes) == head)
    }

    @Test("A file that another site signed is refused")
    func wrongSigner() throws {
        let (other, file) = (SigningKey(), file(head(1)))
        let digest = ContentHash.of(Array(file.dropLast(66)))
        let forged = Array(file.dropLast(64)) + other.sign(CarriedLimits.signedWords + digest.bytes)
        #expect(throws: CarriedFault.self) { try read(forged) }
    }

    @Test("Ranges out of order, or twice, are refused; those of two ways of a feed may touch and overlap")
    func orders() throws {
        let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
        func isRead(_ ranges: [FeedRange]) -> Bool {
            var random = SeededGenerator(1)
            let head = BundleHead(announcement: announcement(&random), recipients: [], ranges: ranges)
            return (try? CarriedHeadCodec.decode(CarriedHeadCodec.encode(.bundle(head)))) != nil
        }
        let ends = [key.site.key, Bytes32.zero].map(HashPrefix.init).sorted()
        func range(_ first: UInt64, _ last: UInt64, _ way: Int = 0) -> FeedRange {
            FeedRange(feed: feed, first: first, last: last, end: ends[way])
        }
        #expect(isRead([range(1, 2), range(4, 4)]))
        #expect(isRead([range(1, 2), range(3, 4), range(3, 4, 1), range(3, 5)]))
        #expect(!isRead([range(1, 2), range(3, 4, 1), range(3, 4)]))
        #expect(!isRead([range(1, 2), range(1, 2)]))
        #expect(!isRead([range(4, 4), range(1, 2)]))
        #expect(!isRead([range(2, 1)]))
    }
}

import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

@Suite struct HeaderTests {
    let key = SigningKey()

    @Test("a header comes back as it was, and has one encoding", arguments: 0..<30)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed)
        for sealed in random.run(4, key: key) {
            let received = try sealed.received
            #expect(received.header == sealed.header)
            #expect(received.hash == sealed.hash)
            #expect(HeaderCodec.encode(received.header) == sealed.bytes)
        }
    }

    @Test("a run is verified by its last signature", arguments: 0..<10)
    func verified(seed: Int) throws {
        var random = SeededGenerator(seed)
        let run = random.run(5, key: key)
        let feed = run[0].header.feed
        let received = try run.map { try UnverifiedHeader(bytes: $0.bytes, signature: $0.signature) }
        let whole = try FeedVerifier.verify(received, of: feed, after: (0, .zero))
        #expect(whole.map(\.hash) == run.map(\.hash))
        #expect(whole.map(\.isSignatureChecked) == [false, false, false, false, true])
        let rest = try FeedVerifier.verify(Array(received[2...]), of: feed, after: (2, run[1].hash))
        #expect(rest.map(\.header) == run[2...].map(\.header))
        #expect(try FeedVerifier.verify([], of: feed, after: (0, .zero)).isEmpty)
    }

    @Test("a signature before the last one is vouched for, and behind the last that is right nothing is")
    func lastSignature() throws {
        var random = SeededGenerator(1)
        let run = random.run(3, key: key)
        let wrong = [UInt8](repeating: 0, count: 64)
        let feed = run[0].header.feed
        let early = [try UnverifiedHeader(bytes: run[0].bytes, signature: wrong), try run[1].received]
        #expect(try FeedVerifier.verify(early, of: feed, after: (0, .zero)).count == 2)
        let late = [try run[0].received, try UnverifiedHeader(bytes: run[1].bytes, signature: wrong)]
        #expect(try FeedVerifier.verify(late, of: feed, after: (0, .zero)).map(\.hash) == [run[0].hash])
    }

    @Test("a gap, another feed, and a chain that does not join have their names")
    func refusals() throws {
        var random = SeededGenerator(2)
        let run = random.run(3, key: key)
        let feed = run[0].header.feed
        let other = FeedID(site: key.site, incarnation: Incarnation(77), scope: .alliance)
        let received = try run.map { try UnverifiedHeader(bytes: $0.bytes, signature: $0.signature) }
        #expect(throws: WireError.gap(feed: feed, expected: 2, found: 3)) {
            try FeedVerifier.verify([received[0], received[2]], of: feed, after: (0, .zero))
        }
        #expect(throws: WireError.gap(feed: feed, expected: 3, found: 2)) {
            try FeedVerifier.verify([received[1]], of: feed, after: (2, run[1].hash))
        }
        #expect(throws: WireError.wrongFeed(expected: other, found: feed)) {
            try FeedVerifier.verify(received, of: other, after: (0, .zero))
        }
        #expect(throws: WireError.brokenChain(feed: feed, seq: 2)) {
            try FeedVerifier.verify([received[1]], of: feed, after: (1, run[2].hash))
        }
    }

    @Test("a number that comes twice in one run is a fork if its author signed both, and else a broken chain")
    func twins() throws {
        var random = SeededGenerator(3)
        let (run, other) = (random.run(2, key: key), random.run(1, key: key))
        let feed = run[0].header.feed
        var twin = other[0].header
        twin = ChangesetHeader(
            feed: feed, seq: 1, previous: .zero, stamp: twin.stamp, contextAdvance: [:],
            operationCount: twin.operationCount, chunkHashes: twin.chunkHashes)
        let sealed = try key.seal(twin).received
        let unsigned = try UnverifiedHeader(bytes: sealed.bytes, signature: [UInt8](repeating: 0, count: 64))
        let received = try run.map { try $0.received }
        #expect(throws: WireError.fork(feed: feed, seq: 1)) {
            try FeedVerifier.verify(received + [sealed], of: feed, after: (0, .zero))
        }
        #expect(throws: WireError.brokenChain(feed: feed, seq: 1)) {
            try FeedVerifier.verify(received + [unsigned], of: feed, after: (0, .zero))
        }
        #expect(throws: WireError.brokenChain(feed: feed, seq: 1)) {
            try FeedVerifier.verify([received[0], received[0]], of: feed, after: (0, .zero))
        }
    }

    @Test("one altered bit anywhere in a header or its signature is refused", arguments: 0..<3)
    func altered(seed: Int) throws {
        var random = SeededGenerator(seed)
        let sealed = random.run(1, key: key)[0]
        func isAccepted(_ bytes: [UInt8], _ signature: [UInt8]) -> Bool {
            guard let header = try? UnverifiedHeader(bytes: bytes, signature: signature) else { return false }
            return (try? FeedVerifier.verify([header], of: header.header.feed, after: (0, .zero)))?.count == 1
        }
        #expect(isAccepted(sealed.bytes, sealed.signature))
        for index in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[index] ^= UInt8(1 << random.below(8))
            #expect(!isAccepted(bytes, sealed.signature))
        }
        for index in sealed.signature.indices {
            var signature = sealed.signature
            signature[index] ^= UInt8(1 << random.below(8))
            #expect(!isAccepted(sealed.bytes, signature))
        }
    }

    @Test("a header that ends before its end, or goes on behind it, is refused", arguments: 0..<3)
    func truncated(seed: Int) throws {
        var random = SeededGenerator(seed)
        let sealed = random.run(2, key: key)[1]
        for count in sealed.bytes.indices {
            #expect(throws: WireError.self) {
                try UnverifiedHeader(bytes: Array(sealed.bytes.prefix(count)), signature: sealed.signature)
            }
        }
        #expect(throws: WireError.trailingBytes(count: 1)) {
            try UnverifiedHeader(bytes: sealed.bytes + [0], signature: sealed.signature)
        }
        #expect(throws: WireError.self) { try UnverifiedHeader(bytes: sealed.bytes, signature: [1]) }
    }

    @Test("what decodes and cannot be meant is refused", arguments: 0..<9)
    func secondGate(number: Int) {
        var random = SeededGenerator(number)
        let (site, other) = (SiteID(random.bytes32()), SiteID(random.bytes32()))
        let own = FeedID(site: site, incarnation: .first, scope: .alliance)
        let head = Head(seq: 3, hash: HashPrefix(random.bytes32()))
        var (feed, seq, previous, operations) = (own, UInt64(1), Bytes32.zero, UInt64(0))
        var context: Context = [FeedID(site: other, incarnation: .first, scope: .control): head]
        var hashes: [Bytes32] = []
        switch number {
        case 0: seq = 0
        case 1: (seq, previous) = (1 << 47, random.bytes32())
        case 2: previous = random.bytes32()
        case 3: seq = 2
        case 4: operations = 1
        case 5: hashes = [random.bytes32()]
        case 6: context[own] = head
        case 7: context[FeedID(site: other, incarnation: .first, scope: Scope("camp"))] = head
        default: feed = FeedID(site: site, incarnation: .first, scope: Scope("Camp"))
        }
        let header = ChangesetHeader(
            feed: feed, seq: seq, previous: previous, stamp: .zero, contextAdvance: context, operationCount: operations,
            chunkHashes: hashes)
        #expect(throws: WireError.self) {
            try UnverifiedHeader(bytes: HeaderCodec.encode(header), signature: [UInt8](repeating: 0, count: 64))
        }
    }

    @Test("feeds of a context that are not in ascending order are refused")
    func order() throws {
        var random = SeededGenerator(5)
        let heads = random.heads(2, scope: .control)
        var writer = CBORWriter()
        HeadsCodec.write(heads, to: &writer)
        var reader = CBORReader(writer.bytes)
        #expect(try HeadsCodec.read(&reader) == heads)
        var first = CBORReader(writer.bytes, at: 1)
        try first.skipItem()
        let cut = first.offset
        let swapped = [writer.bytes[0]] + writer.bytes[cut...] + writer.bytes[1..<cut]
        let twice = [writer.bytes[0]] + writer.bytes[1..<cut] + writer.bytes[1..<cut]
        for bytes in [Array(swapped), Array(twice)] {
            var reader = CBORReader(bytes)
            #expect(throws: WireError.self) { try HeadsCodec.read(&reader) }
        }
    }

    @Test("a digest of heads is a function of the set, and of every part of it", arguments: 0..<10)
    func digest(seed: Int) {
        var random = SeededGenerator(seed)
        let heads = random.heads(8)
        let digest = HeadsDigest.of(heads)
        #expect(HeadsDigest.of(Dictionary(uniqueKeysWithValues: heads.shuffled(using: &random))) == digest)
        for (feed, head) in heads {
            var other = heads
            other[feed] = Head(seq: head.seq + 1, hash: head.hash)
            #expect(HeadsDigest.of(other) != digest)
            other[feed] = Head(seq: head.seq, hash: HashPrefix(random.bytes32()))
            #expect(HeadsDigest.of(other) != digest)
            other[feed] = nil
            #expect(HeadsDigest.of(other) != digest)
        }
    }
}

import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

extension SeededGenerator {
    fileprivate mutating func entries(_ sites: Int) -> [HelloVector.RosterEntry] {
        var entries: [HelloVector.RosterEntry] = []
        for scope in [Scope.alliance, .control] {
            for position in 0..<sites where bool() {
                let incarnations = Set([Incarnation.first, incarnation()]).sorted().suffix(1 + below(2))
                for one in incarnations {
                    entries.append(.init(position: UInt64(position), incarnation: one, scope: scope, seq: seq()))
                }
            }
        }
        return entries
    }

    fileprivate mutating func unfinished() -> [UnfinishedChangeset] {
        Set((0..<below(3)).map { _ in UnfinishedChangeset(feed: feed(), seq: seq(), chunks: UInt64(below(99))) })
            .sorted { ($0.feed, $0.seq) < ($1.feed, $1.seq) }
    }

    fileprivate mutating func hello(held: HelloVector? = nil) -> Hello {
        let lowest = UInt64(below(9))
        return Hello(
            versions: lowest...(lowest + UInt64(below(9))), alliance: bytes32(), site: SiteID(bytes32()),
            incarnation: incarnation(), software: "caravan 1.0", wallClock: integer(), frameBytesMax: next(),
            scopes: [.alliance, .control], controlDigest: bytes32(), headsDigest: bytes32(),
            held: held ?? (bool() ? .full(vector(below(9))) : .byRoster(entries(9))), unfinished: unfinished(),
            waiting: bool() ? next() : nil, stays: bool())
    }

    fileprivate mutating func message() -> Message {
        switch below(10) {
        case 0: .hello(hello())
        case 1: .knock
        case 2: .join(JoinRequest(alliance: bytes32(), secret: bytes(16), name: name()))
        case 3: .vectorWanted
        case 4: .vector(vector(below(9)))
        case 5: .changes(bytes: bytes(below(500)), isLast: bool())
        case 6: .ack(held: vector(below(4)), applied: vector(below(4)))
        case 7: .ping
        case 8: .bye([.done, .duplicate, .stopping].randomElement(using: &self)!)
        default: .error(code: ErrorCode.allCases.randomElement(using: &self)!, sentence: name())
        }
    }
}

@Suite struct MessageTests {
    @Test("messages come back as they were", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed)
        let message = random.message()
        let bytes = MessageCodec.encode(message)
        #expect(try MessageCodec.decode(bytes) == message)
        for count in bytes.indices {
            #expect(throws: WireError.self) { try MessageCodec.decode(Array(bytes.prefix(count))) }
        }
        #expect(throws: WireError.trailingBytes(count: 1)) { try MessageCodec.decode(bytes + [0]) }
    }

    @Test("bytes that are accepted are the one encoding of what they say", arguments: 0..<100)
    func altered(seed: Int) {
        var random = SeededGenerator(seed)
        let original = random.message()
        let bytes = MessageCodec.encode(original)
        for _ in 0..<100 {
            var other = bytes
            other[random.below(bytes.count)] ^= UInt8(1 << random.below(8))
            guard let message = try? MessageCodec.decode(other) else { continue }
            // Words and fields of a later version are read and not kept.
            if case .error(.unexpected, _) = message { continue }
            if case .hello(let said) = original, case .hello(let read) = message {
                if said.stays != read.stays || (said.waiting == nil) != (read.waiting == nil) { continue }
            }
            if message == .bye(.done) || [.ping, .knock, .vectorWanted].contains(message) { continue }
            #expect(MessageCodec.encode(message) == other)
        }
    }

    @Test("a hello of a hundred sites that all wrote stays well under 1 KiB", arguments: [1_000, 70_000])
    func helloSize(seq: UInt64) {
        var random = SeededGenerator(0)
        var entries = (0..<100).map {
            HelloVector.RosterEntry(position: $0, incarnation: .first, scope: .alliance, seq: seq + $0)
        }
        entries += (0..<3).map { .init(position: $0 * 30, incarnation: .first, scope: .control, seq: 200) }
        var hello = random.hello(held: .byRoster(entries))
        hello.unfinished = []
        #expect(MessageCodec.encode(.hello(hello)).count < 900)
    }

    @Test("a type that must be understood is refused, another is skipped")
    func unknownType() throws {
        #expect(try MessageCodec.decode([0x82, 4, 0xA0]) == nil)
        #expect(try MessageCodec.decode([0x82, 0x18, 100, 0xA1, 0x17, 0xF6]) == nil)
        #expect(throws: WireError.self) { try MessageCodec.decode([0x82, 0x13, 0xA0]) }
        #expect(throws: WireError.self) { try MessageCodec.decode([0x82, 4, 0xA1, 0x18, 1, 0xF6]) }
    }

    @Test("fields of a later version are skipped, and one that must be there is missed")
    func unknownFields() throws {
        #expect(try MessageCodec.decode([0x82, 2, 0xA1, 9, 0x82, 1, 0xF5]) == .ping)
        #expect(try MessageCodec.decode([0x82, 15, 0xA2, 0, 1, 9, 0xF6]) == .bye(.duplicate))
        #expect(throws: WireError.self) { try MessageCodec.decode([0x82, 15, 0xA1, 9, 0xF6]) }
        #expect(throws: WireError.self) { try MessageCodec.decode([0x82, 15, 0xA2, 9, 0xF6, 0, 1]) }
        #expect(throws: WireError.self) { try MessageCodec.decode([0x82, 15, 0xA2, 0, 1, 0, 1]) }
    }

    @Test("words of a later version have a meaning of ours")
    func unknownWords() throws {
        #expect(try MessageCodec.decode([0x82, 15, 0xA1, 0, 0x17]) == .bye(.done))
        #expect(
            try MessageCodec.decode([0x82, 17, 0xA2, 0, 0x61, 0x78, 1, 0x60]) == .error(code: .unexpected, sentence: "")
        )
    }

    @Test("a hello has its vector in exactly one form")
    func oneForm() {
        var random = SeededGenerator(1)
        let bytes = MessageCodec.encode(.hello(random.hello(held: .full([:]))))
        let place = bytes.indices.first { bytes[$0...].starts(with: [10, 0x80, 12]) }!
        var both = bytes
        both[2] += 1
        both.insert(contentsOf: [11, 0x80], at: place + 2)
        var neither = bytes
        neither[2] -= 1
        neither.removeSubrange(place..<place + 2)
        #expect(throws: WireError.self) { try MessageCodec.decode(both) }
        #expect(throws: WireError.self) { try MessageCodec.decode(neither) }
    }

    @Test("a long sentence is cut between characters")
    func sentence() throws {
        let message = Message.error(code: .stranger, sentence: "a" + String(repeating: "é", count: 2_000))
        guard case .error(_, let sentence) = try MessageCodec.decode(MessageCodec.encode(message)) else {
            Issue.record("not an error")
            return
        }
        #expect(sentence == "a" + String(repeating: "é", count: 511))
    }

    @Test("limits of frames and of changes are held")
    func limits() {
        let large = [UInt8](repeating: 0, count: FrameLimits.frameBytesMax + 1)
        #expect(throws: WireError.self) { try MessageCodec.decode(large) }
        let changes = Message.changes(
            bytes: [UInt8](repeating: 0, count: FrameLimits.changesBytesMax + 1), isLast: false)
        #expect(throws: WireError.self) { try MessageCodec.decode(MessageCodec.encode(changes)) }
    }
}

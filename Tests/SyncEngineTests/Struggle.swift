import NodeFixtures
import SyncProtocol
import SyncSimulator
import SyncWire
import Testing

@testable import SyncEngine

/// An exchange over a link that breaks again and again, of which each session is to bring something that did not come
/// before.
struct Struggle {
    private let town: Town
    private let dialler: Engine
    private let listener: Engine
    private let receiver: Int

    init(_ town: Town, from sender: Engine, to receiver: Engine, isReceiverDialling: Bool) {
        self.town = town
        (dialler, listener) = isReceiverDialling ? (receiver, sender) : (sender, receiver)
        self.receiver = isReceiverDialling ? 0 : 1
    }

    /// - Parameter bytes: gives what the link carries next, in both directions together, before it breaks.
    /// - Returns: how many sessions it took.
    func run(_ bytes: () -> Int) throws -> Int {
        var chunks: Set<[UInt8]> = []
        var last: [Headway?] = [nil, nil]
        for number in 1...60 {
            let meeting = try Meeting(town, dialler, listener)
            try meeting.run(bytesMost: bytes())
            let new = try Self.chunks(meeting.came[receiver])
            #expect(chunks.isDisjoint(with: new), "what came whole is not sent twice")
            chunks.formUnion(new)
            if meeting.ends == [.done, .done] { return number }
            try #require(!new.isEmpty, "each session brings something")
            try meeting.breaks()
            let headways = try meeting.sessions.map { try Headway(of: $0) }
            #expect(headways[receiver].isBeyond(last[receiver]), "who got something knows it")
            #expect(
                number == 1 || headways[1 - receiver].isBeyond(last[1 - receiver]),
                "who sent it hears of it in the next session")
            last = headways
        }
        Issue.record("all was never exchanged")
        return 60
    }

    /// The chunks that can be read of what came.
    private static func chunks(_ frames: [[UInt8]]) throws -> [[UInt8]] {
        var messages = MessageReader()
        let reader = ChangeStreamReader()
        var chunks: [[UInt8]] = []
        for frame in frames {
            let message = try messages.take(frame, bytesMax: FrameLimits.messageBytesMax)
            guard case .changes(let bytes, _)? = message else { continue }
            reader.append(bytes)
            while let item = try reader.next() { if case .chunk(let chunk) = item { chunks.append(chunk) } }
        }
        return chunks
    }
}

/// Statements that insert texts, each in one transaction.
enum Texts {
    /// Words of few letters, as people write: they compress to less than half.
    static func words(_ count: Int, _ random: inout SeededGenerator) -> String {
        insert(count, &random) { random in
            (0..<14).map { _ in word(random.below(800)) }.joined(separator: " ")
        }
    }

    /// Letters of which each could be any of 32: they compress to five eighths.
    static func letters(_ count: Int, _ random: inout SeededGenerator) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz234567")
        return insert(count, &random) { random in String((0..<1_000).map { _ in random.pick(letters) }) }
    }

    private static func word(_ number: Int) -> String {
        var random = SeededGenerator(number)
        return String((0..<3 + random.below(7)).map { _ in random.pick(Array("abcdefghijklmnopqrstuvwxyz")) })
    }

    private static func insert(
        _ count: Int, _ random: inout SeededGenerator, _ text: (inout SeededGenerator) -> String
    ) -> String {
        let rows = (0..<count).map { number in
            "('\(String(random.next(), radix: 16))', '\(text(&random))', \(number))"
        }
        return "INSERT INTO t VALUES \(rows.joined(separator: ", "))"
    }
}

extension Town {
    /// The bytes that go to an engine in one session over a link that holds, without those of the other's.
    func outgoingBytes(_ sender: Engine, lackedBy receiver: Engine) throws -> Int {
        let lacked = try receiver.replica.vectors().held
        let stream = try sender.replica.outgoing(lackedBy: lacked, scopes: [.control, .alliance])
        let pieces = StreamPieces()
        var count = 0
        while true {
            let (bytes, isLast) = try pieces.next(of: stream)
            count += bytes.count
            if isLast { return count }
        }
    }
}

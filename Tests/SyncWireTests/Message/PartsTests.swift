import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

@Suite("Messages in parts")
struct PartsTests {
    /// A vector message of so many feeds, each of 51 bytes.
    private func message(feeds: Int) -> Message {
        var vector: Vector = [:]
        for number in 0..<feeds {
            let site = SiteID(ContentHash.of(Array("\(number)".utf8)))
            vector[FeedID(site: site, incarnation: Incarnation(1 << 40), scope: .alliance)] = 1 << 32
        }
        return .vector(vector)
    }

    private func part(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(2)
        writer.write(unsigned: 19)
        writer.beginMap(2)
        writer.write(unsigned: 0)
        writer.write(bytes: bytes)
        writer.write(unsigned: 1)
        writer.write(bool: isLast)
        return writer.bytes
    }

    private func read(_ frames: [[UInt8]], bytesMax: Int = FrameLimits.messageBytesMax) throws(WireError) -> [Message] {
        var reader = MessageReader()
        var messages: [Message] = []
        for frame in frames { if let message = try reader.take(frame, bytesMax: bytesMax) { messages.append(message) } }
        return messages
    }

    @Test(
        "a vector of as many feeds as a replica can number goes in frames that every side accepts",
        arguments: [1, 2_600, 5_000, WireLimits.feedsMax])
    func whole(feeds: Int) throws {
        let message = message(feeds: feeds)
        let frames = MessageCodec.frames(of: message)
        #expect(frames.allSatisfy { $0.count <= FrameLimits.frameBytesMaxLowest })
        #expect((frames.count == 1) == (MessageCodec.encode(message).count <= FrameLimits.frameBytesMaxLowest))
        #expect(try read(frames) == [message])
    }

    @Test("a ping may stand between two parts, and nothing that must be understood")
    func between() throws {
        let message = message(feeds: 5_000)
        var frames = MessageCodec.frames(of: message)
        frames.insert(MessageCodec.encode(.ping), at: 1)
        #expect(try read(frames) == [.ping, message])
        frames[1] = MessageCodec.encode(.bye(.done))
        #expect(throws: WireError.self) { try read(frames) }
    }

    @Test("parts that are shorter than they need be, that would fit a frame, or are parts of parts, are refused")
    func refusals() {
        let message = message(feeds: 5_000)
        let bytes = MessageCodec.encode(message)
        let size = FrameLimits.partBytes
        #expect(throws: WireError.self) { try read([part(Array(bytes[..<1_000]), isLast: false)]) }
        #expect(throws: WireError.self) { try read([part([], isLast: true)]) }
        #expect(throws: WireError.self) { try read([part([UInt8](repeating: 0, count: size + 1), isLast: false)]) }
        #expect(throws: WireError.self) { try read([part(MessageCodec.encode(.ping), isLast: true)]) }
        let frames = MessageCodec.frames(of: message)
        let inner =
            part([UInt8](repeating: 0, count: size), isLast: false)
            + part([UInt8](repeating: 0, count: size), isLast: false)
        let again = [
            part(Array(inner[..<size]), isLast: false), part(Array(inner[size..<2 * size]), isLast: false),
            part(Array(inner[(2 * size)...]), isLast: true),
        ]
        #expect(throws: WireError.self) { try read(again) }
        #expect(throws: WireError.self) { try MessageCodec.decode(frames[0]) }
    }

    @Test("what is gathered of a message is bounded")
    func bounded() {
        let whole = [UInt8](repeating: 0, count: FrameLimits.partBytes)
        let endless = Array(
            repeating: part(whole, isLast: false),
            count: FrameLimits.strangerMessageBytesMax / FrameLimits.partBytes + 1)
        #expect(
            throws: WireError.overLimit(
                what: "message", found: UInt64(endless.count * whole.count),
                limit: UInt64(FrameLimits.strangerMessageBytesMax))
        ) {
            try read(endless, bytesMax: FrameLimits.strangerMessageBytesMax)
        }
    }
}

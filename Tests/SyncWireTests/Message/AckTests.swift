import ReplicaModel
import Testing

@testable import SyncWire

@Suite("An ack")
struct AckTests {
    @Test("says of a feed that it is held and that nothing of it is applied, and never that nothing of it is held")
    func nothing() throws {
        let feed = FeedID(site: SigningKey().site, incarnation: .first, scope: .alliance)
        let ack = Message.ack(held: [feed: 3], applied: [feed: 0])
        #expect(try MessageCodec.decode(MessageCodec.encode(ack)) == ack)
        #expect(throws: WireError.self) {
            try MessageCodec.decode(MessageCodec.encode(.ack(held: [feed: 0], applied: [:])))
        }
    }
}

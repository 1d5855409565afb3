import ReplicaModel
import SyncWire
import Testing

@testable import SyncEngine

@Suite("The word that the sender of a stream waits for")
struct StreamedFeedsTests {
    private let key = SigningKey()
    private var feed: FeedID { FeedID(site: key.site, incarnation: .first, scope: .alliance) }

    private func header(_ seq: UInt64) throws -> ChangeItem {
        let sealed = key.seal(
            ChangesetHeader(
                feed: feed, seq: seq, previous: ContentHash.of([1]), stamp: Stamp(milliseconds: 1), contextAdvance: [:],
                operationCount: 0, chunkHashes: []))
        return .header(try UnverifiedHeader(bytes: sealed.bytes, signature: sealed.signature))
    }

    @Test("Behind what it knows to be here it waits for all that it pushes, until its stream has ended")
    func pushed() throws {
        var streamed = StreamedFeeds()
        streamed.begin(above: [:])
        streamed.senderKnows([feed: 5])
        #expect(!streamed.reachBeyond([:]))
        #expect(try streamed.mayTake(header(6)))
        #expect(streamed.reachBeyond([feed: 1]))
        #expect(!streamed.reachBeyond([feed: 6]))
        streamed.endStream()
        #expect(!streamed.reachBeyond([feed: 1]))
    }

    @Test("It does not wait for what was asked for alone, behind what it does not have either")
    func asked() throws {
        var streamed = StreamedFeeds()
        streamed.begin(above: [feed: 1])
        #expect(try streamed.mayTake(header(6)))
        #expect(!streamed.reachBeyond([feed: 1]))
    }

    @Test("A vector that says less than the hello takes its place")
    func lessThanTheHello() throws {
        var streamed = StreamedFeeds()
        streamed.begin(above: [feed: 5])
        streamed.begin(above: [feed: 2])
        #expect(try streamed.mayTake(header(3)))
        #expect(!streamed.reachBeyond([feed: 3]))
    }
}

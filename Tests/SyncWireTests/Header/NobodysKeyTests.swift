import ReplicaModel
import Testing

@testable import SyncWire

@Suite("A site that is nobody's key")
struct NobodysKeyTests {
    @Test("writes no changeset, for anybody could sign it")
    func header() throws {
        func header(of site: SiteID) -> [UInt8] {
            HeaderCodec.encode(
                ChangesetHeader(
                    feed: FeedID(site: site, incarnation: .first, scope: .alliance), seq: 1, previous: .zero,
                    stamp: .zero, contextAdvance: [:],
                    operationCount: 0, chunkHashes: []))
        }
        let signature = [UInt8](repeating: 0, count: SignatureCheck.signatureBytes)
        // The neutral point of the curve, with which every signature can be made to agree.
        let nobody = try #require(SiteID([1] + [UInt8](repeating: 0, count: 31)))
        #expect(throws: WireError.self) { try UnverifiedHeader(bytes: header(of: nobody), signature: signature) }
        #expect(throws: Never.self) { try UnverifiedHeader(bytes: header(of: SigningKey().site), signature: signature) }
    }
}

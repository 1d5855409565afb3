import ReplicaModel
import Testing

@Suite("Which of several concurrent writes is shown")
struct RankTests {
    private func rank(_ stamp: UInt64, _ site: UInt8, _ incarnation: UInt64, _ hash: UInt8) throws -> Rank {
        Rank(
            stamp: Stamp(bits: stamp), site: try #require(SiteID(Array(repeating: site, count: 32))),
            incarnation: Incarnation(incarnation),
            hash: try #require(Bytes32(Array(repeating: hash, count: 32))))
    }

    @Test(
        "That of the greater stamp, then of the greater site, then of the greater incarnation, then of the greater hash"
    )
    func order() throws {
        let ascending = try [
            rank(1, 9, 9, 9), rank(2, 1, 9, 9), rank(2, 2, 1, 9), rank(2, 2, 2, 1), rank(2, 2, 2, 2),
        ]
        for (index, less) in ascending.enumerated() {
            for greater in ascending[(index + 1)...] {
                #expect(less < greater)
                #expect(!(greater < less))
            }
            #expect(!(less < less))
        }
    }
}

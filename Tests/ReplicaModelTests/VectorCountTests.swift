import ReplicaModel
import Testing

@Suite("How many changesets a vector has")
struct VectorCountTests {
    private static let site = SiteID(Bytes32(Array(repeating: 7, count: 32)) ?? .zero)
    private static let feed = FeedID(site: site, incarnation: .first, scope: .alliance)
    private static let other = FeedID(site: site, incarnation: .first, scope: .control)
    private static let branch = feed.on(FeedBranch(first: 90, hash: .zero))

    @Test("A branch has those that are of it alone")
    func branches() {
        #expect([Self.feed: 100, Self.branch: 95].changesets() == 106)
        #expect([Self.branch: 89].changesets() == 0)
    }

    @Test("What another vector has is not counted, of a branch or of a feed that it lacks none of what is before")
    func beyond() {
        let held: Vector = [Self.feed: 100, Self.branch: 95, Self.other: 3]
        #expect(held.changesets(beyond: held) == 0)
        #expect(held.changesets(beyond: [Self.feed: 40, Self.other: 9]) == 66)
        #expect(held.changesets(beyond: [Self.branch: 94]) == 104)
    }

    @Test("Numbers that nobody can have sealed are counted as well as numbers go")
    func many() {
        #expect([Self.feed: UInt64.max, Self.other: UInt64.max].changesets() == .max)
    }
}

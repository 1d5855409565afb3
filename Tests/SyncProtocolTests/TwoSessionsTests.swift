import ReplicaModel
import SyncProtocol
import Testing

@Suite("Which of two sessions between two sites stays")
struct TwoSessionsTests {
    private func site(_ number: UInt8) throws -> SiteID { try #require(SiteID([UInt8](repeating: number, count: 32))) }

    @Test(
        "Both sides keep the same one: of two dialled at once that of the greater site, else the later one, whoever dialled it",
        arguments: [Int64(0), 3_000, 15_000, 15_001, 3_600_000])
    func same(apart: Int64) throws {
        let (small, great) = (try site(1), try site(2))
        for smallDialsLater in [true, false] {
            // When the session began that the smaller site dialled, and the one that the greater did.
            let began = (small: smallDialsLater ? apart : 0, great: smallDialsLater ? 0 : apart)
            let isAtOnce = apart <= TwoSessions.atOnceMax
            let keepsGreat = isAtOnce || !smallDialsLater
            // As the smaller site sees it, which answered what the greater dialled.
            #expect(
                TwoSessions(ofBegun: began.great, besides: began.small)
                    .staysFirst(isAnswered: true, ownSite: small, peer: great) == keepsGreat)
            #expect(
                TwoSessions(ofBegun: began.small, besides: began.great)
                    .staysFirst(isAnswered: false, ownSite: small, peer: great) == !keepsGreat)
            // As the greater one does.
            #expect(
                TwoSessions(ofBegun: began.great, besides: began.small)
                    .staysFirst(isAnswered: false, ownSite: great, peer: small) == keepsGreat)
        }
    }
}

import Testing

@testable import ReplicaModel

/// As many as fit into a few kilobytes on the wire.
@Suite("A control changeset that says very much of one site")
struct ManyWordsTests {
    private static let count = 60_000
    private let founder = SiteID(Bytes32(Array(repeating: 1, count: 32)) ?? .zero)
    private let member = SiteID(Bytes32(Array(repeating: 2, count: 32)) ?? .zero)

    private func admission(_ site: SiteID, _ role: Role, keepsTime: Bool = false) -> ControlOperation {
        .admit(Admission(site: site, name: "n", role: role, institution: nil, keepsTime: keepsTime))
    }

    private func head(_ seq: UInt64) -> Head { Head(seq: seq, hash: HashPrefix(.zero)) }

    private var feed: FeedID { FeedID(site: member, incarnation: .first, scope: .alliance) }

    /// The roster of an alliance whose founder says these in one changeset.
    private func judgement(_ operations: [ControlOperation]) -> RosterJudgement {
        var records = RosterRecords()
        var context = VersionVector()
        let control = FeedID(site: founder, incarnation: .first, scope: .control)
        for (number, said) in [[admission(founder, .admin), admission(member, .member)], operations].enumerated() {
            let dot = Dot(feed: FeedOrdinal(0), seq: UInt64(number) + 1)
            records.append(
                RosterRecord(dot: dot, feed: control, hash: .zero, context: context, depth: 0, operations: said))
            context[dot.feed] = dot.seq
        }
        return RosterJudgement(records, founder: founder)
    }

    @Test("The first of its admissions holds, also where they differ in who keeps time")
    func admissions() {
        let all = (0..<Self.count).map { admission(member, $0 % 2 == 0 ? .reader : .admin, keepsTime: $0 % 3 == 0) }
        #expect(judgement(all).entry(of: member)?.role == .reader)
        #expect(judgement([admission(member, .admin)] + all).entry(of: member)?.role == .admin)
    }

    @Test("What one of its cuts takes away counts no more, unless a release has seen them")
    func cuts() {
        let cuts = (0..<Self.count).map { number in
            ControlOperation.cut(Cut(site: member, role: nil, ends: FeedEnds([feed: head(UInt64(number) + 500)])))
        }
        let releases = (0..<Self.count).map { _ in
            ControlOperation.release(Release(site: member, ends: FeedEnds([feed: head(700)])))
        }
        for (operations, last) in [(cuts, UInt64(500)), (cuts + releases, 700)] {
            let judgement = judgement(operations)
            let counting = (1...2_000 as ClosedRange<UInt64>).filter { seq in
                judgement.quarantine(
                    .init(dot: Dot(feed: FeedOrdinal(3), seq: seq), feed: feed, hasSeen: { _ in false })) == nil
            }
            #expect(counting.count == Int(last))
            #expect(counting.last == last)
        }
    }
}

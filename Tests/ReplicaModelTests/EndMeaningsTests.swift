import Testing

@testable import ReplicaModel

@Suite("What the ends of rights mean")
struct EndMeaningsTests {
    private let feed = FeedID(
        site: SiteID(Bytes32(Array(repeating: 7, count: 32)) ?? .zero), incarnation: .first, scope: .control)
    private let main = FeedOrdinal(0)
    private let way = FeedOrdinal(1)

    private func head(_ seq: UInt64, _ letter: UInt8) -> Head {
        Head(seq: seq, hash: HashPrefix(Bytes32(Array(repeating: letter, count: 32)) ?? .zero))
    }

    private func records(_ lines: FeedLines, _ meanings: [(Head, Dot?, [Dot])]) -> RosterRecords {
        var records = RosterRecords()
        records.ends = EndMeanings(lines)
        for (head, named, others) in meanings {
            records.ends.set(FeedHead(feed, head), .init(named: named, others: others))
        }
        return records
    }

    private func covering(_ seqs: [FeedOrdinal: UInt64]) -> VersionVector {
        seqs.reduce(into: VersionVector()) { $0[$1.key] = $1.value }
    }

    private func reached(_ ends: EndMeanings, _ head: Head, on way: FeedOrdinal) -> [UInt64] {
        (1...4).filter { ends.reach(Dot(feed: way, seq: $0), of: feed, by: FeedEnds([feed: head])) }
    }

    @Test("Another changeset under the number takes all meaning from an end, for those who can have seen it")
    func another() {
        let end = head(3, 1)
        let records = records(FeedLines(), [(end, nil, [Dot(feed: main, seq: 3)])])
        #expect(reached(records.ends, end, on: main) == [])
        #expect(reached(records.covered(by: covering([main: 3])).ends, end, on: main) == [])
        #expect(reached(records.covered(by: covering([main: 2])).ends, end, on: main) == [1, 2, 3])
    }

    @Test("Of a feed that went two ways the line counts where a context covers both, else the number")
    func twoWays() {
        var lines = FeedLines()
        lines.add(way, of: feed, behind: Dot(feed: main, seq: 1))
        let (end, unknown) = (head(3, 1), head(4, 9))
        let named = (end, Dot?.some(Dot(feed: way, seq: 3)), [Dot(feed: main, seq: 3)])
        let records = records(lines, [named])
        #expect(reached(records.ends, end, on: main) == [1])
        #expect(reached(records.ends, end, on: way).suffix(2) == [2, 3])
        #expect(reached(records.ends, unknown, on: main) == [])
        let both = records.covered(by: covering([main: 2, way: 3])).ends
        #expect(reached(both, end, on: main) == [1])
        #expect(reached(both, unknown, on: main) == [])
        let mainAlone = records.covered(by: covering([main: 2])).ends
        #expect(reached(mainAlone, end, on: main) == [1, 2, 3])
        #expect(reached(mainAlone, unknown, on: main) == [1, 2, 3, 4])
        let wayAlone = records.covered(by: covering([main: 1, way: 3])).ends
        #expect(reached(wayAlone, unknown, on: way) == [1, 2, 3, 4])
        #expect(!wayAlone.areWhole(in: covering([main: 1, way: 3])))
    }

    @Test("Ends are whole in a context that covers whatever has their numbers")
    func whole() {
        let records = records(FeedLines(), [(head(3, 1), Dot(feed: main, seq: 3), [])])
        #expect(records.ends.areWhole(in: covering([main: 3])))
        #expect(!records.ends.areWhole(in: covering([main: 2])))
    }
}

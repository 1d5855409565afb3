import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

@Suite("The changesets in a bundle")
struct BundleBodyTests {
    private let key = SigningKey()
    private let run: [VerifiedHeader]

    init() {
        var random = SeededGenerator(3)
        var run: [VerifiedHeader] = []
        for seq in 1...3 {
            let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
            let header = random.header(of: feed, seq: UInt64(seq), previous: run.last?.hash ?? .zero)
            run.append(key.seal(header))
        }
        self.run = run
    }

    private func file(_ sent: [VerifiedHeader], ranges: [(UInt64, UInt64)], skipped: Int = 0) -> [UInt8] {
        let feed = run[0].header.feed
        let announcement = Announcement(
            alliance: .zero, site: key.site, written: 1, software: "s", held: [feed: 3])
        let head = BundleHead(
            announcement: announcement, recipients: [],
            ranges: ranges.map {
                FeedRange(feed: feed, first: $0.0, last: $0.1, end: HashPrefix(run[Int($0.1) - 1].hash))
            })
        let stream = ChangeStreamWriter()
        for header in sent { stream.write(header, skippedChunks: skipped) }
        stream.end()
        var writer = CarriedFileWriter(.bundle(head), key: key)
        writer.write(stream.takeOutput(max: .max) ?? [])
        writer.end()
        return writer.takeOutput()
    }

    private func isTaken(_ file: [UInt8]) -> Bool {
        var check = CarriedCheck()
        return (try? check.take(file)) != nil && (try? check.finish()) != nil
    }

    @Test("Are those that the head names, in the order of each feed, and no others")
    func ranges() {
        #expect(isTaken(file(run, ranges: [(1, 3)])))
        #expect(isTaken(file([run[0], run[2]], ranges: [(1, 1), (3, 3)])))
        #expect(!isTaken(file([run[0], run[1]], ranges: [(1, 3)])))
        #expect(!isTaken(file(run, ranges: [(1, 2)])))
        #expect(!isTaken(file([run[1], run[0], run[2]], ranges: [(1, 3)])))
        #expect(!isTaken(file([run[0], run[0]], ranges: [(1, 1)])))
        // No two ranges begin with one changeset.
        #expect(!isTaken(file([run[0], run[0], run[1]], ranges: [(1, 1), (1, 2)])))
        #expect(!isTaken(file([], ranges: [(1, 1)])))
        #expect(isTaken(file([], ranges: [])))
    }
}

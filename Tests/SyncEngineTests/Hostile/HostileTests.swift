import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncSimulator
import SyncWire
import Testing

@testable import SyncEngine

@Suite("What a hostile peer tries ends its session by name, and leaves nothing")
struct HostileTests {
    /// A header, a batch that waits for a signature or a trial, and what was decoded last.
    static let bytesMax = Inbox.trialBytesMax + WireLimits.headerBytesMax + (1 << 20)

    private func code(_ end: SessionEnd?) -> ErrorCode? {
        if case .refused(let refusal)? = end { refusal.code } else { nil }
    }

    @Test(
        "Each attack has its name, nothing of it is kept, it costs bounded memory, and the same peer may come back honestly",
        arguments: Attack.allCases)
    func attack(_ attack: Attack) throws {
        let assault = try Assault(isMember: attack.isMember)
        let before = try assault.holdings()
        try assault.play(attack)
        #expect(code(assault.session.end) == attack.refusal, "\(String(describing: assault.session.end))")
        #expect(try assault.holdings() == before)
        #expect(assault.bytesMost <= Self.bytesMax, "\(assault.bytesMost) bytes at once")
        let counted = try assault.victim.replica.addressBook.refusals()
        #expect(counted.map(\.name) == [attack.refusal.rawValue])
        #expect(counted.map(\.count) == [1])
        #expect(counted.map(\.site) == [attack.isMember ? assault.mallory.site : nil])

        // A session that is over hears nothing more: here, what would be taken in an honest one.
        try assault.say(
            .changes(bytes: Crafted.stream([try assault.next(assault.author, by: assault.author)]), isLast: true))
        #expect(try assault.holdings() == before)
        #expect(try assault.victim.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        try comesBack(assault, attack)
    }

    private func comesBack(_ assault: Assault, _ attack: Attack) throws {
        let town = assault.town
        let request = attack.isMember ? nil : try town.invite()
        let meeting = try Meeting(town, assault.mallory, assault.victim, joining: request)
        try meeting.run()
        #expect(meeting.ends == [.done, .done])
        try town.write(assault.mallory, "INSERT INTO t(id) VALUES ('in honesty')")
        #expect(try town.meet(assault.mallory, assault.victim).ends == [.done, .done])
        #expect(try town.rows(assault.victim, "SELECT count(*) FROM t WHERE id = 'in honesty'").drawn == "1")
        #expect(try assault.mallory.replica.reports.digest() == assault.victim.replica.reports.digest())
    }

    @Test("The catalogue names every refusal that frames can bring about")
    func complete() {
        // One is of time, one of this node, and one of whom an admin retired.
        let below: Set<ErrorCode> = [.timeout, .unavailable, .retired]
        #expect(Set(Attack.allCases.map(\.refusal)).union(below) == Set(ErrorCode.allCases))
    }

    @Test(
        "What is signed seldom is taken once a signature vouches for it, in slices of any size",
        arguments: [10, 100, 10_000])
    func seldom(weight: Int) throws {
        let assault = try Assault(isMember: true)
        assault.victim.replica.slice.weightMax = weight
        var feed: [Crafted] = []
        for number in 0..<2_500 {
            var next =
                try feed.last.map {
                    try assault.next(assault.author, by: assault.author, seq: UInt64(number) + 2, after: $0.hash)
                } ?? assault.next(assault.author, by: assault.author)
            if number % 1_250 != 1_249 { next.signature = [UInt8](repeating: 7, count: 64) }
            feed.append(next)
        }
        try assault.hello()
        try assault.changes(Crafted.stream(feed))
        #expect(assault.session.end == nil, "\(String(describing: assault.session.end))")
        #expect(try assault.victim.replica.vectors().held[assault.feed(of: assault.author)] == 2_501)
        #expect(assault.bytesMost <= Self.bytesMax, "\(assault.bytesMost) bytes at once")
    }

    @Test("What no signature vouches for is looked at once, keeps the order of its line, and comes twice to nobody")
    func sifted() throws {
        let assault = try Assault(isMember: true)
        for seed in 0..<20 {
            var random = SeededGenerator(seed)
            var (unvouched, line, given) = (Unvouched(), [IncomingChangeset](), [Bytes32]())
            var after: Bytes32?
            for number in 0..<40 {
                var next = try assault.next(
                    assault.author, by: assault.author, seq: UInt64(number) + 2, after: after)
                if random.below(4) > 0, number < 39 { next.signature = [UInt8](repeating: 7, count: 64) }
                after = next.hash
                line.append(
                    IncomingChangeset(
                        header: try UnverifiedHeader(bytes: next.header, signature: next.signature),
                        chunks: next.chunks))
            }
            unvouched.add(line[0])
            let twice = unvouched.sift([line[0]])
            #expect(twice == nil)
            var rest = line.dropFirst()
            while !rest.isEmpty {
                let slice = Array(rest.prefix(random.below(6) + 1))
                rest = rest.dropFirst(slice.count)
                let sifted = unvouched.sift(slice)
                let out = try #require(sifted)
                // As the replica does: what is behind the last signature of a batch stays.
                let last = out.lastIndex { $0.header.isSigned } ?? -1
                given += out[...last].map(\.header.hash)
                for one in out[(last + 1)...] { unvouched.add(one) }
            }
            #expect(given == line.map(\.header.hash))
            #expect(unvouched.count == 0)
            #expect(unvouched.bytes == 0)
        }
    }

    @Test("Changesets that are sent again, by whom does not matter, are skipped without a word while they are few")
    func replay() throws {
        let assault = try Assault(isMember: true)
        let before = try assault.holdings()
        try assault.hello()
        let writer = ChangeStreamWriter()
        for _ in 0..<3 {
            try writer.write(assault.victim.replica.outgoing(lackedBy: [:], scopes: nil))
        }
        try assault.say(.changes(bytes: Crafted.drained(writer), isLast: true))
        #expect(assault.session.end == nil)
        #expect(try assault.holdings() == before)
    }
}

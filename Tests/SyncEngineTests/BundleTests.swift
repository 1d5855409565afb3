import NodeFixtures
import ReplicaModel
import SyncEngine
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("Bundles between nodes")
struct BundleTests {
    private func insert(_ town: Town, _ engine: Engine, _ ids: String...) throws {
        for id in ids {
            try town.write(engine, "INSERT INTO t VALUES ('\(id)', 'x', 1)")
            try engine.seal()
        }
    }

    private func held(_ engine: Engine) throws -> Vector { try engine.replica.vectors().held }

    @Test("A bundle brings what an exchange would bring, what was pending at its writer included")
    func brings() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(a, "INSERT INTO t VALUES ('pending', 'x', 1)")
        let delivery = try town.deliver(try town.pack(a, beyond: try held(b), for: [b]), to: b)
        #expect(delivery.received == 1)
        #expect(delivery.refusal == nil)
        #expect(try town.digests().count == 1)
        #expect(try b.replica.carrierNotes.knownHeld(by: a.site, now: town.moment.wall) == held(a))
    }

    @Test("A bundle that comes again changes nothing")
    func again() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try insert(town, a, "1", "2")
        let parcel = try town.pack(a)
        try town.deliver(parcel, to: b)
        let digest = try b.replica.reports.digest()
        let delivery = try town.deliver(parcel, to: b)
        #expect(delivery.received == 0)
        #expect(delivery.known == parcel.head.changesets)
        #expect(try b.replica.reports.digest() == digest)
    }

    @Test("What lacks its predecessors is in no vector, and what is missing is named")
    func gap() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try insert(town, a, "1", "2")
        let first = try town.pack(a, beyond: try held(b))
        let reached = try held(a)
        try insert(town, a, "3")
        let before = try held(b)
        let second = try town.pack(a, beyond: reached)
        let delivery = try town.deliver(second, to: b)
        #expect(delivery.received == 0)
        #expect(delivery.passed == 1)
        #expect(delivery.missing == [FeedID(site: a.site, incarnation: .first, scope: .alliance): 2])
        #expect(try held(b) == before)
        #expect(try town.deliver(first, to: b).received == 2)
        #expect(try town.deliver(second, to: b).received == 1)
        #expect(try town.digests().count == 1)
    }

    @Test("A bundle ends where it is told to, and the next one goes on there")
    func ceiling() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let (start, middle) = (
            try held(b),
            try {
                try insert(town, a, "1", "2"); return try held(a)
            }()
        )
        try insert(town, a, "3", "4")
        #expect(try town.deliver(try town.pack(a, beyond: start, upTo: middle), to: b).received == 2)
        #expect(try held(b) == middle)
        #expect(try town.deliver(try town.pack(a, beyond: middle), to: b).received == 2)
        #expect(try town.digests().count == 1)
    }

    @Test("A writer whom the reader does not know is admitted by what its bundle shows, or refused with nothing kept")
    func stranger() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let c = try town.join()
        try insert(town, c, "of c")
        let before = try held(b)
        let rowsAlone = try town.pack(c, beyond: try held(a))
        #expect(throws: CarriedFault.stranger(c.site.short)) { try town.deliver(rowsAlone, to: b) }
        #expect(try held(b) == before)
        #expect(try town.deliver(try town.pack(c), to: b).refusal == nil)
        #expect(try b.replica.reports.digest() == c.replica.reports.digest())
    }

    @Test("The rows of somebody whom nobody is known to have admitted wait in their file, and what is missing is named")
    func unknownAuthor() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let before = try held(b)
        let c = try town.join()
        try insert(town, c, "of c")
        try town.meet(a, c)
        let admission = try town.pack(a, beyond: before, upTo: try held(a).filter { $0.key.scope == .control })
        let rows = try town.pack(a, beyond: try held(a).filter { $0.key.scope == .control })
        let delivery = try town.deliver(rows, to: b)
        #expect(delivery.passed == 1)
        #expect(Set(delivery.missing.merging(delivery.awaited) { max($0, $1) }.keys.map(\.scope)) == [.control])
        #expect(try held(b).keys.contains { $0.site == c.site } == false)
        try town.deliver(admission, to: b)
        #expect(try town.deliver(rows, to: b).received == 1)
        #expect(try b.replica.reports.digest() == a.replica.reports.digest())
    }

    @Test("A file may admit somebody and bring what that one wrote: nothing of it is left out")
    func within() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let before = try held(b)
        let c = try town.join()
        try insert(town, c, "of c")
        try town.meet(a, c)
        let delivery = try town.deliver(try town.pack(a, beyond: before), to: b)
        #expect(delivery.passed == 0)
        #expect(delivery.missing.isEmpty)
        #expect(delivery.awaited.isEmpty)
        #expect(try b.replica.reports.digest() == a.replica.reports.digest())
    }

    @Test("All that contexts name and that is not here is named, before a file is taken and after")
    func contexts() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let (c, f) = (try town.join(), try town.join())
        for engine in [b, c, f] { try town.meet(engine, a) }
        try insert(town, a, "of a")
        try insert(town, b, "of b")
        try town.meet(b, a)
        try town.meet(c, a)
        let before = try held(c)
        try insert(town, c, "of c")
        let parcel = try town.pack(c, beyond: before)
        let feeds = [a, b].map { FeedID(site: $0.site, incarnation: .first, scope: .alliance) }
        var gaps = BundleGaps(parcel.head, at: f)
        for block in try CarriedFileReader.blocks(of: parcel.file) { try gaps.append(block) }
        #expect(gaps.missing.isEmpty)
        #expect(try gaps.awaited() == [feeds[0]: 1, feeds[1]: 1])
        #expect(try town.deliver(parcel, to: f).received == 1)
        #expect(try f.replica.carrierNotes.awaited() == [feeds[0]: 1, feeds[1]: 1])
        try town.deliver(try town.pack(a, upTo: try held(a).filter { $0.key.site == a.site }), to: f)
        #expect(try f.replica.carrierNotes.awaited() == [feeds[1]: 1])
        try town.deliver(try town.pack(a), to: f)
        #expect(try f.replica.carrierNotes.awaited().isEmpty)
    }

    @Test("What waits in its file names what it had seen as well as what comes before it")
    func contextsOfLeftOut() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let f = try town.join()
        for engine in [b, f] { try town.meet(engine, a) }
        try insert(town, b, "1")
        try insert(town, a, "of a")
        try town.meet(b, a)
        let before = try held(b)
        try insert(town, b, "2")
        let delivery = try town.deliver(try town.pack(b, beyond: before), to: f)
        #expect(delivery.passed == 1)
        #expect(delivery.missing == [FeedID(site: b.site, incarnation: .first, scope: .alliance): 1])
        #expect(delivery.awaited == [FeedID(site: a.site, incarnation: .first, scope: .alliance): 1])
    }

    @Test("A number that a clock gave which was wrong does not outdo what its site says later")
    func wrongClock() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try insert(town, b, "1", "2")
        try town.meet(b, a)
        let (now, notes) = (town.moment.wall, a.replica.carrierNotes)
        let feed = FeedID(site: b.site, incarnation: .first, scope: .alliance)
        func say(_ written: Int64, _ seq: UInt64) throws -> UInt64? {
            let said = Announcement(
                alliance: a.replica.alliance, site: b.site, written: UInt64(written), software: "test",
                held: [feed: seq])
            try notes.note(said, now: now)
            return try a.replica.read().carrierBook.announced(by: b.site)?.held[feed]
        }
        #expect(try say(now + 400 * 86_400_000, 2) == 2)
        #expect(try say(now + 1, 1) == 1)
        // Neither the old file nor an older one counts any more.
        #expect(try say(now + 400 * 86_400_000, 2) == 1)
        #expect(try say(now, 2) == 1)
        #expect(try say(now + 2, 2) == 2)
    }

    @Test("What a member writes into a file whose right was ended is refused")
    func retired() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        let c = try town.join()
        try town.meet(b, a)
        try insert(town, c, "of c")
        _ = try a.replica.admin.setRole(of: c.site, to: nil, since: nil, now: town.moment.wall)
        try town.deliver(try town.pack(a), to: b)
        let before = try held(b)
        #expect(throws: CarriedFault.retired("n2")) { try town.deliver(try town.pack(c), to: b) }
        #expect(try held(b) == before)
    }

    @Test("A transaction too large for memory comes through the file")
    func large() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        b.memory = MemoryLimits(batchBytes: 70_000, changesetBytes: 100_000)
        a.memory = b.memory
        try town.write(
            a,
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO t SELECT 'row ' || i, hex(randomblob(20)), i FROM n
            """)
        let parcel = try town.pack(a, beyond: try held(b))
        #expect(try town.deliver(parcel, to: b).received == 1)
        #expect(try town.digests().count == 1)
    }

    @Test("A thousand files that are altered or cut are refused, each, and the replica is as it was")
    func altered() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try insert(town, a, "1", "2", "3")
        let parcel = try town.pack(a, for: [b])
        let (digest, before) = (try b.replica.reports.digest(), try held(b))
        var random = SeededGenerator(seed: 5)
        for number in 0..<1_000 {
            var file = parcel.file
            let place = random.below(file.count)
            switch number % 4 {
            case 0: file = Array(file.prefix(place))
            case 1: file[place] ^= 1 << UInt8(random.below(8))
            case 2: file.insert(UInt8(random.below(256)), at: place)
            default: file.remove(at: place)
            }
            guard file != parcel.file else { continue }
            #expect(throws: CarriedFault.self, "file \(number)") { try town.deliver(Parcel(file, parcel.head), to: b) }
        }
        #expect(try held(b) == before)
        #expect(try b.replica.reports.digest() == digest)
        #expect(try town.deliver(parcel, to: b).refusal == nil)
    }
}

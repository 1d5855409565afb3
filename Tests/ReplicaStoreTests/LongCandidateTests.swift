import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("Long values that stand beside each other")
struct LongCandidateTests {
    private static let count = 6
    private static let byteCount = 300_000

    /// One that begins like the others.
    private static func value(_ number: Int) -> Value {
        .blob(Array(repeating: 0, count: byteCount - 1) + [UInt8(number)])
    }

    /// Two sites, and what one member wrote into one row in several lives, which it did not see from each other. The
    /// last life's is shown.
    private func lives() throws -> (World, [Forger], [IncomingChangeset]) {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0])
        let key = SigningKey()
        try world.admit(key)
        let control = try world.control()
        var lives = (0..<Self.count).map { Forger(key, incarnation: Incarnation(UInt64($0 == 0 ? 0 : 9_000 + $0))) }
        let inserts = try lives.indices.map { try lives[$0].row("r", Self.value($0), seeing: control) }
        return (world, lives, inserts)
    }

    private func shown(_ world: World) throws -> [Value?] {
        try world.sites.indices.map { try world.tables($0)[.init(table: "t", key: [.text("r")])]?["a"] }
    }

    private func expectSound(_ world: World, _ site: Int) throws {
        let findings = try world.sites[site].replica.reports.verifyDeep { _, _ in }
        #expect(findings.isEmpty)
    }

    /// The bytes of the longest row clock at a site.
    private func clockBytes(_ world: World, _ site: Int) throws -> Value? {
        let replica = world.sites[site].replica
        let table = try #require(replica.state.tables.first)
        return try replica.connection.value("SELECT max(length(state)) FROM \(ReplicaFormat.clockName(id: table.id))")
    }

    @Test("They are listed by their beginnings, given whole one by one, and a row clock does not have them")
    func listed() throws {
        let (world, _, inserts) = try lives()
        for insert in inserts { try world.take([insert], at: 0) }
        for insert in inserts.reversed() { try world.take([insert], at: 1) }
        #expect(try shown(world) == [Self.value(Self.count - 1), Self.value(Self.count - 1)])
        #expect(try world.conflicts(0) == world.conflicts(1))
        let report = try #require(try world.conflicts(0).first)
        guard case .cell(_, let shown, let candidates) = report.kind else {
            Issue.record("no cell")
            return
        }
        #expect(candidates.count == Self.count)
        #expect(candidates.filter(\.isCut).count == Self.count)
        #expect(candidates.map(\.byteCount) == Array(repeating: Self.byteCount, count: Self.count))
        #expect(shown.byteCount < 1_000)
        for site in 0...1 {
            guard case .integer(let bytes)? = try clockBytes(world, site) else {
                Issue.record("no clock")
                return
            }
            #expect(bytes < 10_000)
            var whole: [Value?] = []
            try world.sites[site].replica.reports.eachConflict(table: nil) { _, value in
                whole = (0..<Self.count).map(value)
                return true
            }
            #expect(whole == (0..<Self.count).reversed().map { Self.value($0) })
            try expectSound(world, site)
        }
    }

    @Test("When the one that is shown is deleted the next one is shown, whole")
    func deleted() throws {
        let (world, all, inserts) = try lives()
        var lives = all
        for site in 0...1 { for insert in inserts { try world.take([insert], at: site) } }
        let last = lives[Self.count - 1]
        let delete = try lives[0].next(seeing: [last.feed: last.head]) {
            $0.beginTable(name: "t", key: ["id"], valueColumns: [])
            $0.delete(key: [.text("r")])
        }
        for site in 0...1 { try world.take([delete], at: site) }
        #expect(try shown(world) == [Self.value(Self.count - 2), Self.value(Self.count - 2)])
        for site in 0...1 { try expectSound(world, site) }
    }

    @Test("One is taken whole, by its site")
    func taken() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 5])
        try world.write(0, ["INSERT INTO t VALUES ('r', 'x')"])
        try world.meet()
        for site in 0...1 { try world.write(site, ["UPDATE t SET a = printf('%.*c', 100000, '\(site)')"]) }
        try world.meet()
        #expect(try shown(world) == Array(repeating: .text(String(repeating: "1", count: 100_000)), count: 2))
        try Resolver(replica: world.sites[1].replica, now: World.now + 1000).resolve(
            .takeSite(column: "a", site: world.sites[0].key.site), table: "t", key: [.text("r")])
        try world.meet()
        #expect(try shown(world) == Array(repeating: .text(String(repeating: "0", count: 100_000)), count: 2))
        #expect(try world.conflicts(0).isEmpty)
    }

    @Test("A long value that a row clock of before has whole is the same one")
    func older() throws {
        let dots = [Dot(feed: FeedOrdinal(1), seq: 1), Dot(feed: FeedOrdinal(2), seq: 1)]
        let whole = dots.map { RowClock.Candidate(dot: $0, isKilled: false, value: .short(Self.value(1))) }
        let kept = dots.map {
            RowClock.Candidate(dot: $0, isKilled: false, value: CandidateValue(Self.value(1), columnCount: 1))
        }
        let records = [whole, kept].map { candidates in
            RowRecord(
                clock: RowClock(
                    columnCount: 1, base: kept[0], registers: [.init(column: 0, candidates: candidates)],
                    openDeletes: [], earlierInserts: []), archive: nil)
        }
        var read: [RowClock] = []
        for record in records {
            let bytes = try #require(RowRecordCodec.encode(record))
            read.append(try RowRecordCodec.decode(bytes, base: dots[0], columnCount: 1).clock)
        }
        #expect(read[0] == read[1])
        #expect(read[0].candidates(of: 0) == kept)
    }
}

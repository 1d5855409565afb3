import NodeFixtures
import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("Limits of what one row, one changeset and one member may be")
struct LimitTests {
    private func refusal(_ world: World, _ sql: String) throws -> String {
        do { try UserSQL(path: world.sites[0].replica.path).run(sql) { _, _ in } } catch { return "\(error)" }
        return ""
    }

    @Test("A write that no changeset could carry is refused when it is made, and one at the limit is not")
    func writes() throws {
        let columns = (0..<9).map { "c\($0) BLOB" }.joined(separator: ", ")
        let tables = "CREATE TABLE t (id TEXT NOT NULL, part INTEGER NOT NULL, a TEXT, PRIMARY KEY (id, part))"
        let world = try World(
            schema: tables + "; CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY, \(columns))", skews: [0, 0])
        let key = { "replace(hex(zeroblob(\($0 / 2))), '0', 'x')" }
        #expect(try refusal(world, "INSERT INTO t VALUES (\(key(4_088)), 1, NULL)") == "")
        #expect(try refusal(world, "INSERT INTO t VALUES (\(key(4_090)), 1, NULL)").contains("more than 4096 bytes"))
        #expect(try refusal(world, "UPDATE t SET id = id || 'xx'").contains("more than 4096 bytes"))
        let values = (0..<9).map { _ in "zeroblob(15000000)" }
        #expect(
            try refusal(world, "INSERT INTO w VALUES ('1', \(values.joined(separator: ", ")))").contains(
                "more than 133169152 bytes"))
        #expect(
            try refusal(world, "INSERT INTO w(id, c0) VALUES ('1', zeroblob(16777217))").contains(
                "larger than 16777216 bytes"))
        #expect(
            try refusal(world, "INSERT INTO w(id, c0, c1) VALUES ('1', zeroblob(16777216), zeroblob(15000000))") == "")
        try world.pull(1, from: 0)
        #expect(try world.tables(0) == world.tables(1))
    }

    @Test(
        "Of a table of few columns too, a value is measured by its bytes, whatever its column is declared to hold",
        arguments: [
            ("INSERT INTO n VALUES (1.5, 'x', 1)", "not a real"),
            ("INSERT INTO n VALUES (1, zeroblob(16777217), 1)", "larger than 16777216 bytes"),
            ("INSERT INTO n VALUES (1, 'x', zeroblob(16777217))", "larger than 16777216 bytes"),
            ("INSERT INTO n VALUES (1, char(0) || hex(zeroblob(8388608)), 1)", "larger than 16777216 bytes"),
            ("INSERT INTO n VALUES (1, hex(zeroblob(8388608)), 1e300)", ""),
            ("INSERT INTO n VALUES (zeroblob(4097), 'x', 1)", "more than 4096 bytes"),
            ("INSERT INTO n VALUES (zeroblob(16777217), 'x', 1)", "more than 4096 bytes"),
            ("UPDATE n SET a = zeroblob(16777217)", "larger than 16777216 bytes"),
            ("UPDATE n SET b = 'x' || hex(zeroblob(8388608))", "larger than 16777216 bytes"),
            ("UPDATE n SET a = zeroblob(16777216), b = zeroblob(16777216)", ""),
            ("UPDATE n SET id = 1.5", "not a real"),
            ("UPDATE n SET id = zeroblob(4097), a = 'y'", "more than 4096 bytes"),
            ("UPDATE n SET id = zeroblob(4096), a = zeroblob(16777217)", "larger than 16777216 bytes"),
            ("INSERT OR IGNORE INTO n VALUES (0, zeroblob(16777217), 1)", ""),
            ("INSERT OR REPLACE INTO n VALUES (0, zeroblob(16777217), 1)", "larger than 16777216 bytes"),
            ("INSERT INTO n VALUES (0, zeroblob(16777217), 1) ON CONFLICT(id) DO UPDATE SET b = 2", ""),
            ("INSERT INTO n(rowid, id) VALUES (-1, 'x')", "may not have a row number below zero"),
            ("INSERT OR REPLACE INTO n(rowid, id) VALUES (-1, 0)", "may not have a row number below zero"),
            ("UPDATE n SET oid = -1", "may not have a row number below zero"),
            ("INSERT INTO n(rowid, id) VALUES (-2, 'x'), (NULL, 'y')", "may not have a row number below zero"),
        ])
    func few(sql: String, sentence: String) throws {
        let world = try World(
            schema: "CREATE TABLE n (id BLOB NOT NULL PRIMARY KEY, a TEXT, b INTEGER)", skews: [0, 0])
        try world.write(0, ["INSERT INTO n VALUES (0, 'a', 0)"])
        let before = try world.tables(0)
        let found = try refusal(world, sql)
        #expect(sentence.isEmpty ? found == "" : found.contains(sentence))
        if !sentence.isEmpty { #expect(try world.tables(0) == before) }
        try world.pull(1, from: 0)
        #expect(try world.tables(0) == world.tables(1))
    }

    @Test("A value that is too large is refused although its column's collation takes it for the one that was there")
    func collation() throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT COLLATE RTRIM, b TEXT)", skews: [0])
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x', 'y')"])
        let spaces = "replace(hex(zeroblob(8388608)), '0', ' ')"
        #expect(try refusal(world, "UPDATE t SET v = 'x' || \(spaces)").contains("larger than 16777216 bytes"))
        #expect(try refusal(world, "UPDATE t SET v = 'x  '") == "")
    }

    /// Makes the triggers those of a node that refuses nothing.
    private func unguard(_ world: World) throws {
        let connection = world.sites[0].replica.connection
        for name in ["inserted", "updated"] {
            guard
                case .text(let text)? = try connection.value(
                    "SELECT sql FROM sqlite_master WHERE name = 'caravan_\(name)_1'")
            else {
                Issue.record("there is no trigger \(name)")
                return
            }
            let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
            let open = lines.filter { !$0.contains("RAISE") }
            #expect(open.count == lines.count - 1)
            try connection.run("DROP TRIGGER caravan_\(name)_1; \(open.joined(separator: "\n"))")
        }
    }

    @Test(
        "What was written past the triggers and is too large for others is not signed: it is kept aside, and keeps back nothing else"
    )
    func sealing() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a BLOB)", skews: [0, 0])
        let replica = world.sites[0].replica
        try unguard(world)
        try world.write(0, ["INSERT INTO t VALUES ('long', zeroblob(67108865))"])
        try world.seal(0)
        #expect(try replica.vectors().held.filter { $0.key.scope == .alliance }.isEmpty)
        #expect(
            try replica.connection.rows("SELECT id, length(a) FROM t__local") == [
                [.text("long"), .integer(67_108_865)]
            ])
        try unguard(world)
        try world.write(
            0,
            [
                "INSERT INTO t VALUES ('short', x'00'), ('other', x'01')",
                "UPDATE t SET a = zeroblob(67108865) WHERE id = 'other'",
            ])
        try world.seal(0)
        #expect(try replica.reports.counts().pending == 0)
        try world.pull(1, from: 0)
        #expect(try world.tables(0) == world.tables(1))
        #expect(try replica.connection.rows("SELECT id FROM t").drawn == "'short'")
    }

    @Test("What one header has no room for is sealed as several changesets, each built on the one before")
    func several() throws {
        let world = try World(
            schema: "CREATE TABLE t (id INTEGER NOT NULL, part TEXT NOT NULL, a TEXT, PRIMARY KEY (id, part))",
            skews: [0, 0])
        let replica = world.sites[0].replica
        // What one more operation may need, and two.
        replica.sealing.chunksMax = WireLimits.operationBytesMax / WireLimits.cutBytes + 4
        let fill =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 675) INSERT INTO t SELECT i, 'x', hex(randomblob(200)) FROM n"
        try world.write(0, [fill])
        try world.seal(0)
        #expect(try replica.reports.counts().pending == 0)
        #expect(try replica.vectors().held.filter { $0.key.scope == .alliance }.values.map(\.self) == [3])
        try world.write(0, ["UPDATE t SET a = 'y' WHERE id % 2 = 0", "DELETE FROM t WHERE id % 3 = 0"])
        try world.pull(1, from: 0)
        #expect(try world.tables(0) == world.tables(1))
        try world.expectDefinition(1)
    }

    @Test("Chunks that are equal are kept once, and given out as they came")
    func equalChunks() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a BLOB)", skews: [0, 0])
        let author = SigningKey()
        try world.admit(author)
        var forger = Forger(author)
        let bomb = try forger.next(
            seeing: try world.control(), chunks: Array(repeating: [UInt8](repeating: 0, count: 65_536), count: 200),
            count: 1)
        try world.take([bomb], at: 0)
        let replica = world.sites[0].replica
        let bytes =
            "SELECT sum(length(bytes)) FROM caravan_chunk WHERE id >> 24 = (SELECT max(body) FROM caravan_changeset)"
        guard case .integer(let kept)? = try replica.connection.value(bytes) else {
            Issue.record("there are chunks")
            return
        }
        #expect(kept < 70_000)
        #expect(try replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        #expect(try world.batch(for: 1, from: 0).last?.chunks == bomb.chunks)
        try world.pull(1, from: 0)
        #expect(try world.sites[1].replica.reports.counts().void == 1)
    }

    @Test("Beyond what a member may cost in a day nothing more of it is taken; of others everything is")
    func quota() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a BLOB)", skews: [0, 0])
        var forgers = [Forger(SigningKey()), Forger(SigningKey())]
        for forger in forgers { try world.admit(forger.key) }
        let control = try world.control()
        let site = world.sites[1]
        site.replica.quota?.changesets = 2
        let batch = [
            try forgers[0].row("1", seeing: control), try forgers[0].row("2"), try forgers[0].row("3"),
            try forgers[1].row("4", seeing: control),
        ]
        guard
            case .partly(held: 3, applied: 3, _, let beyond) = try site.replica.accept(batch, now: World.now)
        else {
            Issue.record("three are taken")
            return
        }
        #expect(Array(beyond.keys) == [forgers[0].key.site])
        // The next day the rest is taken.
        guard
            case .accepted(held: 1, applied: 1, _) = try site.replica.accept(batch, now: World.now + 86_400_000)
        else {
            Issue.record("the last is taken")
            return
        }
        #expect(try site.replica.connection.value("SELECT count(*) FROM t") == .integer(4))
    }

    private static let indexed = """
        CREATE TABLE t (
            id TEXT NOT NULL PRIMARY KEY, code TEXT UNIQUE, low TEXT, base TEXT, part TEXT AS (substr(base, 1, 9)), free TEXT);
        CREATE INDEX t_low ON t(lower(low));
        CREATE INDEX t_part ON t(part);
        """

    @Test(
        "What an index keeps is refused above 1 MiB where it is written, and void where somebody signs it all the same",
        arguments: ["code", "low", "base", "free"])
    func indexed(column: String) throws {
        let world = try World(schema: Self.indexed, skews: [0, 0])
        let free = column == "free"
        let most = "replace(hex(zeroblob(524288)), '0', 'x')"
        #expect(try refusal(world, "INSERT INTO t(id, \(column)) VALUES ('1', \(most))") == "")
        let longer = try refusal(world, "INSERT INTO t(id, \(column)) VALUES ('2', \(most) || 'x')")
        #expect(free ? longer == "" : longer.contains("or than 1048576 in a column that an index keeps"), "\(longer)")
        let updated = try refusal(world, "UPDATE t SET \(column) = \(column) || 'y' WHERE id = '1'")
        #expect(free ? updated == "" : updated.contains("1048576"), "\(updated)")
        #expect(try refusal(world, "UPDATE t SET free = 'z' WHERE id = '1'") == "")
        try world.pull(1, from: 0)
        #expect(try world.tables(0) == world.tables(1))

        var forger = Forger(SigningKey())
        try world.admit(forger.key)
        let control = try world.control()
        let columns = ["base", "code", "free", "low"]
        func row(_ id: String, _ count: Int, seeing context: Context) throws -> IncomingChangeset {
            try forger.next(seeing: context) {
                $0.beginTable(name: "t", key: ["id"], valueColumns: columns.map { Identifier($0) })
                let long = Value.text([UInt8](repeating: 0x61, count: count))
                $0.insert(key: [.text(id)], values: columns.map { $0 == column ? long : .null })
            }
        }
        let batch = [
            try row("at", 1 << 20, seeing: control), try row("over", 1 << 20 + 1, seeing: [:]),
            try forger.next(seeing: [:]) {
                $0.beginTable(name: "t", key: ["id"], valueColumns: [Identifier(column)])
                $0.update(key: [.text("at")], columns: [(0, .text([UInt8](repeating: 0x62, count: 1 << 20 + 1)))])
            },
        ]
        let site = world.sites[1]
        guard
            case .accepted(held: 3, applied: 3, _) = try site.replica.accept(batch, now: World.now)
        else {
            Issue.record("all are held")
            return
        }
        #expect(try site.replica.reports.counts().void == (free ? 0 : 2))
        #expect(try site.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
    }

    @Test("Of an author itself a few feeds are taken in a day; what another took of them comes all the same")
    func feeds() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a BLOB)", skews: [0, 0])
        let author = SigningKey()
        try world.admit(author)
        let control = try world.control()
        let site = world.sites[1]
        site.replica.quota?.feeds = 5
        var batch: [IncomingChangeset] = []
        for number in 0..<7 {
            var forger = Forger(author, incarnation: Incarnation(UInt64(number)))
            batch.append(try forger.row("\(number)", seeing: control))
        }
        guard
            case .partly(held: 5, applied: 5, _, let beyond) = try site.replica.accept(
                batch, from: author.site, now: World.now)
        else {
            Issue.record("five are taken")
            return
        }
        #expect(beyond.count == 1)
        guard
            case .partly(held: 0, applied: 0, _, _) = try site.replica.accept(
                batch, from: author.site, now: World.now + 1),
            case .accepted(held: 2, applied: 2, _) = try site.replica.accept(
                batch, from: world.sites[0].key.site, now: World.now + 2)
        else {
            Issue.record("what somebody else holds is taken")
            return
        }
        site.replica.quota?.feedsOfOthers = 2
        var another = Forger(author, incarnation: Incarnation(99))
        let more = [try another.row("more", seeing: control)]
        guard
            case .partly(held: 0, applied: 0, _, _) = try site.replica.accept(
                more, from: world.sites[0].key.site, now: World.now + 3),
            case .accepted(held: 1, applied: 1, _) = try site.replica.accept(
                more, from: author.site, now: World.now + 86_400_000)
        else {
            Issue.record("the next day more is taken")
            return
        }
        #expect(!(try site.replica.reports.findings().contains { $0.kind == "feeds" }))
        site.replica.quota = nil
        for number in 100..<400 {
            var forger = Forger(author, incarnation: Incarnation(UInt64(number)))
            _ = try site.replica.accept([try forger.row("\(number)", seeing: control)], now: World.now)
        }
        let found = try #require(try site.replica.reports.findings().first { $0.kind == "feeds" })
        #expect(found.message.contains("has begun 308 feeds"))
    }

    @Test("A way of a feed whose first changeset arrives in parts is counted once, however often its link breaks")
    func partsOfBranch() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a BLOB)", skews: [0, 0])
        let author = SigningKey()
        try world.admit(author)
        let site = world.sites[1]
        site.replica.quota?.feeds = 2
        var forger = Forger(author)
        let first = try forger.row("1", seeing: try world.control())
        var other = forger
        let second = try forger.row("2")
        _ = try site.replica.accept([first, second], from: author.site, now: World.now)
        let chunk = [UInt8](repeating: 1, count: 65_536)
        let header = try other.next(seeing: [:], chunks: [chunk, chunk + [], [1]], count: 1).header
        guard
            case .begun(var staged) = try site.replica.exchange.beginStaging(
                header, from: author.site, now: World.now)
        else {
            Issue.record("the second feed of two is taken")
            return
        }
        try site.replica.exchange.stage([chunk], of: &staged, now: World.now)
        for _ in 1...3 {
            let again = try site.replica.exchange.resumeStaging(
                header, from: author.site, skipped: 1, now: World.now)
            guard case .begun = again else {
                Issue.record("it goes on: \(String(describing: again))")
                return
            }
        }
    }

    @Test("A changeset that does not end is listed, is bounded, and is dropped when nothing more comes")
    func unfinished() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a BLOB)", skews: [0, 0])
        let author = SigningKey()
        try world.admit(author)
        let control = try world.control()
        let replica = world.sites[1].replica
        let chunk = [UInt8](repeating: 1, count: 65_536)
        func begin(_ number: Int, now: Int64) throws -> StagingOutcome {
            var forger = Forger(author, incarnation: Incarnation(UInt64(number)))
            return try replica.exchange.beginStaging(
                try forger.next(seeing: control, chunks: [chunk, chunk + [], [UInt8(number)]], count: 1).header,
                now: now)
        }
        for number in 0..<4 {
            guard case .begun(var staged) = try begin(number, now: World.now) else {
                Issue.record("four may arrive at once")
                return
            }
            try replica.exchange.stage([chunk, chunk], of: &staged, now: World.now)
        }
        guard case .refused(let refusal) = try begin(4, now: World.now), refusal.code == .quota else {
            Issue.record("a fifth may not")
            return
        }
        #expect(try replica.reports.findings().filter { $0.kind == "unfinished" }.count == 4)
        let listed = try replica.reports.unfinished()
        #expect(listed.map(\.bytes) == [98_304, 98_304, 98_304, 98_304])
        #expect(listed.allSatisfy { $0.last == World.now && $0.feed.site == author.site })
        #expect(listed.first?.dropped == World.now + 14 * 86_400_000)
        try replica.exchange.sweepRemains(now: World.now + 13 * 86_400_000)
        #expect(try replica.reports.unfinished().count == 4)
        guard case .begun = try begin(4, now: World.now + 15 * 86_400_000) else {
            Issue.record("the others are gone")
            return
        }
        #expect(try replica.reports.findings().filter { $0.kind == "unfinished" }.isEmpty)
        let bodies = "SELECT count(*) FROM caravan_chunk WHERE id >> 24 NOT IN (SELECT body FROM caravan_changeset)"
        #expect(try replica.connection.value(bodies) == .integer(0))
    }

    @Test("What came in part is swept though nothing else begins to arrive, and not while a peer counts on it")
    func swept() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a BLOB)", skews: [0, 0])
        let author = SigningKey()
        try world.admit(author)
        let control = try world.control()
        let replica = world.sites[1].replica
        let chunk = [UInt8](repeating: 1, count: 65_536)
        var forger = Forger(author)
        let header = try forger.next(seeing: control, chunks: [chunk, [1]], count: 1).header
        let (day, feed): (Int64, FeedID) = (86_400_000, header.header.feed)
        // The clock was wrong by a year when it came, which is counted from when it is seen.
        guard case .begun(var staged) = try replica.exchange.beginStaging(header, now: World.now + 365 * day) else {
            Issue.record("it may arrive")
            return
        }
        try replica.exchange.stage([chunk], of: &staged, now: World.now + 365 * day)
        try replica.exchange.sweepRemains(now: World.now)
        #expect(try replica.reports.unfinished().first?.last == World.now)
        try replica.exchange.sweepRemains(now: World.now + 14 * day)
        #expect(try replica.reports.unfinished().count == 1)
        try replica.exchange.sweepRemains(now: World.now + 15 * day, keeping: [feed])
        #expect(try replica.reports.unfinished().count == 1)
        try replica.exchange.sweepRemains(now: World.now + 15 * day)
        #expect(try replica.reports.unfinished().isEmpty)
        #expect(try replica.connection.value("SELECT count(*) FROM caravan_arrival") == .integer(0))
        let bodies = "SELECT count(*) FROM caravan_chunk WHERE id >> 24 NOT IN (SELECT body FROM caravan_changeset)"
        #expect(try replica.connection.value(bodies) == .integer(0))
    }
}

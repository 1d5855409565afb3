import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaStore

@Suite("What taking back does where something stands in its way")
struct UndoTests {
    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, code TEXT UNIQUE);
        CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id) ON DELETE CASCADE, n INTEGER);
        CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL UNIQUE);
        CREATE TABLE left (id TEXT NOT NULL PRIMARY KEY, o TEXT REFERENCES right(id));
        CREATE TABLE right (id TEXT NOT NULL PRIMARY KEY, o TEXT REFERENCES left(id));
        """

    private let world: World

    init() throws { world = try World(schema: Self.schema, skews: [0, 5]) }

    /// Writes and seals, as one changeset of the site.
    private func write(_ statements: String..., at site: Int = 0) throws -> UInt64 {
        try world.write(site, ["PRAGMA foreign_keys = ON", "BEGIN"] + statements + ["COMMIT"])
        try world.seal(site)
        return try #require(try heads(site).values.max())
    }

    private func heads(_ site: Int) throws -> Vector {
        try world.sites[site].replica.vectors().held.filter {
            $0.key.scope == .alliance && $0.key.site == world.sites[site].key.site
        }
    }

    private func undo(_ seqs: UInt64..., of author: Int = 0, at site: Int = 0) throws -> UndoReport {
        try world.seal(site)
        let feed = try #require(try heads(author).keys.first)
        let undoer = try Undoer(replica: world.sites[site].replica, now: World.now + 1000)
        let report = try undoer.undo(.changesets(seqs.map { (feed, $0) }), isDry: false, progress: { _, _ in })
        try world.seal(site)
        return try #require(report)
    }

    private func rows(_ sql: String, at site: Int = 0) throws -> [[Value]] {
        try world.sites[site].replica.connection.rows(sql)
    }

    @Test("Another's later write of a cell stays and is named, and the other cells show what they showed")
    func writtenOver() throws {
        _ = try write("INSERT INTO p VALUES ('1', 'old', 'a')")
        let seq = try write("UPDATE p SET name = 'wrong', code = 'b'")
        try world.meet()
        _ = try write("UPDATE p SET name = 'right'", at: 1)
        try world.meet()
        let report = try undo(seq)
        #expect(try rows("SELECT name, code FROM p") == [[.text("right"), .text("a")]])
        #expect(report.restored.map(\.columns) == [["code"]])
        #expect(report.kept.map(\.columns) == [["name"]])
        #expect(report.kept.first?.by.map(\.site) == [world.sites[1].key.site])
        try world.meet()
        try world.agree()
    }

    @Test("A row that others work with stays whole")
    func inserted() throws {
        let seq = try write("INSERT INTO p VALUES ('1', 'n', 'a'), ('2', 'm', 'b')")
        try world.meet()
        _ = try write("UPDATE p SET name = 'used' WHERE id = '1'", at: 1)
        try world.meet()
        let report = try undo(seq)
        #expect(try rows("SELECT id, name, code FROM p") == [[.text("1"), .text("used"), .text("a")]])
        #expect(report.kept.map(\.row.key) == [[.text("1")]])
        #expect(report.restored.map(\.change) == [.removed])
    }

    @Test("A row to which others refer stays, and takes none of theirs along, however they refer to it")
    func referredTo() throws {
        let seq = try write("INSERT INTO p VALUES ('1', 'n', 'a')")
        try world.meet()
        _ = try write("INSERT INTO c VALUES ('k', '1', 5)", at: 1)
        try world.meet()
        let report = try undo(seq)
        #expect(report.failed.map(\.reason) == ["row k of c refers to it"])
        #expect(try rows("SELECT id FROM p") == [[.text("1")]])
        #expect(try rows("SELECT id FROM c") == [[.text("k")]])
    }

    @Test("What one changeset wrote goes together, and comes back together, whatever refers to what")
    func together() throws {
        let seq = try write("INSERT INTO p VALUES ('1', 'n', 'a')", "INSERT INTO c VALUES ('k', '1', 5), ('l', '1', 6)")
        #expect(try undo(seq).restored.count == 3)
        #expect(try rows("SELECT id FROM p UNION ALL SELECT id FROM c").isEmpty)
        let back = try undo(seq + 1)
        #expect(back.failed.isEmpty)
        #expect(try rows("SELECT count(*) FROM c") == [[.integer(2)]])
        try world.meet()
        try world.agree()
    }

    @Test("Rows that refer to each other in a circle come back together")
    func circle() throws {
        _ = try write(
            "INSERT INTO left VALUES ('l', NULL)", "INSERT INTO right VALUES ('r', 'l')", "UPDATE left SET o = 'r'")
        let seq = try write("UPDATE left SET o = NULL", "DELETE FROM right", "DELETE FROM left")
        let report = try undo(seq)
        #expect(report.failed.isEmpty)
        #expect(try rows("SELECT o FROM left") == [[.text("r")]])
        #expect(try rows("SELECT o FROM right") == [[.text("l")]])
        #expect(report.restored.map(\.change) == [.broughtBack, .broughtBack])
    }

    @Test("A unique value that was taken meanwhile is in the way of its column alone")
    func unique() throws {
        _ = try write("INSERT INTO p VALUES ('1', 'n', 'a')")
        let seq = try write("UPDATE p SET code = 'b', name = 'm'")
        _ = try write("INSERT INTO p VALUES ('2', 'x', 'a')")
        let report = try undo(seq)
        #expect(report.failed.map(\.reason) == ["code: UNIQUE constraint failed: p.code"])
        #expect(report.restored.map(\.columns) == [["name"]])
        #expect(try rows("SELECT name, code FROM p WHERE id = '1'") == [[.text("n"), .text("b")]])
    }

    @Test("Values that were passed on from row to row go back in the order that the index permits")
    func passedOn() throws {
        _ = try write("INSERT INTO p VALUES ('1', 'n', 'a'), ('2', 'n', 'b'), ('3', 'n', 'c')")
        let seq = try write(
            "UPDATE p SET code = 'd' WHERE id = '1'", "UPDATE p SET code = 'a' WHERE id = '2'",
            "UPDATE p SET code = 'b' WHERE id = '3'")
        #expect(try undo(seq).failed.isEmpty)
        #expect(try rows("SELECT code FROM p ORDER BY id") == [[.text("a")], [.text("b")], [.text("c")]])
    }

    @Test("Values of a UNIQUE that two rows exchanged go back, also where they may not be NULL")
    func exchanged() throws {
        _ = try write(
            "INSERT INTO p VALUES ('1', 'n', 'a'), ('2', 'n', 'b'), ('3', 'n', 'c')",
            "INSERT INTO u VALUES ('1', 5), ('2', 6)")
        let seq = try write(
            "UPDATE p SET code = NULL", "UPDATE p SET code = 'b' WHERE id = '1'",
            "UPDATE p SET code = 'c' WHERE id = '2'", "UPDATE p SET code = 'a' WHERE id = '3'",
            "UPDATE u SET n = -1 WHERE id = '1'", "UPDATE u SET n = 5 WHERE id = '2'",
            "UPDATE u SET n = 6 WHERE id = '1'")
        let report = try undo(seq)
        #expect(report.failed.isEmpty)
        #expect(report.restored.count == 5)
        #expect(try rows("SELECT code FROM p ORDER BY id") == [[.text("a")], [.text("b")], [.text("c")]])
        #expect(try rows("SELECT n FROM u ORDER BY id") == [[.integer(5)], [.integer(6)]])
    }

    @Test("Of rows that exchanged values those go back in whose way nobody else stands")
    func exchangedInPart() throws {
        _ = try write("INSERT INTO p VALUES ('1', 'n', 'a'), ('2', 'n', 'b'), ('3', 'n', 'c'), ('4', 'n', 'd')")
        let seq = try write(
            "UPDATE p SET code = NULL", "UPDATE p SET code = 'b' WHERE id = '1'",
            "UPDATE p SET code = 'a' WHERE id = '2'", "UPDATE p SET code = 'd' WHERE id = '3'")
        _ = try write("UPDATE p SET code = 'c' WHERE id = '4'")
        let report = try undo(seq)
        #expect(report.failed.map(\.row.key) == [[.text("3")]])
        #expect(
            try rows("SELECT code FROM p ORDER BY id") == [[.text("a")], [.text("b")], [.text("d")], [.text("c")]])
    }

    @Test("A row that somebody edited who saw it stays, though a third had inserted and deleted it apart")
    func insertedApart() throws {
        let seq = try write("INSERT INTO p VALUES ('1', 'n', 'a')")
        _ = try write("INSERT INTO p VALUES ('1', 'other', 'b')", at: 1)
        _ = try write("DELETE FROM p", at: 1)
        let work = try write("UPDATE p SET name = 'work' WHERE id = '1'")
        try world.meet()
        let report = try undo(seq)
        #expect(report.restored.isEmpty)
        #expect(report.kept.first?.by.map(\.seq) == [work])
        #expect(try rows("SELECT name FROM p") == [[.text("work")]])
    }

    @Test("A delete that another had not seen when he edited the row is answered")
    func openDelete() throws {
        _ = try write("INSERT INTO p VALUES ('1', 'n', 'a')")
        try world.meet()
        let seq = try write("DELETE FROM p")
        _ = try write("UPDATE p SET name = 'edited'", at: 1)
        try world.meet()
        #expect(try world.conflicts(0).count == 1)
        let report = try undo(seq)
        #expect(report.restored.map(\.change) == [.kept])
        #expect(try world.conflicts(0).isEmpty)
        #expect(try rows("SELECT name, code FROM p") == [[.text("edited"), .text("a")]])
        try world.meet()
        try world.agree()
    }

    @Test("A row that is kept for the sake of what refers to it lives again")
    func kept() throws {
        _ = try write("INSERT INTO p VALUES ('1', 'n', 'a')")
        try world.meet()
        let seq = try write("DELETE FROM p")
        _ = try write("INSERT INTO c VALUES ('k', '1', 5)", at: 1)
        try world.meet()
        #expect(try world.conflicts(0).map(\.kindName) == ["kept"])
        #expect(try undo(seq).restored.map(\.change) == [.broughtBack])
        #expect(try world.conflicts(0).isEmpty)
        try world.meet()
        try world.agree()
    }

    @Test("A row whose beginning and end are taken back together was never there, whatever others wrote into it")
    func begunAndEnded() throws {
        let first = try write("INSERT INTO p VALUES ('1', 'one', 'a')")
        try world.meet()
        _ = try write("UPDATE p SET code = 'b'", at: 1)
        try world.meet()
        let last = try write("DELETE FROM p")
        let report = try undo(first, last)
        #expect(report.restored.isEmpty)
        #expect(report.failed.isEmpty)
        #expect(try rows("SELECT id FROM p").isEmpty)
        #expect(try undo(last).restored.count == 1)
        #expect(try rows("SELECT name, code FROM p") == [[.text("one"), .text("b")]])
        try world.meet()
        try world.agree()
    }

    @Test("A row that another deleted too does not come back, and he is named")
    func deletedTwice() throws {
        _ = try write("INSERT INTO p VALUES ('1', 'n', 'a')")
        try world.meet()
        let seq = try write("DELETE FROM p")
        _ = try write("DELETE FROM p", at: 1)
        try world.meet()
        let report = try undo(seq)
        #expect(report.restored.isEmpty)
        #expect(report.kept.first?.by.map(\.site) == [world.sites[1].key.site])
        #expect(try rows("SELECT 1 FROM p").isEmpty)
    }

    @Test("Of many rows those go that nobody else wrote; a dry run of them waits for nobody who writes")
    func many() throws {
        let seq = try write(
            """
            INSERT INTO c SELECT value, NULL, value FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value \
            + 1 FROM n WHERE value < 2500) SELECT value FROM n)
            """)
        _ = try write("UPDATE c SET n = 0 WHERE id = '7'", "DELETE FROM c WHERE id = '8'")
        let feed = try #require(try heads(0).keys.first)
        let writer = try Connection(path: world.sites[0].replica.path, access: .readWrite)
        try writer.begin(isWriting: true)
        let undoer = try Undoer(replica: world.sites[0].replica, now: World.now + 1000)
        let report = try #require(
            try undoer.undo(.changesets([(feed, seq)]), isDry: true, progress: { _, _ in }))
        writer.rollBack()
        #expect(report.restored.count == 2_498)
        #expect(report.restored.allSatisfy { $0.change == .removed })
        #expect(report.kept.map(\.row.key) == [[.text("7")], [.text("8")]])
        #expect(try rows("SELECT count(*) FROM c") == [[.integer(2_499)]])
        #expect(try undo(seq).restored.count == 2_498)
        #expect(try rows("SELECT id FROM c") == [[.text("7")]])
    }

    @Test("What somebody wrote between the reading and the writing makes it begin anew")
    func meanwhile() throws {
        let seq = try write("INSERT INTO p VALUES ('1', 'n', 'a')")
        let feed = try #require(try heads(0).keys.first)
        let undoer = try Undoer(replica: world.sites[0].replica, now: World.now + 1000)
        try world.write(0, ["UPDATE p SET name = 'late'"])
        #expect(try undoer.undo(.changesets([(feed, seq)]), isDry: false, progress: { _, _ in }) == nil)
        #expect(try rows("SELECT name FROM p") == [[.text("late")]])
    }

    @Test("Roster and schema, what never was, and what does not count are not taken back")
    func refused() throws {
        let founder = FeedID(site: world.sites[0].key.site, incarnation: .first, scope: .control)
        let undoer = try Undoer(replica: world.sites[0].replica, now: World.now)
        for (feed, seq) in [(founder, 1), (FeedID(site: founder.site, incarnation: .first, scope: .alliance), 99)] {
            #expect(throws: StoreError.self) {
                try undoer.undo(.changesets([(feed, UInt64(seq))]), isDry: false, progress: { _, _ in })
            }
        }
    }
}

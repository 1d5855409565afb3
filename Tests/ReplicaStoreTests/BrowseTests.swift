import NodeFixtures
import ReplicaModel
import Testing

@testable import ReplicaStore

@Suite("Pages of changes and conflicts")
struct BrowseTests {
    private static let schema = """
        CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT);
        CREATE TABLE d (id TEXT NOT NULL PRIMARY KEY, x TEXT, y TEXT, z TEXT, UNIQUE (x), UNIQUE (y), UNIQUE (z));
        """

    @Test("Page after page gives every change of records once, wherever one ends for want of time")
    func pages() throws {
        let world = try World(schema: Self.schema, skews: [0, 5, 9], role: .admin)
        var expected = 0
        for round in 0..<6 {
            for site in 0...round % 3 {
                try world.write(site, ["INSERT INTO t VALUES ('\(round) \(site)', 'x')"])
                expected += 1
            }
            try world.define(round % 3, "CREATE TABLE more\(round) (id TEXT NOT NULL PRIMARY KEY);")
            try world.meet()
        }
        for most in [1, 3, 30] {
            for steps in [1, 2, 5, Int.max] {
                var seen: [String] = []
                var query = ChangeQuery()
                query.changesMax = most
                while true {
                    var left = steps
                    let page = try ChangeBrowser(replica: world.sites[0].replica).page(query) {
                        left -= 1
                        return left <= 0
                    }
                    seen += page.changes.map { "\($0.feed) \($0.seq)" }
                    if let paused = page.pausedAt {
                        query.behind = (paused.feed.description, paused.seq)
                    } else if page.hasMore, let last = page.changes.last {
                        query.behind = (last.feed.description, last.seq)
                    } else {
                        break
                    }
                }
                #expect(seen.count == expected, "\(most) \(steps)")
                #expect(Set(seen).count == expected, "\(most) \(steps)")
            }
        }
    }

    @Test("A conflict is as old as the last write that one of its rows shows, whatever was there before")
    func since() throws {
        let world = try World(schema: Self.schema, skews: [0, 1000])
        try world.write(0, ["INSERT INTO d VALUES ('1', 'same', NULL, NULL)"])
        try world.write(1, ["INSERT INTO d VALUES ('2', 'same', NULL, NULL)"])
        try world.meet()
        let found = try #require(try world.sites[0].replica.reports.inbox(table: "d", kind: "duplicate"))
        #expect(found.map(\.since.milliseconds) == [World.now + 1000])
    }

    @Test("Equal rows are crowded by their number, not by that of their groups", arguments: [(20, 20), (251, nil)])
    func crowd(groups: Int, listed: Int?) throws {
        let world = try World(
            schema: "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, v TEXT UNIQUE);", skews: [0, 5])
        for site in 0...1 {
            let numbers = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(groups))"
            try world.write(site, ["\(numbers) INSERT INTO u SELECT '\(site) ' || i, i FROM n"])
        }
        try world.meet()
        #expect(try world.sites[0].replica.reports.inbox(table: nil, kind: nil)?.count == listed)
        #expect(try world.sites[0].replica.reports.tally().conflicts == groups)
    }

    @Test(
        "Rows with a value come in the order of their keys; many are not sorted for that",
        arguments: [("odd", 1, 79), ("rare", 1000, 40)])
    func filter(value: String, first: Int, lookedAt: Int) throws {
        let world = try World(
            schema: """
                CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY, a TEXT);
                CREATE INDEX wa ON w(a);
                """, skews: [0])
        try world.write(
            0,
            [
                """
                WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45000) INSERT INTO w
                SELECT printf('%05d', i), CASE WHEN i % 2 = 1 THEN 'odd' WHEN i % 1000 = 0 THEN 'rare' END FROM n
                """
            ])
        var query = RowQuery(table: "w")
        query.filters = [("a", value)]
        query.rowsMax = 40
        let page = try RowBrowser(replica: world.sites[0].replica).page(query) { false }
        let step = value == "odd" ? 2 : 1000
        let expected = (0..<40).map { String(String(100_000 + first + $0 * step).dropFirst()) }
        #expect(page.rows.map(\.key) == expected.map { [Value.text(Array($0.utf8))] })
        #expect(page.hasMore)
        // One more says that there is more.
        #expect(page.lookedAt == lookedAt + (value == "odd" ? 2 : 1))
    }
}

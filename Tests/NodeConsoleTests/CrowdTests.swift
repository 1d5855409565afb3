import Foundation
import ReplicaModel
import Testing

@testable import NodeConsole

@Suite("Pages of a replica in which much is open")
struct CrowdTests {
    /// Has so many rows in conflict in one column.
    private func crowd(_ alliance: Alliance, _ count: Int) async throws {
        try await alliance.fixture.node.sql(
            """
            INSERT INTO school(id, name_en) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
            WHERE i < \(count)) SELECT printf('s%05d', i), 'x' FROM n
            """)
        try await alliance.apart(
            here: "UPDATE school SET name_en = 'here'", there: "UPDATE school SET name_en = 'there'")
    }

    @Test("of very many conflicts it is said how many there are at least, and pages go on from key to key")
    func many() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await crowd(alliance, 600)
            let tally = try await fixture.node.tables.tally()
            #expect(tally.isLeast)
            #expect(tally.conflicts == 600)
            let sentence = Language.en.text("n_conflicts_least", count: 600)
            #expect(try browser.get("/").body.contains(sentence))
            var (page, keys) = (try browser.get("/conflicts"), [String]())
            #expect(page.body.contains(sentence))
            #expect(page.body.contains(Language.en.text("conflicts_by_key")))
            for _ in 0..<29 {
                keys += page.all("<h2>", "</h2>").flatMap { $0.components(separatedBy: "/records/school/").dropFirst() }
                    .map { String($0.prefix(6)) }
                let next = try #require(page.all("rel=\"next\" href=\"", "\"").first)
                page = try browser.get(next)
            }
            let listed = Guarded<[[Value]]>([])
            try await fixture.node.reports.eachConflict(table: nil, kind: nil) { report in
                listed.change { $0.append(report.key) }
                return true
            }
            #expect(listed.value.count == 600)
            #expect(Set(listed.value).count == 600)
            #expect(keys.count == 580)
            #expect(keys == keys.sorted())
            #expect(Set(keys).count == 580)
        }
    }

    @Test("of very many rows that are not sealed it is said how many there are at least")
    func pending() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let language = Language.en
            func write(_ first: Int, _ last: Int) throws {
                let shell = Process()
                shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                shell.arguments = [
                    "sqlite3", "-cmd", ".timeout 5000", fixture.home.path + "/replica.sqlite",
                    """
                    INSERT INTO school(id) WITH RECURSIVE n(i) AS (SELECT \(first) UNION ALL SELECT i + 1 FROM n \
                    WHERE i < \(last)) SELECT 's' || i FROM n
                    """,
                ]
                try shell.run()
                shell.waitUntilExit()
                #expect(shell.terminationStatus == 0)
            }
            try write(1, 1000)
            let exact = try browser.get("/").body
            #expect(exact.contains(language.text("n_pending", count: 1000)))
            #expect(!exact.contains(language.text("n_pending_least", count: 1000)))
            try write(1001, 1001)
            #expect(try browser.get("/").body.contains(language.text("n_pending_least", count: 1000)))
        }
    }

    @Test("a day of which not all changesets were looked at is not said to be empty")
    func today() throws {
        var page = ChangePage()
        #expect(!OverviewPage.hasMore(page))
        let site = SiteID(try #require(Bytes32(repeatElement(UInt8(1), count: 32))))
        page.pausedAt = (FeedID(site: site, incarnation: .first, scope: .alliance), 7)
        #expect(OverviewPage.hasMore(page))
        func shown(_ more: Bool) -> String {
            let facts: Facts = ["t": Language.en.messages, "more": more, "changes": [Facts]()]
            return Templates.library.render(facts, withTemplate: "overview") ?? ""
        }
        #expect(shown(false).contains(Language.en.text("today_nothing")))
        #expect(!shown(true).contains(Language.en.text("today_nothing")))
        #expect(shown(true).contains(Language.en.text("all_changes")))
    }

    @Test("the conflict that is open longest comes first, and the page behind one that was settled leaves none out")
    func oldest() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            let keys = (0..<25).map { "s\(24 - $0)" }
            for key in keys { try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('\(key)', 'x')") }
            try await alliance.meet()
            for key in keys {
                try await fixture.node.sql("UPDATE school SET name_en = 'here' WHERE id = '\(key)'")
                try await alliance.other.sql("UPDATE school SET name_en = 'there' WHERE id = '\(key)'")
            }
            try await alliance.meet()
            func shown(_ page: Answer) -> [String] {
                page.all("<h2>", "</h2>").compactMap { heading in
                    heading.components(separatedBy: "/records/school/").dropFirst().first?
                        .components(separatedBy: "\"")[0]
                }
            }
            let page = try browser.get("/conflicts")
            #expect(shown(page) == Array(keys.prefix(20)))
            let next = try #require(page.all("rel=\"next\" href=\"", "\"").first)
            #expect(shown(try browser.get(next)) == Array(keys.suffix(5)))
            try await fixture.node.sql("UPDATE school SET name_en = 'settled' WHERE id = '\(keys[19])'")
            _ = try await fixture.node.reports.status(digest: false)
            #expect(shown(try browser.get(next)) == Array(keys.suffix(5)))
        }
    }

    @Test("changes go on behind the one that was shown last, whatever came since, and none is shown twice")
    func changes() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            for number in 0..<40 {
                try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('s\(number)', 'x')")
            }
            let page = try browser.get("/changes")
            let first = page.all("<a href=\"/changes/", "\"").filter { !$0.contains("?") }
            let next = try #require(page.all("rel=\"next\" href=\"", "\"").first)
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('late', 'x')")
            let second = try browser.get(next).all("<a href=\"/changes/", "\"").filter { !$0.contains("?") }
            #expect(first.count == 30)
            #expect(second.count == 10)
            #expect(Set(first).isDisjoint(with: second))
            #expect(try browser.get("/changes?behind=x:1").status == 404)
            #expect(try browser.get("/changes?behind=x").status == 400)
        }
    }

    @Test("the conflicts of one kind are those of all that are of it, in the same order")
    func kinds() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, node) = (alliance.fixture, alliance.fixture.node)
            try await node.sql(
                """
                INSERT INTO school(id, name_en) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
                WHERE i < 400) SELECT printf('s%05d', i), 'x' FROM n
                """)
            try await node.sql("INSERT INTO course(id, title, hours, school) SELECT 'c' || id, 'x', 5, id FROM school")
            try await alliance.apart(
                here: "UPDATE school SET name_en = 'here'", there: "UPDATE school SET name_en = 'there'")
            try await alliance.apart(
                here: "DELETE FROM course WHERE id < 'cs00100'",
                there: "UPDATE course SET title = 'there' WHERE id < 'cs00100'")
            try await alliance.apart(
                here: "DELETE FROM course WHERE school = 's00400'; DELETE FROM school WHERE id = 's00400'",
                there: "INSERT INTO course(id, title, school) VALUES ('new', 'x', 's00400')")
            func listed(_ kind: String?) async throws -> [ConflictReport] {
                let out = Guarded<[ConflictReport]>([])
                try await node.reports.eachConflict(table: nil, kind: kind) { report in
                    out.change { $0.append(report) }
                    return true
                }
                return out.value
            }
            let all = try await listed(nil)
            let found = Set(all.map(\.kindName))
            #expect(found == ["cell", "deleted-edited", "kept"])
            for kind in ["cell", "deleted-edited", "kept", "duplicate", "invalid", "none"] {
                let wanted = all.filter { $0.kindName == kind }.map(\.place)
                #expect(try await listed(kind).map(\.place) == wanted, "\(kind)")
            }
            let page = try fixture.browser.get("/conflicts?kind=kept")
            #expect(page.all("<h2>", "</h2>").count == 1)
        }
    }
}

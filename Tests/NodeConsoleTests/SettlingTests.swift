import Foundation
import ReplicaModel
import SyncNode
import Testing

@testable import NodeConsole

@Suite("Settling what was seen, and nothing else")
struct SettlingTests {
    private static let schema = """
        CREATE TABLE plan (
            id TEXT NOT NULL PRIMARY KEY, title TEXT, seats INTEGER CHECK (seats > 0), place TEXT,
            level TEXT CHECK (level IN ('basic', 'advanced')), code TEXT);
        CREATE UNIQUE INDEX plan_code ON plan(code);
        """

    /// The fields of the form of a page that settles something by `act`.
    private static func form(
        _ page: Answer, act: String, _ browser: Browser, to action: String = "/conflicts/settle"
    ) -> [(String, String)] {
        let pieces = page.body.components(separatedBy: "<form ").dropFirst().map { "<form " + $0 }
        let wanted = pieces.first { $0.contains("name=\"act\" value=\"\(act)\"") }
        return browser.form(on: Answer(status: 200, headers: [], body: wanted ?? ""), to: action)
    }

    /// A page with a conflict, of which everything is then changed before its form is sent.
    private static func stale(
        here: String, there: String, act: String, then sql: String,
        _ check: @escaping @Sendable (Fixture, Answer) async throws -> Void
    ) async throws {
        try await Alliance.run(schema: schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO plan(id, title, seats, level) VALUES ('a', 'Old', 5, 'basic')")
            try await alliance.apart(here: here, there: there)
            let shown = form(try browser.get("/conflicts"), act: act, browser)
            #expect(!shown.isEmpty)
            try await fixture.node.sql(sql)
            try await check(fixture, try browser.post("/conflicts/settle", shown.with(["value": "What I typed"])))
        }
    }

    @Test("a value is neither taken nor written where the record has changed since, and what was typed is kept")
    func cell() async throws {
        for act in ["take", "value"] {
            try await Self.stale(
                here: "UPDATE plan SET title = 'x' WHERE id = 'a'", there: "UPDATE plan SET title = 'y' WHERE id = 'a'",
                act: act, then: "UPDATE plan SET title = 'Newer' WHERE id = 'a'"
            ) { (fixture, answer) async throws in
                #expect(answer.status == 409)
                #expect(answer.body.contains(Language.en.text("conflict_changed_since")))
                #expect(answer.body.contains("Newer"))
                #expect(answer.body.contains("What I typed") == (act == "value"))
                #expect(try await fixture.text("SELECT title FROM plan") == "Newer")
                guard act == "value" else { return }
                let again = Self.form(answer, act: act, fixture.browser)
                #expect(try fixture.browser.post("/conflicts/settle", again).status == 303)
                #expect(try await fixture.text("SELECT title FROM plan") == "What I typed")
            }
        }
    }

    @Test("of many that are settled at once what was written since stays open")
    func many() async throws {
        try await Alliance.run(schema: Self.schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO plan(id, title) VALUES ('a', '0'), ('b', '0'), ('c', '0')")
            try await alliance.apart(
                here: "UPDATE plan SET title = 'here' WHERE id <> 'c'",
                there: "UPDATE plan SET title = 'there' WHERE id <> 'c'")
            let page = try browser.get("/conflicts")
            let form = Self.form(page, act: "shown", browser, to: "/conflicts/all")
            try await alliance.apart(
                here: "UPDATE plan SET title = 'here' WHERE id IN ('a', 'c')",
                there: "UPDATE plan SET title = 'unseen' WHERE id IN ('a', 'c')")
            #expect(try browser.post("/conflicts/all", form).status == 303)
            let left = try await fixture.node.reports.conflicts(table: nil, kind: nil)
            #expect(Set(left.map(\.key)) == [[.text("a")], [.text("c")]])
            let told = try browser.get("/conflicts")
            #expect(told.body.contains(Language.en.text("left_open", count: 2)))
            // The page that is shown then settles the rest; a state that nobody was shown settles nothing.
            let again = Self.form(told, act: "shown", browser, to: "/conflicts/all")
            #expect(try browser.post("/conflicts/all", again.with(["state": "none"])).status == 303)
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).count == 2)
            #expect(try browser.get("/conflicts").body.contains(Language.en.text("settle_many_stale")))
            #expect(try browser.post("/conflicts/all", again).status == 303)
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).isEmpty)
        }
    }

    @Test("of rows that are equal in a UNIQUE none is merged where one was changed since")
    func manyDuplicates() async throws {
        try await Alliance.run(schema: Self.schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await alliance.apart(
                here: "INSERT INTO plan(id, code) VALUES ('a', 'x')",
                there: "INSERT INTO plan(id, code) VALUES ('b', 'x')")
            let form = Self.form(try browser.get("/conflicts"), act: "merge", browser, to: "/conflicts/all")
            #expect(!form.isEmpty)
            try await alliance.apart(here: "SELECT 1", there: "UPDATE plan SET place = 'Osh' WHERE id = 'b'")
            #expect(try browser.post("/conflicts/all", form).status == 303)
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).count == 1)
            let again = Self.form(try browser.get("/conflicts"), act: "merge", browser, to: "/conflicts/all")
            #expect(try browser.post("/conflicts/all", again).status == 303)
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).isEmpty)
            #expect(try await fixture.text("SELECT place FROM plan") == "Osh")
        }
    }

    @Test("a record is not deleted with what its reader has not seen")
    func delete() async throws {
        try await Self.stale(
            here: "DELETE FROM plan WHERE id = 'a'", there: "UPDATE plan SET title = 'y' WHERE id = 'a'",
            act: "delete", then: "UPDATE plan SET place = 'Osh' WHERE id = 'a'"
        ) { (fixture, answer) async throws in
            #expect(answer.status == 409)
            #expect(try await fixture.text("SELECT place FROM plan") == "Osh")
        }
    }

    @Test("the version of a record changes with any side of what is reported of it, though all its values stay")
    func sides() async throws {
        try await Alliance.run { (alliance) async throws in
            try await alliance.disagree()
            let found = try await alliance.fixture.node.records.record(table: "school", key: [.text("a")])
            let record = try #require(found)
            let report = try #require(record.reports.first)
            guard case .cell(let column, let shown, let candidates) = report.kind else {
                Issue.record("the conflict is of one cell")
                return
            }
            let last = try #require(candidates.last)
            func version(_ candidates: [ConflictReport.Candidate]) -> String {
                let kind = ConflictReport.Kind.cell(column: column, shown: shown, candidates: candidates)
                let other = RecordReport(
                    table: record.table, key: record.key, values: record.values, writers: record.writers,
                    living: record.living, reports: [ConflictReport(table: report.table, key: report.key, kind: kind)])
                return NodeTables.settlingVersion(of: other)
            }
            let versions = [
                version(candidates), version([]), version(candidates.dropLast()),
                version(candidates.dropLast() + [.init(value: .text("z"), write: last.write)]),
                version(candidates.dropLast() + [.init(value: last.value, write: candidates[0].write)]),
            ]
            #expect(versions[0] == NodeTables.settlingVersion(of: record))
            #expect(Set(versions).count == versions.count)
        }
    }

    @Test("a side is taken by the version that was shown, and once")
    func candidate() async throws {
        try await Alliance.run(schema: Self.schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO plan(id, title) VALUES ('a', 'Old')")
            try await alliance.apart(
                here: "UPDATE plan SET title = 'x' WHERE id = 'a'", there: "UPDATE plan SET title = 'y' WHERE id = 'a'")
            let page = try browser.get("/conflicts")
            let shown = try await fixture.text("SELECT title FROM plan")
            let hidden = shown == "x" ? alliance.other : fixture.node
            let site = try await hidden.reports.status(digest: false).site.hex
            let pieces = page.body.components(separatedBy: "<form ").dropFirst().map { "<form " + $0 }
            let take = try #require(pieces.first { $0.contains("value=\"take\"") && $0.contains(site) })
            let form = browser.form(on: Answer(status: 200, headers: [], body: take), to: "/conflicts/settle")
            #expect(try browser.post("/conflicts/settle", form.with(["version": "0"])).status == 409)
            #expect(try await fixture.text("SELECT title FROM plan") == shown)
            #expect(try browser.post("/conflicts/settle", form).status == 303)
            #expect(try await fixture.text("SELECT title FROM plan") != shown)
            // It is not open any more: the same click again is not that of what is shown.
            #expect(try browser.post("/conflicts/settle", form.with(["once": "other"])).status == 409)
        }
    }

    @Test("two records are not merged where either has changed since, and what was chosen is kept")
    func merge() async throws {
        try await Alliance.run(schema: Self.schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await alliance.apart(
                here: "INSERT INTO plan(id, title, code) VALUES ('c1', 'Cotton', 'K')",
                there: "INSERT INTO plan(id, title, code) VALUES ('c2', 'Cotton growing', 'K')")
            let page = try browser.get("/conflicts")
            let link = "/merge" + (try #require(page.all("class=\"button\" href=\"/merge", "\"").first))
            let action = link.components(separatedBy: "?")[0]
            for id in ["c1", "c2"] {
                let form = browser.form(on: try browser.get(link), to: action).filter { $0.0 != "take.title" }
                try await fixture.node.sql("UPDATE plan SET place = 'new in \(id)' WHERE id = '\(id)'")
                let answer = try browser.post(action, form + [("take.title", "goes")])
                #expect(answer.status == 409)
                #expect(answer.body.contains("new in \(id)"))
                #expect(answer.body.contains("name=\"take.title\" value=\"goes\" checked"))
                #expect(try await fixture.sql("SELECT 1 FROM plan").count == 2)
            }
            let form = browser.form(on: try browser.get(link), to: action).filter { !$0.0.hasPrefix("take.") }
            #expect(try browser.post(action, form).status == 303)
            #expect(try await fixture.sql("SELECT 1 FROM plan").count == 1)
        }
    }

    @Test(
        "another value is checked like that of any form, and said beside what was typed",
        arguments: [
            ("seats", "6", "7", "many"), ("level", "'advanced'", "NULL", "expert"),
        ])
    func checked(column: String, here: String, there: String, typed: String) async throws {
        try await Alliance.run(schema: Self.schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO plan(id, seats, level) VALUES ('a', 5, 'basic')")
            try await alliance.apart(
                here: "UPDATE plan SET \(column) = \(here) WHERE id = 'a'",
                there: "UPDATE plan SET \(column) = \(there) WHERE id = 'a'")
            let before = try await fixture.sql("SELECT \(column) FROM plan")
            let page = try browser.get("/conflicts")
            #expect(page.body.contains("<select id=\"f-c") == (column == "level"))
            let form = Self.form(page, act: "value", browser)
            let answer = try browser.post("/conflicts/settle", form.with(["value": typed]))
            #expect(answer.status == 422)
            #expect(answer.body.contains(Language.en.text(column == "level" ? "field_word" : "field_number")))
            #expect(answer.body.contains("value=\"\(typed)\""))
            #expect(try await fixture.sql("SELECT \(column) FROM plan") == before)
        }
    }
}

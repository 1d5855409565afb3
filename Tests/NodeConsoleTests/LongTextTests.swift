import Foundation
import ReplicaModel
import Testing

@testable import NodeConsole

@Suite("Very long texts in the console")
struct LongTextTests {
    private static let schema = "CREATE TABLE plan (id TEXT NOT NULL PRIMARY KEY, title TEXT, note TEXT, more TEXT);"
    private static let pageBytesMax = 100_000

    /// A text of Cyrillic, of which a browser sends three bytes for each.
    private static func long(_ mark: String, _ count: Int) -> String {
        String(repeating: "почва ", count: count) + mark + String(repeating: " вода", count: count)
    }

    @Test("a record with a text of a quarter of a mebibyte is edited, and a change in between is seen")
    func edited() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            let browser = fixture.browser
            let text = Self.long("a", 12_000)
            try await fixture.node.sql("INSERT INTO plan VALUES ('a', 'Old', '\(text)', 'x')")
            let page = try browser.get("/edit/plan/a")
            let form = browser.form(on: page, to: "/edit/plan/a")
            #expect(form.filter { $0.1.utf8.count > 1000 }.map(\.0) == ["v.note"])
            #expect(try browser.post("/edit/plan/a", form.with(["v.title": "New"])).status == 303)
            #expect(try await fixture.sql("SELECT title, note FROM plan") == [[.text("New"), .text(Array(text.utf8))]])
            let again = browser.form(on: try browser.get("/edit/plan/a"), to: "/edit/plan/a")
            #expect(try browser.post("/edit/plan/a", again.with(["v.note": text + "b"])).status == 303)
            #expect(try await fixture.text("SELECT note FROM plan") == text + "b")
            // The form of before carries a hash of what it showed.
            let stale = try browser.post("/edit/plan/a", again.with(["v.more": "typed"]))
            #expect(stale.status == 409)
            let shown = browser.form(on: stale, to: "/edit/plan/a")
            #expect(shown.first { $0.0 == "v.note" }?.1 == text + "b")
            #expect(shown.first { $0.0 == "v.more" }?.1 == "typed")
        }
    }

    @Test("what a form has no room for is shown by its beginning, and the rest can be saved")
    func tooLong() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO plan VALUES ('a', 'Old', printf('%.*c', 1100000, 'x'), 'y')")
            let page = try fixture.browser.get("/edit/plan/a")
            #expect(page.body.utf8.count < Self.pageBytesMax)
            #expect(!page.body.contains("name=\"v.note\""))
            #expect(try fixture.edit("/edit/plan/a", ["v.title": "New"]).status == 303)
            let stored = try await fixture.sql("SELECT title, length(note) FROM plan")
            #expect(stored == [[.text("New"), .integer(1_100_000)]])
        }
    }

    @Test("a page of a long text has its beginning, and a link to the whole")
    func record() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO plan VALUES ('a', 'Old', '\(Self.long("zebra", 12_000))', 'y')")
            let page = try fixture.browser.get("/records/plan/a")
            #expect(page.body.utf8.count < Self.pageBytesMax)
            #expect(!page.body.contains("zebra"))
            let link = "/records/plan/a?all=1"
            #expect(page.body.contains("<a href=\"\(link)\">" + Language.en.text("show_all")))
            #expect(try fixture.browser.get(link).body.contains("zebra"))
        }
    }

    @Test("of a conflict of long texts a page has what stands around the difference")
    func conflict() async throws {
        try await Alliance.run(schema: Self.schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO plan VALUES ('a', 'Old', '', 'y')")
            try await alliance.apart(
                here: "UPDATE plan SET note = '\(Self.long("one", 12_000))'",
                there: "UPDATE plan SET note = '\(Self.long("two", 12_000))'")
            let page = try browser.get("/conflicts")
            #expect(page.body.utf8.count < Self.pageBytesMax)
            for mark in ["one", "two"] { #expect(page.body.contains("почва <mark>\(mark)</mark> вода")) }
            #expect(page.body.contains("/edit/plan/a"))
            #expect(page.body.contains("/records/plan/a?all=1"))
        }
    }

    @Test("a preview of a wide file of long cells has at most 100 KB")
    func preview() async throws {
        let columns = (0..<20).map { "c\($0)" }
        let definitions = columns.map { $0 + " TEXT" }.joined(separator: ", ")
        let schema = "CREATE TABLE plan (id TEXT NOT NULL PRIMARY KEY, \(definitions));"
        try await Fixture.run(schema: schema) { (fixture) async throws in
            let rows = (0..<200).map { row in
                "k\(row)," + columns.map { _ in Self.long("x", 10) }.joined(separator: ",") + "\n"
            }
            let text = "id," + columns.joined(separator: ",") + "\n" + rows.joined()
            let sent = try fixture.browser.upload(text, name: "s.csv", table: "plan")
            let look = try fixture.browser.follow(sent)
            #expect(look.body.utf8.count < Self.pageBytesMax)
            #expect(look.body.contains(Language.en.text("import_cut")))
            let form = fixture.browser.form(on: look, to: sent.location)
            #expect(try fixture.browser.post(sent.location, form).status == 303)
            #expect(try await fixture.sql("SELECT count(*) FROM plan") == [[.integer(200)]])
        }
    }

    @Test("a record of which the name is a very long text has its beginning for a name, on every page")
    func name() async throws {
        let schema = """
            CREATE TABLE par (id TEXT NOT NULL PRIMARY KEY, name TEXT);
            CREATE TABLE ch (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES par(id), s TEXT);
            """
        try await Fixture.run(schema: schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO par VALUES ('a', 'zebra' || printf('%.*c', 1200000, 'y'))")
            try await fixture.node.sql("INSERT INTO ch VALUES ('c', 'a', 's')")
            for path in [
                "/records/par", "/records/par/a", "/edit/par/a", "/delete/par/a", "/records/ch", "/records/ch/c",
                "/edit/ch/c", "/pick/par?q=a", "/changes",
            ] {
                let page = try fixture.browser.get(path)
                #expect(page.status == 200, "\(path)")
                #expect(page.body.utf8.count < Self.pageBytesMax, "\(path)")
                #expect(page.body.contains("zebray") || ["/changes", "/records/ch"].contains(path), "\(path)")
            }
            #expect(try fixture.browser.get("/records/par/a?all=1").body.utf8.count > 1_200_000)
        }
    }

    @Test(
        "a long text is cut between two characters of any number of bytes",
        arguments: ["a", "é", "维", "😀", "\u{301}"])
    func cut(character: String) {
        let labels = Labels(language: .en)
        for lead in 0..<4 {
            let text = String(repeating: "a", count: lead) + String(repeating: character, count: 5000)
            let short = labels.short(.text(text), max: 20)
            #expect(!short.unicodeScalars.contains("\u{FFFD}"))
            #expect(short.last == "…")
            #expect(short.count <= 21)
            #expect(text.utf8.starts(with: short.dropLast().utf8))
        }
    }
}

import Foundation
import Testing

@testable import NodeConsole

@Suite("Records as they are read")
struct ReadingTests {
    private static let schema = """
        CREATE TABLE plan (
            id TEXT NOT NULL PRIMARY KEY, title TEXT, cost INTEGER, rate REAL, opening_year INTEGER, code INTEGER,
            opening TEXT,
            CONSTRAINT opening_is_a_day_yyyy_mm_dd
                CHECK (CAST(opening AS TEXT) GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'));
        """

    @Test(
        "numbers and days are written as the language writes them, and in forms as they are stored",
        arguments: [
            (Language.en, ["1,250,000", "−12,345.5", "15 August 2026"]),
            (.ru, ["1\u{A0}250\u{A0}000", "−12\u{A0}345,5", "15.08.2026"]),
            (.zh, ["1,250,000", "−12,345.5", "2026年8月15日"]),
        ])
    func written(language: Language, texts: [String]) async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            fixture.browser.language = language.rawValue
            try await fixture.node.sql(
                "INSERT INTO plan VALUES ('a', 'A', 1250000, -12345.5, 19999, 7654321, '2026-08-15')")
            let page = try fixture.browser.get("/records/plan/a")
            for text in texts + ["19999", "7654321"] { #expect(page.body.contains("<dd>\(text)"), "\(text)") }
            let form = fixture.browser.form(on: try fixture.browser.get("/edit/plan/a"), to: "/edit/plan/a")
            for text in ["1250000", "-12345.5", "2026-08-15"] { #expect(form.contains { $0.1 == text }, "\(text)") }
        }
    }

    @Test("records that are merged are shown with labels and names, and told apart by their keys")
    func merge() async throws {
        let schema = """
            CREATE TABLE school (id TEXT NOT NULL PRIMARY KEY, name_en TEXT);
            CREATE TABLE course (id TEXT NOT NULL PRIMARY KEY, title TEXT, code TEXT, school TEXT REFERENCES school(id));
            CREATE UNIQUE INDEX course_code ON course(code);
            """
        try await Alliance.run(schema: schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO school VALUES ('s1', 'Osh'), ('s2', 'Almaty')")
            try await alliance.apart(
                here: "INSERT INTO course VALUES ('c1', 'Cotton', 'K', 's1')",
                there: "INSERT INTO course VALUES ('c2', 'Cotton', 'K', 's2')")
            let page = try browser.get("/conflicts")
            #expect(page.body.contains("<code>c1</code>"))
            #expect(page.body.contains("<code>c2</code>"))
            #expect(page.body.components(separatedBy: Language.en.text("last_written")).count == 3)
            let link = try #require(page.all("class=\"button\" href=\"/merge", "\"").first)
            let merge = try browser.get("/merge" + link)
            for text in ["> Osh<", "> Almaty<", "c1 · ", "c2 · "] { #expect(merge.body.contains(text), "\(text)") }
        }
    }
}

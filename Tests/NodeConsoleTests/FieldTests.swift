import Foundation
import Testing

@testable import NodeConsole

@Suite("Checks beside fields")
struct FieldTests {
    private static let schema = """
        CREATE TABLE place (id TEXT NOT NULL PRIMARY KEY, name_en TEXT);
        CREATE TABLE plan (
            id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, seats INTEGER CHECK (seats > 0), starts TEXT, ends TEXT,
            level TEXT CHECK (level IN ('basic', 'advanced')), place TEXT REFERENCES place(id), code TEXT,
            CONSTRAINT starts_is_a_day_yyyy_mm_dd CHECK (CAST(starts AS TEXT) GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
            CONSTRAINT ends_is_not_before_starts CHECK (ends >= starts));
        CREATE UNIQUE INDEX plan_code ON plan(code);
        """

    /// The sentences beside the fields of the form of a new plan, by column, and what the fields still hold.
    private func refused(
        _ values: [String: String], _ fixture: Fixture
    ) throws -> (said: [String: String], page: Answer) {
        let browser = fixture.browser
        let form = browser.form(on: try browser.get("/new/plan"), to: "/new/plan")
        let filled = form.with(["v.id": "n", "v.title": "Plan"].merging(["v.x": ""]) { $1 }.merging(values) { $1 })
        let answer = try browser.post("/new/plan", filled)
        #expect(answer.status == 422)
        var said: [String: String] = [:]
        for piece in answer.body.components(separatedBy: "role=\"alert\" id=\"e-").dropFirst() {
            let name = piece.components(separatedBy: "\"")[0]
            said[name] = piece.components(separatedBy: ">")[1].components(separatedBy: "<")[0].unescapedHTML
            #expect(answer.body.contains("aria-describedby=\"e-\(name)\""))
        }
        return (said, answer)
    }

    @Test("all that is wrong is said at once, each beside its field, and what was typed is still there")
    func before() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            let (said, page) = try refused(
                ["v.title": "", "v.seats": "many", "v.starts": "tomorrow", "v.place": "nowhere", "v.level": "expert"],
                fixture)
            let language = Language.en
            #expect(said["title"] == language.text("field_needed"))
            #expect(said["seats"] == language.text("field_number"))
            #expect(said["starts"] == language.text("error_day"))
            #expect(said["place"] == language.text("field_no_record", "place"))
            #expect(said["level"] == language.text("field_word"))
            for typed in ["many", "tomorrow", "nowhere", "expert"] {
                #expect(page.body.contains("value=\"\(typed)\""), "\(typed)")
            }
            #expect(try await fixture.sql("SELECT 1 FROM plan").isEmpty)
        }
    }

    @Test("a rule that the table itself refuses is said beside the field of which it speaks")
    func after() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO plan(id, title, code) VALUES ('a', 'A', 'K')")
            let language = Language.en
            #expect(try refused(["v.seats": "0"], fixture).said == ["seats": language.text("field_check", "seats > 0")])
            #expect(try refused(["v.code": "K"], fixture).said == ["code": language.text("field_unique")])
            let order = try refused(["v.starts": "2026-05-02", "v.ends": "2026-05-01"], fixture).said
            #expect(order["ends"]?.hasPrefix(language.text("field_order", "").prefix(15)) == true)
            #expect(order.count == 1)
        }
    }

    @Test("a day of any year that the table permits is taken")
    func days() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            let browser = fixture.browser
            for day in ["1958-05-01", "1000-01-01", "2999-12-31", "2028-02-29"] {
                let form = browser.form(on: try browser.get("/new/plan"), to: "/new/plan")
                let sent = try browser.post(
                    "/new/plan", form.with(["v.id": day, "v.title": "Plan", "v.starts": day]))
                #expect(sent.status == 303, "\(day)")
                #expect(try await fixture.text("SELECT starts FROM plan WHERE id = '\(day)'") == day)
            }
            for none in [
                "3000-01-01", "2026-02-31", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-x-01-01",
            ] {
                #expect(try refused(["v.starts": none], fixture).said == ["starts": Language.en.text("error_day")])
            }
        }
    }

    @Test("what the table says of something else than a rule stands above the form and beside no field")
    func above() async throws {
        let schema = """
            CREATE TABLE plan (
                id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, seats INTEGER, value TEXT, code TEXT, plan TEXT,
                level TEXT CHECK (level <> 'no title, it''s of value')) STRICT;
            CREATE UNIQUE INDEX plan_code ON plan(code);
            """
        try await Fixture.run(schema: schema) { (fixture) async throws in
            let refusal = try refused(["v.seats": "1.5"], fixture)
            #expect(refusal.page.body.contains("cannot store REAL value in INTEGER column plan.seats"))
            #expect(refusal.said.isEmpty)
            try await fixture.node.sql("INSERT INTO plan(id, title, code) VALUES ('a', 'A', 'K')")
            #expect(try refused(["v.code": "K"], fixture).said == ["code": Language.en.text("field_unique")])
            let level = try refused(["v.level": "no title, it's of value"], fixture).said
            #expect(Array(level.keys) == ["level"])
        }
    }

    @Test("a list keeps what a record holds though nothing permits it, so that the next write does not lose it")
    func kept() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO place(id, name_en) VALUES ('p', 'Osh')")
            try await fixture.node.sql("INSERT INTO plan(id, title, place, level) VALUES ('a', 'A', 'p', 'basic')")
            let form = browser.form(on: try browser.get("/edit/plan/a"), to: "/edit/plan/a")
            #expect(form.first { $0.0 == "v.place" }?.1 == "p")
            #expect(form.first { $0.0 == "v.level" }?.1 == "basic")
            let answer = try browser.post("/edit/plan/a", form.with(["v.place": "gone"]))
            #expect(answer.status == 409)
            #expect(browser.form(on: answer, to: "/edit/plan/a").first { $0.0 == "v.place" }?.1 == "gone")
        }
    }
}

import Foundation
import ReplicaModel
import SyncNode
import Testing

@testable import NodeConsole

@Suite("Conflicts in the console")
struct ConflictTests {
    /// The fields of the form of a page that settles something by `act`.
    private func form(_ page: Answer, act: String, _ browser: Browser, holding text: String = "") -> [(String, String)]
    {
        let pieces = page.body.components(separatedBy: "<form ").dropFirst().map { "<form " + $0 }
        let wanted = pieces.first {
            $0.contains("name=\"act\" value=\"\(act)\"") && (text.isEmpty || $0.contains(text))
        }
        let answer = Answer(status: 200, headers: [], body: wanted ?? "")
        let action = wanted?.contains("/conflicts/all") ?? false ? "/conflicts/all" : "/conflicts/settle"
        return browser.form(on: answer, to: action)
    }

    @Test("two values of one cell stand side by side, and either is taken by one click")
    func cell() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh')")
            try await alliance.apart(
                here: "UPDATE school SET name_en = 'Osh University' WHERE id = 'a'",
                there: "UPDATE school SET name_en = 'Osh Universitas' WHERE id = 'a'")
            let page = try browser.get("/conflicts")
            #expect(page.body.contains("Osh Universit<mark>y</mark>"))
            #expect(page.body.contains("Osh Universit<mark>as</mark>"))
            let shown = try await fixture.text("SELECT name_en FROM school")
            let (kept, writer) =
                shown == "Osh University"
                ? ("Osh Universitas", alliance.other) : ("Osh University", fixture.node)
            let take = form(
                page, act: "take", browser, holding: try await writer.reports.status(digest: false).site.hex)
            #expect(try browser.post("/conflicts/settle", take).status == 303)
            #expect(try await fixture.text("SELECT name_en FROM school") == kept)
            let done = try browser.get("/conflicts")
            #expect(done.body.contains(Language.en.text("conflicts_none")))
            let undone = try browser.post("/undo", browser.form(on: done, to: "/undo"))
            #expect(undone.status == 303)
            #expect(try await fixture.text("SELECT name_en FROM school") == shown)
        }
    }

    @Test("of two values of one member each is taken by the click beside it")
    func incarnations() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh')")
            try await alliance.meet()
            let file = fixture.home.path + "-copy"
            defer { try? FileManager.default.removeItem(atPath: file) }
            _ = try await alliance.other.admin.backUp(to: file) { _, _ in }
            try await alliance.other.sql("UPDATE school SET name_en = 'before'")
            try await alliance.meet()
            // The copy of a home that goes on from the backup is another incarnation of its site.
            let again = NodeHome(path: fixture.home.path + "-again")
            defer { try? FileManager.default.removeItem(atPath: again.path) }
            try FileManager.default.createDirectory(atPath: again.path, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: alliance.other.home.key, toPath: again.key)
            _ = try again.restore(from: file)
            let restored = Alliance(fixture: fixture, other: try await Node.open(home: again))
            try await restored.other.sql("UPDATE school SET name_en = 'after'")
            try await restored.meet()
            let page = try browser.get("/conflicts")
            let sides = page.body.components(separatedBy: "<div class=\"side\">").dropFirst()
            #expect(sides.count == 2)
            let other = try #require(sides.first { !$0.contains(Language.en.text("is_shown")) })
            let shown = try await fixture.text("SELECT name_en FROM school")
            let wanted = shown == "before" ? "after" : "before"
            #expect(other.contains(wanted))
            let take = browser.form(on: Answer(status: 200, headers: [], body: other), to: "/conflicts/settle")
            #expect(try browser.post("/conflicts/settle", take).status == 303)
            #expect(try await fixture.text("SELECT name_en FROM school") == wanted)
            #expect(try browser.get("/conflicts").body.contains(Language.en.text("conflicts_none")))
        }
    }

    @Test("values that look alike and differ are told apart, and others are as they are")
    func alike() {
        let values: [Value] = [
            .text("5"), .integer(5), .text("e\u{301}"), .text("é"), .text("x"), .blob([5]), .blob([6]),
        ]
        let texts = values.map { Labels(language: .en).plain($0) }
        let told = ConflictFacts.toldApart(texts, of: values)
        #expect(told == ["'5'", "5", "'e\\u{301}'", "'é'", "x", "X'05'", "X'06'"])
        #expect(ConflictFacts.toldApart(["5", "6"], of: [.text("5"), .integer(6)]) == ["5", "6"])
    }

    @Test("another value can be written instead, whatever stands in it")
    func value() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await alliance.disagree()
            let write = form(try browser.get("/records/school/a"), act: "value", browser)
            let text = "it's; DROP TABLE school; -- \"z\""
            let sent = try browser.post("/conflicts/settle", write.with(["value": text]))
            #expect(sent.location == "/records/school/a")
            #expect(try await fixture.text("SELECT name_en FROM school") == text)
        }
    }

    @Test("a record that was deleted and edited apart is kept or deleted", arguments: ["keep", "delete"])
    func deletedEdited(act: String) async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh')")
            try await alliance.apart(
                here: "DELETE FROM school WHERE id = 'a'", there: "UPDATE school SET name_ru = 'Ош' WHERE id = 'a'")
            let page = try browser.get("/conflicts?kind=deleted-edited")
            #expect(try browser.post("/conflicts/settle", form(page, act: act, browser)).status == 303)
            #expect(try await fixture.sql("SELECT 1 FROM school").count == (act == "keep" ? 1 : 0))
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).isEmpty)
        }
    }

    @Test("of a record that was deleted and edited apart, what its deleter had not seen is shown with who wrote it")
    func unseenEdit() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql(
                """
                INSERT INTO school(id, name_en) VALUES ('a', 'Osh'), ('b', 'Almaty'); \
                INSERT INTO course(id, title, hours, school) VALUES ('c', 'Cotton', 5, 'a')
                """)
            try await alliance.meet()
            try await alliance.other.sql("UPDATE course SET school = 'b', note = 'moved' WHERE id = 'c'")
            try await alliance.other.sql("UPDATE course SET note = 'moved there' WHERE id = 'c'")
            try await fixture.node.sql("UPDATE course SET hours = 99 WHERE id = 'c'")
            try await fixture.node.sql("DELETE FROM course WHERE id = 'c'")
            try await alliance.meet()
            let page = try browser.get("/conflicts?kind=deleted-edited")
            let edits = page.all("<li>" + Language.en.text("conflict_edited_by"), "</li>")
            #expect(edits.count == 2)
            #expect(edits.allSatisfy { $0.contains("<small>other, ") })
            #expect(edits.first?.contains("href=\"/records/school/b\">Almaty</a>") == true)
            #expect(edits.last?.contains("moved there") == true)
            #expect(!edits.contains { $0.contains("99") })
        }
    }

    @Test("a deleted record that others refer to is named with them, and brought back by one click")
    func kept() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh')")
            try await alliance.apart(
                here: "DELETE FROM school WHERE id = 'a'",
                there: "INSERT INTO course(id, title, school) VALUES ('c', 'Cotton', 'a')")
            let page = try browser.get("/conflicts")
            #expect(page.body.contains("Cotton"))
            #expect(try browser.post("/conflicts/settle", form(page, act: "keep", browser)).status == 303)
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).isEmpty)
            #expect(try await fixture.sql("SELECT 1 FROM school").count == 1)
        }
    }

    @Test("two records that are equal in a UNIQUE are merged field by field")
    func duplicate() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await alliance.apart(
                here: "INSERT INTO course(id, title, code, hours) VALUES ('c1', 'Cotton', 'K1', 5)",
                there: "INSERT INTO course(id, title, code, note) VALUES ('c2', 'Cotton growing', 'K1', 'good')")
            let page = try browser.get("/conflicts")
            let link = try #require(page.all("class=\"button\" href=\"/merge", "\"").first)
            let merge = try browser.get("/merge" + link)
            let stays = merge.field("into") ?? ""
            let goes = stays == "c1" ? "c2" : "c1"
            let sent = try browser.post(
                "/merge/course/\(goes)",
                [
                    ("token", merge.field("token") ?? ""), ("into", stays), ("take.title", "stays"),
                    ("version", merge.field("version") ?? ""), ("into_version", merge.field("into_version") ?? ""),
                    ("take.note", "goes"),
                    ("take.hours", "goes"),
                ])
            #expect(sent.location == "/records/course/\(stays)")
            #expect(try await fixture.sql("SELECT 1 FROM course").count == 1)
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).isEmpty)
        }
    }

    @Test("a record that a merge made break a rule is listed with the rule, and edited")
    func invalid() async throws {
        let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a INTEGER, b INTEGER, CHECK (a < b))"
        try await Alliance.run(schema: schema) { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO t VALUES ('x', 5, 10)")
            try await alliance.apart(
                here: "UPDATE t SET a = 9 WHERE id = 'x'", there: "UPDATE t SET b = 7 WHERE id = 'x'")
            let page = try browser.get("/conflicts?kind=invalid")
            #expect(page.body.contains("a &lt; b"))
            let edit = browser.form(on: try browser.get("/edit/t/x"), to: "/edit/t/x")
            #expect(try browser.post("/edit/t/x", edit.with(["v.a": "1"])).status == 303)
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).isEmpty)
        }
    }

    @Test("many are settled at once, as one changeset")
    func many() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql(
                """
                INSERT INTO school(id, name_en) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
                WHERE i < 45) SELECT 's' || i, 'x' FROM n
                """)
            try await alliance.apart(
                here: "UPDATE school SET name_en = 'here'", there: "UPDATE school SET name_en = 'there'")
            let page = try browser.get("/conflicts")
            #expect(page.all("class=\"conflict\"", ">").count == 20)
            let next = try #require(page.all("rel=\"next\" href=\"", "\"").first)
            #expect(try browser.get(next).all("class=\"conflict\"", ">").count == 20)
            let before = try await fixture.changesets()
            #expect(try browser.post("/conflicts/all", form(page, act: "shown", browser)).status == 303)
            #expect(try await fixture.changesets() == before + 1)
            #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).isEmpty)
        }
    }

    @Test("a record is not merged into itself, whatever is asked for")
    func mergeItself() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh'), ('b', 'Osh')")
            let page = try browser.get("/merge/school/a?into=b")
            let form = browser.form(on: page, to: "/merge/school/a").with(["into": "a"])
            #expect(try browser.get("/merge/school/a?into=a").status == 400)
            let answer = try browser.post("/merge/school/a", form)
            #expect(answer.status == 400)
            #expect(answer.body.contains(Language.en.text("merge_itself")))
            #expect(try browser.get("/healthz").status == 200)
            #expect(try await fixture.sql("SELECT 1 FROM school").count == 2)
        }
    }

    @Test("undo is offered where a value was changed, and nowhere else")
    func undoable() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            for (act, offers) in [("shown", false), ("other", true), ("keep", false), ("all", false)] {
                try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('\(act)', 'Osh')")
                try await alliance.apart(
                    here: act == "keep"
                        ? "DELETE FROM school WHERE id = 'keep'"
                        : "UPDATE school SET name_en = 'x' WHERE id = '\(act)'",
                    there: "UPDATE school SET name_en = 'y' WHERE id = '\(act)'")
                let page = try browser.get("/conflicts")
                let pieces = page.body.components(separatedBy: "class=\"side\"").dropFirst()
                let site = pieces.first { $0.contains(Language.en.text("is_shown")) == (act == "shown") } ?? ""
                let form =
                    switch act {
                    case "keep": form(page, act: "keep", browser)
                    case "all": form(page, act: "shown", browser)
                    default:
                        browser.form(on: Answer(status: 200, headers: [], body: site), to: "/conflicts/settle")
                    }
                let done = try browser.post(act == "all" ? "/conflicts/all" : "/conflicts/settle", form)
                #expect(done.status == 303, "\(act)")
                let told = try browser.follow(done)
                #expect(told.body.contains("action=\"/undo\"") == offers, "\(act)")
                #expect(told.body.contains(Language.en.text("settled_same")) != offers, "\(act)")
                #expect(try await fixture.node.reports.conflicts(table: nil, kind: nil).isEmpty, "\(act)")
            }
        }
    }

    @Test("a changeset whose number is none is not there", arguments: ["0", "18446744073709551615", "140737488355328"])
    func numbers(seq: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school(id) VALUES ('a')")
            let link = try #require(try browser.get("/changes").all("<a href=\"/changes/", "\"").first)
            let feed = link.components(separatedBy: "/")[0]
            #expect(try browser.get("/changes/\(feed)/\(seq)").status == 404)
            #expect(try browser.get("/changes?behind=\(feed):\(seq)").status == 404)
            #expect(try browser.get("/healthz").status == 200)
        }
    }
}

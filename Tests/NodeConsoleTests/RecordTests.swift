import Foundation
import ReplicaModel
import Testing

@testable import NodeConsole

@Suite("Records in the console")
struct RecordTests {
    @Test(
        "pages by key show every record once, forward and back, whatever they are sorted by",
        arguments: [
            "", "?sort=name_en", "?sort=name_zh&desc=1",
        ])
    func paging(sort: String) async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql(
                """
                INSERT INTO school(id, name_en, name_zh) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
                WHERE i < 130) SELECT printf('s%03d', i), 'name ' || (i % 7), CASE WHEN i % 3 THEN 'z' || i END FROM n
                """)
            let browser = fixture.browser
            func keys(_ page: Answer) -> [String] { page.all("scope=\"row\"><a href=\"/records/school/", "\"") }
            var pages = [try browser.get("/records/school" + sort)]
            while let next = pages.last?.all("rel=\"next\" href=\"", "\"").first, pages.count < 5 {
                pages.append(try browser.get(next))
            }
            #expect(pages.count == 3)
            #expect(pages.flatMap(keys).count == 130)
            #expect(Set(pages.flatMap(keys)).count == 130)
            let back = try #require(pages[2].all("rel=\"prev\" href=\"", "\"").first)
            #expect(keys(try browser.get(back)) == keys(pages[1]))
        }
    }

    @Test("a search finds a record by any of its names, whatever the case and width")
    func search() async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql(
                """
                INSERT INTO school(id, name_en, name_zh, name_ru) VALUES
                ('a', 'Osh State University', '奥什国立大学', 'Ошский университет'), ('b', 'Almaty', NULL, NULL)
                """)
            for word in ["osh STATE", "奥什", "оШСКИЙ", "ＯＳＨ", "universit"] {
                let page = try fixture.browser.get("/records/school?q=" + word.urlEncoded)
                #expect(page.all("scope=\"row\"><a href=\"/records/school/", "\"") == ["a"], "\(word)")
            }
            let none = try fixture.browser.get("/records/school?q=nothing")
            #expect(none.body.contains(Language.en.text("nothing_found")))
            let kept = try fixture.browser.get("/records/school?f.name_en=Almaty")
            #expect(kept.all("scope=\"row\"><a href=\"/records/school/", "\"") == ["b"])
        }
    }

    @Test("what a record holds is shown as text, and only http links lead away")
    func escaping() async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql(
                """
                INSERT INTO school(id, name_en, site) VALUES
                ('<b>"k"&', '<script>alert(1)</script>', 'javascript:alert(1)'), ('b', '{{token}}', 'https://x.example/')
                """)
            let list = try fixture.browser.get("/records/school")
            #expect(!list.body.contains("<script>alert"))
            #expect(list.body.contains("&lt;script&gt;alert(1)"))
            #expect(!list.body.contains("href=\"javascript:"))
            #expect(list.body.contains("{{token}}"))
            #expect(list.body.contains("href=\"https://x.example/\" rel=\"noopener"))
            let link = try #require(list.all("scope=\"row\"><a href=\"", "\"").first)
            let record = try fixture.browser.get(link)
            #expect(record.status == 200)
            #expect(!record.body.contains("<script>alert"))
        }
    }

    @Test("a new record is one changeset, and one click takes it back")
    func new() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let before = try await fixture.changesets()
            let form = browser.form(on: try browser.get("/new/course"), to: "/new/course")
            let sent = try browser.post(
                "/new/course", form.with(["v.id": "c1", "v.title": "Cotton", "v.level": "basic", "v.hours": "12"]))
            #expect(sent.status == 303)
            #expect(sent.location == "/records/course/c1")
            #expect(try await fixture.changesets() == before + 1)
            #expect(
                try await fixture.sql("SELECT title, hours, level FROM course") == [
                    [.text("Cotton"), .integer(12), .text("basic")]
                ])
            let page = try browser.follow(sent)
            #expect(page.body.contains(Language.en.text("done_created")))
            #expect(try browser.post("/undo", browser.form(on: page, to: "/undo")).status == 303)
            #expect(try await fixture.sql("SELECT 1 FROM course").isEmpty)
        }
    }

    @Test("a form that is sent twice writes once")
    func twice() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let form = browser.form(on: try browser.get("/new/course"), to: "/new/course")
                .with(["v.id": "c1", "v.title": "Cotton"])
            let before = try await fixture.changesets()
            let (first, second) = (try browser.post("/new/course", form), try browser.post("/new/course", form))
            #expect(first.location == "/records/course/c1")
            #expect(second.location == first.location)
            #expect(try await fixture.changesets() == before + 1)
        }
    }

    @Test("what breaks a rule is said beside its field, and what was typed is still there")
    func rules() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO course(id, title, code) VALUES ('c0', 'Rail', 'R1')")
            let form = browser.form(on: try browser.get("/new/course"), to: "/new/course")
            let language = Language.en
            for (field, value, sentence) in [
                ("v.hours", "-3", language.text("field_check", "hours &gt; 0")),
                ("v.code", "R1", language.text("field_unique")),
                ("v.school", "nobody", language.text("field_no_record", "school")),
            ] {
                let answer = try browser.post(
                    "/new/course", form.with(["v.id": "c1", "v.title": "Cotton & Co", field: value]))
                #expect(answer.status == 422, "\(field)")
                #expect(answer.body.contains(sentence), "\(field)")
                #expect(answer.body.contains("Cotton &amp; Co"))
            }
            #expect(try await fixture.sql("SELECT 1 FROM course").count == 1)
        }
    }

    @Test("an edit writes the fields that were changed, and no others")
    func edit() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school(id, name_en, name_ru) VALUES ('a', 'Osh', 'Ош')")
            let form = browser.form(on: try browser.get("/edit/school/a"), to: "/edit/school/a")
            #expect(try browser.post("/edit/school/a", form.with(["v.name_en": "Osh State"])).status == 303)
            let history = try await fixture.node.records.history(table: "school", keyText: "a")
            #expect(history.last?.action == .update(["name_en": .text("Osh State")]))
            let before = try await fixture.changesets()
            let same = browser.form(on: try browser.get("/edit/school/a"), to: "/edit/school/a")
            #expect(try browser.post("/edit/school/a", same).status == 303)
            #expect(try await fixture.changesets() == before)
        }
    }

    @Test("an edit of a record that was changed meanwhile shows both, and writes once both were seen")
    func stale() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school(id, name_en, name_ru) VALUES ('a', 'Osh', 'Ош')")
            let form = browser.form(on: try browser.get("/edit/school/a"), to: "/edit/school/a")
            try await fixture.node.sql("UPDATE school SET name_en = 'Theirs', name_ru = 'Их' WHERE id = 'a'")
            let answer = try browser.post("/edit/school/a", form.with(["v.name_en": "Mine"]))
            #expect(answer.status == 409)
            #expect(answer.body.contains("<q>Theirs</q>"))
            #expect(answer.body.contains("value=\"Mine\""))
            #expect(answer.body.contains("value=\"Их\""))
            #expect(try await fixture.text("SELECT name_en FROM school") == "Theirs")
            let again = browser.form(on: answer, to: "/edit/school/a")
            #expect(try browser.post("/edit/school/a", again).status == 303)
            #expect(try await fixture.text("SELECT name_en FROM school") == "Mine")
            #expect(try await fixture.text("SELECT name_ru FROM school") == "Их")
        }
    }

    @Test("a delete says what refers to the record, and is refused while something must")
    func delete() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql(
                """
                INSERT INTO school(id, name_en) VALUES ('a', 'Osh'); \
                INSERT INTO course(id, title, school) VALUES ('c1', 'Cotton', 'a')
                """)
            let page = try browser.get("/delete/school/a")
            #expect(page.body.contains("Cotton"))
            let form = browser.form(on: page, to: "/delete/school/a")
            #expect(try browser.post("/delete/school/a", form).status == 409)
            try await fixture.node.sql("DELETE FROM course")
            let free = browser.form(on: try browser.get("/delete/school/a"), to: "/delete/school/a")
            #expect(try browser.post("/delete/school/a", free).status == 303)
            #expect(try await fixture.sql("SELECT 1 FROM school").isEmpty)
            let gone = try browser.get("/records/school/a")
            #expect(gone.status == 404)
            #expect(gone.body.contains(Language.en.text("record_gone")))
        }
    }

    @Test("a record shows its history, and what it was then")
    func history() async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'First name')")
            try await fixture.node.sql("UPDATE school SET name_en = 'Second name' WHERE id = 'a'")
            let page = try fixture.browser.get("/records/school/a?history=1&then=0")
            #expect(page.all("<li id=\"v", "\"") == ["1", "0"])
            #expect(page.body.components(separatedBy: "First name").count == 3)
        }
    }

    @Test(
        "keys that a path cannot hold are found all the same",
        arguments: [
            "a/b", "..", ".", "a?b#c", "ключ", "100%", "{}", " ", "a+b",
        ])
    func keys(key: String) async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('\(key)', 'Here it is')")
            let list = try fixture.browser.get("/records/school")
            let link = try #require(list.all("scope=\"row\"><a href=\"", "\"").first)
            let page = try fixture.browser.get(link)
            #expect(page.status == 200)
            #expect(page.body.contains("<h1>Here it is</h1>"))
        }
    }

    @Test("names, labels and dates are in the reader's language", arguments: Language.allCases)
    func languages(language: Language) async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            browser.language = language.rawValue
            try await fixture.node.sql(
                "INSERT INTO school(id, name_en, name_zh, name_ru) VALUES ('a', 'Osh State', '奥什大学', 'ОшГУ')")
            let page = try browser.get("/records/school/a")
            let name = [.zh: "奥什大学", .ru: "ОшГУ", .en: "Osh State"][language] ?? ""
            #expect(page.body.contains("<html lang=\"\(language.rawValue)\">"))
            #expect(page.body.contains("<h1>\(name)</h1>"))
            #expect(page.body.contains(">\(language.text("edit"))</a>"))
            let switched = try browser.get("/records/school/a?who=1&lang=ru")
            #expect(switched.location == "/records/school/a?who=1")
            #expect(try browser.follow(switched).body.contains("<html lang=\"ru\">"))
        }
    }

    @Test("an export has just the records that the list shows")
    func export() async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql(
                "INSERT INTO school(id, name_en) VALUES ('a', 'Osh \"1\"'), ('b', 'Almaty')")
            let file = try fixture.browser.get("/export/school?q=osh")
            #expect(file.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(file.body.contains("a,\"Osh \"\"1\"\"\","))
            #expect(!file.body.contains("Almaty"))
        }
    }

    @Test("a picker offers the records that match what is typed")
    func pick() async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh'), ('b', 'Almaty')")
            let page = try fixture.browser.get("/pick/school?q=alm")
            #expect(page.body == "<option value=\"b\">Almaty</option>")
        }
    }
}

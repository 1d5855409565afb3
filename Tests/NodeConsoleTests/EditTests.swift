import Foundation
import ReplicaModel
import SyncNode
import Testing

@testable import NodeConsole

@Suite("What is typed is what is written")
struct EditTests {
    private static let schema = """
        CREATE TABLE plan (
            id TEXT NOT NULL PRIMARY KEY, title TEXT, seats INTEGER NOT NULL DEFAULT 5,
            remark TEXT NOT NULL DEFAULT 'none', rate REAL, untyped, picture BLOB,
            double_seats INTEGER GENERATED ALWAYS AS (seats * 2) VIRTUAL);
        CREATE TABLE loose (id TEXT NOT NULL PRIMARY KEY, any ANY, note TEXT) STRICT;
        """

    private static func run(_ body: @escaping @Sendable (Fixture) async throws -> Void) async throws {
        try await Fixture.run(schema: schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO plan(id, title) VALUES ('a', 'A')")
            try await body(fixture)
        }
    }

    private static func refusal(_ answer: Answer, of column: String) -> String? {
        answer.all("role=\"alert\" id=\"e-\(column)\">", "<").first
    }

    @Test("a number that is needed is not emptied, and a text may be")
    func emptied() async throws {
        try await Self.run { (fixture) async throws in
            let answer = try fixture.edit("/edit/plan/a", ["v.seats": ""])
            #expect(Self.refusal(answer, of: "seats") == Language.en.text("field_needed"))
            #expect(try await fixture.sql("SELECT seats FROM plan") == [[.integer(5)]])
            #expect(try fixture.edit("/edit/plan/a", ["v.remark": ""]).status == 303)
            #expect(try await fixture.sql("SELECT remark FROM plan") == [[.text("")]])
            // What is empty already keeps nobody from saving the rest.
            let empty = "name=\"v.remark\" type=\"text\" value=\"\" required"
            #expect(!(try fixture.browser.get("/edit/plan/a").body.contains(empty)))
        }
    }

    @Test(
        "a number that no column holds as it was typed is refused beside its field",
        arguments: [
            ("seats", "9223372036854775808", "field_large"), ("seats", "1e19", "field_large"),
            ("seats", "1e309", "field_infinite"), ("rate", "1e309", "field_infinite"),
            ("rate", "-1e400", "field_infinite"),
            ("rate", "1,5", "field_number"), ("seats", "12x", "field_number"),
        ])
    func numbers(column: String, text: String, key: String) async throws {
        try await Self.run { (fixture) async throws in
            let answer = try fixture.edit("/edit/plan/a", ["v.\(column)": text])
            #expect(Self.refusal(answer, of: column) == Language.en.text(key))
            #expect(answer.body.contains("value=\"\(text)\""))
        }
    }

    @Test("numbers at the ends of what a column holds are taken")
    func bounds() async throws {
        try await Self.run { (fixture) async throws in
            let most = ["v.seats": "9223372036854775807", "v.rate": "1e308"]
            #expect(try fixture.edit("/edit/plan/a", most).status == 303)
            #expect(try await fixture.sql("SELECT seats, rate FROM plan") == [[.integer(.max), .real(1e308)]])
            #expect(try fixture.edit("/edit/plan/a", ["v.seats": "-9223372036854775808"]).status == 303)
            #expect(try await fixture.sql("SELECT seats FROM plan") == [[.integer(.min)]])
        }
    }

    @Test("a fraction may be written with the comma of the language")
    func comma() async throws {
        try await Self.run { (fixture) async throws in
            fixture.browser.language = "ru"
            #expect(try fixture.edit("/edit/plan/a", ["v.rate": "-1,5"]).status == 303)
            #expect(try await fixture.sql("SELECT rate FROM plan") == [[.real(-1.5)]])
            #expect(try fixture.edit("/edit/plan/a", ["v.rate": "1,500,000"]).status == 409)
        }
    }

    @Test("an edit that changes nothing but how a letter is composed is written")
    func composed() async throws {
        try await Self.run { (fixture) async throws in
            try await fixture.node.sql("UPDATE plan SET title = 'caf' || char(101, 769)")
            #expect(try fixture.edit("/edit/plan/a", ["v.title": "caf\u{E9}"]).status == 303)
            #expect(try await fixture.sql("SELECT title FROM plan") == [[.text(Array("caf\u{E9}".utf8))]])
        }
    }

    @Test("a value of any class keeps its class")
    func classes() async throws {
        try await Self.run { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO loose VALUES ('i', 5, ''), ('r', 5.5, ''), ('t', '5', '')")
            for (key, text) in [("i", "6"), ("r", "7"), ("t", "8")] {
                #expect(try fixture.edit("/edit/loose/\(key)", ["v.any": text]).status == 303)
            }
            #expect(
                try await fixture.sql("SELECT any FROM loose ORDER BY id") == [[.integer(6)], [.real(7)], [.text("8")]])
            #expect(try fixture.edit("/edit/loose/i", ["v.any": "six"]).status == 303)
            #expect(try await fixture.sql("SELECT any FROM loose WHERE id = 'i'") == [[.text("six")]])
            #expect(try fixture.edit("/edit/plan/a", ["v.untyped": "x"]).status == 303)
            #expect(try await fixture.sql("SELECT untyped FROM plan") == [[.text("x")]])
        }
    }

    @Test("bytes are shown by their number, and cannot be typed over")
    func blobs() async throws {
        try await Self.run { (fixture) async throws in
            try await fixture.node.sql("UPDATE plan SET picture = X'0102', title = X'03'")
            let page = try fixture.browser.get("/edit/plan/a")
            #expect(page.body.contains(Language.en.text("value_blob", count: 2)))
            #expect(!page.body.contains("name=\"v.picture\""))
            #expect(!page.body.contains("name=\"v.title\""))
            #expect(try fixture.edit("/edit/plan/a", ["v.remark": "new"]).status == 303)
            #expect(try await fixture.sql("SELECT picture, title FROM plan") == [[.blob([1, 2]), .blob([3])]])
        }
    }

    @Test("a computed value is shown with the record, and not asked for")
    func computed() async throws {
        try await Self.run { (fixture) async throws in
            let page = try fixture.browser.get("/records/plan/a")
            #expect(page.body.contains("<dt>double_seats <small>\(Language.en.text("computed"))"))
            #expect(page.body.contains("<dd>10"))
            #expect(!(try fixture.browser.get("/edit/plan/a").body.contains("v.double_seats")))
        }
    }

    @Test("a value that a field of one line cannot hold keeps nobody from saving the rest")
    func lines() async throws {
        try await Self.run { (fixture) async throws in
            try await fixture.node.sql("UPDATE plan SET seats = 'some' || char(10) || 'more', title = 'a' || char(1)")
            let page = try fixture.browser.get("/edit/plan/a")
            #expect(page.body.contains("<textarea id=\"f-seats\""))
            #expect(page.body.contains("<textarea id=\"f-title\""))
            #expect(try fixture.edit("/edit/plan/a", ["v.remark": "new"]).status == 303)
            #expect(try await fixture.text("SELECT seats FROM plan") == "some\nmore")
        }
    }

    @Test("what was typed into a record that was deleted meanwhile is kept, and can be entered anew")
    func gone() async throws {
        try await Self.run { (fixture) async throws in
            let browser = fixture.browser
            let form = browser.form(on: try browser.get("/edit/plan/a"), to: "/edit/plan/a")
            try await fixture.node.sql("DELETE FROM plan")
            let answer = try browser.post("/edit/plan/a", form.with(["v.title": "Typed long"]))
            #expect(answer.status == 409)
            #expect(answer.body.contains(Language.en.text("deleted_since")))
            #expect(try browser.post("/new/plan", browser.form(on: answer, to: "/new/plan")).status == 303)
            #expect(try await fixture.sql("SELECT id, title FROM plan") == [[.text("a"), .text("Typed long")]])
        }
    }

    @Test("what was typed is kept while another program holds the replica")
    func locked() async throws {
        try await Self.run { (fixture) async throws in
            let browser = fixture.browser
            let (edit, new) = (try browser.get("/edit/plan/a"), try browser.get("/new/plan"))
            let given = ["v.title": "Typed long", "v.id": "b"]
            try fixture.locked {
                for (page, path) in [(edit, "/edit/plan/a"), (new, "/new/plan")] {
                    let answer = try browser.post(path, browser.form(on: page, to: path).with(given))
                    #expect(answer.status == 503)
                    #expect(answer.body.contains(Language.en.text("error_locked")))
                    #expect(browser.form(on: answer, to: path).first { $0.0 == "v.title" }?.1 == "Typed long")
                }
            }
        }
    }

    @Test("a node that may not write offers no forms, says why, and keeps what was typed before")
    func reader() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await alliance.disagree()
            let new = browser.form(on: try browser.get("/new/school"), to: "/new/school")
            _ = try await fixture.node.members.setRole(of: "other", to: .admin)
            try await alliance.meet()
            _ = try await alliance.other.members.setRole(of: "here", to: .reader)
            try await alliance.meet()
            for path in ["/records/school", "/records/school/a", "/conflicts", "/import"] {
                let page = try browser.get(path)
                #expect(page.status == 200, "\(path)")
                #expect(page.body.contains("this node is a reader"), "\(path)")
                for offer in ["/new/", "/edit/", "/delete/", "/conflicts/settle", "/conflicts/all", "action=\"/import"]
                {
                    #expect(!page.body.contains(offer), "\(path) \(offer)")
                }
            }
            for path in ["/new/school", "/edit/school/a", "/delete/school/a"] {
                #expect(try browser.get(path).status == 403, "\(path)")
            }
            let token = try browser.get("/records/school").field("token")
            let sheet = try browser.upload("id,name_en\nc,x\n", name: "s.csv", table: "school", token: token)
            let look = try browser.follow(sheet)
            #expect(look.status == 403)
            #expect(look.body.contains(Language.en.text("error_no_right").replacingOccurrences(of: "'", with: "&#39;")))
            let answer = try browser.post("/new/school", new.with(["v.id": "b", "v.name_en": "Typed long"]))
            #expect(answer.status == 403)
            #expect(browser.form(on: answer, to: "/new/school").first { $0.0 == "v.name_en" }?.1 == "Typed long")
        }
    }

    @Test("what was typed into a form that cannot be shown again is listed, so that it can be copied")
    func listed() async throws {
        try await Self.run { (fixture) async throws in
            let token = try fixture.browser.get("/new/plan").field("token") ?? ""
            let answer = try fixture.browser.post("/new/none", [("token", token), ("v.title", "Typed <long>")])
            #expect(answer.status == 404)
            #expect(answer.body.contains("<dd class=\"long\">Typed &lt;long&gt;</dd>"))
        }
    }

    @Test("a form without a session is not sent on, and its sender hears that going back keeps it")
    func signedOut() async throws {
        try await Self.run { (fixture) async throws in
            let browser = fixture.browser
            let form = browser.form(on: try browser.get("/edit/plan/a"), to: "/edit/plan/a")
            browser.cookies = [:]
            let answer = try browser.post("/edit/plan/a", form)
            #expect(answer.status == 401)
            #expect(answer.body.contains(Language.en.text("sign_in_back")))
            #expect(!(try browser.get("/").body.contains(Language.en.text("sign_in_back"))))
        }
    }

    @Test("the history of a record that is not there is looked for where somebody asks for it")
    func absent() async throws {
        try await Self.run { (fixture) async throws in
            try await fixture.node.sql("DELETE FROM plan")
            let gone = try fixture.browser.get("/records/plan/a")
            #expect(gone.status == 404)
            #expect(!gone.body.contains("class=\"timeline\""))
            let link = try #require(gone.all("class=\"button\" href=\"", "\"").first)
            #expect(try fixture.browser.get(link).body.contains("class=\"timeline\""))
            let never = try fixture.browser.get("/records/plan/nobody?history=1")
            #expect(never.body.contains(Language.en.text("record_never")))
        }
    }

    @Test("pages that are sorted by a number end, though some are infinite")
    func infinite() async throws {
        try await Self.run { (fixture) async throws in
            try await fixture.node.sql(
                """
                INSERT INTO plan(id, rate) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) \
                SELECT printf('s%03d', i), CASE i % 3 WHEN 0 THEN 9e999 WHEN 1 THEN -9e999 ELSE 0.1 END FROM n
                """)
            for sort in ["?sort=rate", "?sort=rate&desc=1"] {
                var pages = [try fixture.browser.get("/records/plan" + sort)]
                while let next = pages.last?.all("rel=\"next\" href=\"", "\"").first, pages.count < 5 {
                    pages.append(try fixture.browser.get(next))
                }
                #expect(pages.count == 3)
                #expect(Set(pages.flatMap { $0.all("scope=\"row\"><a href=\"", "\"") }).count == 121)
            }
        }
    }

    @Test("a link to the web leads to the whole address, or nowhere")
    func links() async throws {
        try await Self.run { (fixture) async throws in
            let long = "https://x.example/" + String(repeating: "a", count: 200) + "?q=б\"<"
            let spoof = "https://x.example/\u{202E}moc"
            try await fixture.node.sql(
                "UPDATE plan SET remark = '\(long)', title = '\(spoof)', untyped = 'https://x.example/a b'")
            let list = try fixture.browser.get("/records/plan")
            let whole = "https://x.example/" + String(repeating: "a", count: 200) + "?q=%D0%B1"
            #expect(list.all("href=\"https:", "\" rel").allSatisfy { ("https:" + $0).hasPrefix(whole) })
            #expect(list.all("href=\"https:", "\" rel").count == 1)
        }
    }

    @Test("a record that is entered anew after a delete keeps the key that its table makes")
    func goneWithKey() async throws {
        let schema = """
            CREATE TABLE unit (
                id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))), title TEXT NOT NULL, seats INTEGER);
            """
        try await Fixture.run(schema: schema) { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO unit VALUES ('a', 'A', 1)")
            let form = browser.form(on: try browser.get("/edit/unit/a"), to: "/edit/unit/a")
            try await fixture.node.sql("DELETE FROM unit")
            let gone = try browser.post("/edit/unit/a", form.with(["v.title": "Typed"]))
            let anew = browser.form(on: gone, to: "/new/unit")
            // What is wrong with it is said first, and the key stays.
            let wrong = try browser.post("/new/unit", anew.with(["v.seats": "many"]))
            #expect(wrong.status == 422)
            let again = browser.form(on: wrong, to: "/new/unit").with(["v.seats": "2"])
            #expect(try browser.post("/new/unit", again).status == 303)
            let stored = try await fixture.sql("SELECT id, title, seats FROM unit")
            #expect(stored == [[.text("a"), .text("Typed"), .integer(2)]])
        }
    }

    @Test("a picker offers the record whose key was typed before all others")
    func picked() async throws {
        try await Self.run { (fixture) async throws in
            try await fixture.node.sql(
                """
                INSERT INTO plan(id, title) WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n \
                WHERE i < 999) SELECT 'k' || i, 'k999' FROM n
                """)
            let offered = try fixture.browser.get("/pick/plan?q=k999").all("value=\"", "\"")
            #expect(offered.first == "k999")
            #expect(Set(offered).count == offered.count)
            #expect(offered.count > 10)
        }
    }
}

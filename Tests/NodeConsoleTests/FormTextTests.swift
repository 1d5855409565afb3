import Foundation
import ReplicaModel
import Testing

@testable import NodeConsole

@Suite("Texts that go through a form")
struct FormTextTests {
    /// Texts of which something gets lost where they are not taken byte by byte.
    private static let texts = [
        "", " ", "+", "%", "%41", "\u{FEFF}", "\u{FEFF}x1", "x\u{FEFF}1", "&\u{301}", "=\u{301}", "+\u{301}", "\r\n",
        "\r", "\0", "a\0b", "é", "e\u{301}", "ключ", "维", "😀", "\u{FFFD}", "\u{FFFF}", "a;b",
    ]

    @Test("a query and a form have every text byte for byte", arguments: texts)
    func exact(text: String) throws {
        let form = try #require(Form(reading: "\(text.urlEncoded)=\(text.urlEncoded)&a=+%2b&b"[...]))
        #expect(form.fields.map { Array($0.name.utf8) } == [Array(text.utf8), [0x61], [0x62]])
        #expect(form.fields.map { Array($0.value.utf8) } == [Array(text.utf8), [0x20, 0x2B], []])
        #expect(form[text].map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test("what is encoded wrongly is no text", arguments: ["a=%", "a=%4", "a=%4G", "%FF=a", "a=%C3", "a=%ED%A0%80"])
    func wrong(text: String) { #expect(Form(reading: text[...]) == nil) }

    @Test("a field is known by its prefix, whatever its column's name begins with")
    func prefix() {
        let form = Form([("v.\u{301}x", "1"), ("v.é", "2"), ("v.e\u{301}", "3"), ("vx", "4")])
        let found = form.values(behind: "v.")
        #expect(found.map { Array($0.name.utf8) } == ["\u{301}x", "é", "e\u{301}"].map { Array($0.utf8) })
        #expect(found.map(\.value) == ["1", "2", "3"])
        #expect(form["v.e\u{301}"] == "3")
    }

    /// A form as a browser sends it back: a page cannot carry NUL, and a field of one line no ends of lines.
    private func sent(_ page: Answer, to path: String, _ browser: Browser) -> [(String, String)] {
        let lines = page.body.components(separatedBy: "<input").dropFirst().map { $0.components(separatedBy: ">")[0] }
        let ofOneLine = lines.filter { !$0.contains("type=\"hidden\"") }
        return browser.form(on: page, to: path).map { name, value in
            let text = value.replacingOccurrences(of: "\0", with: "\u{FFFD}")
            guard ofOneLine.contains(where: { $0.contains("name=\"\(name)\"") }) else { return (name, text) }
            return (name, String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\n" && $0 != "\r" })))
        }
    }

    @Test("a text that nobody touched stays as it is, whatever a page makes of it")
    func untouched() async throws {
        let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT, note TEXT)"
        try await Fixture.run(schema: schema) { (fixture) async throws in
            let long = String(repeating: "x", count: 300)
            let texts = Self.texts.flatMap { [$0, $0 + long, "a" + $0 + long] }
            for (number, text) in texts.enumerated() {
                let hex = Secret.hexadecimal(Array(text.utf8))
                try await fixture.node.sql("INSERT INTO t VALUES ('\(number)', CAST(X'\(hex)' AS TEXT), '')")
            }
            for (number, text) in texts.enumerated() {
                let path = "/edit/t/\(number)"
                let form = sent(try fixture.browser.get(path), to: path, fixture.browser)
                #expect(try fixture.browser.post(path, form.with(["v.note": "touched"])).status == 303, "\(number)")
                let stored = try await fixture.sql("SELECT v, note FROM t WHERE id = '\(number)'")
                #expect(stored == [[.text(Array(text.utf8)), .text("touched")]], "\(text.debugDescription)")
            }
        }
    }

    @Test("of many records a reference to one whose key no line holds stays, and none such is offered")
    func picker() async throws {
        let schema = """
            CREATE TABLE par (id TEXT NOT NULL PRIMARY KEY, name TEXT);
            CREATE TABLE ch (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES par(id), s TEXT);
            """
        try await Fixture.run(schema: schema) { (fixture) async throws in
            let keys = ["a\nb", "ab", "q\r\n", "q", "n\0ul", "nul"]
            let texts = keys.map { "CAST(X'\(Secret.hexadecimal(Array($0.utf8)))' AS TEXT)" }
            try await fixture.node.sql(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
                INSERT INTO par SELECT printf('p%04d', i), 'many' FROM n
                """)
            for (number, text) in texts.enumerated() {
                try await fixture.node.sql("INSERT INTO par VALUES (\(text), 'odd')")
                try await fixture.node.sql("INSERT INTO ch VALUES ('\(number)', \(text), '')")
            }
            for (number, key) in keys.enumerated() {
                let path = "/edit/ch/\(number)"
                let form = sent(try fixture.browser.get(path), to: path, fixture.browser)
                #expect(try fixture.browser.post(path, form.with(["v.s": "touched"])).status == 303, "\(number)")
                let stored = try await fixture.sql("SELECT p, s FROM ch WHERE id = '\(number)'")
                #expect(stored == [[.text(Array(key.utf8)), .text("touched")]], "\(key.debugDescription)")
            }
            let offered = try fixture.browser.get("/pick/par?q=odd").all("<option value=\"", "\"")
            #expect(offered.sorted() == ["ab", "nul", "q"])
        }
    }

    @Test("the list of what refers to a record is of exactly that record")
    func referrers() async throws {
        let schema = """
            CREATE TABLE par (id TEXT NOT NULL PRIMARY KEY, name TEXT);
            CREATE TABLE ch (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES par(id), s TEXT);
            """
        try await Fixture.run(schema: schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO par VALUES (CAST(X'610D0A' AS TEXT), 'odd')")
            try await fixture.node.sql(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
                INSERT INTO ch SELECT i, CAST(X'610D0A' AS TEXT), 'refers' FROM n
                """)
            let page = try fixture.browser.get("/records/par/a%0D%0A")
            let link = try #require(page.all("<li><a href=\"/records/ch?", "\"").first)
            #expect(try fixture.browser.get("/records/ch?" + link).body.contains("refers"))
        }
    }

    @Test("another value is written whatever stands behind its quotes")
    func literal() {
        #expect(Array(Value.text("it'\u{301}s '").sqlLiteral.utf8) == Array("'it''\u{301}s '''".utf8))
    }
}

import Foundation
import ReplicaModel
import Testing

@testable import NodeConsole

@Suite("Spreadsheets in the console")
struct SheetTests {
    private let sheet = "id,name_en,colour\na,Osh <b>,red\nb,Almaty,blue\n"

    @Test("an upload is looked at first, then imported as one changeset, and taken back")
    func journey() async throws {
        let sheet = sheet
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let sent = try browser.upload(sheet, name: "<i>.csv", table: "school")
            #expect(sent.status == 303)
            let look = try browser.follow(sent)
            #expect(look.body.contains("<ins>Osh &lt;b&gt;</ins>"))
            #expect(!look.body.contains("<i>.csv"))
            #expect(look.body.contains(Language.en.text("import_new", count: 2)))
            #expect(try await fixture.sql("SELECT 1 FROM school").isEmpty)
            let before = try await fixture.changesets()
            let done = try browser.post(sent.location, browser.form(on: look, to: sent.location))
            #expect(done.status == 303)
            #expect(try await fixture.sql("SELECT id FROM school ORDER BY id") == [[.text("a")], [.text("b")]])
            #expect(try await fixture.changesets() == before + 1)
            let page = try browser.follow(done)
            #expect(try browser.post("/undo", browser.form(on: page, to: "/undo")).status == 303)
            #expect(try await fixture.sql("SELECT 1 FROM school").isEmpty)
        }
    }

    @Test("a header that no column is called can be given one")
    func headers() async throws {
        let sheet = sheet
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let sent = try browser.upload(sheet, name: "s.csv", table: "school")
            let look = try browser.get(sent.location + "?again=1&table=school&map.3=name_ru")
            #expect(look.body.contains("<ins>red</ins>"))
            #expect(try browser.post(sent.location, browser.form(on: look, to: sent.location)).status == 303)
            #expect(try await fixture.text("SELECT name_ru FROM school WHERE id = 'a'") == "red")
        }
    }

    @Test("an upload needs the token, is its sender's alone, and leaves nothing behind where it is refused")
    func refusals() async throws {
        let sheet = sheet
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            #expect(try browser.upload(sheet, name: "s.csv", table: "school", token: "x").status == 403)
            let kept = { try FileManager.default.contentsOfDirectory(atPath: fixture.home.path + "/console/uploads") }
            #expect(try kept().isEmpty)
            let sent = try browser.upload(sheet, name: "s.csv", table: "school")
            #expect(try kept().count == 1)
            let other = Browser(port: browser.port)
            _ = try fixture.signIn(other)
            #expect(try other.get(sent.location).status == 404)
            let odd = try browser.upload("%PDF-1.4", name: "s.pdf", table: "school")
            #expect(try browser.follow(odd).status == 400)
        }
    }

    @Test("what takes its time to work out keeps no page waiting", arguments: ["import", "undo"])
    func aside(work: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            var place: String
            if work == "import" {
                let rows = (0..<60_000).map { "s\($0),School \($0)\n" }.joined()
                place = try browser.upload("id,name_en\n" + rows, name: "s.csv", table: "school").location
            } else {
                try await fixture.node.sql(
                    """
                    INSERT INTO school(id, name_en) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
                    WHERE i < 10000) SELECT 's' || i, 'School ' || i FROM n
                    """)
                place = try #require(try browser.get("/changes").all("<a href=\"/changes/", "\"").first)
                place = "/changes/" + place + "?undo=1"
            }
            let descriptor = try browser.connect()
            defer { close(descriptor) }
            let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            let head = "GET \(place) HTTP/1.1\r\nHost: 127.0.0.1:\(browser.port)\r\nCookie: \(cookies)\r\n\r\n"
            _ = head.withCString { send(descriptor, $0, strlen($0), 0) }
            for _ in 0..<3 { #expect(try browser.get("/records").status == 200) }
            var room = [UInt8](repeating: 0, count: 16)
            #expect(recv(descriptor, &room, room.count, Int32(MSG_DONTWAIT)) < 0)
            #expect(recv(descriptor, &room, room.count, 0) == 16)
            #expect(room.starts(with: Array("HTTP/1.1 200".utf8)))
        }
    }

    @Test("a file whose headers cannot be meant is mapped by hand, column by column")
    func doubtful() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let sent = try browser.upload("id,name_en,name_en\na,Osh,Ош\n", name: "s.csv", table: "school")
            let look = try browser.follow(sent)
            #expect(look.status == 400)
            #expect(look.all("<select name=\"", "\"") == ["map.1", "map.2", "map.3"])
            #expect(look.body.contains("<details open>"))
            #expect(!look.body.contains(Language.en.text("import_nothing")))
            let mapped = try browser.get(sent.location + "?again=1&table=school&map.1=?&map.2=?&map.3=name_ru")
            #expect(mapped.status == 200)
            #expect(try browser.post(sent.location, browser.form(on: mapped, to: sent.location)).status == 303)
            #expect(try await fixture.text("SELECT name_ru FROM school WHERE name_en = 'Osh'") == "Ош")
        }
    }

    @Test("of a file that cannot be read the table that was chosen stays chosen")
    func chosen() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            for table in ["course", "school"] {
                let page = try browser.follow(try browser.upload("%PDF-1.4", name: "s.pdf", table: table))
                #expect(page.status == 400)
                #expect(page.body.contains("<option value=\"\(table)\" selected"))
            }
        }
    }

    @Test("a form is read whole wherever its bytes are cut")
    func boundaries() async throws {
        try await Fixture.run { (fixture) async throws in
            let long = "id,name_en\n" + (0..<4000).map { "k\($0),\r\n-- name \($0)\r\n" }.joined()
            let browser = fixture.browser
            let sent = try browser.upload(long, name: "s.csv", table: "school")
            let id = sent.location.components(separatedBy: "/").last ?? ""
            let file = fixture.home.path + "/console/uploads/" + id
            #expect(try String(contentsOfFile: file, encoding: .utf8) == long)
        }
    }

    @Test("an import writes what was shown, or nothing")
    func unseen() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Old'), ('c', 'Same')")
            let text = "id,name_en\na,New\nb,Naryn\nc,Same\n"
            for sql in [
                "UPDATE school SET name_en = 'Unseen' WHERE id = 'a'", "INSERT INTO school(id) VALUES ('b')",
                "UPDATE school SET name_en = 'Else' WHERE id = 'c'",
            ] {
                let sent = try browser.upload(text, name: "s.csv", table: "school")
                let look = try browser.follow(sent)
                try await fixture.node.sql(sql)
                let before = try await fixture.sql("SELECT * FROM school ORDER BY id")
                let answer = try browser.post(sent.location, browser.form(on: look, to: sent.location))
                #expect(answer.status == 409, "\(sql)")
                #expect(answer.body.contains(Language.en.text("import_changed_since")), "\(sql)")
                #expect(try await fixture.sql("SELECT * FROM school ORDER BY id") == before, "\(sql)")
                // What is shown then is what the button stands for.
                let again = browser.form(on: answer, to: sent.location)
                #expect(try browser.post(sent.location, again).status == 303, "\(sql)")
                #expect(try await fixture.text("SELECT name_en FROM school WHERE id = 'a'") == "New", "\(sql)")
                try await fixture.node.sql("DELETE FROM school WHERE id = 'b'")
                try await fixture.node.sql("UPDATE school SET name_en = 'Old' WHERE id = 'a'")
            }
        }
    }

    @Test("rows that refer to each other by name are imported, though their keys are made when they are written")
    func minted() async throws {
        let schema = """
            CREATE TABLE unit (
                id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))), name_en TEXT,
                parent TEXT REFERENCES unit(id));
            """
        try await Fixture.run(schema: schema) { (fixture) async throws in
            let browser = fixture.browser
            let sent = try browser.upload("name_en,parent\nA,\nB,A\nC,B\n", name: "s.csv", table: "unit")
            let look = try browser.follow(sent)
            #expect(try browser.post(sent.location, browser.form(on: look, to: sent.location)).status == 303)
            #expect(try await fixture.sql("SELECT 1 FROM unit WHERE parent IS NOT NULL").count == 2)
        }
    }
}

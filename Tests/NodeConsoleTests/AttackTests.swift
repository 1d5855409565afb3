import Foundation
import Testing

@testable import NodeConsole

/// Requests of somebody who means no good, as bytes on a socket.
@Suite("Attacks on the console")
struct AttackTests {
    /// Sends bytes, and what is sent bit by bit behind them, and tells the status of the answer; nil where there is
    /// none.
    private func status(_ browser: Browser, _ text: String) -> Int? { try? browser.raw(Array(text.utf8)).status }

    private func head(_ line: String, _ browser: Browser, _ more: String = "") -> String {
        let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        return
            "\(line) HTTP/1.1\r\nHost: 127.0.0.1:\(browser.port)\r\nConnection: close\r\nCookie: \(cookies)\r\n\(more)\r\n"
    }

    @Test(
        "a name that somebody else's DNS leads here gets nothing, in whatever way it is written",
        arguments: [
            "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80@evil.example\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example:7480\r\n\r\n", "GET / HTTP/1.1\r\nHost: \r\n\r\n",
        ])
    func rebinding(request: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            let sent = request.replacingOccurrences(
                of: "\r\n\r\n", with: "\r\nConnection: close\r\nCookie: \(cookies)\r\n\r\n")
            let answer = try browser.raw(Array(sent.utf8))
            #expect([400, 421].contains(answer.status))
            #expect(!answer.body.contains("<nav"))
        }
    }

    @Test("a request that names two hosts is none", arguments: ["evil.example", "127.0.0.1:PORT"])
    func twoHosts(second: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let host = second.replacing("PORT", with: "\(browser.port)")
            let answer = try browser.raw(Array(head("GET /", browser, "host: \(host)\r\n").utf8))
            #expect(answer.status == 400)
            #expect(!answer.body.contains("<nav"))
        }
    }

    @Test(
        "a path that climbs or is written twice leads to no file and to no other site",
        arguments: [
            "/../identity.key", "/..%2f..%2fidentity.key", "/assets/../../identity.key",
            "/assets/x/%2e%2e%2f%2e%2e%2fconfig.yaml", "/download/..%2f..%2fidentity.key", "/sticks/..%2fserving",
            "/%00", "/records/%2e%2e/%2e%2e", "/import/%2e%2e", "//evil.example/", "/\\evil.example",
            "/records/school/%ff%fe", "/changes/%2e%2e/1",
        ])
    func paths(path: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let answer = try browser.raw(Array(head("GET \(path)?lang=ru", browser).utf8))
            #expect(!answer.body.contains("PRIVATE"))
            #expect([303, 400, 404].contains(answer.status))
            #expect(!answer.location.hasPrefix("//"))
            #expect(!answer.location.hasPrefix("/\\"))
            let plain = try browser.raw(Array(head("GET \(path)", browser).utf8))
            #expect([200, 400, 404].contains(plain.status))
            #expect(
                !plain.body.contains(try String(contentsOfFile: fixture.home.path + "/identity.key", encoding: .utf8)))
        }
    }

    @Test("a request that is no request, is cut, or carries what it does not announce ends, and the next is answered")
    func garbage() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let token = try browser.get("/new/school").field("token") ?? ""
            let pieces = [
                "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                head("POST /new/school", browser, "Content-Length: -1\r\n"),
                head("POST /new/school", browser, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
                head(
                    "POST /new/school", browser,
                    "Origin: http://127.0.0.1:\(browser.port)\r\nTransfer-Encoding: chunked\r\n") + "zz\r\n",
                head("POST /new/school", browser, "Content-Type: text/plain\r\nContent-Length: 3\r\n") + "a=%",
            ]
            var statuses: [Int] = []
            for piece in pieces {
                guard let status = status(browser, piece) else { continue }
                statuses.append(status)
                #expect(status >= 400, "\(piece)")
            }
            #expect(!statuses.isEmpty)
            #expect(!token.isEmpty)
            #expect(try browser.get("/").status == 200)
            #expect(try await fixture.sql("SELECT 1 FROM school").isEmpty)
        }
    }

    @Test("a form of ten thousand parts is refused before they are read")
    func parts() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let token = try browser.get("/import").field("token") ?? ""
            let mark = "x-mark"
            var body = "--\(mark)\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n"
            for number in 0..<10_000 {
                body += "--\(mark)\r\nContent-Disposition: form-data; name=\"p\(number)\"\r\n\r\nx\r\n"
            }
            body += "--\(mark)--\r\n"
            for page in ["/import", "/sticks"] {
                let answer = try browser.send(
                    page, body: Array(body.utf8), type: "multipart/form-data; boundary=\(mark)")
                #expect(answer.status == 400)
            }
            let headless = "--\(mark)\r\n" + String(repeating: "x", count: 200_000)
            let answer = try browser.send(
                "/import", body: Array(headless.utf8), type: "multipart/form-data; boundary=\(mark)")
            #expect(answer.status == 400)
            #expect(try browser.get("/").status == 200)
            let kept = try FileManager.default.contentsOfDirectory(atPath: fixture.home.path + "/console/uploads")
            #expect(kept.isEmpty)
        }
    }

    @Test("a file that is larger than is taken is refused, and leaves nothing on the disk")
    func large() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let token = try browser.get("/import").field("token") ?? ""
            let start = """
                --m\r\nContent-Disposition: form-data; name="token"\r\n\r\n\(token)\r\n--m\r\nContent-Disposition: \
                form-data; name="file"; filename="a.csv"\r\n\r\n
                """
            let body =
                Array(start.utf8) + [UInt8](repeating: 0x61, count: Multipart.bytesMax + 1)
                + Array("\r\n--m--\r\n".utf8)
            let answer = try browser.send("/import", body: body, type: "multipart/form-data; boundary=m")
            #expect(answer.status == 413)
            let kept = try FileManager.default.contentsOfDirectory(atPath: fixture.home.path + "/console/uploads")
            #expect(kept.isEmpty)
        }
    }

    @Test("a browser that asks by itself keeps no session alive, and takes no sentence that is meant for another page")
    func following() async throws {
        let sessions = BrowserSessions()
        let cookie = await sessions.begin(address: "a", agent: "b", now: 0)
        #expect(await sessions.session(cookie.text, now: BrowserSessions.idleMax - 1, isSign: false) != nil)
        #expect(await sessions.session(cookie.text, now: BrowserSessions.idleMax + 1) == nil)
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let form = browser.form(on: try browser.get("/new/school"), to: "/new/school").with(["v.id": "a"])
            let done = try browser.post("/new/school", form)
            let said = Language.en.text("done_created")
            #expect(!(try browser.get("/new/school", ["Caravan-Following": "1"]).body.contains(said)))
            #expect(try browser.follow(done).body.contains(said))
            #expect(!(try browser.follow(done).body.contains(said)))
        }
    }

    @Test(
        "script in records and in names of files is shown as the text that it is",
        arguments: [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{{{token}}}",
        ])
    func script(text: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let quoted = text.replacingOccurrences(of: "'", with: "''")
            try await fixture.node.sql(
                "INSERT INTO school(id, name_en, site) VALUES ('a', '\(quoted)', '\(quoted)'), ('\(quoted)', 'b', NULL)"
            )
            let key = text.urlEncoded
            for path in [
                "/", "/records/school", "/records/school/a", "/edit/school/a", "/records/school/\(key)", "/changes",
            ] {
                let page = try browser.get(path + (path.hasPrefix("/records/school/") ? "?history=1&who=1" : ""))
                #expect(!page.body.contains("<script>alert"), "\(path)")
                #expect(!page.body.contains("<img"), "\(path)")
                #expect(!page.body.contains("href=\"javascript"), "\(path)")
            }
            let sent = try browser.upload(
                "id,name_en\nz,\(text.replacingOccurrences(of: "\"", with: ""))\n", name: text, table: "school")
            let look = try browser.follow(sent)
            #expect(!look.body.contains("<script>alert"))
            #expect(!look.body.contains("<img"))
        }
    }

    @Test("a place to which a form leads is one of the console's own")
    func places() {
        #expect("/conflicts?kind=cell".isOwnPlace)
        for text in ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nSet-Cookie: b=c"] {
            #expect(!text.isOwnPlace, "\(text)")
        }
    }
}

import Foundation
import Testing

@testable import NodeConsole

@Suite("What the console lets in")
struct GateTests {
    @Test("a request under another name than the console's is refused, as is one without a name")
    func host() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            #expect(try browser.get("/", ["Host": "evil.example"]).status == 421)
            #expect(try browser.get("/", ["Host": "evil.example:\(browser.port)"]).status == 421)
            #expect(try browser.get("/", ["Host": "127.0.0.1:1"]).status == 421)
            #expect(try browser.get("/", ["Host": "localhost:\(browser.port)"]).status == 200)
        }
    }

    @Test("a form needs the origin of the console and the token of the session")
    func forms() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let page = try browser.get("/new/school")
            let form = browser.form(on: page, to: "/new/school").with(["v.id": "a"])
            #expect(try browser.post("/new/school", form, ["Origin": "http://evil.example"]).status == 403)
            #expect(try browser.post("/new/school", form, ["Origin": "null"]).status == 403)
            #expect(try browser.post("/new/school", form, ["Sec-Fetch-Site": "cross-site"]).status == 403)
            #expect(try browser.post("/new/school", form.with(["token": "x"])).status == 403)
            let other = Browser(port: browser.port)
            _ = try fixture.signIn(other)
            #expect(try other.post("/new/school", form).status == 403)
            #expect(try await fixture.sql("SELECT 1 FROM school").isEmpty)
            #expect(try browser.post("/new/school", form).status == 303)
            #expect(try await fixture.sql("SELECT 1 FROM school").count == 1)
        }
    }

    @Test(
        "nobody who is not signed in sees or writes anything",
        arguments: [
            "/", "/records", "/records/school", "/records/school/a", "/conflicts", "/changes", "/alliance", "/import",
            "/export/school", "/pick/school", "/events", "/sessions",
        ])
    func strangers(path: String) async throws {
        try await Fixture.run(signingIn: false) { (fixture) async throws in
            let answer = try fixture.browser.get(path)
            #expect(answer.status == 401)
            #expect(!answer.body.contains("<nav"))
        }
    }

    @Test(
        "every answer keeps other sites, scripts and frames out", arguments: ["/", "/nothing", "/sign-in", "/healthz"])
    func headers(path: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let answer = try fixture.browser.get(path)
            let policy = answer.header("Content-Security-Policy") ?? ""
            #expect(policy.hasPrefix("default-src 'none'"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("Referrer-Policy") == "same-origin")
        }
    }

    @Test("no page has script or style within it, or anything from elsewhere")
    func nothingInline() {
        for (name, text) in Templates.texts {
            #expect(!text.contains("style=\""), "\(name)")
            #expect(!text.contains("<script>"), "\(name)")
            #expect(!text.contains("onclick"), "\(name)")
            #expect(!text.contains("src=\"http"), "\(name)")
        }
    }

    @Test("nothing but the drawing of a code goes into a page as it is")
    func unescaped() {
        let raw = Templates.texts.values.flatMap { $0.components(separatedBy: "{{{").dropFirst() }
        #expect(raw.map { $0.components(separatedBy: "}}}")[0] } == ["picture"])
    }

    @Test("headers and forms have their limits")
    func limits() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let long = String(repeating: "a", count: 17 << 10)
            let status = try browser.get("/", ["X-Long": long]).status
            #expect(status == 431)
            let token = try browser.get("/new/school").field("token") ?? ""
            let large = String(repeating: "b", count: 5 << 20)
            #expect(try browser.post("/new/school", [("token", token), ("v.name_en", large)]).status == 413)
            #expect(try browser.get("/").status == 200)
        }
    }

    @Test("an address from which nobody signed in has at most eight connections")
    func crowd() {
        let crowd = Crowd()
        for _ in 0..<Crowd.strangerMax { #expect(crowd.enter("a", now: 0)) }
        #expect(!crowd.enter("a", now: 0))
        #expect(crowd.enter("b", now: 0))
        crowd.trust("a", of: "one", now: 0)
        #expect(crowd.enter("a", now: 0))
        // No longer than somebody is signed in there.
        #expect(!crowd.enter("a", now: BrowserSessions.idleMax))
        crowd.trust("a", of: "two", now: BrowserSessions.idleMax)
        #expect(crowd.enter("a", now: BrowserSessions.idleMax))
        crowd.distrust("two")
        #expect(!crowd.enter("a", now: BrowserSessions.idleMax))
    }

    @Test(
        "tricks with paths lead nowhere",
        arguments: [
            "/records/school/..%2f..%2fidentity.key", "/assets/x/..%2f..%2fidentity.key",
            "/import/..%2f..%2fidentity.key",
            "/records/caravan_meta", "/records/sqlite_master", "/records/school/%00", "/changes/x/y",
            "/records/school%22%3B%20DROP%20TABLE%20school", "/edit/school/none", "/merge/school/a?into=b",
        ])
    func paths(path: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let answer = try fixture.browser.get(path)
            #expect(answer.status == 404)
            #expect(try await fixture.sql("SELECT count(*) FROM school") == [[.integer(0)]])
        }
    }

    @Test("beyond this machine the console speaks TLS alone")
    func onlyTLS() {
        #expect(ConsoleSite.isLoopback("127.0.0.1"))
        #expect(ConsoleSite.isLoopback("localhost"))
        #expect(!ConsoleSite.isLoopback("127.example"))
        #expect(!ConsoleSite.isLoopback("0.0.0.0"))
        let site = ConsoleSite(host: "0.0.0.0", port: 7480, isSecure: true, names: ["campus.example"])
        #expect(site.cookieName.hasPrefix("__Host-"))
        #expect(site.isOwn(authority: "campus.example:7480"))
        #expect(site.isOwn(authority: "192.0.2.7:7480"))
        #expect(!site.isOwn(authority: "evil.example:7480"))
        #expect(site.isOwn(origin: "https://campus.example:7480", of: "campus.example:7480"))
        #expect(!site.isOwn(origin: "http://campus.example:7480", of: "campus.example:7480"))
        #expect(!site.isOwn(origin: "https://192.0.2.9:7480", of: "192.0.2.7:7480"))
    }

    @Test("health, readiness and measures are told without signing in")
    func health() async throws {
        try await Fixture.run(signingIn: false) { (fixture) async throws in
            #expect(try fixture.browser.get("/healthz").body == "ok\n")
            #expect(try fixture.browser.get("/readyz").status == 200)
            #expect(
                try fixture.browser.get("/metrics").header("Content-Type")?.hasPrefix("text/plain; version=") == true)
        }
    }
}

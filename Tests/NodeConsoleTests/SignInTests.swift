import Foundation
import Testing

@testable import NodeConsole

@Suite("Signing in to the console")
struct SignInTests {
    @Test("a link signs in once, and no second time")
    func once() async throws {
        try await Fixture.run(signingIn: false) { (fixture) async throws in
            let (link, browser) = (try fixture.linkPath(), fixture.browser)
            #expect(try browser.get("/").status == 401)
            let entered = try browser.get(link)
            #expect(entered.status == 303)
            #expect(try browser.get("/").status == 200)
            let other = Browser(port: browser.port)
            #expect(try other.get(link).status == 403)
            #expect(try other.get("/").status == 401)
        }
    }

    @Test("the cookie is for this site and no script, and what is kept of links and cookies are hashes")
    func cookie() async throws {
        try await Fixture.run(signingIn: false) { (fixture) async throws in
            let link = try fixture.linkPath()
            let secret = link.components(separatedBy: "secret=")[1]
            let files = try FileManager.default.contentsOfDirectory(atPath: fixture.home.path + "/console")
            #expect(files.contains("link-" + Secret.hash(secret)))
            #expect(!files.contains { $0.contains(secret) })
            let set = try fixture.browser.get(link).header("Set-Cookie") ?? ""
            #expect(set.contains("HttpOnly"))
            #expect(set.contains("SameSite=Strict"))
            let value = set.components(separatedBy: ";")[0].components(separatedBy: "=")[1]
            #expect(value.count == 64)
        }
    }

    @Test("a link that is older than ten minutes is worth nothing")
    func old() throws {
        let path = FileManager.default.temporaryDirectory.path + "/caravan-links-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = ConsoleFolder(.init(path: path))
        let secret = try folder.issue(now: 1_000_000)
        #expect(!folder.redeem(secret.text, now: 1_000_000 + ConsoleFolder.linkLasts))
        let next = try folder.issue(now: 1_000_000)
        #expect(folder.redeem(next.text, now: 999_999 + ConsoleFolder.linkLasts))
        #expect(!folder.redeem(next.text, now: 1_000_001))
        let rights = try FileManager.default.attributesOfItem(atPath: path + "/console")[.posixPermissions]
        #expect(rights as? Int == 0o700)
    }

    @Test("a session ends twelve hours after its last request")
    func idle() async {
        let sessions = BrowserSessions()
        let cookie = await sessions.begin(address: "a", agent: "b", now: 0)
        #expect(await sessions.session(cookie.text, now: BrowserSessions.idleMax - 1) != nil)
        #expect(await sessions.session(cookie.text, now: 2 * BrowserSessions.idleMax - 2) != nil)
        #expect(await sessions.session(cookie.text, now: 3 * BrowserSessions.idleMax) == nil)
    }

    @Test("whoever tries many secrets is slowed, then refused")
    func guessing() async {
        let sessions = BrowserSessions()
        for _ in 0..<3 { await sessions.fail(now: 1000) }
        #expect(await sessions.wait(now: 1001).map { $0 > .zero } == true)
        for _ in 0..<20 { await sessions.fail(now: 2000) }
        #expect(await sessions.wait(now: 2001) == nil)
        #expect(await sessions.wait(now: 70_000) == .zero)
    }

    @Test("sessions are listed, and signing out ends one")
    func signOut() async throws {
        try await Fixture.run { (fixture) async throws in
            let (one, other) = (fixture.browser, Browser(port: fixture.browser.port))
            _ = try fixture.signIn(other)
            let list = try one.get("/sessions")
            #expect(list.all("name=\"id\" value=\"", "\"").count == 2)
            let form = one.form(on: list, to: "/sign-out")
            #expect(try one.post("/sign-out", form).status == 303)
            #expect(try one.get("/").status == 401)
            #expect(try other.get("/").status == 200)
        }
    }

    @Test("a browser that comes by a link on another site is led on by a page of this one")
    func crossSite() async throws {
        try await Fixture.run(signingIn: false) { (fixture) async throws in
            let entered = try fixture.browser.get(try fixture.linkPath(), ["Sec-Fetch-Site": "cross-site"])
            #expect(entered.status == 200)
            #expect(entered.body.contains("http-equiv=\"refresh\""))
        }
    }
}

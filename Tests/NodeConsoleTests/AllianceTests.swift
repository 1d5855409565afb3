import Foundation
import SyncNode
import Testing

@testable import NodeConsole

@Suite("Members and peers in the console")
struct AllianceTests {
    @Test("an invitation is shown once, with its picture, and can be withdrawn")
    func invite() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let form = browser.form(on: try browser.get("/alliance"), to: "/alliance/invite")
            let page = try browser.post("/alliance/invite", form.with(["addresses": "campus.example:7410"]))
            let code = try #require(page.all("<pre class=\"code\">", "</pre>").first)
            #expect(code.hasPrefix("caravan1-"))
            #expect(page.body.contains("<svg"))
            let later = try browser.get("/alliance")
            #expect(!later.body.contains(code))
            let withdraw = browser.form(on: later, to: "/alliance/withdraw")
            #expect(try browser.post("/alliance/withdraw", withdraw).status == 303)
            #expect(try await fixture.node.peers.invitations().isEmpty)
        }
    }

    @Test("an admin changes a role, and retires a member once that is confirmed")
    func members() async throws {
        try await Alliance.run { (alliance) async throws in
            let (node, browser) = (alliance.fixture.node, alliance.fixture.browser)
            func role() async throws -> String? {
                try await node.reports.members().first { $0.name == "other" }?.role?.rawValue
            }
            let change = browser.form(on: try browser.get("/alliance"), to: "/alliance/role")
            #expect(try browser.post("/alliance/role", change.with(["role": "reader"])).status == 303)
            #expect(try await role() == "reader")
            let retire = browser.form(on: try browser.get("/alliance"), to: "/alliance/retire")
            #expect(try browser.post("/alliance/retire", retire.with(["sure": ""])).status == 303)
            #expect(try await role() == "reader")
            let again = browser.form(on: try browser.get("/alliance"), to: "/alliance/retire")
            #expect(try browser.post("/alliance/retire", again.with(["sure": "1"])).status == 303)
            #expect(try await role() == nil)
        }
    }

    @Test("a peer is added, met at once by a click, and removed")
    func peers() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let add = browser.form(on: try browser.get("/alliance"), to: "/alliance/peer")
            let wrong = try browser.post("/alliance/peer", add.with(["name": "far", "addresses": "no address"]))
            #expect(wrong.status == 400)
            let fields = add.with(["name": "far", "addresses": "127.0.0.1:1", "windows": "02:00-05:00", "rate": "32k"])
            #expect(try browser.post("/alliance/peer", fields).status == 303)
            #expect(try await fixture.node.peers.list().map(\.name) == ["far"])
            let sync = browser.form(on: try browser.get("/alliance"), to: "/alliance/sync")
            let met = try browser.follow(try browser.post("/alliance/sync", sync))
            #expect(met.body.contains("far: failed"))
            let remove = browser.form(on: try browser.get("/alliance"), to: "/alliance/remove")
            #expect(try browser.post("/alliance/remove", remove).status == 303)
            #expect(try await fixture.node.peers.list().isEmpty)
        }
    }

    @Test("the overview says with how many the node is in sync, and what is open")
    func overview() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh')")
            try await alliance.apart(
                here: "UPDATE school SET name_en = 'x' WHERE id = 'a'",
                there: "UPDATE school SET name_en = 'y' WHERE id = 'a'")
            // What the other one took last is known here once it comes again.
            try await alliance.meet()
            let page = try browser.get("/")
            #expect(page.body.contains(Language.en.text("sync_with", "1", "1")))
            #expect(page.body.contains(Language.en.text("n_conflicts", count: 1)))
            #expect(page.body.contains("/records/school"))
            #expect(try browser.get("/?check=1").status == 200)
        }
    }
}

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

    @Test("a peer with a name of which something is not seen is met and removed like any other")
    func unseenName() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.peers.add(name: "far\u{202E}off", addresses: ["127.0.0.1:1"])
            let sync = browser.form(on: try browser.get("/alliance"), to: "/alliance/sync")
            let met = try browser.follow(try browser.post("/alliance/sync", sync))
            #expect(met.body.contains("far\\u{202E}off: failed"))
            let remove = browser.form(on: try browser.get("/alliance"), to: "/alliance/remove")
            #expect(try browser.post("/alliance/remove", remove).status == 303)
            #expect(try await fixture.node.peers.list().isEmpty)
        }
    }

    @Test("why a peer was not met is said in the reader's language")
    func lastError() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.peers.add(name: "far", addresses: ["127.0.0.1:1"])
            _ = try await fixture.node.dialler.sync()
            #expect(try browser.get("/").body.contains("Cannot connect"))
            for language in ["ru", "zh"] {
                browser.language = language
                for path in ["/", "/alliance"] {
                    let page = try browser.get(path)
                    #expect(page.body.contains("127.0.0.1:1"))
                    #expect(!page.body.contains("Cannot connect"))
                }
            }
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

    @Test("a member whose right was ended is nobody to be in sync with, and is not watched")
    func retired() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await alliance.meet()
            _ = try await fixture.node.members.setRole(of: "other", to: nil)
            try await fixture.node.sql("INSERT INTO school(id) VALUES ('a')")
            let page = try browser.get("/")
            #expect(page.body.contains(Language.en.text("sync_alone")))
            #expect(!page.body.contains("<tr><th scope=\"row\">other</th>"))
            // One that is dialled can still be removed.
            try await fixture.node.peers.add(name: "other", addresses: ["127.0.0.1:1"])
            let list = try browser.get("/alliance")
            #expect(list.body.contains("<td><span class=\"\">\(Language.en.text("role_retired"))</span>"))
            let remove = browser.form(on: list, to: "/alliance/remove")
            #expect(try browser.post("/alliance/remove", remove).status == 303)
        }
    }

    @Test("an invitation that is asked for twice by one form is one invitation, and its code is shown again")
    func inviteTwice() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let given = ["addresses": "campus.example:7410"]
            let form = browser.form(on: try browser.get("/alliance"), to: "/alliance/invite").with(given)
            func code() throws -> String? {
                try browser.post("/alliance/invite", form).all("<pre class=\"code\">", "</pre>").first
            }
            let first = try code()
            #expect(first?.hasPrefix("caravan1-") == true)
            #expect(try code() == first)
            #expect(try await fixture.node.peers.invitations().count == 1)
            // Another form is another invitation.
            let other = browser.form(on: try browser.get("/alliance"), to: "/alliance/invite")
            let page = try browser.post("/alliance/invite", other.with(given))
            #expect(page.all("<pre class=\"code\">", "</pre>").first != first)
            #expect(try await fixture.node.peers.invitations().count == 2)
        }
    }

    @Test("a code is kept for a moment, and then only that there was one")
    func invitedBefore() async {
        let made = MadeInvitations()
        func code(_ now: Int64) async -> String? {
            switch await made.find("form", now: now) {
            case .code(let code)?: code
            case .before?: ""
            case nil: nil
            }
        }
        #expect(await code(0) == nil)
        await made.keep("caravan1-x", of: "form", now: 0)
        #expect(await code(60_000) == "caravan1-x")
        #expect(await code(180_000) == "")
        for number in 0..<64 { await made.keep("x", of: "\(number)", now: 180_000) }
        #expect(await code(180_000) == nil)
    }

    @Test(
        "a form that is refused comes back as it was sent, with the sentence in it",
        arguments: [
            ("peer", "addresses", "no address"), ("peer", "rate", "fast"), ("peer", "windows", "at-night"),
            ("invite", "days", "many"), ("invite", "addresses", "no address"),
        ])
    func typed(form: String, field: String, text: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let (browser, path) = (fixture.browser, "/alliance/" + form)
            let given = ["name": "far", "addresses": "127.0.0.1:1", "role": "reader"].merging([field: text]) { $1 }
            let answer = try browser.post(path, browser.form(on: try browser.get("/alliance"), to: path).with(given))
            #expect(answer.status == 400)
            #expect(answer.body.contains("role=\"alert\""))
            let again = browser.form(on: answer, to: path)
            #expect(again.first { $0.0 == field }?.1.contains(text) == true)
            for (name, value) in given where again.contains(where: { $0.0 == name }) {
                #expect(again.first { $0.0 == name }?.1 == value, "\(name)")
            }
            #expect(try await fixture.node.peers.list().isEmpty)
            #expect(try await fixture.node.peers.invitations().isEmpty)
        }
    }
}

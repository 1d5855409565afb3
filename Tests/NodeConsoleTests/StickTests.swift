import Foundation
import ReplicaModel
@testable import SyncNode
import Testing

@testable import NodeConsole

@Suite("Sync by files in the console")
struct StickTests {
    /// Sends a file with the form of the page of members and peers.
    private func send(_ bytes: [UInt8], named name: String, _ browser: Browser) throws -> Answer {
        let token = try browser.get("/alliance").field("token") ?? ""
        var body = "--m\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n--m\r\n"
        body += "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
        return try browser.send(
            "/sticks", body: Array(body.utf8) + bytes + Array("\r\n--m--\r\n".utf8),
            type: "multipart/form-data; boundary=m")
    }

    @Test("what another node wrote is shown before it is taken in, and then is here")
    func takes() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await alliance.other.sql("INSERT INTO school(id, name_en) VALUES ('far', 'Osh')")
            let file = fixture.home.path + "-stick.bundle"
            defer { try? FileManager.default.removeItem(atPath: file) }
            _ = try await alliance.other.bundles.export(to: file, .all, encrypt: false)
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
            let sent = try send(bytes, named: "<b>.bundle", browser)
            #expect(sent.status == 303)
            let look = try browser.follow(sent)
            #expect(look.body.contains("other"))
            #expect(look.body.contains(Language.en.text("n_changesets", count: 1)))
            #expect(!look.body.contains("<b>"))
            #expect(try await fixture.sql("SELECT 1 FROM school").isEmpty)
            let done = try browser.post(sent.location, browser.form(on: look, to: sent.location))
            #expect(done.location == "/alliance")
            #expect(try await fixture.text("SELECT name_en FROM school") == "Osh")
            #expect(
                try browser.follow(done).body.contains(Language.en.text("stick_taken", "1", "1", "0", "0").prefix(20)))
            #expect(try browser.get(sent.location).status == 404)
        }
    }

    @Test("of a file that waited and is none any more it is said that it was deleted, and not where it lay")
    func shelf() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            let (file, folder) = (fixture.home.path + "-stick.bundle", fixture.home.path + "/bundles")
            defer { try? FileManager.default.removeItem(atPath: file) }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let name = String(repeating: "0", count: 32) + ".waiting"
            try Data("no bundle".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
            _ = try await alliance.other.bundles.export(to: file, .all, encrypt: false)
            let sent = try send([UInt8](try Data(contentsOf: URL(fileURLWithPath: file))), named: "b", browser)
            let done = try browser.post(sent.location, browser.form(on: try browser.follow(sent), to: sent.location))
            let page = try browser.follow(done).body
            #expect(page.contains(Language.en.text("stick_removed", "bundles/" + name)))
            #expect(!page.contains(fixture.home.path))
            #expect(!FileManager.default.fileExists(atPath: folder + "/" + name))
        }
    }

    @Test("what a member lacks, and what this node has, are files to take away, for whoever asked for them alone")
    func gives() async throws {
        try await Alliance.run { (alliance) async throws in
            let (fixture, browser) = (alliance.fixture, alliance.fixture.browser)
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('near', 'Almaty')")
            let site = try await alliance.other.reports.status(digest: false).site.hex
            let form = browser.form(on: try browser.get("/alliance"), to: "/sticks/export").filter { $0.0 != "encrypt" }
            let made = try browser.post("/sticks/export", form.with(["to": site]))
            #expect(made.status == 303)
            let stranger = Browser(port: browser.port)
            _ = try fixture.signIn(stranger)
            #expect(try stranger.get(made.location).status == 404)
            let given = try browser.get(made.location)
            #expect(given.header("Content-Disposition") == "attachment; filename=\"for-other.bundle\"")
            let request = try browser.post(
                "/sticks/request", browser.form(on: try browser.get("/alliance"), to: "/sticks/request"))
            #expect(try browser.get(request.location).status == 200)
            let files = try FileManager.default.contentsOfDirectory(atPath: fixture.home.path + "/console/uploads")
            let all = files.map { fixture.home.path + "/console/uploads/" + $0 }
            #expect(all.count == 2)
            let taken = try await alliance.other.bundles.take(all)
            #expect(taken.held == 1)
            #expect(taken.refusals.isEmpty)
        }
    }

    @Test("of very many feeds of a file, and of what has to come first, the first hundred are listed")
    func bounded() throws {
        func feed(_ number: UInt64) throws -> FeedID {
            let site = SiteID(try #require(Bytes32(repeatElement(UInt8(1), count: 32))))
            return FeedID(site: site, incarnation: Incarnation(number), scope: .alliance)
        }
        let feeds = try (1...101).map { try feed($0) }
        let end = HashPrefix(try #require(Bytes32(repeatElement(UInt8(2), count: 32))))
        let spans = FeedSpan.spans(of: feeds.map { FeedRange(feed: $0, first: 1, last: 2, end: end) })
        func texts(_ facts: [Facts]) -> [String] { facts.compactMap { $0["text"] as? String } }
        let shown = texts(SticksPage.feeds(spans) { _ in "Osh" })
        #expect(shown.count == 101)
        #expect(shown.first == "Osh: 1–2")
        #expect(shown.last == "…")
        #expect(texts(SticksPage.feeds(Array(spans.dropLast())) { _ in "Osh" }).last == "Osh: 1–2")
        let missing = Dictionary(uniqueKeysWithValues: feeds.map { ($0, UInt64(5)) })
        let first = texts(SticksPage.missing(missing, .en) { "\($0.incarnation.bits)" })
        #expect(first.count == 101)
        #expect(first[99] == Language.en.text("stick_up_to", "100", "5"))
        #expect(first.last == "…")
    }

    @Test("a file that is none is named as its sender called it")
    func wrong() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let page = try browser.follow(try send(Array("no bundle at all".utf8), named: "photo.jpg", browser))
            #expect(page.status >= 400)
            #expect(page.body.contains("photo.jpg"))
            #expect(!page.body.contains(fixture.home.path))
        }
    }
}

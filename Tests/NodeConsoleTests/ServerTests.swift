import Foundation
import SyncNode
import Testing

@testable import NodeConsole

@Suite("The console as a server")
struct ServerTests {
    private func send(_ method: String, _ path: String, _ fixture: Fixture) throws -> Answer {
        let cookies = fixture.browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(fixture.browser.port)\r\nConnection: close\r\n"
        return try fixture.browser.raw(Array((head + "Cookie: \(cookies)\r\n\r\n").utf8))
    }

    @Test("who asks for the headers of a page gets them as with the page, and no body")
    func head() async throws {
        try await Fixture.run { (fixture) async throws in
            for (path, status) in [
                ("/", 200), ("/healthz", 200), ("/records/school", 200), ("/nothing", 404), ("/events", 200),
                (Asset.style.path, 200),
            ] {
                let answer = try send("HEAD", path, fixture)
                #expect(answer.status == status, "\(path)")
                #expect(answer.body.isEmpty, "\(path)")
            }
            let (link, other) = (try fixture.linkPath(), Browser(port: fixture.browser.port))
            #expect(try send("HEAD", link, fixture).status == 200)
            #expect(try other.get(link).status == 303)
        }
    }

    @Test("what has no page is said to be so on a page, however deep it lies and however it is asked for")
    func missing() async throws {
        try await Fixture.run { (fixture) async throws in
            for path in [
                "/nothing", "/undo", "/conflicts/settle", "/new", "/edit/school", "/records/school/a/b",
                "/changes/x/y/z", "/help/x",
            ] {
                for method in ["GET", "OPTIONS", "PUT", "DELETE"] {
                    let answer = try send(method, path, fixture)
                    #expect(answer.status == 404, "\(method) \(path)")
                    #expect(answer.body.contains(Language.en.text("error_not_found")), "\(method) \(path)")
                    #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
                }
                #expect(try send("HEAD", path, fixture).body.isEmpty)
                #expect(try Browser(port: fixture.browser.port).get(path).body.contains("caravan console"))
            }
        }
    }

    @Test(
        "an address that is none is refused before anybody listens",
        arguments: [
            "http://127.0.0.1:0", "a:1:2", "7480", ":7480", "a:", "a:70000", "::1:7480",
        ])
    func address(text: String) {
        let error = #expect(throws: NodeError.self) {
            try ConsoleServer(home: NodeHome(path: "/nonexistent"), listen: text)
        }
        #expect(error?.kind == .usage)
        #expect(error?.message.contains("is not an address HOST:PORT") == true)
    }

    @Test("why an address cannot be listened on is said in words alone")
    func unlistenable() async throws {
        try await Fixture.run(signingIn: false) { (fixture) async throws in
            let home = NodeHome(path: fixture.home.path + "-second")
            try FileManager.default.createDirectory(atPath: home.path, withIntermediateDirectories: true)
            for host in ["no-such-host.invalid", "192.0.2.1", "127.0.0.1:\(fixture.browser.port)"] {
                let address = host.contains(":") ? host : host + ":0"
                let server = try ConsoleServer(home: home, listen: address)
                let error = await #expect(throws: NodeError.self) {
                    try await server.run(log: LogOptions(level: .error)) { _ in }
                }
                #expect(error?.kind == .usage, "\(host)")
                for raw in ["errno", "Error", "bind(", "descriptor"] { #expect(error?.message.contains(raw) == false) }
            }
        }
    }

    @Test("a certificate and a key that cannot be used are told apart from those that do not belong together")
    func certificate() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/caravan-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let homes = ["one", "two"].map { NodeHome(path: folder + "/" + $0) }
        for home in homes {
            try FileManager.default.createDirectory(atPath: home.path, withIntermediateDirectories: true)
            _ = try ConsoleCertificate(try home.consoleSettings(), in: home)
        }
        let files = homes.map { ($0.path + "/console/certificate.pem", $0.path + "/console/key.pem") }
        func message(_ certificate: String, _ key: String) throws -> String? {
            let text = "consoleCertificate: \(certificate)\nconsoleKey: \(key)\n"
            try Data(text.utf8).write(to: URL(fileURLWithPath: homes[0].path + "/config.yaml"))
            do {
                _ = try ConsoleCertificate(try homes[0].consoleSettings(), in: homes[0])
                return nil
            } catch { return error.message }
        }
        #expect(try message(files[0].0, files[0].1) == nil)
        #expect(try message(files[0].0, files[1].1)?.contains("do not belong together") == true)
        #expect(try message(files[0].1, files[0].1)?.contains("is no PEM file of certificates") == true)
        #expect(try message(files[0].0, files[0].0)?.contains("is no PEM file of a key") == true)
        #expect(try message(folder + "/none", files[0].1)?.contains("is no PEM file of certificates") == true)
    }

    @Test("what another program wrote while nobody served is sealed when somebody does, though nobody writes more")
    func unsealed() async throws {
        try await Fixture.run { (fixture) async throws in
            let writer = Process()
            writer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            writer.arguments = [
                "sqlite3", fixture.home.path + "/replica.sqlite", "INSERT INTO school(id, name_en) VALUES ('a', 'Osh')",
            ]
            try writer.run()
            writer.waitUntilExit()
            #expect(try fixture.browser.get("/records/school/a").status == 404)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await fixture.node.serve(listen: "127.0.0.1:0") { _ in } }
                group.addTask {
                    for _ in 0..<200 where try fixture.browser.get("/records/school/a").status != 200 {
                        try await Task.sleep(for: .milliseconds(50))
                    }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
            #expect(try fixture.browser.get("/records/school/a").status == 200)
        }
    }

    @Test("bytes of a form that are no text are refused, and not written as something else")
    func bytes() async throws {
        try await Fixture.run { (fixture) async throws in
            let token = try fixture.browser.get("/new/school").field("token") ?? ""
            let body = Array("token=\(token)&v.id=".utf8) + [0xFF, 0xFE]
            let answer = try fixture.browser.send(
                "/new/school", body: body, type: "application/x-www-form-urlencoded")
            #expect(answer.status == 400)
            #expect(try await fixture.sql("SELECT 1 FROM school").isEmpty)
        }
    }

    @Test("a workbook that the disk does not take is the disk's fault, and not that of who asked for it")
    func workbook() async throws {
        try await Fixture.run { (fixture) async throws in
            try FileManager.default.removeItem(atPath: fixture.home.path + "/console/uploads")
            let answer = try fixture.browser.get("/export/school?format=xlsx")
            #expect(answer.status == 503)
            #expect(answer.body.contains(Language.en.text("error_disk")))
        }
    }

    @Test("a form that does not come in time is told so")
    func late() async throws {
        await #expect(throws: PageError.self) {
            try await withDeadline(of: .zero) { try await Task.sleep(for: .seconds(600)) }
        }
    }

    @Test("names that config.yaml has when it is read anew are the console's")
    func names() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let host = ["Host": "campus.example:\(browser.port)"]
            #expect(try browser.get("/healthz", host).status == 421)
            let file = fixture.home.path + "/config.yaml"
            let before = try String(contentsOfFile: file, encoding: .utf8)
            try (before + "\nconsoleNames: [campus.example]\n").write(toFile: file, atomically: true, encoding: .utf8)
            fixture.server.reload()
            #expect(try browser.get("/healthz", host).status == 200)
            try (before + "\nconsoleNames: 5: 6\n").write(toFile: file, atomically: true, encoding: .utf8)
            fixture.server.reload()
            #expect(try browser.get("/healthz", host).status == 200)
            try before.write(toFile: file, atomically: true, encoding: .utf8)
            fixture.server.reload()
            #expect(try browser.get("/healthz", host).status == 421)
        }
    }

    @Test("a right link signs in however many wrong ones came before")
    func flood() async throws {
        try await Fixture.run(signingIn: false) { (fixture) async throws in
            let sessions = BrowserSessions()
            for _ in 0..<40 { await sessions.fail(now: Clock.now) }
            #expect(await sessions.wait(now: Clock.now) == nil)
            for _ in 0..<3 { #expect(try fixture.browser.get("/sign-in?secret=x").status == 403) }
            #expect(try fixture.signIn().status == 303)
        }
    }

    @Test("open pages leave connections for others, however many of them listen")
    func connections() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            let head = "GET /events HTTP/1.1\r\nHost: 127.0.0.1:\(browser.port)\r\nCookie: \(cookies)\r\n\r\n"
            var open: [Int32] = []
            defer { for descriptor in open { close(descriptor) } }
            for _ in 0..<80 {
                let descriptor = try browser.connect()
                open.append(descriptor)
                _ = head.withCString { Glibc.send(descriptor, $0, strlen($0), 0) }
                var room = [UInt8](repeating: 0, count: 16)
                #expect(recv(descriptor, &room, room.count, 0) == 16)
            }
            #expect(try browser.get("/").status == 200)
        }
    }

    @Test("one session listens no more often than a browser has connections to spare: the oldest page gives way")
    func streams() async {
        let news = News()
        var streams: [AsyncStream<Void>] = []
        for _ in 0...News.sessionMax { streams.append(await news.listen("a", since: nil).news) }
        streams.append(await news.listen("b", since: nil).news)
        await news.tell()
        var heard: [Bool] = []
        for stream in streams { heard.append(await stream.first { _ in true } != nil) }
        #expect(heard == [false] + Array(repeating: true, count: News.sessionMax + 1))
        var all: [AsyncStream<Void>] = []
        for number in 0...News.listenersMax { all.append(await news.listen("s\(number)", since: -1).news) }
        for stream in streams.dropFirst() { #expect(await stream.first { _ in true } == nil) }
        #expect(all.count == News.listenersMax + 1)
    }

    @Test("the overview of a node whose right was ended begins with that")
    func retired() async throws {
        try await Alliance.run { (alliance) async throws in
            let fixture = alliance.fixture
            try await alliance.meet()
            _ = try await fixture.node.members.setRole(of: "other", to: .admin)
            _ = try await fixture.node.members.setRole(of: "here", to: nil)
            let page = try fixture.browser.get("/")
            #expect(page.all("<p class=\"lead", "</p>").first?.contains(Language.en.text("retired_lead")) == true)
            #expect(page.body.contains(Language.en.text("role_retired")))
        }
    }
}

import Foundation
import Testing

@testable import NodeConsole

@Suite("Pages that follow")
struct LiveTests {
    @Test("an open page hears of what any program writes")
    func events() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            let descriptor = try browser.connect()
            defer { close(descriptor) }
            let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            let head =
                "GET /events HTTP/1.1\r\nHost: 127.0.0.1:\(browser.port)\r\nCookie: \(cookies)\r\n\r\n"
            _ = head.withCString { send(descriptor, $0, strlen($0), 0) }
            func read(until wanted: String) -> Bool {
                var text = ""
                var room = [UInt8](repeating: 0, count: 4096)
                while !text.contains(wanted) {
                    let count = recv(descriptor, &room, room.count, 0)
                    guard count > 0 else { return false }
                    text += String(decoding: room[..<count], as: UTF8.self)
                }
                return true
            }
            #expect(read(until: "retry: 3000"))
            try await fixture.node.sql("INSERT INTO school(id) VALUES ('a')")
            #expect(read(until: "event: written"))
        }
    }

    @Test("a page hears of what was written after it was asked for and before it listened")
    func between() async {
        let news = News()
        let seen = await news.count
        await news.tell()
        var heard = 0
        let (told, number) = await news.listen("s", since: seen)
        for await _ in told {
            heard += 1
            await news.leave(number)
        }
        #expect(heard == 1)
    }

    @Test("a page that asks by itself has nothing made again that it would throw away")
    func spared() async throws {
        try await Fixture.run { (fixture) async throws in
            let (browser, following) = (fixture.browser, ["Caravan-Following": "1"])
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh'), ('b', 'Almaty')")
            try await fixture.node.sql("DELETE FROM school WHERE id = 'b'")
            for place in ["/records/school/a?history=1", "/records/school/b?history=1"] {
                #expect(try browser.get(place).body.contains("id=\"history\""), "\(place)")
                #expect(try !browser.get(place, following).body.contains("id=\"history\""), "\(place)")
            }
            let well = "<p class=\"good\">" + Language.en.text("check_well")
            #expect(try browser.get("/?check=1").body.contains(well))
            #expect(try !browser.get("/?check=1", following).body.contains(well))
        }
    }

    @Test("every part of a page that follows has a name of its own")
    func names() {
        for (page, text) in Templates.texts {
            let parts = text.components(separatedBy: "data-live id=\"").dropFirst().map {
                $0.components(separatedBy: "\"")[0]
            }
            #expect(Set(parts).count == parts.count, "\(page)")
            #expect(text.components(separatedBy: "data-live").count - 1 <= parts.count + 1, "\(page)")
        }
    }
}

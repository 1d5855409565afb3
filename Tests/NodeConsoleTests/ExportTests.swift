import Foundation
import Testing

@testable import NodeConsole

@Suite("Files of what a list shows")
struct ExportTests {
    @Test("a file has the search, the filters and the order of the list, in each format")
    func formats() async throws {
        try await Fixture.run { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql(
                """
                INSERT INTO school(id, name_en) VALUES ('a', 'Osh "South"'), ('b', 'Almaty'), ('c', 'Osh, North');
                INSERT INTO course(id, title, hours, school) VALUES ('x', 'Cotton', 5, 'a'), ('y', 'Rail', NULL, 'b')
                """)
            let list = try browser.get("/records/school?q=osh&sort=id&desc=1")
            let links = list.all("<a href=\"/export/", "\"").map { "/export/" + $0.unescapedHTML }
            #expect(links.count == 3)
            let csv = try browser.get(links[0])
            #expect(csv.header("Content-Disposition") == "attachment; filename=\"school.csv\"")
            #expect(csv.body.contains("c,\"Osh, North\""))
            #expect(!csv.body.contains("Almaty"))
            let places = ["c,\"Osh", "a,\"Osh"].compactMap { csv.body.range(of: $0)?.lowerBound }
            #expect(places == places.sorted())
            let book = try browser.get(links[1])
            #expect(book.body.contains("PK"))
            #expect(book.header("Content-Disposition") == "attachment; filename=\"school.xlsx\"")
            let lines = try browser.get("/export/course?format=jsonl").body
            let first = try #require(lines.components(separatedBy: "\r\n").first { $0.hasPrefix("{") })
            let rows = first.split(separator: "\n").map(String.init)
            #expect(rows[0].hasPrefix("{\"id\":\"x\",\"title\":\"Cotton\",\"code\":null,\"hours\":5"))
            #expect(rows.count == 2)
            #expect(try browser.get("/export/course?format=odt").status == 400)
            let left = try FileManager.default.contentsOfDirectory(atPath: fixture.home.path + "/console/uploads")
            #expect(left.isEmpty)
        }
    }

    @Test("more rows than fit into a page of any kind come as one file, each once")
    func many() async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql(
                """
                INSERT INTO school(id, name_en) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n \
                WHERE i < 12000) SELECT printf('s%06d', i), 'School ' || i FROM n
                """)
            let body = try fixture.browser.get("/export/school").body
            let keys = body.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("s0") }.map { $0.prefix(7) }
            #expect(keys.count == 12_000)
            #expect(Set(keys).count == 12_000)
        }
    }
}

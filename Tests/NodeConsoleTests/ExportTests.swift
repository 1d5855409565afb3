import Foundation
import ReplicaModel
import SyncNode
import Tabular
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
                INSERT INTO school(id, name_en, site) VALUES ('a', 'Osh "South"', 'x'), ('b', 'Almaty', 'x'),
                    ('c', 'Osh, North', 'x'), ('d', 'Osh, East', 'y');
                INSERT INTO course(id, title, hours, school) VALUES ('x', 'Cotton', 5, 'a'), ('y', 'Rail', NULL, 'b')
                """)
            let list = try browser.get("/records/school?q=osh&f.site=x&sort=id&desc=1")
            let links = list.all("<a href=\"/export/", "\"").map { "/export/" + $0.unescapedHTML }
            #expect(links.count == 3)
            let csv = try browser.get(links[0])
            #expect(csv.header("Content-Disposition") == "attachment; filename=\"school.csv\"")
            #expect(csv.body.contains("c,\"Osh, North\""))
            #expect(!csv.body.contains("Almaty"))
            #expect(!csv.body.contains("East"))
            let places = ["c,\"Osh", "a,\"Osh"].compactMap { csv.body.range(of: $0)?.lowerBound }
            #expect(places.count == 2)
            #expect(places == places.sorted())
            let book = try browser.get(links[1])
            #expect(book.body.contains("PK"))
            #expect(book.header("Content-Disposition") == "attachment; filename=\"school.xlsx\"")
            let file = fixture.home.path + "-book.xlsx"
            defer { try? FileManager.default.removeItem(atPath: file) }
            try Data(book.content).write(to: URL(fileURLWithPath: file))
            var cells: [[Cell]] = []
            try TableFile(path: file).forEach { row, _ in cells.append(Array(row.cells.prefix(2))) }
            func text(_ text: String) -> Cell { .text(Array(text.utf8)) }
            #expect(
                cells == [
                    [text("id"), text("name_en")], [text("c"), text("Osh, North")], [text("a"), text("Osh \"South\"")],
                ])
            let chosen = String(decoding: try browser.get(links[2]).content, as: UTF8.self).split(separator: "\n")
            #expect(chosen.count == 2)
            #expect(chosen.first?.hasPrefix("{\"id\":\"c\",\"name_en\":\"Osh, North\",") == true)
            #expect(chosen.last?.hasPrefix("{\"id\":\"a\",\"name_en\":\"Osh \\\"South\\\"\",") == true)
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

    /// Values of which the next program that opens the file, or an import, might make something else.
    private static let odd: [Value] =
        [
            "", " a ", "5", "-5", "007", "NULL", "'", "''", "=1+1", "=cmd|' /c calc'!A1", "+1", "@x", "＝1", "\tq",
            "a\n",
            "x'00'", "#REF!", "2024-02-12", "a,\"b\"",
        ].map { Value.text($0) } + [
            .null, .integer(5), .integer(.max), .real(1), .real(.infinity), .blob([0, 0xFF]), .text([0xFF, 0x41]),
        ]

    @Test("a file that is brought in again changes nothing, and no cell of it acts", arguments: ["csv", "xlsx"])
    func notation(format: String) async throws {
        let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, s TEXT, n INTEGER, r REAL, x, b BLOB)"
        try await Fixture.run(schema: schema) { (fixture) async throws in
            for (number, value) in Self.odd.enumerated() {
                let literal =
                    if case .text(let bytes) = value { "CAST(X'\(Secret.hexadecimal(bytes))' AS TEXT)" } else {
                        value == .real(.infinity) ? "9e999" : value.sqlLiteral
                    }
                try await fixture.node.sql(
                    "INSERT INTO t SELECT 'k\(number)', v, 1, 1, v, v FROM (SELECT \(literal) AS v)")
            }
            let bytes = try fixture.browser.get("/export/t?format=\(format)").content
            let file = fixture.home.path + "-out." + format
            defer { try? FileManager.default.removeItem(atPath: file) }
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            var rows: [SheetRow] = []
            try TableFile(path: file).forEach { row, _ in
                for cell in row.cells {
                    guard case .text(let bytes) = cell, let first = bytes.first else { continue }
                    #expect(![0x3D, 0x2B, 0x40, 0x09].contains(first), "\(bytes)")
                }
                // A workbook says nothing of the empty cells at the end of a row.
                let read = SheetRow(console: row)
                let missing = max(0, 6 - read.cells.count)
                rows.append(SheetRow(line: read.line, cells: read.cells + Array(repeating: .empty, count: missing)))
            }
            let all = rows
            let report = try await fixture.node.sheets.bring(
                ImportRequest(table: "t"), rows: { take in for row in all { try take(row) } }, tell: { _ in })
            #expect(report.refused == 0)
            #expect(report.changed == 0)
            #expect(report.inserted == 0)
            #expect(all.count == Self.odd.count + 1)
        }
    }

    @Test("what cannot be meant is said, and no file is begun", arguments: ["csv", "jsonl", "xlsx"])
    func refusals(format: String) async throws {
        try await Fixture.run { (fixture) async throws in
            let answer = try fixture.browser.get("/export/course?format=\(format)&f.nope=1")
            #expect([400, 404].contains(answer.status))
            #expect(answer.header("Content-Disposition") == nil)
            #expect(answer.body.contains("nope"))
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

import Foundation
import ReplicaModel
import SyncNode
import Testing

@testable import NodeConsole

@Suite("Links to records")
struct KeyLinkTests {
    /// Texts that could be taken for a key of another kind, or that no address holds as they are.
    private static let texts: [[UInt8]] =
        [
            "", " ", "~", "~5", "~t61", "~n", "5", "-5", "05", "1e3", "X'41'", "x'41'", "X''", "[1]", "[\"a\"]", "null",
            "{\"text\":\"QQ==\"}", "{\"blob\":\"QQ==\"}", "A", "..", ".", "-", "a/b", "a?b#c%41", "é", "e\u{301}",
            "ключ", "\u{FEFF}", "\u{FEFF}A", "A\u{FEFF}",
        ].map { Array($0.utf8) } + [[0x41, 10], [10], [13, 10], [0], [0x41, 0, 0x42], [0xFF], [0x41, 0xC3], [0x7F]]

    private static let odd: [Value] =
        [
            .null, .integer(5), .integer(-5), .integer(.min), .integer(.max), .real(5), .real(0.1), .real(-0.0),
            .real(.infinity), .real(-.infinity), .blob([]), .blob([0x41]), .blob([0xFF, 0]),
        ]

    private static func table(_ type: String, keys: Int = 1) async throws -> TableDefinition {
        let columns = (0..<keys).map { "k\($0) \(type) NOT NULL" }.joined(separator: ", ")
        let names = (0..<keys).map { "k\($0)" }.joined(separator: ", ")
        let found = Guarded<TableDefinition?>(nil)
        let schema = "CREATE TABLE t (\(columns), v TEXT, PRIMARY KEY (\(names)))"
        try await Fixture.run(schema: schema, signingIn: false) { (fixture) async throws in
            let tables = try await fixture.node.tables.definitions()
            found.change { $0 = tables.first }
        }
        return try #require(found.value)
    }

    @Test("the link of a key names exactly that key, whatever it is and whatever stands beside it")
    func exact() async throws {
        let tables = [
            (try await Self.table("TEXT"), Self.texts.map { Value.text($0) }),
            (try await Self.table("BLOB"), Self.texts.map { .text($0) } + Self.odd),
        ]
        for (table, values) in tables {
            for value in values { #expect(try KeyLink.read([value].linkText, of: table) == [value], "\(value)") }
            #expect(Set(values.map { Array([$0].linkText.utf8) }).count == values.count)
        }
        let pair = try await Self.table("BLOB", keys: 2)
        let values = Self.texts.map { Value.text($0) } + Self.odd
        for one in values {
            for other in values {
                #expect(try KeyLink.read([one, other].linkText, of: pair) == [one, other], "\(one) \(other)")
            }
        }
    }

    @Test("the page of a record is that of its key, and a form on it writes and deletes no other")
    func pages() async throws {
        let schema = "CREATE TABLE t (id BLOB NOT NULL PRIMARY KEY, v TEXT)"
        try await Fixture.run(schema: schema) { (fixture) async throws in
            let keys = Self.texts.map { Value.text($0) } + [.integer(5), .integer(-5), .blob([0x41]), .blob([])]
            for (number, key) in keys.enumerated() {
                try await fixture.node.sql("INSERT INTO t VALUES (\(Self.literal(key)), 'this is \(number).')")
            }
            let browser = fixture.browser
            for (number, key) in keys.enumerated() {
                let page = try browser.get(RecordLink.record(Identifier("t"), [key]))
                #expect(page.status == 200, "\(key)")
                #expect(page.body.contains("this is \(number)."), "\(key)")
            }
            for key in [Value.text("X'41'"), .text("5"), .text([0x41, 10])] {
                let path = RecordLink.path("delete", Identifier("t"), [key])
                #expect(try browser.post(path, browser.form(on: try browser.get(path), to: path)).status == 303)
                #expect(try browser.get(RecordLink.record(Identifier("t"), [key])).status != 200)
            }
            #expect(try await fixture.sql("SELECT 1 FROM t").count == keys.count - 3)
            #expect(try await fixture.sql("SELECT 1 FROM t WHERE id IN (X'41', 5)").count == 2)
        }
    }

    private static func literal(_ value: Value) -> String {
        guard case .text(let bytes) = value else { return value.sqlLiteral }
        return "CAST(X'\(Secret.hexadecimal(bytes))' AS TEXT)"
    }

    @Test("a key that somebody wrote by hand leads to the record that is meant")
    func byHand() async throws {
        let schema = "CREATE TABLE t (id BLOB NOT NULL PRIMARY KEY, v TEXT)"
        try await Fixture.run(schema: schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO t VALUES (X'00FF', 'blob'), (7, 'seven')")
            let browser = fixture.browser
            #expect(try browser.follow(try browser.get("/records/t/X'00ff'")).body.contains("blob"))
            #expect(try browser.follow(try browser.get("/records/t/7")).body.contains("seven"))
        }
    }

    @Test("a part of an address that is no text is not found, and is no empty key")
    func undecodable() async throws {
        try await Fixture.run { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('', 'The empty one')")
            for path in ["/records/school/%FF", "/edit/school/%FF", "/delete/school/%C3", "/records/%FF"] {
                #expect(try fixture.browser.get(path).status == 404, "\(path)")
            }
        }
    }
}

import Foundation
import Testing

@Suite("Conflicts of long values")
struct LongConflictTests {
    @Test("A terminal gets the beginning of each, a program all, one after the other")
    func long() throws {
        let village = try Village()
        let address = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT, w BLOB, x TEXT)")
        try village.sqlite("a", "INSERT INTO t VALUES ('1', '', x'', '')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] {
            try village.sqlite(
                node,
                """
                UPDATE t SET v = printf('%.*c', 200000, '\(node)'), x = '\(node)',
                    w = CAST(printf('%.*c', 150000, 'z') || '\(node)' AS BLOB)
                """)
        }
        #expect(try village.caravan("b", "sync", address).status == 0)
        let told = try village.caravan("b", "conflicts").out
        #expect(told.utf8.count < 4_000)
        #expect(told.contains(String(repeating: "a", count: 200) + "…"))
        let listed = try village.json(village.caravan("b", "conflicts", "--json"))
        #expect(listed.map { $0["column"] as? String } == ["v", "w", "x"])
        let texts = (listed[0]["candidates"] as? [[String: Any]] ?? []).map { $0["value"] as? String }
        #expect(Set(texts) == [String(repeating: "a", count: 200_000), String(repeating: "b", count: 200_000)])
        #expect(listed[0]["shown"] as? String == texts.first)
        let second = listed[1]["candidates"] as? [[String: Any]] ?? []
        let blobs = second.map { ($0["value"] as? [String: String])?["blob"] }
        let lengths = blobs.map { $0.flatMap { Data(base64Encoded: $0)?.count } }
        #expect(lengths == [150_001, 150_001])
        let shown = try village.json(village.caravan("b", "show", "t", "1", "--json"))
        let reports = shown.first?["reports"] as? [[String: Any]]
        let first = (reports?.first?["candidates"] as? [[String: Any]])?.first
        #expect(first?["bytes"] as? Int == 200_000)
        #expect(try village.caravan("b", "resolve", "t", "1", "v", "--take", "a").status == 0)
        #expect(try village.caravan("b", "resolve", "--all", "--take", "a").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] {
            let row = try village.sqlite(
                node, "SELECT length(v), substr(v, -1), length(w), CAST(substr(w, -1) AS TEXT) FROM t")
            #expect(row.out == "200000|a|150001|a\n")
            #expect(try village.caravan(node, "verify", "--deep").status == 0)
        }
        #expect(try village.digest("a") == village.digest("b"))
    }
}

import Foundation
import Testing

@Suite("Servers that name each other as peers")
struct MutualPeersTests {
    @Test("Two that dial each other at once hold the same, and nothing of that is told as a fault")
    func mutual() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        let b = try village.serve("b", interval: 1)
        #expect(try village.caravan("a", "peer", "add", "b", b).status == 0)
        #expect(village.stop("a") == 0)
        for node in ["a", "b"] {
            let rows =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO t SELECT '\(node)' || i, hex(randomblob(50)) FROM n"
            #expect(try village.sqlite(node, rows).status == 0)
        }
        #expect(try village.serve("a", listen: a, interval: 1) == a)
        try wait(for: 10_000, in: village)
        for number in 0..<20 {
            for node in ["a", "b"] {
                #expect(try village.sqlite(node, "INSERT INTO t VALUES ('\(node) \(number)', '')").status == 0)
            }
        }
        try wait(for: 10_040, in: village)
        #expect(village.stop("a") == 0)
        #expect(village.stop("b") == 0)
        #expect(try village.digest("a") == village.digest("b"))
        for node in ["a", "b"] {
            #expect(!village.said(node).contains("warning"), "\(village.said(node))")
            #expect(!village.said(node).contains("error"), "\(village.said(node))")
            #expect(try village.caravan(node, "verify", "--deep").status == 0)
        }
    }

    private func wait(for count: Int, in village: Village) throws {
        #expect(
            try waits {
                try ["a", "b"].allSatisfy { try village.sqlite($0, "SELECT count(*) FROM t").out == "\(count)\n" }
            }, "\(count) rows did not come to both")
    }
}

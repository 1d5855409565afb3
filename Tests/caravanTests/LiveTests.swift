import Foundation
import Testing

@Suite("Servers that stay in touch")
struct LiveTests {
    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);"

    /// A hub, and two leaves that dial it and each other never. Nobody dials again while a test runs.
    private func served() throws -> (village: Village, hub: String) {
        let village = try Village()
        let hub = try village.found("hub", others: ["a", "b"], schema: Self.schema)
        for leaf in ["a", "b"] { _ = try village.serve(leaf) }
        #expect(try waits { try standing(in: village) == 2 })
        return (village, hub)
    }

    /// Sessions that stand at the hub.
    private func standing(in village: Village) throws -> Int {
        let peers = try village.json(village.caravan("hub", "peer", "list", "--json"))
        return peers.flatMap { $0["sessions"] as? [[String: Any]] ?? [] }.count { $0["isStanding"] as? Bool == true }
    }

    /// Given up only where it would be waited for without end.
    private func seen(_ sql: String, _ expected: String, at nodes: [String], in village: Village) throws {
        for _ in 0..<600 {
            if try nodes.allSatisfy({ try village.sqlite($0, sql).out == expected + "\n" }) { return }
            usleep(50_000)
        }
        Issue.record("\(sql) did not come to be \(expected) at \(nodes)")
    }

    @Test("What any program writes at a leaf is at the hub and at the other leaf, which nobody dialled for it")
    func pushed() throws {
        let (village, _) = try served()
        for number in 1...5 {
            for leaf in ["a", "b"] {
                #expect(try village.sqlite(leaf, "INSERT INTO t VALUES ('\(leaf) \(number)', '')").status == 0)
            }
            try seen("SELECT count(*) FROM t", "\(2 * number)", at: ["hub", "a", "b"], in: village)
        }
        #expect(try village.sqlite("hub", "UPDATE t SET v = 'of the hub' WHERE id = 'a 1'").status == 0)
        try seen("SELECT v FROM t WHERE id = 'a 1'", "of the hub", at: ["a", "b"], in: village)
        for node in ["a", "b", "hub"] { #expect(village.stop(node) == 0) }
        #expect(try Set(["a", "b", "hub"].map { try village.digest($0) }).count == 1)
        for node in ["a", "b", "hub"] { #expect(village.said(node).isEmpty, "\(village.said(node))") }
    }

    @Test("What was written while no server ran is sealed when one starts, though nobody is there to send it to")
    func sealedAtStart() throws {
        let village = try Village()
        _ = try village.found("hub", others: [], schema: Self.schema)
        #expect(village.stop("hub") == 0)
        #expect(try village.sqlite("hub", "INSERT INTO t VALUES ('meanwhile', '')").status == 0)
        _ = try village.serve("hub")
        #expect(
            try waits {
                try village.json(village.caravan("hub", "status", "--json")).first?["pending"] as? Int == 0
            })
    }

    @Test("What another process of the node took from somebody goes on as well")
    func taken() throws {
        let (village, hub) = try served()
        #expect(village.stop("b") == 0)
        #expect(try village.sqlite("b", "INSERT INTO t VALUES ('of b', '')").status == 0)
        // A command, which is gone when it has done.
        #expect(try village.caravan("b", "sync", hub).status == 0)
        try seen("SELECT count(*) FROM t", "1", at: ["a"], in: village)
    }

    @Test("A hub that was gone is found again soon, and what was written meanwhile comes")
    func back() throws {
        let (village, hub) = try served()
        #expect(village.stop("hub") == 0)
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('meanwhile', '')").status == 0)
        #expect(try village.serve("hub", listen: hub) == hub)
        try seen("SELECT count(*) FROM t", "1", at: ["hub", "b"], in: village)
        #expect(try village.sqlite("b", "INSERT INTO t VALUES ('after', '')").status == 0)
        try seen("SELECT count(*) FROM t", "2", at: ["hub", "a"], in: village)
    }

    /// What a replica loses when it is put back.
    enum Loss: CaseIterable, Sendable { case own, others, bothAndWrites }

    @Test(
        "A replica that a program puts back under its server gets back what the others have", arguments: Loss.allCases,
        ["a", "hub"])
    func putBack(loss: Loss, node: String) throws {
        let (village, _) = try served()
        #expect(try village.sqlite(node, "INSERT INTO t VALUES ('1', 'one')").status == 0)
        try seen("SELECT count(*) FROM t", "1", at: ["hub", "a", "b"], in: village)
        let copy = village.folder.path + "/copy.sqlite"
        #expect(try village.sqlite(node, ".backup \(copy)").status == 0)
        // Its own, which its peers hold, and what came.
        var writers = [node, "b"]
        switch loss {
        case .own: writers.removeLast()
        case .others: writers.removeFirst()
        case .bothAndWrites: break
        }
        for writer in writers {
            #expect(try village.sqlite(writer, "INSERT INTO t VALUES ('of \(writer)', '')").status == 0)
            try seen("SELECT count(*) FROM t WHERE id = 'of \(writer)'", "1", at: ["hub", "a", "b"], in: village)
        }
        #expect(try village.sqlite(node, ".restore \(copy)").status == 0)
        var count = 1 + writers.count
        if loss == .bothAndWrites {
            #expect(try village.sqlite(node, "INSERT INTO t VALUES ('later', '')").status == 0)
            count += 1
        }
        try seen("SELECT count(*) FROM t", "\(count)", at: ["hub", "a", "b"], in: village)
        for node in ["a", "b", "hub"] { #expect(village.stop(node) == 0) }
        #expect(try Set(["a", "b", "hub"].map { try village.digest($0) }).count == 1)
    }

    @Test("A program that holds the replica for long delays what it wrote, and nobody else")
    func held() throws {
        let (village, _) = try served()
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('before', '')").status == 0)
        let (holder, out, _) = try Shell.start(
            "sqlite3",
            [village.home("a") + "/replica.sqlite", "BEGIN IMMEDIATE", ".shell echo held; sleep 4", "COMMIT"])
        _ = out.fileHandleForReading.readData(ofLength: 4)
        #expect(try village.sqlite("b", "INSERT INTO t VALUES ('of b', '')").status == 0)
        try seen("SELECT count(*) FROM t WHERE id = 'of b'", "1", at: ["hub"], in: village)
        holder.waitUntilExit()
        try seen("SELECT count(*) FROM t", "2", at: ["hub", "a", "b"], in: village)
    }
}

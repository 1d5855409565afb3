import Foundation
import Testing

@Suite("Two members of one name")
struct SiteNameTests {
    /// Two admins apart admit somebody of the same name.
    private func twins() throws -> (Village, [String]) {
        let village = try Village()
        let first = try village.found("a", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        let admin = try village.caravan("a", "invite", "--role", "admin").out.trimmingCharacters(
            in: .whitespacesAndNewlines)
        #expect(try village.caravan("b", "join", admin, "--name", "b").status == 0)
        try village.sqlite("a", "INSERT INTO t VALUES ('x', NULL)")
        #expect(try village.caravan("b", "sync", first).status == 0)
        // A server dials when it begins, and would know of the first of them.
        #expect(try village.caravan("b", "peer", "remove", "a").status == 0)
        let second = try village.serve("b")
        for (node, inviter) in [("c", "a"), ("d", "b")] {
            let code = try village.caravan(inviter, "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(try village.caravan(node, "join", code, "--name", "twin").status == 0)
            try village.sqlite(node, "UPDATE t SET v = 'of \(node)'")
            #expect(try village.caravan(node, "sync", inviter == "a" ? first : second).status == 0)
        }
        #expect(try village.caravan("b", "sync", first).status == 0)
        let ids = try ["c", "d"].map {
            try #require(village.json(village.caravan($0, "status", "--json")).first?["site"] as? String)
        }
        return (village, ids)
    }

    @Test("The name is refused with both ids wherever one site is meant, an id is taken, and lists tell them apart")
    func refused() throws {
        let (village, ids) = try twins()
        for words in [
            ["resolve", "t", "x", "v", "--take", "twin"], ["log", "--site", "twin"], ["sync", "twin"],
            ["sync", "--dry-run", "twin"], ["diff", "twin"], ["peer", "add", "twin", "127.0.0.1:1"],
            ["peer", "remove", "twin"],
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + words)
            #expect(outcome.status == 2, "\(words)")
            #expect(outcome.out.isEmpty, "\(words)")
            for id in ids { #expect(outcome.err.contains(id), "\(words)") }
        }
        let short = try village.caravan("a", "member", "list").lines.filter { $0.hasPrefix("twin") }.compactMap {
            $0.split(separator: " ").last.map { String($0.prefix(9)) }
        }
        #expect(short.count == 2)
        let shown = try village.caravan("a", "conflicts").out
        for id in short { #expect(shown.contains("twin (\(id))")) }
        for id in ids {
            let log = try village.json(village.caravan("a", "log", "--site", String(id.prefix(12)), "--json"))
            #expect(log.count == 1)
            #expect(log.first?["site"] as? String == id)
        }
        #expect(try village.caravan("a", "log", "--site", short[0].lowercased()).lines.count == 2)
        #expect(try village.caravan("a", "resolve", "t", "x", "v", "--take", ids[0]).status == 0)
        #expect(try village.sqlite("a", "SELECT v FROM t").out == "of c\n")
    }

    @Test("Less than the beginning of an id is nobody")
    func beginnings() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let id = try #require(village.json(village.caravan("a", "status", "--json")).first?["site"] as? String)
        for wanted in ["", String(id.prefix(3)), "nobody", "-", "----"] {
            #expect(try village.caravan("a", "log", "--site=\(wanted)").status == 2, "\(wanted)")
        }
        #expect(try village.caravan("a", "log", "--site", String(id.prefix(4)).uppercased()).status == 0)
    }
}

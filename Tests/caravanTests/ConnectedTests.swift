import Foundation
import Testing

@Suite("Who is connected with a running server")
struct ConnectedTests {
    let village: Village

    init() throws { village = try Village() }

    private func status(_ node: String) throws -> [String: Any] {
        try #require(try village.json(village.caravan(node, "status", "--json")).first)
    }

    /// The sessions with a peer, as a node lists them.
    private func sessions(_ node: String, with peer: String) throws -> [[String: Any]] {
        let listed = try village.json(village.caravan(node, "peer", "list", "--json"))
        return listed.first { $0["name"] as? String == peer }?["sessions"] as? [[String: Any]] ?? []
    }

    @Test("Both sides list the session, who dialled, and that it stands; it is gone when either server is killed")
    func listed() throws {
        _ = try village.found("hub", others: ["a", "b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        #expect(try sessions("hub", with: "a").isEmpty)
        for leaf in ["a", "b"] { _ = try village.serve(leaf, interval: 1) }
        for leaf in ["a", "b"] {
            #expect(try waits { try sessions("hub", with: leaf).first?["isStanding"] as? Bool == true })
            #expect(try waits { try sessions(leaf, with: "hub").first?["isStanding"] as? Bool == true })
            #expect(try sessions("hub", with: leaf).map { $0["dialledBy"] as? String } == ["peer"])
            #expect(try sessions(leaf, with: "hub").map { $0["dialledBy"] as? String } == ["here"])
        }
        let servers = try #require(try status("hub")["servers"] as? [[String: Any]])
        #expect(servers.count == 1)
        #expect((servers.first?["sessions"] as? [Any])?.count == 2)
        #expect(try village.caravan("hub", "status").out.contains("connected with 2 members"))
        #expect(try village.caravan("hub", "peer", "list").out.contains("(they dialled)"))

        #expect(village.fell("a"))
        #expect(try waits { try sessions("hub", with: "a").isEmpty })
        #expect(try sessions("hub", with: "b").count == 1)
        #expect(try sessions("a", with: "hub").isEmpty)
        #expect((try status("a")["servers"] as? [Any])?.isEmpty == true)
        #expect(try village.caravan("a", "status").out.contains("does not run"))

        #expect(village.stop("hub") == 0)
        #expect((try status("hub")["servers"] as? [Any])?.isEmpty == true)
        #expect(try waits { try sessions("b", with: "hub").isEmpty })
    }

    @Test("What waits in either direction is told, with its age, and sent, held and applied are three numbers")
    func waiting() throws {
        let hub = try village.found("hub", others: ["a"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        #expect(try village.caravan("a", "sync", hub).status == 0)
        func peer() throws -> [String: Any] {
            try #require(try village.json(village.caravan("a", "peer", "list", "--json")).first)
        }
        #expect(try peer()["lacks"] as? Int == 0)
        #expect(try peer()["lacksSince"] is NSNull)
        #expect(try peer()["ahead"] as? Int == 0)
        for number in 1...3 {
            #expect(try village.caravan("a", "sql", "INSERT INTO t VALUES ('\(number)')").status == 0)
        }
        #expect(try peer()["lacks"] as? Int == 3)
        #expect(try peer()["lacksSince"] is String)
        let text = try village.caravan("a", "status").out
        #expect(text.contains("lacks 3 changesets, the oldest of"), "\(text)")
        #expect(text.contains("sent, held, applied"), "\(text)")
        #expect(text.contains("free"), "\(text)")
        #expect(try village.caravan("a", "sync", hub).status == 0)
        let counts = try ["sent", "durable", "applied"].map { try peer()[$0] as? Int }
        #expect(Set(counts).count == 1)
        #expect(try peer()["lacks"] as? Int == 0)
    }
}

@Suite("The terms of a member that dials in")
struct DialledTermsTests {
    let village: Village

    init() throws { village = try Village() }

    private func window(isOpen: Bool) -> String {
        let hour = Calendar(identifier: .gregorian).component(.hour, from: Date()) + 24
        func text(_ hour: Int) -> String { hour % 24 < 10 ? "0\(hour % 24):00" : "\(hour % 24):00" }
        return isOpen ? "\(text(hour - 1))-\(text(hour + 2))" : "\(text(hour + 2))-\(text(hour + 3))"
    }

    @Test("A window without an address holds for whoever dials: refused outside with the times, parted from at its end")
    func windows() throws {
        let hub = try village.found("hub", others: ["a"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        let (closed, open) = (window(isOpen: false), window(isOpen: true))
        #expect(try village.caravan("hub", "peer", "add", "a", "--window", closed).status == 0)
        let refused = try village.caravan("a", "sync", hub)
        #expect(refused.status == 3)
        #expect(refused.err.contains("exchanges with you only at \(closed)"), "\(refused.err)")

        #expect(try village.caravan("hub", "peer", "add", "a", "--window", open).status == 0)
        #expect(try village.caravan("a", "sync", hub).status == 0)
        _ = try village.serve("a", interval: 1)
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('1')").status == 0)
        func isConnected() throws -> Bool {
            let listed = try village.json(village.caravan("hub", "peer", "list", "--json"))
            return (listed.first { $0["name"] as? String == "a" }?["sessions"] as? [Any])?.isEmpty == false
        }
        #expect(try waits { try isConnected() })
        #expect(try village.caravan("hub", "peer", "add", "a", "--window", closed).status == 0)
        #expect(try waits { try !isConnected() })
        #expect(village.waits(for: "a: answered again when its window opens", in: "hub"))
        // Nobody dials whom nobody gave an address, and a sync of all passes it over.
        #expect(try village.caravan("hub", "sync").status == 2)
    }

    @Test("Terms alone are for members; a known peer keeps its addresses")
    func addresses() throws {
        _ = try village.found("hub", others: ["a"])
        let nobody = try village.caravan("hub", "peer", "add", "nobody", "--limit-rate", "32k")
        #expect(nobody.status == 2)
        #expect(nobody.err.contains("a peer needs an address"), "\(nobody.err)")
        #expect(try village.caravan("hub", "peer", "add", "a").status == 2)
        #expect(try village.caravan("hub", "peer", "add", "a", "h.example:1").status == 0)
        #expect(try village.caravan("hub", "peer", "add", "a", "--limit-rate", "32k").status == 0)
        let listed = try #require(try village.json(village.caravan("hub", "peer", "list", "--json")).first)
        #expect(listed["addresses"] as? [String] == ["h.example:1"])
        #expect(listed["limitRate"] as? Int == 32_768)
    }
}

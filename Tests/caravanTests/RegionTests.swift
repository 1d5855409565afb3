import Foundation
import Testing

@Suite("Many nodes and two relays")
struct RegionTests {
    /// How many nodes there are, the relays among them: eight, unless somebody wants to see more.
    private static let count =
        ProcessInfo.processInfo.environment["CARAVAN_REGION"].flatMap { Int($0) }.map { max(4, $0) } ?? 8

    @Test("What each writes comes to all through two relays that know each other, also while one of them is away")
    func relayed() throws {
        let village = try Village()
        let leaves = (0..<Self.count - 2).map { "leaf\($0)" }
        let west = try village.found(
            "west", others: ["east"] + leaves, schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        let east = try village.serve("east", interval: 1)
        for (number, leaf) in leaves.enumerated() {
            let (home, address) = number % 2 == 0 ? ("west", west) : ("east", east)
            // Each dials one relay, and knows no other.
            #expect(try village.caravan(leaf, "peer", "remove", "west").status == 0)
            #expect(try village.caravan(leaf, "peer", "add", home, address).status == 0)
            _ = try village.serve(leaf, interval: 1)
        }
        let nodes = ["west", "east"] + leaves
        func write(_ round: Int, at writers: [String]) throws {
            for node in writers {
                let row = "INSERT INTO t VALUES ('\(round) \(node)', '')"
                #expect(try village.sqlite(node, row).status == 0)
                // Everybody writes into one row, too, so that there is something to merge.
                let shared =
                    "INSERT INTO t VALUES ('shared', '\(node)') ON CONFLICT DO UPDATE SET v = '\(round) \(node)'"
                #expect(try village.sqlite(node, shared).status == 0)
            }
        }
        func have(_ rows: Int, _ nodes: [String]) throws -> Bool {
            try nodes.allSatisfy { try village.sqlite($0, "SELECT count(*) FROM t").out == "\(rows)\n" }
        }
        try write(1, at: nodes)
        #expect(try waits { try have(nodes.count + 1, nodes) })

        #expect(village.fell("east"))
        try write(2, at: leaves)
        let near = leaves.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        #expect(try waits { try have(nodes.count + 1 + near.count, ["west"] + near) })
        #expect(try village.serve("east", listen: east, interval: 1) == east)
        #expect(try waits { try have(nodes.count + 1 + leaves.count, nodes) })

        // The same rows everywhere, and of the row that all wrote the same winner.
        #expect(try waits { try Set(nodes.map { try village.digest($0) }).count == 1 })
        for node in nodes { #expect(village.stop(node) == 0) }
        for node in nodes { #expect(try village.caravan(node, "verify", "--deep").status == 0) }
    }
}

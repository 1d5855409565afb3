import Foundation
import Testing

@Suite("A folder that was copied, and of which both copies run")
struct TwinTests {
    let village: Village
    let address: String

    init() throws {
        village = try Village()
        address = try village.found("a", others: ["b"], schema: Village.plainSchema)
        try write("b", "before")
    }

    private func write(_ node: String, _ id: String) throws {
        #expect(try village.sqlite(node, "INSERT INTO t(id) VALUES ('\(id)')").status == 0)
        #expect(try village.caravan(node, "sync", address).status == 0)
    }

    private func twins(_ node: String) throws -> [String] {
        try village.json(village.caravan(node, "doctor", "--json")).filter { $0["kind"] as? String == "twin" }
            .compactMap { $0["message"] as? String }
    }

    @Test("Each side and each peer names both, with what ends it, and nothing is lost")
    func named() throws {
        let copied = try Shell.run("cp", ["-a", village.home("b"), village.home("c")])
        #expect(copied.status == 0)
        // Each writes what it has seen of the other.
        for number in 1...2 { for node in ["c", "b"] { try write(node, "\(node)\(number)") } }
        #expect(try village.caravan("c", "sync", address).status == 0)
        for node in ["a", "b", "c"] {
            let found = try twins(node)
            #expect(found.count == 1, "\(node)")
            #expect(found.first?.hasPrefix(node == "a" ? "the folder of b was" : "this node's folder was") ?? false)
            #expect(found.first?.contains("`caravan member retire b`") ?? false)
            #expect(try village.sqlite(node, "SELECT count(*) FROM t").out == "5\n")
        }
        #expect(try village.caravan("a", "member", "retire", "b").status == 0)
        #expect(try twins("a").isEmpty)
    }

    @Test("A node that was put back once, and once more from the same file, has no twin")
    func restored() throws {
        let file = village.folder.appendingPathComponent("b.caravan").path
        #expect(try village.caravan("b", "backup", file).status == 0)
        for number in 1...2 {
            try write("b", "lost\(number)")
            let restored = try village.caravan("b", "restore", file)
            #expect(restored.status == 0, "\(restored.err)")
            try write("b", "x\(number)")
            try write("b", "y\(number)")
        }
        for node in ["a", "b"] { #expect(try twins(node).isEmpty, "\(node)") }
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "7\n")
    }

    @Test("A dial that its own copy answers says so, and one that leads to the node itself says that")
    func answers() throws {
        let copied = try Shell.run("cp", ["-a", village.home("b"), village.home("c")])
        #expect(copied.status == 0)
        let copy = try village.serve("c")
        let met = try village.caravan("b", "sync", copy)
        #expect(met.status == 3)
        #expect(met.err.contains("its folder was copied"), "\(met.err)")
        let own = try village.caravan("c", "sync", copy)
        #expect(own.status == 3)
        #expect(own.err.contains("this address is that of this node itself"), "\(own.err)")
    }
}

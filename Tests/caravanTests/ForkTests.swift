import Foundation
import Testing

@Suite("A machine that goes back to an image of its whole disk, and writes on before it meets a peer")
struct ForkTests {
    let village: Village
    let address: String

    init() throws {
        village = try Village()
        address = try village.found(
            "a", others: ["b", "c"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        try write("b", "before")
        try sync("b")
    }

    private func write(_ node: String, _ id: String) throws {
        #expect(try village.sqlite(node, "INSERT INTO t(id) VALUES ('\(id)')").status == 0)
    }

    private func sync(_ node: String) throws {
        let done = try village.caravan(node, "sync", address)
        #expect(done.status == 0, "\(done.err)")
    }

    /// All files of `b`, the witness and the key among them, are put back into the same files: nothing can tell.
    private func rollBack(writing ids: [String]) throws {
        try village.sqlite("b", "PRAGMA wal_checkpoint(TRUNCATE)")
        try shell("rm -rf image; cp -r b image")
        for id in ids { try write("b", id) }
        try sync("b")
        try village.sqlite("b", "PRAGMA wal_checkpoint(TRUNCATE)")
        try shell("rm -f b/*-wal b/*-shm; for f in image/*; do cat $f > b/${f##*/}; done")
    }

    private func shell(_ script: String) throws {
        let done = try Shell.run("bash", ["-ec", "cd '\(village.folder.path)'; \(script)"])
        #expect(done.status == 0, "\(done.err)")
    }

    private func agree(rows: [String]) throws {
        for node in ["b", "c", "b", "c"] { try sync(node) }
        for node in ["a", "b", "c"] {
            #expect(try village.sqlite(node, "SELECT id FROM t ORDER BY id").lines == rows.sorted())
            let checked = try village.caravan(node, "verify", "--deep")
            #expect(checked.status == 0, "\(checked.out)")
        }
        #expect(Set(try ["a", "b", "c"].map(village.digest)).count == 1)
    }

    private func forks(_ node: String) throws -> [String] {
        try village.json(village.caravan(node, "doctor", "--json")).filter { $0["kind"] as? String == "fork" }
            .compactMap { $0["message"] as? String }
    }

    @Test("Both ways are everywhere, each side names the fork, all feeds go on, and an admin ends it")
    func bothWays() throws {
        try rollBack(writing: ["one", "two"])
        try write("b", "other")
        try write("c", "of c")
        try agree(rows: ["before", "one", "two", "other", "of c"])
        for node in ["a", "b", "c"] {
            let told = try forks(node)
            #expect(told.count == 1)
            #expect(told.first?.contains("member retire b") ?? false, "\(told)")
        }
        try write("b", "later")
        try agree(rows: ["before", "one", "two", "other", "of c", "later"])
        let names = try village.json(village.caravan("c", "log", "--json")).compactMap { $0["feed"] as? String }
        let branches = Set(names.filter { $0.contains("~") })
        #expect(branches.count == 2)
        let vector = try #require(
            village.json(village.caravan("c", "status", "--json")).first?["versionVector"] as? [String: Int])
        #expect(branches.isSubset(of: Set(vector.keys)))
        #expect(Set(branches.compactMap { vector[$0] }) == [2, 3])

        #expect(try village.caravan("a", "member", "retire", "b").status == 0)
        #expect(try village.caravan("a", "member", "role", "b", "member").status == 0)
        try agree(rows: ["before", "one", "two", "other", "of c", "later"])
        for node in ["a", "b", "c"] { #expect(try forks(node) == []) }
        try write("b", "at last")
        try agree(rows: ["before", "one", "two", "other", "of c", "later", "at last"])
    }

    @Test("A branch that is left out counts nowhere, and is there again when it is released")
    func withoutBranch() throws {
        try rollBack(writing: ["one", "two"])
        try write("b", "other")
        for node in ["b", "c"] { try sync(node) }
        let log = try village.json(village.caravan("a", "log", "--json"))
        let feed = try #require(
            log.first { ($0["feed"] as? String ?? "").contains("~") && $0["seq"] as? Int == 3 }?["feed"])
        let branch = try #require((feed as? String)?.split(separator: "~").last)
        let none = try village.caravan("a", "member", "retire", "b", "--without", "~0123456789")
        #expect(none.status != 0)
        #expect(none.err.contains("no branch"))
        #expect(try village.caravan("a", "member", "retire", "b", "--without", "~\(branch.prefix(16))").status == 0)
        #expect(try village.caravan("a", "member", "role", "b", "member").status == 0)
        try agree(rows: ["before", "other"])
        #expect(try village.caravan("a", "member", "release", "b").status == 0)
        try agree(rows: ["before", "one", "two", "other"])
    }

    @Test("The same machine goes back twice: three ways, and a newcomer joins as into any alliance")
    func threeWays() throws {
        try rollBack(writing: ["one"])
        try write("b", "two")
        try shell("cp -r b/replica.sqlite kept")
        try agree(rows: ["before", "one", "two"])
        try rollBack(writing: ["three"])
        try write("b", "four")
        try agree(rows: ["before", "one", "two", "three", "four"])
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        let joined = try village.caravan("d", "join", code, "--name", "d")
        #expect(joined.status == 0, "\(joined.err)")
        #expect(try village.digest("d") == village.digest("a"))
    }
}

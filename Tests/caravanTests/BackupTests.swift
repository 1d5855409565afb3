import Foundation
import Testing

@Suite("Backups, and nodes that are restored from them")
struct BackupTests {
    let village: Village
    let address: String

    init() throws {
        village = try Village()
        address = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        try write("before")
    }

    private var file: String { village.folder.appendingPathComponent("b.backup").path }

    private func write(_ id: String) throws {
        #expect(try village.sqlite("b", "INSERT INTO t(id) VALUES ('\(id)')").status == 0)
    }

    private func rows(_ node: String) throws -> [String] {
        try village.sqlite(node, "SELECT id FROM t ORDER BY id").lines
    }

    private func error(_ outcome: Shell.Outcome) throws -> (name: String, message: String) {
        let object = try JSONSerialization.jsonObject(with: Data(outcome.err.utf8)) as? [String: Any]
        return (object?["error"] as? String ?? "", object?["message"] as? String ?? "")
    }

    @Test(
        "What was pending is in a backup; what was written since comes back from a peer; the replica that was there is kept"
    )
    func back() throws {
        // A server that dials would send what is never to be sent.
        try village.done(village.caravan("b", "peer", "remove", "a"))
        _ = try village.serve("b")
        let made = try village.json(village.caravan("b", "backup", file, "--json"))
        #expect(made.first?["changesets"] as? Int == 3)
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        #expect(try Shell.run("sqlite3", [file, "SELECT id FROM t"]).out == "before\n")
        try write("sent")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try write("never sent")
        #expect(village.stop("b") == 0)
        #expect(try village.caravan("b", "log").status == 0)

        let restored = try village.json(village.caravan("b", "restore", file, "--json"))
        let replaced = try #require(restored.first?["replaced"] as? String)
        #expect(try Shell.run("sqlite3", [replaced, "SELECT count(*) FROM t"]).out == "3\n")
        #expect(try rows("b") == ["before"])
        try write("after")
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] {
            #expect(try rows(node) == ["after", "before", "sent"])
            #expect(try village.caravan(node, "verify", "--deep").status == 0)
        }
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.caravan("b", "doctor").status == 0)
    }

    @Test("A replica that is damaged, or gone, is restored")
    func damaged() throws {
        #expect(try village.caravan("b", "backup", file).status == 0)
        try Data(repeating: 7, count: 90_000).write(to: URL(fileURLWithPath: village.home("b") + "/replica.sqlite"))
        #expect(try village.caravan("b", "restore", file).status == 0)
        #expect(try rows("b") == ["before"])
        try FileManager.default.removeItem(atPath: village.home("b") + "/replica.sqlite")
        #expect(try village.caravan("b", "restore", file).status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("What cannot be restored, or backed up, ends in a sentence, and nothing is changed")
    func refused() throws {
        #expect(try village.caravan("b", "backup", file).status == 0)
        let digest = try village.digest("b")
        let there = try village.caravan("b", "backup", file, "--json")
        #expect(there.status == 2)
        #expect(try error(there).message.contains("is there already"))
        #expect(try village.caravan("b", "backup", village.folder.path + "/no/where").status == 4)

        let absent = try village.caravan("b", "restore", file + ".absent", "--json")
        #expect(absent.status == 2)
        #expect(try error(absent).name == "usage")
        let other = village.folder.appendingPathComponent("a.backup").path
        #expect(try village.caravan("a", "backup", other).status == 0)
        let foreign = try village.caravan("b", "restore", other, "--json")
        #expect(foreign.status == 2)
        #expect(try error(foreign).message.contains("of another node"))
        let torn = village.folder.appendingPathComponent("torn").path
        try Data(contentsOf: URL(fileURLWithPath: file)).prefix(70_000).write(to: URL(fileURLWithPath: torn))
        let half = try village.caravan("b", "restore", torn, "--json")
        #expect(half.status == 4)
        #expect(try error(half).message.contains(torn))
        _ = try village.serve("b")
        let open = try village.caravan("b", "restore", file, "--json")
        #expect(open.status == 4)
        #expect(try error(open).name == "locked")
        #expect(try village.digest("b") == digest)
        let left = try FileManager.default.contentsOfDirectory(atPath: village.home("b")).filter {
            $0.contains("restored") || $0.contains("replaced")
        }
        #expect(left == [])
    }

    @Test("A node without its key is not restored, and is told what it needs")
    func keyless() throws {
        #expect(try village.caravan("b", "backup", file).status == 0)
        let key = village.home("b") + "/identity.key"
        try FileManager.default.moveItem(atPath: key, toPath: key + ".aside")
        let refused = try village.caravan("b", "restore", file, "--json")
        #expect(refused.status == 4)
        #expect(try error(refused).message.contains("identity.key is missing"))
    }

    @Test("A replica that was made before refusals were counted is opened like any other")
    func older() throws {
        #expect(try village.sqlite("b", "DROP TABLE caravan_refusal").status == 0)
        let status = try village.caravan("b", "status", "--json")
        #expect(status.status == 0)
        #expect(try village.json(status).first?["refusals"] as? [String: Int] == [:])
        #expect(try village.caravan("b", "sync", address).status == 0)
    }
}

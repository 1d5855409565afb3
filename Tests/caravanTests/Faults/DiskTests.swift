import Foundation
import Testing

@Suite("A disk that is full or cannot be written, and files that go missing", .serialized)
struct DiskTests {
    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);"

    private func name(_ outcome: Shell.Outcome) throws -> String {
        let error = try JSONSerialization.jsonObject(with: Data(outcome.err.utf8)) as? [String: Any]
        return error?["error"] as? String ?? "none: \(outcome.err)"
    }

    /// Rows of 200 KiB until the disk has no room for the next: how many were acknowledged.
    private func fill(_ village: Village, _ node: String) throws -> Int {
        for number in 0..<100 {
            let outcome = try village.caravan(
                node, "sql", "INSERT INTO t VALUES ('\(number)', hex(randomblob(100000)))", "--json")
            guard outcome.status != 0 else { continue }
            #expect(outcome.status == 4)
            #expect(try name(outcome) == "disk-full")
            return number
        }
        Issue.record("the disk was never full")
        return 0
    }

    @Test(
        "On a full disk writing ends with 4 and says so, looking goes on, and with room again everything acknowledged is there and goes over",
        .enabled(if: Village.canMount))
    func full() throws {
        let village = try Village()
        #expect(try village.mount("a", "-t", "tmpfs", "-o", "size=8m", "tmpfs"))
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        let acknowledged = try fill(village, "a")
        #expect(acknowledged > 5)
        // What was written last may have found room, and its sealing none.
        let count = try #require(Int(village.sqlite("a", "SELECT count(*) FROM t").out.dropLast()))
        #expect([acknowledged, acknowledged + 1].contains(count))
        for command in [["status"], ["log"], ["verify"], ["show", "t", "0"], ["history", "t", "0"]] {
            let looked = try Shell.run(Shell.command, ["--home", village.home("a")] + command)
            #expect(looked.status == 0, "\(command) \(looked.err)")
        }
        let kinds = try village.json(village.caravan("a", "doctor", "--json")).compactMap { $0["kind"] as? String }
        #expect(kinds.last == "disk")
        #expect(kinds.allSatisfy { ["unchecked", "disk"].contains($0) })

        // A peer that brings more than there is room for is told why.
        try village.sqlite(
            "b",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO t SELECT 'b' || i, hex(randomblob(100000)) FROM n"
        )
        let refused = try village.caravan("b", "sync", address, "--json")
        #expect(refused.status == 3)
        #expect(try name(refused) == "unavailable")
        #expect(refused.err.contains("disk-full"))

        try village.resizeDisk(of: "a", mebibytes: 200)
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "\(count + 40)\n")
        for node in ["a", "b"] { #expect(try village.caravan(node, "verify", "--deep").status == 0) }
        #expect(try village.caravan("a", "doctor").status == 0)
    }

    @Test(
        "A server that is started on a full disk says so and keeps trying, until there is room or it is told to stop",
        .enabled(if: Village.canMount))
    func fullAtStart() throws {
        let village = try Village()
        #expect(try village.mount("a", "-t", "tmpfs", "-o", "size=8m", "tmpfs"))
        _ = try village.found("a", others: [], schema: Self.schema)
        #expect(village.stop("a") == 0)
        #expect(try village.sqlite("a", "PRAGMA wal_checkpoint(TRUNCATE)").status == 0)
        let blocks = village.home("a") + "/blocks"
        _ = try Shell.run("dd", ["if=/dev/zero", "of=\(blocks)", "bs=4096"])
        try village.beginToServe("a")
        #expect(village.waits(for: "is full", in: "a"))
        #expect(village.isRunning("a"))
        #expect(village.stop("a") == 0)
        try village.beginToServe("a")
        try FileManager.default.removeItem(atPath: blocks)
        #expect(village.listens("a"))
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try village.caravan("b", "join", code, "--name", "b").status == 0)
        #expect(village.stop("a") == 0)
    }

    @Test("A write-ahead log that grew while somebody read is short again once nobody does")
    func longLog() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        let (reader, out, _) = try Shell.start(
            "sqlite3",
            [village.home("a") + "/replica.sqlite", "BEGIN; SELECT count(*) FROM t", ".shell echo held; sleep 4"])
        _ = out.fileHandleForReading.readData(ofLength: 4)
        for number in 0..<4 {
            #expect(try village.sqlite("a", "INSERT INTO t VALUES ('\(number)', hex(randomblob(2000000)))").status == 0)
        }
        let log = village.home("a") + "/replica.sqlite-wal"
        let size = { () -> Int in (try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0 }
        #expect(size() > 12 << 20)
        reader.waitUntilExit()
        // Of a plain program nobody may expect it; the server does it, without a write of its own.
        #expect(waits { size() <= 4 << 20 })
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "4\n")
    }

    @Test("A limit on the size of files ends in a sentence and 4, and nothing acknowledged is lost")
    func limit() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        #expect(try village.caravan("a", "sql", "INSERT INTO t VALUES ('kept', 'v')").status == 0)
        let write =
            "'\(Shell.command)' --home '\(village.home("a"))' sql \"INSERT INTO t VALUES ('large', hex(randomblob(2000000)))\" --json"
        let outcome = try Shell.run("bash", ["-c", "ulimit -f 600; exec \(write)"])
        #expect(outcome.status == 4)
        #expect(try ["disk", "disk-full"].contains(name(outcome)), "\(outcome.err)")
        #expect(try village.caravan("a", "sql", "SELECT id FROM t").out == "kept\n")
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
        #expect(try Shell.run("bash", ["-c", write]).status == 0)
    }

    @Test(
        "In a folder that cannot be written every command ends with 4 and names what to look at",
        .enabled(if: Village.canMount))
    func readOnly() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        try village.sqlite("a", "INSERT INTO project(id) VALUES ('p')")
        try village.makeReadOnly("a")
        for command in [
            ["status"], ["log"], ["sql", "DELETE FROM project"], ["sync", "127.0.0.1:1"], ["doctor"],
            ["serve", "--listen", "127.0.0.1:0"],
        ] {
            let outcome = try Shell.run(
                Shell.command, ["--home", village.home("a")] + command + (command[0] == "serve" ? [] : ["--json"]))
            #expect(outcome.status == 4, "\(command): \(outcome.err)")
            #expect(outcome.err.contains("cannot be written"), "\(command): \(outcome.err)")
        }
        try village.mount("new", "-t", "tmpfs", "-o", "ro", "tmpfs")
        let refused = try village.caravan("new", "init", "--name", "b")
        #expect(refused.status == 4)
        #expect(refused.err.contains("cannot be written"))
        try village.makeWritable("a")
        #expect(try village.caravan("a", "sql", "SELECT id FROM project").out == "p\n")
    }

    /// A node whose server was killed and whose write-ahead log was then deleted, with everything that it had not moved
    /// into the file.
    private func withoutTail() throws -> (Village, String) {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        _ = try village.serve("b")
        for id in ["1", "2"] {
            #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('\(id)')").status == 0)
        }
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(village.fell("b"))
        try FileManager.default.removeItem(atPath: village.home("b") + "/replica.sqlite-wal")
        #expect(try village.caravan("b", "sql", "SELECT count(*) FROM t").out == "0\n", "the tail is lost")
        return (village, address)
    }

    @Test("A -wal file that was deleted: what a peer acknowledged comes back from it")
    func tailComesBack() throws {
        let (village, address) = try withoutTail()
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "2\n")
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
    }

    @Test(
        "A -wal file that was deleted, and more was written since: no fork, for the node goes on in a new incarnation, and every row is everywhere"
    )
    func tailIsReplaced() throws {
        let (village, address) = try withoutTail()
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('3')").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT id FROM t ORDER BY id").out == "1\n2\n3\n")
            #expect(try village.caravan(node, "verify", "--deep").status == 0)
        }
        #expect(try village.digest("a") == village.digest("b"))
    }
}

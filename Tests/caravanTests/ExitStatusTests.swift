import Foundation
import SyncNode
import Testing

@testable import caravan

@Suite("Exit statuses and errors, as other programs rely on them")
struct ExitStatusTests {
    private func error(_ outcome: Shell.Outcome) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(outcome.err.utf8)) as? [String: Any] ?? [:]
    }

    @Test("Wrong usage and wrong SQL end with 2, never with 64, and are objects with --json")
    func usage() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        for arguments in [
            ["status", "--nope"], ["nope"], ["log", "--since", "never"], ["sync", "nobody"],
            ["peer", "add", "x", "no-port"],
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + arguments)
            #expect(outcome.status == 2, "\(arguments)")
            #expect(!outcome.err.isEmpty, "\(arguments)")
            #expect(outcome.out.isEmpty, "\(arguments)")
        }
        let wrong = try village.caravan("a", "sql", "--json", "SELEC 1")
        #expect(wrong.status == 2)
        #expect(try error(wrong)["error"] as? String == "wrong-sql")
        #expect(try error(wrong)["exit"] as? Int == 2)
        #expect(try error(village.caravan("a", "log", "--nope", "--json"))["error"] as? String == "usage")
        #expect(try village.caravan("a", "init").status == 2)
        #expect(try village.caravan("a", "--help").status == 0)
    }

    @Test("A peer that is not there ends with 3")
    func unreachable() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let outcome = try village.caravan("a", "sync", "127.0.0.1:1")
        #expect(outcome.status == 3)
        #expect(outcome.err.contains("127.0.0.1:1"))
    }

    @Test("A replica that is missing, of a newer format, damaged, or locked ends with 4, and nothing is lost")
    func replica() throws {
        let village = try Village()
        #expect(try village.caravan("none", "status").status == 4)
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        try village.sqlite("a", "UPDATE caravan_meta SET value = 99 WHERE name = 'format'")
        let newer = try village.caravan("a", "status", "--json")
        #expect(newer.status == 4)
        #expect(try error(newer)["error"] as? String == "newer-format")
        try village.sqlite(
            "a", "UPDATE caravan_meta SET value = 1 WHERE name = 'format'; INSERT INTO project(id) VALUES ('p')")

        let (holder, out, _) = try Shell.start(
            "sqlite3", [village.home("a") + "/replica.sqlite", "BEGIN IMMEDIATE", ".shell echo held; sleep 8"])
        _ = out.fileHandleForReading.readData(ofLength: 4)
        let locked = try village.caravan("a", "sql", "INSERT INTO project(id) VALUES ('q')", "--json")
        #expect(locked.status == 4)
        #expect(try error(locked)["error"] as? String == "locked")
        holder.waitUntilExit()
        #expect(try village.caravan("a", "sql", "SELECT count(*) FROM project").out == "1\n")

        let file = try FileHandle(forUpdating: URL(fileURLWithPath: village.home("a") + "/replica.sqlite"))
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data(repeating: 0x5A, count: 8192))
        try file.close()
        #expect(try village.caravan("a", "status").status == 4)
    }

    @Test("A key file that others may read ends with 5, and names what to do")
    func exposedKey() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let key = village.home("a") + "/identity.key"
        #expect(try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let outcome = try village.caravan("a", "status")
        #expect(outcome.status == 5)
        #expect(outcome.err.contains("chmod 600"))
    }

    @Test("A finding of verify ends with 1")
    func finding() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        #expect(try village.caravan("a", "verify", "--json").status == 0)
        try village.sqlite(
            "a", "UPDATE caravan_chunk SET bytes = zeroblob(3) WHERE id = (SELECT max(id) FROM caravan_chunk)")
        let outcome = try village.caravan("a", "verify", "--json")
        #expect(outcome.status == 1)
        let findings = try village.json(outcome).first?["findings"] as? [[String: Any]]
        #expect(findings?.first?["kind"] as? String == "body")
    }

    @Test("A reader may not write, and what it tried is not there")
    func reader() throws {
        let village = try Village()
        _ = try village.found("a", others: [])
        let code = try village.caravan("a", "invite", "--role", "reader").out.trimmingCharacters(
            in: .whitespacesAndNewlines)
        #expect(try village.caravan("b", "join", code, "--name", "b").status == 0)
        let refused = try village.caravan("b", "sql", "INSERT INTO project(id) VALUES ('p')", "--json")
        #expect(refused.status == 5)
        #expect(try error(refused)["exit"] as? Int == 5)
        #expect(try village.sqlite("b", "SELECT count(*) FROM project").out == "0\n")
    }

    @Test("A sync that fails says so in JSON, too")
    func failedSync() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let outcome = try village.caravan("a", "sync", "127.0.0.1:1", "--json")
        #expect(outcome.status == 3)
        #expect(try error(outcome)["exit"] as? Int == 3)
    }

    @Test("A founding that is refused leaves nothing, and can be tried again")
    func refusedFounding() throws {
        let village = try Village()
        let schema = village.folder.appendingPathComponent("bad.sql")
        try "CREATE TABLE t (x TEXT)".write(to: schema, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--schema", schema.path).status == 2)
        #expect(!FileManager.default.fileExists(atPath: village.home("a") + "/replica.sqlite"))
        #expect(try village.caravan("a", "init").status == 0)
    }

    @Test("Output that cannot be written is an error, and a reader that has gone is none")
    func output() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let command =
            "'\(Shell.command)' --home '\(village.home("a"))' sql 'SELECT * FROM country, committee, programme'"
        let full = try Shell.run("sh", ["-c", "\(command) > /dev/full"])
        #expect(full.status == 4)
        #expect(full.err.contains("could not be written"))
        let gone = try Shell.run("bash", ["-c", "\(command) | head -n 1; exit ${PIPESTATUS[0]}"])
        #expect(gone.status == 0)
        #expect(gone.lines.count == 1)
        #expect(gone.err.isEmpty)
    }

    @Test("A server that is told to stop as soon as its address is read ends with 0")
    func stoppedAtOnce() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        for _ in 0..<5 {
            _ = try village.serve("a")
            #expect(village.stop("a") == 0)
        }
    }

    @Test("Every kind of error has a status from the table")
    func table() {
        for kind in NodeError.Kind.allCases { #expect((2...5).contains(ErrorReport.status(of: kind))) }
    }
}

import Foundation
import Testing

@Suite("Settings that a server takes up while it runs", .serialized)
struct ReloadTests {
    let village: Village
    let manager: ManagerSocket
    let process: Process
    private let out: Pipe

    init() throws {
        village = try Village()
        _ = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, x TEXT);")
        _ = village.stop("a")
        manager = try ManagerSocket(in: village.folder)
        try "listen: 127.0.0.1:0\n".write(
            toFile: village.home("a") + "/config.yaml", atomically: true, encoding: .utf8)
        (process, out, _) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve"], environment: ["NOTIFY_SOCKET": manager.name])
        #expect(manager.message(with: "READY=1") != nil)
    }

    private func end() {
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    /// Writes settings, has them taken up, and gives what the manager is told then.
    private func reload(_ settings: String) throws -> String {
        try settings.write(toFile: village.home("a") + "/config.yaml", atomically: true, encoding: .utf8)
        kill(process.processIdentifier, SIGHUP)
        let begun = try #require(manager.message(with: "RELOADING=1"))
        #expect(begun.contains("MONOTONIC_USEC="))
        return try #require(manager.message(with: "READY=1"))
    }

    private func log() throws -> String {
        try String(contentsOfFile: village.home("a") + "/serve.log", encoding: .utf8)
    }

    private func listened() throws -> String {
        let status = try village.json(village.caravan("a", "status", "--json")).first
        let servers = status?["servers"] as? [[String: Any]]
        return servers?.first?["address"] as? String ?? ""
    }

    @Test("A mistake is one sentence with its line, and what was in force stays in force; mended, it holds")
    func mistake() throws {
        defer { end() }
        let address = try listened()
        let wrong = try reload("listen: 127.0.0.1:0\n\nbudgetDay: lots\n")
        #expect(wrong.contains("config.yaml, line 3: budgetDay is a number of bytes"))
        #expect(try log().contains("line 3: budgetDay is a number of bytes, such as 50M or 1G"))
        #expect(try log().contains("; the former settings hold"))
        #expect(try village.caravan("b", "sync", address).status == 0)
        let mended = try reload("listen: 127.0.0.1:0\nbudgetDay: 1\n")
        #expect(!mended.contains("config.yaml"))
        #expect(try log().contains("config.yaml was read anew: budgetDay changed"))
        let refused = try village.caravan("b", "sync", address)
        #expect(refused.status == 3)
        #expect(refused.err.contains("byte budget"), "\(refused.err)")
        _ = try reload("listen: 127.0.0.1:0\n")
        #expect(try village.caravan("b", "sync", address).status == 0)
    }

    @Test("Another address is listened on from then on; one that cannot be had leaves the node where it was")
    func address() throws {
        defer { end() }
        let first = try listened()
        _ = try reload("listen: localhost:0\n")
        var second = first
        try waits {
            second = try listened()
            return second != first && !second.isEmpty
        }
        #expect(second != first)
        #expect(try village.caravan("b", "sync", second).status == 0)
        #expect(try village.caravan("b", "sync", first).status == 3)
        try "listen: 192.0.2.1:7410\n".write(
            toFile: village.home("a") + "/config.yaml", atomically: true, encoding: .utf8)
        kill(process.processIdentifier, SIGHUP)
        let status = try #require(manager.message(with: "Cannot listen on 192.0.2.1:7410"))
        #expect(status.contains("Cannot listen on 192.0.2.1:7410"))
        #expect(manager.message(with: "READY=1")?.contains("serving at \(second)") == true)
        #expect(try village.caravan("b", "sync", second).status == 0)
    }

    @Test("A server that was begun on a terminal ends with it")
    func terminal() throws {
        end()
        let program = """
            import os, pty, select, sys, time
            child, terminal = pty.fork()
            if child == 0: os.execvp(sys.argv[1], sys.argv[1:])
            said = b""
            while b"listening on" not in said: said += os.read(terminal, 4096)
            os.close(terminal)
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            """
        let outcome = try Shell.run(
            "python3", ["-c", program, Shell.command, "--home", village.home("a"), "serve", "--listen", "127.0.0.1:0"])
        #expect(outcome.out == "0\n", "\(outcome.err)")
        #expect(try log().contains("the terminal was closed"))
    }
}

import Foundation
import Testing

@Suite("The command without a command")
struct OverviewTests {
    private func overview(_ village: Village, _ node: String) throws -> Shell.Outcome {
        try Shell.run(Shell.command, ["--home", village.home(node)])
    }

    @Test("Where there is no node it says how one begins, and makes nothing")
    func nothing() throws {
        let village = try Village()
        let outcome = try overview(village, "a")
        #expect(outcome.status == 0)
        #expect(outcome.out.hasPrefix("There is no node in \(village.home("a")).\n"))
        #expect(outcome.out.contains("init --name NAME  found an alliance"))
        #expect(outcome.out.contains("join CODE"))
        #expect(!FileManager.default.fileExists(atPath: village.home("a")))
    }

    @Test("Where there is one it says how that stands, and what to do next, most urgent first")
    func next() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v)")
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 0)")
        #expect(try village.caravan("b", "sync", address).status == 0)
        let there = try overview(village, "b").out
        #expect(
            there.hasPrefix("b, member, in \(village.home("b"))\n1 row in 1 table; `serve` does not run\na: in sync"))
        for node in ["a", "b"] { try village.sqlite(node, "UPDATE t SET v = '\(node)'") }
        #expect(try village.caravan("b", "sync", address).status == 0)
        let lines = try overview(village, "b").lines.map { $0.trimmingCharacters(in: .whitespaces) }
        let first = try #require(lines.firstIndex { $0.hasPrefix("next") })
        #expect(lines[first + 1].contains("1 thing waits for a decision"))
        #expect(lines.contains { $0.contains("serve --listen 0.0.0.0:7410") })
        let server = try overview(village, "a").out
        #expect(server.contains("`serve` runs"))
        #expect(!server.contains("serve --listen"))
    }

    @Test("Programs are told as by `status`, wherever --json and the folder stand")
    func programs() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let home = ["--home", village.home("a")]
        for words in [
            home + ["--json"], ["--json"] + home, ["--json"] + home + ["status"], home + ["--json", "status"],
        ] {
            let told = try village.json(try Shell.run(Shell.command, words))
            #expect(told.first?["name"] as? String == "a", "\(words)")
            #expect(told.first?["versionVector"] != nil, "\(words)")
        }
    }
}

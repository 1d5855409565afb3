import Foundation
import Testing

@Suite("A join that is killed once the node was admitted")
struct KilledJoinTests {
    /// An alliance with more records than come in one moment.
    private func filled() throws -> Village {
        let village = try Village()
        try village.plugStick()
        _ = try village.found("a", others: [], schema: Village.plainSchema)
        try village.sqlite(
            "a",
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) \
            INSERT INTO t SELECT 'r' || i, hex(randomblob(100)) FROM n
            """)
        try village.done(village.caravan("a", "log"))
        return village
    }

    /// Runs a joining and kills it as soon as the tables are there.
    ///
    /// - Returns: whether it was not through by then.
    private func isCutOff(_ village: Village, _ node: String, _ arguments: [String]) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Shell.command)
        process.arguments = ["--home", village.home(node), "join"] + arguments
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        let tables = "SELECT count(*) FROM sqlite_master WHERE name = 't'"
        while process.isRunning, try village.sqlite(node, tables).out != "1\n" { usleep(2000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return try village.sqlite(node, "SELECT count(*) FROM caravan_meta WHERE name = 'joining'").out == "1\n"
    }

    /// The name of a node whose joining was cut off half way, and the words with which it joins.
    private func halfJoined(
        _ village: Village, by arguments: (String) throws -> [String]
    ) throws -> (node: String, arguments: [String]) {
        for number in 0..<20 {
            let node = "j\(number)"
            let arguments = try arguments(node)
            if try isCutOff(village, node, arguments) { return (node, arguments) }
        }
        throw Village.Failure(Shell.Outcome(status: -1, out: "", err: "no joining was cut off half way"))
    }

    /// Doctor names it, the same line finishes it, and then there is nothing to say any more.
    private func finish(_ village: Village, _ node: String, _ arguments: [String], _ advice: String) throws {
        let named = try village.caravan(node, "doctor")
        #expect(named.status == 1)
        #expect(named.out.contains("joining: this node began to join"), "\(named.out)")
        #expect(named.out.contains(advice), "\(named.out)")
        let again = try Shell.run(Shell.command, ["--home", village.home(node), "join"] + arguments)
        #expect(again.status == 0, "\(again.err)")
        #expect(again.out.hasPrefix("\(node) joined and is in sync"), "\(again.out)")
        #expect(try village.digest(node) == village.digest("a"))
        #expect(try village.caravan(node, "doctor").out == "nothing is wrong\n")
        let third = try Shell.run(Shell.command, ["--home", village.home(node), "join"] + arguments)
        #expect(third.status == 2)
        #expect(third.err.contains("holds a node already"), "\(third.err)")
    }

    private func code(of village: Village, _ node: String, _ arguments: String...) throws -> String {
        try Shell.run(Shell.command, ["--home", village.home(node), "invite"] + arguments).out
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("The same line goes on where it was, another alliance's is refused, and doctor says what helps meanwhile")
    func byInvitation() throws {
        let village = try filled()
        let (node, arguments) = try halfJoined(village) { [try code(of: village, "a"), "--name", $0] }
        try village.done(village.caravan("other", "init", "--name", "other"))
        let foreign = try village.caravan(
            node, "join", try code(of: village, "other", "--address", "127.0.0.1:1"), "--name", node)
        #expect(foreign.status == 2)
        #expect(foreign.err.contains("holds a node already"), "\(foreign.err)")
        try finish(village, node, arguments, "`caravan sync`")
    }

    @Test("A sync finishes it as well")
    func bySync() throws {
        let village = try filled()
        let (node, _) = try halfJoined(village) { [try code(of: village, "a"), "--name", $0] }
        #expect(try village.caravan(node, "sync").status == 0)
        #expect(try village.digest(node) == village.digest("a"))
        #expect(try village.caravan(node, "doctor").out == "nothing is wrong\n")
    }

    @Test("The same answer to a petition goes on where it was")
    func byGrant() throws {
        let village = try filled()
        let (node, arguments) = try halfJoined(village) { node in
            let (request, grant) = (village.onStick(node + ".request"), village.onStick(node + ".grant"))
            try village.done(village.caravan(node, "join", "--request", request, "--name", node))
            try village.done(village.caravan("a", "invite", "--grant", request, "--output", grant))
            return ["--grant", grant]
        }
        try finish(village, node, arguments, "`caravan join --grant FILE`")
        #expect(try village.sqlite(node, "SELECT count(*) FROM t").out == "40000\n")
    }
}

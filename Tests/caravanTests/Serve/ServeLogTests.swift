import Foundation
import Testing

@Suite("The log of a server")
struct ServeLogTests {
    let village: Village

    init() throws {
        village = try Village()
        #expect(try village.foundSmall("a"))
    }

    /// Runs a server with options until it listens and has heard of settings `signals` times, and gives its log.
    private func log(_ options: [String], signals: Int) throws -> [String] {
        let (process, out, err) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve", "--listen", "127.0.0.1:0"] + options)
        #expect(Shell.firstLine(of: out)?.hasPrefix("listening on") == true)
        for _ in 0..<signals {
            kill(process.processIdentifier, SIGHUP)
            usleep(200_000)
        }
        process.terminate()
        let data = err.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("JSON has an object a line, whatever is in it, and says how many lines like it were left out")
    func json() throws {
        let lines = try log(["--log-format", "json"], signals: 4)
        let objects = try lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let said = objects.filter { ($0["message"] as? String)?.contains("was read anew") == true }
        #expect(said.count == 2)
        #expect(said.first?["level"] as? String == "notice")
        #expect(said.first?["leftOut"] == nil)
        #expect(said.last?["leftOut"] as? Int == 3)
        #expect((said.first?["time"] as? String)?.hasSuffix("Z") == true)
    }

    @Test("Text repeats no line within a minute, and says at the end what it left out")
    func text() throws {
        let lines = try log([], signals: 3).filter { $0.contains("was read anew") }
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix("notice: config.yaml was read anew: nothing in it has changed") == true)
        #expect(lines.last?.hasSuffix("(2 more like it were left out)") == true)
    }

    @Test("A journal gets the weight of each line and no time, for it stamps lines by itself")
    func journal() throws {
        let program = """
            import os, signal, subprocess, sys, time
            read, write = os.pipe()
            facts = os.fstat(write)
            told = dict(os.environ, JOURNAL_STREAM="%d:%d" % (facts.st_dev, facts.st_ino))
            server = subprocess.Popen(sys.argv[1:], env=told, stderr=write, stdout=subprocess.PIPE)
            os.close(write)
            server.stdout.readline()
            server.send_signal(signal.SIGHUP)
            print(os.read(read, 4096).decode(), end="")
            server.terminate()
            sys.exit(server.wait())
            """
        let outcome = try Shell.run(
            "python3", ["-c", program, Shell.command, "--home", village.home("a"), "serve", "--listen", "127.0.0.1:0"])
        #expect(outcome.status == 0)
        #expect(outcome.out == "<5>config.yaml was read anew: nothing in it has changed\n")
    }

    @Test("A level leaves out what weighs less, and one that there is not is refused")
    func level() throws {
        #expect(try log(["--log-level", "warning"], signals: 1).isEmpty)
        #expect(try log(["--log-level", "debug"], signals: 1).contains { $0.contains("was read anew") })
        #expect(try village.caravan("a", "serve", "--log-level", "loud").status == 2)
        #expect(try village.caravan("a", "serve", "--log-format", "xml").status == 2)
    }

    @Test("The last lines are kept in a file that only the owner reads, with what came from elsewhere escaped")
    func file() throws {
        let (process, out, _) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve", "--listen", "127.0.0.1:0"])
        #expect(Shell.firstLine(of: out)?.hasPrefix("listening on") == true)
        try "\"in\\e[31mterval\": 3\n".write(
            toFile: village.home("a") + "/config.yaml", atomically: true, encoding: .utf8)
        kill(process.processIdentifier, SIGHUP)
        let path = village.home("a") + "/serve.log"
        waits { FileManager.default.fileExists(atPath: path) }
        process.terminate()
        process.waitUntilExit()
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("line 1: there is no setting in\\u{1B}[31mterval"))
        #expect(!text.contains("\u{1B}"))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }
}

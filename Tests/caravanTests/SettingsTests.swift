import Foundation
import Testing

@Suite("Settings of a node: options before the environment, the environment before config.yaml", .serialized)
struct SettingsTests {
    let village: Village

    init() throws { village = try Village() }

    private func write(_ settings: String, at node: String = "a") throws {
        try FileManager.default.createDirectory(atPath: village.home(node), withIntermediateDirectories: true)
        try settings.write(toFile: village.home(node) + "/config.yaml", atomically: true, encoding: .utf8)
    }

    private func caravan(_ arguments: String..., environment: [String: String] = [:]) throws -> Shell.Outcome {
        try Shell.run(Shell.command, ["--home", village.home("a")] + arguments, environment: environment)
    }

    /// The lines of the log of a server from its start to its end, and those that it printed.
    private func serving(
        _ arguments: [String] = [], environment: [String: String] = [:], lines: Int
    ) throws -> [String] {
        let (process, out, _) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve"] + arguments, environment: environment)
        let printed = (0..<lines).compactMap { _ in Shell.firstLine(of: out) }
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return printed
    }

    @Test("The name is that of --name, else of CARAVAN_NAME, else of config.yaml, which stays as it was written")
    func name() throws {
        for (node, arguments, environment, name) in [
            ("b", ["--name", "osh"], ["CARAVAN_NAME": "kashgar"], "osh"),
            ("c", [], ["CARAVAN_NAME": "kashgar"], "kashgar"), ("d", [], ["CARAVAN_NAME": ""], "urumqi"),
            ("e", [], [:], "urumqi"),
        ] {
            try write("name: urumqi # ours\n", at: node)
            let founded = try Shell.run(
                Shell.command, ["--home", village.home(node), "init"] + arguments, environment: environment)
            #expect(founded.out.hasPrefix("\(name) founded an alliance"), "\(founded.err)")
            let kept = try String(contentsOfFile: village.home(node) + "/config.yaml", encoding: .utf8)
            #expect(kept == "name: urumqi # ours\n")
        }
        let code = try village.caravan("e", "invite", "--address", "127.0.0.1:1").out
        try write("name: osh\n", at: "f")
        let asked = try village.caravan("f", "join", "--request", village.home("f") + "/a.request", "--json")
        #expect(asked.out.contains("\"name\":\"osh\""))
        // Before anything is made.
        try write("\n# ours\nname: \"\\u200b\"\n", at: "g")
        for arguments in [["init"], ["join", code.trimmingCharacters(in: .newlines)], ["join", "--request", "x"]] {
            let refused = try Shell.run(Shell.command, ["--home", village.home("g")] + arguments)
            #expect(refused.status == 2)
            #expect(refused.err.contains("config.yaml, line 3: name: a node's name is something that people see"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: village.home("g")) == ["config.yaml"])
        }
    }

    @Test("serve shows a console and measures where config.yaml names their places, and where an option does instead")
    func places() throws {
        try village.caravan("a", "init", "--name", "a")
        try write("listen: 127.0.0.1:0\nconsole: 127.0.0.1:0\nmetrics: 127.0.0.1:0\n")
        let lines = try serving(lines: 3)
        #expect(lines.first?.hasPrefix("listening on 127.0.0.1:") == true)
        #expect(lines.contains { $0.hasPrefix("console on http://127.0.0.1:") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("metrics on http://127.0.0.1:") }, "\(lines)")
        let told = try serving(["--console", "localhost:0"], environment: ["CARAVAN_CONSOLE": "[::1]:0"], lines: 3)
        #expect(told.contains { $0.hasPrefix("console on http://localhost:") }, "\(told)")
        try write("")
        let named = ["CARAVAN_LISTEN": "127.0.0.1:0", "CARAVAN_CONSOLE": "127.0.0.1:0"]
        let variable = try serving(environment: named, lines: 2)
        #expect(variable.contains { $0.hasPrefix("console on http://127.0.0.1:") }, "\(variable)")
    }

    @Test(
        "A mistake is said with its line, or with its variable, and a variable comes before the file",
        arguments: [
            ("\nconsole: 7480\n", [:], "config.yaml, line 2: console: “7480” is not an address HOST:PORT"),
            ("metrics: 0.0.0.0:9410\n", [:], "config.yaml, line 1: metrics: Cannot listen on 0.0.0.0:9410: pages go"),
            ("name: [a]\n", [:], "config.yaml cannot be read as YAML (line 1: name has another kind of value)"),
            ("", ["CARAVAN_LISTEN": "x"], "caravan: CARAVAN_LISTEN: listen: “x” is not an address HOST:PORT"),
            ("", ["CARAVAN_INTERVAL": "0"], "caravan: CARAVAN_INTERVAL: interval is a number of seconds"),
            ("", ["CARAVAN_VALUE_BYTES_MAX": "1"], "caravan: CARAVAN_VALUE_BYTES_MAX: valueBytesMax is a number"),
            ("", ["CARAVAN_BUDGET_DAY": "lots"], "caravan: CARAVAN_BUDGET_DAY: budgetDay is a number of bytes"),
            ("", ["CARAVAN_PROXY": "ftp://a:1"], "CARAVAN_PROXY: proxy names no proxy that can be used"),
            ("interval: 0\n", ["CARAVAN_INTERVAL": "5"], "config.yaml, line 1: interval is a number of seconds"),
        ])
    func mistakes(settings: String, environment: [String: String], sentence: String) throws {
        try village.caravan("a", "init", "--name", "a")
        try write(settings)
        let refused = try caravan("status", environment: environment)
        #expect(refused.status == 2)
        #expect(refused.err.contains(sentence), "\(refused.err)")
        #expect(refused.err.filter { $0 == "\n" }.count == 1)
    }

    @Test("What holds is what `doctor --bundle` shows: the variable's value, and the file's where there is none")
    func shown() throws {
        try village.caravan("a", "init", "--name", "a")
        try write("budgetDay: 1M\nbudgetMonth: 3M\nconsole: 127.0.0.1:7480\nconsoleNames: [a.example]\n")
        let file = village.home("a") + "/bundle.json"
        let environment = [
            "CARAVAN_BUDGET_DAY": "2M", "CARAVAN_CONSOLE_NAMES": "b.example, c.example", "CARAVAN_INTERVAL": "",
        ]
        let written = try caravan("doctor", "--bundle", file, environment: environment)
        #expect(written.status < 2, "\(written.err)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        for words in ["2M", "3M", "127.0.0.1:7480", "b.example, c.example"] { #expect(text.contains(words), "\(text)") }
        for words in ["1M", "a.example"] { #expect(!text.contains(words), "\(text)") }
    }
}

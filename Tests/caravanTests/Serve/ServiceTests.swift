import Foundation
import Testing

@Suite("The service that systemd runs")
struct ServiceTests {
    let village: Village

    init() throws { village = try Village() }

    /// Runs `caravan service` where the user's units are in the village, with a systemctl that notes what it is told.
    private func service(
        _ node: String, _ arguments: [String], systemctl: String = "exit 0", executable: String = Shell.command
    ) throws -> Shell.Outcome {
        let tools = village.folder.appendingPathComponent("tools")
        try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
        let tool = tools.appendingPathComponent("systemctl").path
        try "#!/bin/sh\necho \"$@\" >> '\(village.folder.path)/told'\n\(systemctl)\n".write(
            toFile: tool, atomically: true, encoding: .utf8)
        chmod(tool, 0o755)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return try Shell.run(
            executable, ["--home", village.home(node), "service"] + arguments,
            environment: ["XDG_CONFIG_HOME": village.folder.path + "/settings", "PATH": tools.path + ":" + path])
    }

    private var told: [String] {
        let text = (try? String(contentsOfFile: village.folder.path + "/told", encoding: .utf8)) ?? ""
        return text.replacing("--no-ask-password --no-pager ", with: "").split(separator: "\n").map(String.init)
    }

    private func unit(_ name: String = "caravan") -> String {
        village.folder.path + "/settings/systemd/user/\(name).service"
    }

    @Test("It is written, enabled and started; again it is written anew; and it goes without a trace of the node's")
    func life() throws {
        #expect(try village.foundSmall("a"))
        let installed = try service("a", ["install", "--user", "--", "--metrics", "127.0.0.1:9410"])
        #expect(installed.status == 0, "\(installed.err)")
        #expect(
            told == [
                "--user daemon-reload", "--user enable caravan.service", "--user restart --no-block caravan.service",
            ])
        let text = try String(contentsOfFile: unit(), encoding: .utf8)
        for line in [
            "Type=notify", "WatchdogSec=60", "Restart=on-failure", "NoNewPrivileges=yes",
            "RestartPreventExitStatus=2 5",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)")
        }
        #expect(text.contains(" --home \(village.home("a")) serve --metrics 127.0.0.1:9410\n"))
        #expect(try service("a", ["install", "--user"]).status == 0)
        #expect(try !String(contentsOfFile: unit(), encoding: .utf8).contains("--metrics"))
        let removed = try service("a", ["uninstall", "--user"])
        #expect(removed.status == 0)
        #expect(told.suffix(2) == ["--user disable --now caravan.service", "--user daemon-reload"])
        #expect(!FileManager.default.fileExists(atPath: unit()))
        #expect(try village.caravan("a", "status").status == 0)
        #expect(try service("a", ["uninstall", "--user"]).status == 2)
    }

    @Test("Where there is no systemd the unit is written, and the commands that are left are named")
    func alone() throws {
        #expect(try village.foundSmall("a"))
        let outcome = try service(
            "a", ["install", "--user"], systemctl: "echo 'Failed to connect to bus' >&2; exit 1")
        #expect(outcome.status == 1)
        #expect(outcome.err.contains("systemd could not be told (Failed to connect to bus)"))
        #expect(
            outcome.lines.suffix(3) == [
                "    systemctl --user daemon-reload", "    systemctl --user enable caravan.service",
                "    systemctl --user restart --no-block caravan.service",
            ])
        #expect(FileManager.default.fileExists(atPath: unit()))
    }

    @Test("Status tells what systemd and the server say, and whether the unit is as it would be written now")
    func status() throws {
        #expect(try village.foundSmall("a"))
        let answer =
            "echo ActiveState=active; echo 'StatusText=serving at 127.0.0.1:1, connected with 2 members'; echo UnitFileState=enabled; echo NRestarts=3"
        let none = try service("a", ["status", "--user"], systemctl: "echo ActiveState=inactive")
        #expect(none.status == 1)
        #expect(none.out.contains("not installed"))
        #expect(try service("a", ["install", "--user"]).status == 0)
        let outcome = try service("a", ["status", "--user"], systemctl: answer)
        #expect(outcome.status == 0)
        #expect(outcome.out.contains("serving at 127.0.0.1:1, connected with 2 members"))
        let json = try #require(
            try village.json(service("a", ["status", "--user", "--json"], systemctl: answer)).first)
        #expect(json["state"] as? String == "active")
        #expect(json["isCurrent"] as? Bool == true)
        #expect(json["restarts"] as? Int == 3)
        try "# changed".write(toFile: unit(), atomically: true, encoding: .utf8)
        #expect(try service("a", ["status", "--user"], systemctl: answer).status == 1)
    }

    @Test("A unit of somebody else's, or of another node, is left alone")
    func foreign() throws {
        for node in ["a", "b"] { #expect(try village.foundSmall(node)) }
        #expect(try service("a", ["install", "--user"]).status == 0)
        let other = try service("b", ["install", "--user"])
        #expect(other.status == 2)
        #expect(other.err.contains("runs the node at \(village.home("a"))"))
        #expect(try service("b", ["uninstall", "--user"]).status == 2)
        #expect(try service("b", ["install", "--user", "--name", "caravan-b"]).status == 0)
        #expect(FileManager.default.fileExists(atPath: unit("caravan-b")))
        try "[Service]\nExecStart=/bin/true\n".write(toFile: unit("mine"), atomically: true, encoding: .utf8)
        let mine = try service("a", ["install", "--user", "--name", "mine"])
        #expect(mine.status == 2)
        #expect(mine.err.contains("was not made by caravan"))
    }

    @Test(
        "What cannot be meant is refused, and nothing is written",
        arguments: [
            (["install", "--user", "--", "--lissen", "x"], "Unknown option '--lissen'"),
            (["install", "--user", "--system"], "exclude each other"),
            (["install", "--user", "--name", "../x"], "cannot be called"),
            (["install", "--user", "--", "--listen", "here"], "the port is missing"),
        ])
    func wrong(arguments: [String], sentence: String) throws {
        #expect(try village.foundSmall("a"))
        let outcome = try service("a", arguments)
        #expect(outcome.status == 2)
        #expect(outcome.err.contains(sentence), "\(outcome.err)")
        #expect(!FileManager.default.fileExists(atPath: unit()))
        #expect(try service("none", ["install", "--user"]).status == 4)
    }

    @Test("A dry run prints the unit and writes nothing; a port below 1024 gives the right to it, and that alone")
    func dry() throws {
        #expect(try village.foundSmall("a"))
        let outcome = try service("a", ["install", "--system", "--dry-run", "--", "--listen", "0.0.0.0:443"])
        #expect(outcome.status == 0)
        #expect(outcome.out.contains("\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\n"))
        #expect(outcome.out.contains("\nProtectSystem=strict\n"))
        #expect(outcome.out.contains("\nReadWritePaths=\(village.home("a"))\n"))
        #expect(try service("a", ["install", "--system", "--dry-run"]).out.contains("\nCapabilityBoundingSet=\n"))
        #expect(told.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: unit()))
    }

    private static let canVerify = (try? Shell.run("systemd-analyze", ["--version"]))?.status == 0

    @Test(
        "systemd finds nothing wrong with a unit, whatever stands in the paths of the node and of the program",
        .enabled(if: canVerify),
        arguments: [("user", "plain"), ("user", #"a b%h "q" $x \n'узел 节点"#), ("system", "c d%%")])
    func verified(scope: String, name: String) throws {
        let (node, folder) = (name + "/node", village.folder.path + "/" + name)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        #expect(try village.foundSmall(node))
        // The program is looked for by its path as systemd reads it, which has no marks of quotation.
        let place = village.folder.path + "/" + name.filter { !"\"'\\".contains($0) } + " programs"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let program = place + "/caravan"
        try FileManager.default.createSymbolicLink(atPath: program, withDestinationPath: Shell.command)
        let printed = try service(node, ["install", "--\(scope)", "--dry-run"], executable: program)
        if place != folder + " programs" {
            try FileManager.default.createSymbolicLink(atPath: folder + "/caravan", withDestinationPath: Shell.command)
            let refused = try service(node, ["install", "--\(scope)", "--dry-run"], executable: folder + "/caravan")
            #expect(refused.status == 2)
            #expect(refused.err.contains("put the command elsewhere"))
        }
        #expect(printed.status == 0, "\(printed.err)")
        let file = village.folder.appendingPathComponent("checked.service").path
        let run = village.folder.appendingPathComponent("run").path
        try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
        func verify(_ text: String) throws -> Shell.Outcome {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            return try Shell.run(
                "systemd-analyze", ["verify", "--\(scope)", "--man=no", file], environment: ["XDG_RUNTIME_DIR": run])
        }
        let checked = try verify(printed.out)
        #expect(checked.status == 0, "\(checked.err)")
        #expect(!checked.err.contains("checked.service"), "\(checked.err)")
        // It does look.
        let moved = try verify(
            printed.out.replacing("/caravan\" --home", with: "/caravane\" --home").replacing(
                "/caravan --home", with: "/caravane --home"))
        #expect(moved.status != 0)
    }
}

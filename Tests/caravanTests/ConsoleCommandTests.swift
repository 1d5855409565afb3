import Foundation
import Testing

@Suite("The console by the command", .serialized)
struct ConsoleCommandTests {
    @Test("serve says where the console is, `console` prints a link to it, and SIGTERM ends both")
    func serve() throws {
        let village = try Village()
        try village.caravan("a", "init", "--name", "a")
        let home = village.home("a")
        let none = try Shell.run(Shell.command, ["--home", home, "console"])
        #expect(none.status == 2)
        #expect(none.err.contains("serve --console"))
        let (process, out, _) = try Shell.start(
            Shell.command, ["--home", home, "serve", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0"])
        #expect(Shell.firstLine(of: out)?.hasPrefix("listening on 127.0.0.1:") == true)
        let line = try #require(Shell.firstLine(of: out))
        #expect(line.hasPrefix("console on http://127.0.0.1:"))
        let address = line.replacingOccurrences(of: "console on ", with: "")
        let link = try Shell.run(Shell.command, ["--home", home, "console"])
        #expect(link.status == 0)
        #expect(link.lines.first?.hasPrefix(address + "/sign-in?secret=") == true)
        let second = try Shell.run(Shell.command, ["--home", home, "console", "--json"])
        #expect(second.out.hasPrefix("{\"link\":\"\(address)/sign-in?secret="))
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try Shell.run(Shell.command, ["--home", home, "console"]).status == 2)
    }

    @Test("a name that config.yaml has when it is read anew may be used at once")
    func names() throws {
        let village = try Village()
        try village.caravan("a", "init", "--name", "a")
        let (home, manager) = (village.home("a"), try ManagerSocket(in: village.folder))
        let (process, out, _) = try Shell.start(
            Shell.command, ["--home", home, "serve", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0"],
            environment: ["NOTIFY_SOCKET": manager.name])
        _ = Shell.firstLine(of: out)
        let address = try #require(Shell.firstLine(of: out)?.replacingOccurrences(of: "console on ", with: ""))
        let port = try #require(address.split(separator: ":").last)
        func status() throws -> String {
            let what = ["-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: campus.example:\(port)"]
            return try Shell.run("curl", what + [address + "/healthz"]).out
        }
        #expect(manager.message(with: "READY=1") != nil)
        #expect(try status() == "421")
        try "consoleNames: [campus.example]\n".write(
            toFile: home + "/config.yaml", atomically: true, encoding: .utf8)
        kill(process.processIdentifier, SIGHUP)
        #expect(manager.message(with: "READY=1") != nil)
        #expect(try status() == "200")
        process.terminate()
        process.waitUntilExit()
    }

    @Test(
        "an address that is none is refused before anything is served",
        arguments: ["7480", "host", "a:b", "127.0.0.1:99999"])
    func address(text: String) throws {
        let village = try Village()
        try village.caravan("a", "init", "--name", "a")
        let outcome = try Shell.run(Shell.command, ["--home", village.home("a"), "serve", "--console", text])
        #expect(outcome.status == 2)
        #expect(outcome.out.isEmpty)
        #expect(outcome.err.contains("HOST:PORT"))
    }

    @Test("beyond loopback the console speaks TLS, under a certificate that it makes for itself")
    func secure() throws {
        let village = try Village()
        try village.caravan("a", "init", "--name", "a")
        let home = village.home("a")
        let (process, out, _) = try Shell.start(
            Shell.command, ["--home", home, "serve", "--listen", "127.0.0.1:0", "--console", "0.0.0.0:0"])
        _ = Shell.firstLine(of: out)
        let line = try #require(Shell.firstLine(of: out))
        #expect(line.hasPrefix("console on https://localhost:"))
        let key = try FileManager.default.attributesOfItem(atPath: home + "/console/key.pem")[.posixPermissions]
        #expect(key as? Int == 0o600)
        process.terminate()
        process.waitUntilExit()
    }
}

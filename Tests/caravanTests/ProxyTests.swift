import Foundation
import Testing

@Suite("Nodes that dial through a proxy")
struct ProxyTests {
    let village: Village

    init() throws { village = try Village() }

    /// Runs `body` beside a proxy that knows where the far name is, and gives what the proxy was asked for.
    private func with(_ kind: String, to hub: String, _ body: (_ port: String) throws -> Void) throws -> String {
        let program = PeerTests.root.appendingPathComponent("Tests/Peer/proxy.py").path
        let (process, out, err) = try Shell.start("python3", [program, kind, hub])
        defer { kill(process.processIdentifier, SIGKILL) }
        var line = Data()
        while !line.contains(10) {
            let next = out.fileHandleForReading.readData(ofLength: 1)
            guard !next.isEmpty else { throw Village.Failure(.init(status: -1, out: "", err: "the proxy ended")) }
            line += next
        }
        try body(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    private func found() throws -> String {
        let hub = try village.found("hub", others: ["a"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        // Nobody resolves that.
        #expect(try village.caravan("a", "peer", "add", "hub", "hub.invalid:7410").status == 0)
        return hub
    }

    private func set(_ proxy: String) throws {
        try "proxy: \(proxy)\n".write(toFile: village.home("a") + "/config.yaml", atomically: true, encoding: .utf8)
    }

    @Test(
        "A configured proxy resolves the name and connects, with a user and password where it wants them",
        arguments: [("http", "http://"), ("socks5", "socks5://"), ("password", "http://user:word@")])
    func configured(kind: String, start: String) throws {
        let hub = try found()
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('1')").status == 0)
        let asked = try with(kind, to: hub) { port in
            try set("\(start)127.0.0.1:\(port)")
            let synced = try village.caravan("a", "sync")
            #expect(synced.status == 0, "\(synced.err)")
        }
        #expect(asked.contains("asked for hub.invalid"), "\(asked)")
        #expect(try village.sqlite("hub", "SELECT count(*) FROM t").out == "1\n")
    }

    @Test("A server gets a large changeset through a link that breaks again and again, and rests no longer each time")
    func breaks() throws {
        let hub = try found()
        let rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
        #expect(try village.sqlite("a", "\(rows) INSERT INTO t SELECT hex(randomblob(32)) FROM n").status == 0)
        _ = try with("cut", to: hub) { port in
            _ = try village.serve("a", interval: 1, settings: "proxy: http://127.0.0.1:\(port)")
            #expect(try waits { try village.sqlite("hub", "SELECT count(*) FROM t").out == "30000\n" })
            #expect(village.said("a").contains("lost"), "\(village.said("a"))")
            #expect(village.stop("a") == 0)
        }
    }

    @Test("The environment's proxy is used, but not for this machine nor where NO_PROXY says so")
    func environment() throws {
        let hub = try found()
        let asked = try with("http", to: hub) { port in
            func sync(_ peer: String, _ environment: [String: String]) throws -> Int32 {
                try Shell.run(
                    Shell.command, ["--home", village.home("a"), "sync", peer],
                    environment: environment.merging(["ALL_PROXY": "http://127.0.0.1:\(port)"]) { $1 }
                ).status
            }
            #expect(try sync("hub", [:]) == 0)
            #expect(try sync("hub", ["no_proxy": "example, .invalid"]) == 3)
            #expect(try sync(hub, [:]) == 0)
            try set("none")
            #expect(try sync("hub", [:]) == 3)
        }
        #expect(asked == "asked for hub.invalid:7410\n", "\(asked)")
    }

    @Test(
        "Why a proxy lets nobody through is said by sync and by doctor, each by a sentence of its own",
        arguments: [
            ("forbidden", "403 Forbidden"), ("password", "wants a user and a password"),
            ("page", "sign in to the network"), ("garbage", "is no such proxy"),
        ])
    func failures(kind: String, words: String) throws {
        let hub = try found()
        _ = try with(kind, to: hub) { port in
            try set("http://127.0.0.1:\(port)")
            let synced = try village.caravan("a", "sync")
            #expect(synced.status == 3)
            #expect(synced.err.contains(words), "\(synced.err)")
        }
        let doctor = try village.caravan("a", "doctor")
        #expect(doctor.status == 1)
        #expect(doctor.out.contains("peer: hub: "), "\(doctor.out)")
        #expect(doctor.out.contains(words), "\(doctor.out)")
    }

    @Test("A name that does not resolve, and a proxy that is not there, are told from each other")
    func unresolved() throws {
        _ = try found()
        let synced = try village.caravan("a", "sync")
        #expect(synced.status == 3)
        #expect(synced.err.contains("The name in hub.invalid:7410 cannot be resolved"), "\(synced.err)")
        #expect(try village.caravan("a", "doctor").out.contains("cannot be resolved"))
        try set("socks5://127.0.0.1:1")
        let through = try village.caravan("a", "sync")
        #expect(through.status == 3)
        #expect(through.err.contains("The proxy socks5://127.0.0.1:1"), "\(through.err)")
        #expect(try village.caravan("a", "doctor").out.contains("is not reached"))
    }

    @Test("A setting that names no proxy is refused, and a password in it told to nobody; others may not read it")
    func settings() throws {
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        try set("ftp://user:secret@proxy.example:21")
        let refused = try village.caravan("a", "status")
        #expect(refused.status == 2)
        #expect(refused.err.contains("neither http:// nor socks5://"), "\(refused.err)")
        #expect(!refused.err.contains("secret"))
        try set("http://user:secret@proxy.example:3128")
        let (home, file) = (village.home("a"), village.home("a") + "/config.yaml")
        _ = try Shell.run("chmod", ["755", home])
        _ = try Shell.run("chmod", ["644", file])
        let doctor = try village.caravan("a", "doctor")
        #expect(doctor.out.contains("in which a proxy's password stands: run `chmod 600 \(file)`"), "\(doctor.out)")
        _ = try Shell.run("chmod", ["600", file])
        #expect(!(try village.caravan("a", "doctor").out.contains("password")))
    }
}

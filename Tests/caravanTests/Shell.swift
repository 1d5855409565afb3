import Foundation

/// Runs the built command, and the plain `sqlite3` shell, as other processes.
struct Shell {
    struct Outcome {
        let status: Int32
        let out: String
        let err: String

        var lines: [String] { out.split(separator: "\n").map(String.init) }
    }

    /// The command beside this test's own executable, or the one that is named.
    static let command: String = {
        if let named = ProcessInfo.processInfo.environment["CARAVAN_BIN"] { return named }
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return own.deletingLastPathComponent().appendingPathComponent("caravan").path
    }()

    static func start(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> (
        Process, Pipe, Pipe
    ) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = surroundings(environment)
        let (out, err) = (Pipe(), Pipe())
        process.standardOutput = out
        process.standardError = err
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, out, err)
    }

    /// The first line that a program says, without its end; nil where it ended before.
    static func firstLine(of out: Pipe) -> String? {
        var line = Data()
        while true {
            let next = out.fileHandleForReading.readData(ofLength: 1)
            if next.isEmpty { return nil }
            if next == Data([10]) { return String(decoding: line, as: UTF8.self) }
            line += next
        }
    }

    /// The environment of this process, in English whatever its user speaks, with what is given.
    private static func surroundings(_ environment: [String: String]) -> [String: String] {
        ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }.merging(environment) { $1 }
    }

    static func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        // Messages go through a file, so that neither pipe can fill while the other is read.
        let messages = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-err-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: messages.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: messages) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = surroundings(environment)
        let out = Pipe()
        process.standardOutput = out
        process.standardError = try FileHandle(forWritingTo: messages)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, out: String(decoding: data, as: UTF8.self),
            err: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
    }
}

/// A folder with nodes in it, whose servers end with it.
final class Village {
    let folder: URL
    private var servers: [String: Process] = [:]
    private var mounted: [String] = []

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-village-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        for server in servers.values { server.terminate() }
        for server in servers.values { server.waitUntilExit() }
        for place in mounted { _ = try? Shell.run("umount", [place]) }
        try? FileManager.default.removeItem(at: folder)
    }

    func willUnmount(_ place: String) { mounted.append(place) }

    func home(_ node: String) -> String { folder.appendingPathComponent(node).path }

    @discardableResult
    func caravan(_ node: String, _ arguments: String...) throws -> Shell.Outcome {
        try Shell.run(Shell.command, ["--home", home(node)] + arguments)
    }

    /// A second SQLite process, which knows nothing of the node.
    @discardableResult
    func sqlite(_ node: String, _ sql: String) throws -> Shell.Outcome {
        try Shell.run("sqlite3", ["-cmd", ".timeout 5000", home(node) + "/replica.sqlite", sql])
    }

    /// Founds an alliance at `first`, which serves, and lets the others join.
    func found(_ first: String, others: [String], schema: String? = nil) throws -> String {
        var arguments = ["--home", home(first), "init", "--name", first]
        if let schema {
            let file = folder.appendingPathComponent("schema.sql")
            try schema.write(to: file, atomically: true, encoding: .utf8)
            arguments += ["--schema", file.path]
        }
        let founded = try Shell.run(Shell.command, arguments)
        guard founded.status == 0 else { throw Failure(founded) }
        let address = try serve(first)
        for other in others {
            let code = try caravan(first, "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
            let joined = try caravan(other, "join", code, "--name", other)
            guard joined.status == 0 else { throw Failure(joined) }
        }
        return address
    }

    /// Starts a server that may not come to listen yet.
    func beginToServe(_ node: String) throws {
        let first = folder.appendingPathComponent(node + ".first").path
        _ = FileManager.default.createFile(atPath: first, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Shell.command)
        process.arguments = ["--home", home(node), "serve", "--listen", "127.0.0.1:0"]
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: first))
        process.standardError = try journal(node)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        servers[node] = process
    }

    func isRunning(_ node: String) -> Bool { servers[node]?.isRunning ?? false }

    /// Whether a server that was begun comes to listen.
    func listens(_ node: String) -> Bool {
        waits(for: "listening on", at: folder.appendingPathComponent(node + ".first").path)
    }

    /// Starts a server, and gives the address that its first line names. It dials nobody while the test runs, unless it
    /// is told to.
    ///
    /// - Parameter settings: further lines of its config.yaml.
    func serve(
        _ node: String, listen: String = "127.0.0.1:0", interval: Int = 86_400, settings: String = ""
    ) throws -> String {
        try "interval: \(interval)\n\(settings)\n".write(
            toFile: home(node) + "/config.yaml", atomically: true, encoding: .utf8)
        let (process, out) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: Shell.command)
        process.arguments = ["--home", home(node), "serve", "--listen", listen]
        process.standardOutput = out
        process.standardError = try journal(node)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        servers[node] = process
        var line = Data()
        while !line.contains(10) {
            let next = out.fileHandleForReading.readData(ofLength: 1)
            guard !next.isEmpty else { throw Failure(Shell.Outcome(status: -1, out: "", err: "serve ended")) }
            line += next
        }
        return String(decoding: line, as: UTF8.self).split(separator: " ").last.map {
            $0.trimmingCharacters(in: .newlines)
        } ?? ""
    }

    /// The file in which a node's servers write what they have to say, one after the other; open at its end.
    private func journal(_ node: String) throws -> FileHandle {
        let path = folder.appendingPathComponent(node + ".log").path
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seekToEnd()
        return file
    }

    /// The words that a node's servers had to say.
    func said(_ node: String) -> String {
        (try? String(contentsOf: folder.appendingPathComponent(node + ".log"), encoding: .utf8)) ?? ""
    }

    /// Whether a node's servers come to say so, or said so. It is waited for until then, and given up only where it
    /// would be waited for without end.
    func waits(for words: String, in node: String) -> Bool {
        waits(for: words, at: folder.appendingPathComponent(node + ".log").path)
    }

    private func waits(for words: String, at path: String) -> Bool {
        for _ in 0..<600 {
            if (try? String(contentsOfFile: path, encoding: .utf8))?.contains(words) ?? false { return true }
            usleep(100_000)
        }
        return false
    }

    /// Sends a signal to a server; false where none runs.
    func signal(_ number: Int32, to node: String) -> Bool {
        servers[node].map { kill($0.processIdentifier, number) == 0 } ?? false
    }

    /// Ends a server as pulling the plug does: true if it was running.
    @discardableResult
    func fell(_ node: String) -> Bool {
        guard let server = servers.removeValue(forKey: node) else { return false }
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
        return server.terminationReason == .uncaughtSignal && server.terminationStatus == SIGKILL
    }

    /// Ends a server as SIGTERM does, and gives its exit status.
    func stop(_ node: String) -> Int32? {
        guard let server = servers.removeValue(forKey: node) else { return nil }
        server.terminate()
        server.waitUntilExit()
        return server.terminationStatus
    }

    func json(_ outcome: Shell.Outcome) throws -> [[String: Any]] {
        try outcome.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
    }

    func digest(_ node: String) throws -> String {
        try json(caravan(node, "status", "--json", "--digest")).first?["digest"] as? String ?? "none of \(node)"
    }

    struct Failure: Error {
        let outcome: Shell.Outcome
        init(_ outcome: Shell.Outcome) { self.outcome = outcome }
    }
}

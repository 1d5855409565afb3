import Foundation
import ReplicaModel
import SyncNode

@testable import NodeConsole

/// A node whose console runs, and a browser that is signed in to it.
struct Fixture: Sendable {
    let home: NodeHome
    let node: Node
    let browser: Browser
    let server: ConsoleServer

    static let schema = """
        CREATE TABLE school (id TEXT NOT NULL PRIMARY KEY, name_en TEXT, name_zh TEXT, name_ru TEXT, site TEXT);
        CREATE TABLE course (
            id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, code TEXT, hours INTEGER CHECK (hours > 0),
            level TEXT CHECK (level IN ('basic', 'advanced')), school TEXT REFERENCES school(id), note TEXT);
        CREATE UNIQUE INDEX course_code ON course(code);
        """

    /// Runs the console of a new node while `body` looks at it.
    ///
    /// - Parameter leaving: looks at what is left when the console has ended.
    static func run(
        schema: String = Fixture.schema, signingIn: Bool = true,
        _ body: @escaping @Sendable (Fixture) async throws -> Void,
        leaving: (NodeHome) throws -> Void = { _ in }
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/caravan-console-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let home = NodeHome(path: folder + "/here")
        _ = try await home.found(name: "here", schemaSQL: schema)
        let node = try await Node.open(home: home)
        let (addresses, listening) = AsyncStream<String>.makeStream()
        let server = try ConsoleServer(home: home, listen: "127.0.0.1:0")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(log: LogOptions(level: .error)) { listening.yield($0) } }
            group.addTask {
                let address = await addresses.first { _ in true } ?? ""
                let browser = Browser(port: Int(address.split(separator: ":").last ?? "") ?? 0)
                let fixture = Fixture(home: home, node: node, browser: browser, server: server)
                if signingIn { _ = try fixture.signIn() }
                try await body(fixture)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
        try leaving(home)
    }

    /// Uses a new link.
    func signIn(_ browser: Browser? = nil) throws -> Answer {
        try (browser ?? self.browser).get(try linkPath())
    }

    /// The path behind the address of a new link.
    func linkPath() throws -> String {
        let link = try ConsoleLink.make(home: home)
        return "/" + link.components(separatedBy: "/").dropFirst(3).joined(separator: "/")
    }

    func sql(_ text: String) async throws -> [[Value]] {
        let rows = Rows()
        try await node.sql(text) { _, values in rows.add(values) }
        return rows.all
    }

    func text(_ query: String) async throws -> String? {
        guard case .text(let bytes)? = try await sql(query).first?.first else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The fields of the form of a page for an edit, sent with other values for some.
    func edit(_ path: String, _ values: [String: String]) throws -> Answer {
        try browser.post(path, browser.form(on: try browser.get(path), to: path).with(values))
    }

    /// Has another program hold the replica while `body` runs.
    func locked(_ body: () throws -> Void) throws {
        let (holder, out) = (Process(), Pipe())
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        holder.arguments = ["sqlite3", home.path + "/replica.sqlite", "BEGIN IMMEDIATE", ".shell echo held; sleep 60"]
        holder.standardOutput = out
        try holder.run()
        _ = out.fileHandleForReading.readData(ofLength: 4)
        defer { holder.terminate() }
        try body()
    }

    func changesets() async throws -> Int { try await node.reports.status(digest: false).changesets }
}

/// Rows that a query gave, in order.
final class Rows: Sendable {
    private let found = Guarded<[[Value]]>([])

    func add(_ row: [Value]) { found.change { $0.append(row) } }
    var all: [[Value]] { found.value }
}

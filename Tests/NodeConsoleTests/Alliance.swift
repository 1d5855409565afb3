import Foundation
import SyncNode

@testable import NodeConsole

/// The node of a fixture with another member, to write apart and meet.
struct Alliance: Sendable {
    let fixture: Fixture
    let other: Node

    /// Has another node join, and runs `body` while the first listens.
    static func run(
        schema: String = Fixture.schema, _ body: @escaping @Sendable (Alliance) async throws -> Void
    ) async throws {
        try await Fixture.run(schema: schema) { (fixture) async throws in
            let (addresses, listening) = AsyncStream<String>.makeStream()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await fixture.node.serve(listen: "127.0.0.1:0") { listening.yield($0) } }
                group.addTask {
                    let address = await addresses.first { _ in true } ?? ""
                    let code = try await fixture.node.peers.invite(
                        role: .member, expiresInSeconds: 3600, addresses: [address])
                    let home = NodeHome(path: fixture.home.path + "-other")
                    _ = try await home.join(code: code, name: "other")
                    defer { try? FileManager.default.removeItem(atPath: home.path) }
                    try await body(Alliance(fixture: fixture, other: try await Node.open(home: home)))
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
    }

    /// Writes at both without their having met, and then lets them meet.
    func apart(here: String, there: String) async throws {
        try await meet()
        try await fixture.node.sql(here)
        try await other.sql(there)
        try await meet()
    }

    /// Has a school with two names that were written apart.
    func disagree() async throws {
        try await fixture.node.sql("INSERT INTO school(id, name_en) VALUES ('a', 'Osh')")
        try await apart(
            here: "UPDATE school SET name_en = 'x' WHERE id = 'a'",
            there: "UPDATE school SET name_en = 'y' WHERE id = 'a'")
    }

    func meet() async throws {
        for outcome in try await other.dialler.sync() {
            if let error = outcome.error { throw error }
        }
    }
}

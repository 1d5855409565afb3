import Foundation
import ReplicaModel
import SyncNode
import Testing

/// The program that the article Embedding shows, with no more of this package than any other program has.
@Suite("A node within another program")
struct EmbeddingTests {
    /// Founds a node, lets another join it, and returns what came of an exchange, and what stands at the first then.
    private static func exchange(in folder: String) async throws -> (outcomes: [SyncOutcome], title: Value?) {
        // One institution founds the alliance, writes, and listens.
        let almaty = NodeHome(path: folder + "/almaty")
        let schema = "CREATE TABLE book (id TEXT NOT NULL PRIMARY KEY, title TEXT);"
        _ = try await almaty.found(name: "almaty", schemaSQL: schema)
        let first = try await Node.open(home: almaty)
        try await first.sql("INSERT INTO book VALUES ('1', 'Абай жолы')")
        let (addresses, listening) = AsyncStream.makeStream(of: String.self)
        async let _ = first.serve(listen: "127.0.0.1:0") { listening.yield($0) }
        let address = await addresses.first { _ in true } ?? ""
        let code = try await first.peers.invite(role: .member, expiresInSeconds: 3600, addresses: [address])

        // Another joins with the invitation, writes too, and both exchange what either lacks.
        let osh = NodeHome(path: folder + "/osh")
        _ = try await osh.join(code: code, name: "osh")
        let second = try await Node.open(home: osh)
        try await second.sql("UPDATE book SET title = 'The Path of Abai' WHERE id = '1'")
        let outcomes = try await second.dialler.sync()

        // What stands at the first now, for any program that can read SQLite.
        let record = try await first.records.record(table: "book", key: [.text("1")])
        return (outcomes, record?.values["title"])
    }

    @Test("It founds, writes, lets another join, and exchanges")
    func exchanges() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/caravan-embedding-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (outcomes, title) = try await Self.exchange(in: folder)
        #expect(outcomes.map(\.peer) == ["almaty"])
        #expect(outcomes.allSatisfy { $0.error == nil })
        #expect(title == .text("The Path of Abai"))
    }

    @Test("The article shows it as it is")
    func shown() throws {
        let here = URL(fileURLWithPath: #filePath)
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appendingPathComponent("Sources/SyncNode/Caravan.docc/Embedding.md"), encoding: .utf8)
        let source = try String(contentsOf: here, encoding: .utf8)
        let block = try #require(article.components(separatedBy: "```swift\n").dropFirst().first)
        let shown = block.components(separatedBy: "\n```")[0].split(separator: "\n", omittingEmptySubsequences: false)
        let lines = shown.dropFirst(3).map { $0.isEmpty ? "" : "        " + $0 }
        #expect(shown.prefix(2) == ["import ReplicaModel", "import SyncNode"])
        #expect(source.contains(lines.joined(separator: "\n") + "\n        return (outcomes"))
    }
}

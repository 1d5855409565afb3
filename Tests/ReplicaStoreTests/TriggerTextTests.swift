import Foundation
import ReplicaModel
import Testing

@testable import ReplicaStore

@Suite("The text of triggers")
struct TriggerTextTests {
    private static let schema = """
        CREATE TABLE school (id TEXT NOT NULL PRIMARY KEY, name TEXT);
        CREATE TABLE course (
            id TEXT NOT NULL PRIMARY KEY, code TEXT, hours INTEGER CHECK (hours > 0),
            school TEXT REFERENCES school(id));
        CREATE UNIQUE INDEX course_code ON course(code);
        """

    @Test(
        "Every trigger of a table with a key, a UNIQUE, a reference and a CHECK is as the article Architecture shows it"
    )
    func golden() throws {
        let world = try World(schema: Self.schema, skews: [0])
        let replica = world.sites[0].replica
        let table = try #require(replica.state.table(named: "course"))
        let triggers = try #require(try replica.read().capture.captureTriggers()[table.id])
        let present = triggers.sorted { $0.key < $1.key }.map { $0.value + ";" }.joined(separator: "\n\n")
        #expect(try Self.shown() == present)
    }

    /// The last block of SQL in the article.
    private static func shown() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = root.appendingPathComponent("Sources/SyncNode/Caravan.docc/Architecture.md")
        let text = try String(contentsOf: article, encoding: .utf8)
        let block = try #require(text.components(separatedBy: "```sql\n").last)
        return try #require(block.components(separatedBy: "\n```").first)
    }
}

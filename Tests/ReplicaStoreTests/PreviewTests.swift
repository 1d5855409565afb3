import NodeFixtures
import ReplicaModel
import Testing

@testable import ReplicaStore

@Suite("What an exchange would bring")
struct PreviewTests {
    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, a TEXT);
        CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id));
        """

    /// Two sites that have the row `k` of `p`.
    private static func world() throws -> World {
        let world = try World(schema: schema, skews: [0, 0])
        try world.write(0, ["INSERT INTO p VALUES ('k', 'x')"])
        try world.pull(1, from: 0)
        return world
    }

    private static func preview(_ world: World, at site: Int, of other: Int) throws -> PreviewReport {
        let batch = try world.batch(for: site, from: other)
        return try world.sites[site].replica.reports.preview(
            batch, lackedByPeer: try world.sites[other].replica.vectors().held)
    }

    /// The rows that would change, one a line, with what they show before and after.
    private static func drawn(_ preview: PreviewReport) -> String {
        preview.changes.map { change in
            let (before, after) = (text(change.before), text(change.after))
            return "\(change.row.table) \(change.row.key.map(\.drawn).joined()): \(before) → \(after)"
        }.joined(separator: "\n")
    }

    private static func text(_ values: [Identifier: Value]?) -> String {
        guard let values else { return "–" }
        return values.sorted { $0.key < $1.key }.map(\.value.drawn).joined(separator: " | ")
    }

    @Test(
        "A row that comes back for a reference is told, though no operation names it, and so is one that goes with its last"
    )
    func kept() throws {
        let world = try Self.world()
        try world.write(0, ["INSERT INTO c VALUES ('1', 'k')"])
        try world.write(1, ["DELETE FROM p WHERE id = 'k'"])
        try world.seal(0)
        try world.seal(1)
        let preview = try Self.preview(world, at: 1, of: 0)
        #expect(Self.drawn(preview) == "c '1': – → 'k'\np 'k': – → 'x'")
        #expect(preview.conflicts.map(\.kindName) == ["kept"])
        try world.meet()
        try world.write(0, ["DELETE FROM c WHERE id = '1'"])
        try world.seal(0)
        let last = try Self.preview(world, at: 1, of: 0)
        #expect(Self.drawn(last) == "c '1': 'k' → –\np 'k': 'x' → –")
        #expect(last.settled.map(\.kindName) == ["kept"])
    }

    @Test("What waits here for what comes is told with it")
    func waiting() throws {
        let world = try World(schema: Self.schema, skews: [0, 0, 0])
        try world.write(0, ["INSERT INTO p VALUES ('k', 'x')"])
        try world.pull(1, from: 0)
        try world.write(1, ["UPDATE p SET a = 'y'"])
        try world.seal(1)
        // The edit alone, of a row that the third has not heard of.
        let edit = try world.batch(for: 2, from: 1).filter { $0.header.header.feed.site == world.sites[1].key.site }
        try world.take(edit, at: 2)
        #expect(try world.sites[2].replica.reports.counts().waiting == 1)
        let preview = try Self.preview(world, at: 2, of: 0)
        #expect(preview.incoming.count == 2)
        #expect(Self.drawn(preview) == "p 'k': – → 'y'")
    }
}

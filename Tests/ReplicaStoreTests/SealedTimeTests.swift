import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaStore

@Suite("The stamp of a changeset of several tables")
struct SealedTimeTests {
    @Test("is of the last of all that was noted, in whichever table", arguments: ["a", "b"])
    func last(table: Identifier) throws {
        let world = try World(
            schema:
                "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, n TEXT); CREATE TABLE b (id TEXT NOT NULL PRIMARY KEY, n TEXT)",
            skews: [0])
        try world.write(0, ["INSERT INTO a VALUES ('1', 'x')", "INSERT INTO b VALUES ('1', 'x')"])
        let replica = world.sites[0].replica
        let id = try #require(replica.state.table(named: table)?.id)
        let later = World.now + 60_000
        try Connection(path: replica.path, access: .readWrite).run("UPDATE caravan_pending_\(id) SET time = \(later)")
        try world.seal(0)
        var stamps: [Stamp] = []
        try replica.reports.log(LogFilter()) { stamps.append($0.stamp) }
        #expect(stamps == [Stamp(milliseconds: later)])
    }
}

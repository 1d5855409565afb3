import NodeFixtures
import ReplicaModel
import SQLiteAccess
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("Names that read alike and are not the same")
struct NameTests {
    /// A changeset as a member's own software may sign it, and what a node that holds it says of it.
    private func standing(of item: TableItem, schema: String) throws -> Standing? {
        let world = try World(schema: schema, skews: [0, 0])
        let key = world.sites[1].key
        let replica = world.sites[0].replica
        let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
        let values = Dictionary(uniqueKeysWithValues: item.valueColumns.map { ($0, Value.text("v")) })
        let chunks = OperationCodec.encode(
            [RowOperation(table: item.name, key: [.text("1")], action: .insert(values))], tables: [item])
        let signed = key.seal(
            ChangesetHeader(
                feed: feed, seq: 1, previous: .zero, stamp: Stamp(milliseconds: World.now),
                contextAdvance: try replica.heads(scope: .control),
                operationCount: 1, chunkHashes: chunks.map { ContentHash.of($0) }))
        let header = try UnverifiedHeader(bytes: signed.bytes, signature: signed.signature)
        try world.take([IncomingChangeset(header: header, chunks: chunks)], at: 0)
        var standing: Standing?
        var operations: [RowOperation] = []
        try replica.reports.log(LogFilter()) { report in
            guard report.feed == feed else { return }
            (standing, operations) = (report.standing, report.operations ?? [])
        }
        #expect(operations.count == 1)
        return standing
    }

    private let composed: Identifier = "ра\u{439}он"
    private let decomposed: Identifier = "ра\u{438}\u{306}он"

    @Test("An insert that names one column in both forms lacks another, is void, and can be listed")
    func bothForms() throws {
        let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \"\(composed)\" TEXT, z TEXT)"
        let said = try standing(
            of: TableItem(name: "t", key: ["id"], valueColumns: [decomposed, composed].sorted()), schema: schema)
        #expect(said == .void("table t has no column \(decomposed)"))
        #expect(
            try standing(of: TableItem(name: "t", key: ["id"], valueColumns: ["z", composed].sorted()), schema: schema)
                == .counts)
        #expect(
            try standing(
                of: TableItem(name: "t", key: ["id"], valueColumns: ["z", decomposed].sorted()), schema: schema)
                != .counts)
    }

    @Test("An operation names table and column by their very bytes", arguments: ["T", "t\u{301}"])
    func exact(name: String) throws {
        let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)"
        #expect(
            try standing(of: TableItem(name: Identifier(name), key: ["id"], valueColumns: ["a"]), schema: schema)
                == .void("it has not seen a table \(name)"))
        #expect(
            try standing(of: TableItem(name: "t", key: ["id"], valueColumns: [Identifier("a\u{301}")]), schema: schema)
                != .counts)
    }

    @Test("Two admins who define a column in a capital and a small letter of another script have defined two")
    func concurrent() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", skews: [0, 0], role: .admin)
        try world.define(0, "t: \"КРАЙ\" TEXT")
        try world.define(1, "t: \"край\" TEXT")
        try world.write(0, ["INSERT INTO t VALUES ('0', 'large')"])
        try world.write(1, ["INSERT INTO t VALUES ('1', 'small')"])
        try world.meet()
        for site in world.sites {
            let rows = try site.replica.connection.rows("SELECT id, \"КРАЙ\", \"край\" FROM t ORDER BY id")
            #expect(rows.drawn == "'0' | 'large' | NULL\n'1' | NULL | 'small'")
        }
        #expect(Set(try world.sites.map { try $0.replica.reports.digest() }).count == 1)
    }

    @Test("A replica of earlier software, which kept names in small letters of every script, is opened like any other")
    func earlier() throws {
        let world = try World(
            schema: "CREATE TABLE \"Студент\" (id TEXT NOT NULL PRIMARY KEY, \"Имя\" TEXT)", skews: [0])
        try world.write(0, ["INSERT INTO \"Студент\" VALUES ('1', 'Гулнора')"])
        try world.seal(0)
        let replica = world.sites[0].replica
        let table = try #require(replica.state.tables.first)
        let places = ColumnSlotsBlob.encode(
            table.columnSlots.map { ColumnSlot(declared: Identifier($0.declared.text.lowercased()), origin: $0.origin) }
        )
        let client = try Connection(path: replica.path, access: .readWrite)
        try client.rows("UPDATE caravan_table SET base = 'студент', places = ?1", [.blob(places)])
        let opened = try Replica(path: replica.path)
        #expect(try opened.reports.verifyDeep(progress: { _, _ in }) == [])
        #expect(opened.state.tables.first?.base == table.base)
    }
}

extension TableState {
    fileprivate var base: Identifier { merged.base }
}

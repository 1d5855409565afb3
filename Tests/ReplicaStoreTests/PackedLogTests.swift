import ReplicaModel
import SQLiteAccess
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("A log whose chunks are packed")
struct PackedLogTests {
    private static let schema =
        "CREATE TABLE t (id INTEGER NOT NULL, part TEXT NOT NULL, a TEXT, PRIMARY KEY (id, part))"
    private static let fill = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO t SELECT i, 'x', 'what somebody entered as number ' || i FROM n
        """

    private static func kept(_ replica: Replica) throws -> [(id: Value, bytes: [UInt8])] {
        try replica.connection.rows("SELECT id, bytes FROM caravan_chunk ORDER BY id").compactMap { row in
            guard case .blob(let bytes) = row[1] else { return nil }
            return (row[0], bytes)
        }
    }

    @Test("Keeps rows that are alike in less than half of their bytes, at the author and at who takes them")
    func room() throws {
        let world = try World(schema: Self.schema, skews: [0, 0])
        try world.write(0, [Self.fill])
        try world.pull(1, from: 0)
        for site in world.sites {
            let kept = try Self.kept(site.replica)
            let plain = kept.map { ChunkPacker().unpack($0.bytes).count }.reduce(0, +)
            #expect(plain > 200_000)
            #expect(kept.map(\.bytes.count).reduce(0, +) < plain / 2)
            #expect(try site.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        }
        #expect(try world.tables(0) == world.tables(1))
        try world.expectDefinition(1)
    }

    @Test("What older software wrote plain is read as it is; older software opens the file no more")
    func older() throws {
        let world = try World(schema: Self.schema, skews: [0, 0])
        try world.write(0, [Self.fill])
        try world.seal(0)
        let original = world.sites[0].replica
        for (id, bytes) in try Self.kept(original) {
            try original.connection.rows(
                "UPDATE caravan_chunk SET bytes = ?2 WHERE id = ?1", [id, .blob(ChunkPacker().unpack(bytes))])
        }
        try original.connection.run("UPDATE caravan_meta SET value = 1 WHERE name = 'format'")
        let replica = try Replica(path: original.path)
        #expect(try Self.kept(replica).allSatisfy { ChunkPacker().unpack($0.bytes) == $0.bytes })
        #expect(try replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        #expect(
            try replica.connection.value("SELECT value FROM caravan_meta WHERE name = 'format'")
                == .integer(ReplicaFormat.version))
        try world.pull(1, from: 0)
        #expect(try world.tables(0) == world.tables(1))
    }

    @Test("A member's chunk that looks like a packed one is void like other nonsense, and given out as it came")
    func hostile() throws {
        let world = try World(schema: Self.schema, skews: [0, 0])
        let author = SigningKey()
        try world.admit(author)
        var forger = Forger(author)
        let frame = ChunkPacker().pack([UInt8](repeating: 7, count: 40_000))
        #expect(frame.count < 100)
        let nonsense = try forger.next(seeing: try world.control(), chunks: [frame], count: 1)
        try world.take([nonsense], at: 0)
        #expect(try world.batch(for: 1, from: 0).last?.chunks == [frame])
        try world.pull(1, from: 0)
        for site in world.sites {
            #expect(try site.replica.reports.counts().void == 1)
            #expect(try site.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        }
    }
}

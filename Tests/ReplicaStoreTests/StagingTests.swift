import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("A changeset that is too large for memory")
struct StagingTests {
    private struct Large {
        let world: World
        let header: UnverifiedHeader
        let chunks: [[UInt8]]
    }

    /// Site 0 has a changeset of several chunks that site 1 lacks.
    private func large() throws -> Large {
        let world = try World(
            schema: "CREATE TABLE t (id INTEGER NOT NULL, part TEXT NOT NULL, a TEXT, PRIMARY KEY (id, part))",
            skews: [0, 0])
        try world.write(
            0,
            [
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) INSERT INTO t SELECT i, 'x', hex(randomblob(200)) FROM n"
            ])
        try world.seal(0)
        let outgoing = try world.sites[0].replica.outgoing(lackedBy: try world.sites[1].replica.vectors().held)
        let large = try #require(try outgoing.changesets().last)
        return Large(world: world, header: large.header, chunks: large.chunks)
    }

    private func begin(_ large: Large) throws -> StagedChangeset {
        guard
            case .begun(let staged) = try large.world.sites[1].replica.exchange.beginStaging(
                large.header, now: World.now)
        else { throw NotBegun() }
        return staged
    }

    private struct NotBegun: Error {}

    private func finish(_ staged: StagedChangeset, _ large: Large) throws -> Int {
        let site = large.world.sites[1]
        guard
            case .accepted(let held, _, _) = try site.replica.exchange.finishStaging(staged, now: World.now)
        else { return -1 }
        return held
    }

    @Test("Two sessions may bring the same one by turns: one of them holds it, and it is whole")
    func twice() throws {
        let large = try large()
        let replica = large.world.sites[1].replica
        var first = try begin(large)
        try replica.exchange.stage(Array(large.chunks.prefix(3)), of: &first, now: World.now)
        var second = try begin(large)
        try replica.exchange.stage(Array(large.chunks.prefix(2)), of: &second, now: World.now)
        try replica.exchange.stage(Array(large.chunks.dropFirst(3)), of: &first, now: World.now)
        #expect(try finish(first, large) == 1)
        try replica.exchange.stage(Array(large.chunks.dropFirst(2)), of: &second, now: World.now)
        #expect(try finish(second, large) == 0)
        #expect(try replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        #expect(try large.world.tables(0) == large.world.tables(1))
    }

    @Test("What a session that was cut left is in no vector, and the next one makes it whole")
    func cut() throws {
        let large = try large()
        let replica = large.world.sites[1].replica
        let held = try replica.vectors().held
        var first = try begin(large)
        try replica.exchange.stage(Array(large.chunks.prefix(3)), of: &first, now: World.now)
        #expect(try replica.vectors().held == held)
        var second = try begin(large)
        try replica.exchange.stage(large.chunks, of: &second, now: World.now)
        #expect(try finish(second, large) == 1)
        #expect(try large.world.tables(0) == large.world.tables(1))
        #expect(try replica.connection.value("SELECT count(*) FROM caravan_staged") == .integer(0))
        let bodies = "SELECT count(*) FROM caravan_chunk WHERE id >> 24 NOT IN (SELECT body FROM caravan_changeset)"
        #expect(try replica.connection.value(bodies) == .integer(0))
    }

    @Test(
        "Chunks that were left out of another way of a feed say that it went two ways; what was arriving is not named again"
    )
    func otherBranch() throws {
        let large = try large()
        let replica = large.world.sites[1].replica
        var first = try begin(large)
        try replica.exchange.stage(Array(large.chunks.prefix(3)), of: &first, now: World.now)
        #expect(try replica.exchange.unfinished().map(\.chunks) == [3])
        let own = large.header.header
        let sealed = large.world.sites[0].key.seal(
            ChangesetHeader(
                feed: own.feed, seq: own.seq, previous: own.previous, stamp: own.stamp,
                contextAdvance: own.contextAdvance, operationCount: own.operationCount,
                chunkHashes: own.chunkHashes.reversed()))
        let other = try UnverifiedHeader(bytes: sealed.bytes, signature: sealed.signature)
        guard case .refused(let refusal)? = try replica.exchange.resumeStaging(other, skipped: 3, now: World.now) else {
            throw NotBegun()
        }
        #expect(refusal.code == .fork)
        #expect(try replica.exchange.unfinished().isEmpty)
        // Another session heard of the part before it was dropped.
        guard
            case .refused(let late)? = try replica.exchange.resumeStaging(
                other, skipped: 3, isTold: true, now: World.now)
        else { throw NotBegun() }
        #expect(late.code == .fork)
        #expect(try replica.exchange.resumeStaging(other, skipped: 3, now: World.now) == nil)
        // Of the same changeset it is the sender that is wrong.
        var again = try begin(large)
        try replica.exchange.stage(Array(large.chunks.prefix(2)), of: &again, now: World.now)
        #expect(try replica.exchange.resumeStaging(large.header, skipped: 3, isTold: true, now: World.now) == nil)
        #expect(try replica.exchange.unfinished().map(\.chunks) == [2])
    }

    @Test("What was arriving through the file and comes in memory is whole, and nothing of it is kept twice")
    func otherWay() throws {
        let large = try large()
        let site = large.world.sites[1]
        var first = try begin(large)
        try site.replica.exchange.stage(Array(large.chunks.prefix(3)), of: &first, now: World.now)
        let whole = IncomingChangeset(header: large.header, chunks: large.chunks)
        guard case .accepted(let held, _, _) = try site.replica.accept([whole], now: World.now)
        else { throw NotBegun() }
        #expect(held == 1)
        let remains = try site.replica.reports.remains()
        #expect(remains.staged == 0)
        #expect(remains.chunks == (try large.world.sites[0].replica.reports.remains().chunks))
        try site.replica.exchange.stage(Array(large.chunks.dropFirst(3)), of: &first, now: World.now)
        #expect(try finish(first, large) == 0)
        #expect(try site.replica.reports.remains() == remains)
        #expect(try large.world.tables(0) == large.world.tables(1))
    }
}

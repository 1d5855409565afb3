import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("What waits for its context")
struct WaitingRowsTests {
    private let world: World

    init() throws { world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0]) }

    @Test("It is applied as soon as exactly what it had seen is")
    func exactly() throws {
        var (one, two) = (Forger(SigningKey()), Forger(SigningKey()))
        for forger in [one, two] { try world.admit(forger.key) }
        var seen = try world.control()
        let first = try two.row("a", seeing: seen)
        seen[two.feed] = two.head
        try world.take([try one.row("b", seeing: seen)], at: 0)
        #expect(try world.sites[0].replica.reports.counts().waiting == 1)
        try world.take([first], at: 0)
        #expect(try world.sites[0].replica.reports.counts().waiting == 0)
        #expect(try world.tables(0).count == 2)
    }

    @Test("Of a stranger that waited nothing is left once the roster that it had seen is here, not even its chunks")
    func stranger() throws {
        let (nobody, admission) = try waitingStranger()
        let replica = world.sites[0].replica
        #expect(try replica.reports.counts().waiting == 1)
        try world.take([admission], at: 0)
        #expect(try replica.reports.counts().waiting == 0)
        #expect(try replica.vectors().held[nobody.feed] == nil)
        let left = try replica.connection.value(
            "SELECT count(*) FROM caravan_chunk WHERE id >> 24 NOT IN (SELECT body FROM caravan_changeset)")
        #expect(left == .integer(0))
    }

    @Test("What the disk altered of a stranger hinders nobody once the stranger is admitted and begins anew")
    func alteredStranger() throws {
        let (nobody, admission) = try waitingStranger()
        let replica = world.sites[0].replica
        try replica.connection.run(
            "UPDATE caravan_chunk SET bytes = x'00' WHERE id = (SELECT max(id) FROM caravan_chunk)")
        try replica.exchange.noteSpoilt(nobody.feed, seq: 1)
        #expect(try replica.exchange.spoilt().map(\.feed) == [nobody.feed])
        try world.take([admission], at: 0)
        #expect(try replica.exchange.spoilt().isEmpty)
        try world.admit(nobody.key)
        var anew = Forger(nobody.key)
        try world.take([try anew.row("2", seeing: try world.control())], at: 0)
        #expect(try replica.soundVector()[nobody.feed] == 1)
        #expect(try world.tables(0).count == 1)
    }

    /// A stranger with a changeset that waits at the founder's, and the changeset after which it is known to be one.
    private func waitingStranger() throws -> (nobody: Forger, admission: IncomingChangeset) {
        let key = SigningKey()
        try world.admit(key, role: .admin)
        var admin = Forger(key, scope: .control)
        var seen = try world.control()
        let admission = try admin.next(
            seeing: seen,
            admitting: Admission(site: SigningKey().site, name: "s", role: .member, institution: nil, keepsTime: false))
        seen[admin.feed] = admin.head
        var nobody = Forger(SigningKey())
        try world.take([try nobody.row("1", .text("x"), seeing: seen)], at: 0)
        return (nobody, admission)
    }
}

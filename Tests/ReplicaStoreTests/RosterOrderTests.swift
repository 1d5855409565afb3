import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("The same control changesets make the same roster, in whatever order they come")
struct RosterOrderTests {
    private func admission(_ site: SiteID, _ role: Role) -> Admission {
        Admission(site: site, name: role.rawValue, role: role, institution: nil, keepsTime: false)
    }

    /// Gives both sites the same changesets, one the other way round, and tells which role each gives to `site`.
    private func roles(_ world: World, _ batch: [IncomingChangeset], of site: SiteID) throws -> [Role?] {
        for changeset in batch { try world.take([changeset], at: 0) }
        for changeset in batch.reversed() { try world.take([changeset], at: 1) }
        return try world.sites.map { try Replica(path: $0.replica.path).members().first { $0.site == site }?.role }
            + world.sites.map { $0.replica.state.roster.entry(of: site)?.role }
    }

    private func world() throws -> World {
        try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0])
    }

    @Test(
        "Of two records by two incarnations of one admin with one number that of the greater incarnation holds",
        arguments: [false, true])
    func incarnations(isReversed: Bool) throws {
        let world = try world()
        let (admin, somebody) = (SigningKey(), SigningKey())
        try world.admit(admin, role: .admin)
        var feeds = [Incarnation.first, Incarnation(7)].map { Forger(admin, scope: .control, incarnation: $0) }
        let control = try world.control()
        let roles = isReversed ? [Role.member, .reader] : [.reader, .member]
        let batch = try feeds.indices.map {
            try feeds[$0].next(seeing: control, admitting: admission(somebody.site, roles[$0]))
        }
        #expect(try self.roles(world, batch, of: somebody.site) == Array(repeating: roles[1], count: 4))
    }

    @Test("Of one author the later number holds before the greater incarnation")
    func numbers() throws {
        let world = try world()
        let (admin, somebody) = (SigningKey(), SigningKey())
        try world.admit(admin, role: .admin)
        var (old, new) = (Forger(admin, scope: .control), Forger(admin, scope: .control, incarnation: Incarnation(7)))
        let control = try world.control()
        let first = try old.next(seeing: control, admitting: admission(SigningKey().site, .reader))
        try world.take([first], at: 0)
        try world.take([first], at: 1)
        let batch = [
            try old.next(seeing: [:], admitting: admission(somebody.site, .reader)),
            try new.next(seeing: control, admitting: admission(somebody.site, .member)),
        ]
        #expect(try roles(world, batch, of: somebody.site) == Array(repeating: .reader, count: 4))
    }

    @Test("Of two authors that of the senior one holds, and of each only the latest is weighed")
    func seniority() throws {
        let world = try world()
        let keys = [SigningKey(), SigningKey()].sorted { $0.site < $1.site }
        let somebody = SigningKey()
        for key in keys { try world.admit(key, role: .admin) }
        var feeds = keys.map { Forger($0, scope: .control) }
        let control = try world.control()
        let senior = try feeds[0].next(seeing: control, admitting: admission(somebody.site, .reader))
        let junior = try feeds[1].next(seeing: control, admitting: admission(somebody.site, .admin))
        #expect(try roles(world, [senior, junior], of: somebody.site) == Array(repeating: .reader, count: 4))
    }

    @Test("Of two records in one changeset the first holds, in memory and in the file")
    func twice() throws {
        let world = try world()
        let (admin, somebody) = (SigningKey(), SigningKey())
        try world.admit(admin, role: .admin)
        var feed = Forger(admin, scope: .control)
        let operations = [Role.reader, .member].map { ControlOperation.admit(admission(somebody.site, $0)) }
        let changeset = try feed.next(seeing: try world.control(), chunks: [ControlCodec.encode(operations)], count: 2)
        #expect(try roles(world, [changeset], of: somebody.site) == Array(repeating: .reader, count: 4))
    }
}

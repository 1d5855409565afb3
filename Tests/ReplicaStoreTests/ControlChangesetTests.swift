import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("What control changesets say, and what follows for rows that are there")
struct ControlChangesetTests {
    private func admission(_ site: SiteID, _ role: Role) -> Admission {
        Admission(site: site, name: role.rawValue, role: role, institution: nil, keepsTime: false)
    }

    private func world(_ schema: String = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", role: Role = .member)
        throws -> World
    {
        try World(schema: schema, skews: [0, 5], role: role)
    }

    @Test("Of two authors the one that is nearer to the founder holds, though the other is the smaller site")
    func seniority() throws {
        let world = try world()
        let keys = [SigningKey(), SigningKey()].sorted { $0.site > $1.site }
        let somebody = SigningKey().site
        try world.admit(keys[0], role: .admin)
        var (near, far) = (Forger(keys[0], scope: .control), Forger(keys[1], scope: .control))
        var seen = try world.control()
        let admits = try near.next(seeing: seen, admitting: admission(keys[1].site, .admin))
        seen[near.feed] = near.head
        let junior = try far.next(seeing: seen, admitting: admission(somebody, .admin))
        let senior = try near.next(seeing: [:], admitting: admission(somebody, .reader))
        for changeset in [admits, junior, senior] { try world.take([changeset], at: 0) }
        for changeset in [admits, senior, junior] { try world.take([changeset], at: 1) }
        for site in world.sites { #expect(site.replica.state.roster.entry(of: somebody)?.role == .reader) }
    }

    @Test("One that has fewer operations than its header says is void")
    func count() throws {
        let world = try world()
        let (admin, somebody) = (SigningKey(), SigningKey().site)
        try world.admit(admin, role: .admin)
        var feed = Forger(admin, scope: .control)
        let chunks = [ControlCodec.encode([.admit(admission(somebody, .member))])]
        try world.take([try feed.next(seeing: try world.control(), chunks: chunks, count: 2)], at: 0)
        #expect(try world.sites[0].replica.member(somebody) == nil)
        #expect(try world.sites[0].replica.reports.counts().void == 1)
    }

    @Test("Rows that were there before a check came with another's definition are held against it")
    func checks() throws {
        let world = try world(role: .admin)
        try world.define(0, "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, n INTEGER CHECK (n > 0))")
        try world.define(1, "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, n INTEGER CHECK (n < 0))")
        try world.write(0, ["INSERT INTO u VALUES ('0', 1)"])
        try world.write(1, ["INSERT INTO u VALUES ('1', -1)"])
        try world.meet()
        // The check of the smaller site stands.
        let failing = world.sites[0].key.site < world.sites[1].key.site ? "1" : "0"
        for site in 0...1 {
            #expect(try world.tables(site).count == 2)
            #expect(try world.conflicts(site).map(\.key) == [[.text(failing)]])
        }
    }

    @Test("Rows that are equal in a UNIQUE are listed once, also when their table is made anew")
    func madeAnew() throws {
        let world = try world("CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT); CREATE UNIQUE INDEX u ON t(a)")
        for site in 0...1 { try world.write(site, ["INSERT INTO t VALUES ('\(site)', 'same')"]) }
        try world.meet()
        for site in 0...1 {
            try world.sites[site].replica.admin.reorder("t")
            #expect(try world.conflicts(site).count == 1)
            try world.expectDefinition(site)
        }
        try world.write(0, ["UPDATE t SET a = 'other' WHERE id = '0'"])
        try world.meet()
        for site in 0...1 { try world.expectDefinition(site) }
    }
}

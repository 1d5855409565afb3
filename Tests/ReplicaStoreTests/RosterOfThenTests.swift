import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("An author is judged by the roster that it had seen, and not by the one of now")
struct RosterOfThenTests {
    private let world: World
    private var admin: Forger
    private let somebody = SigningKey()

    init() throws {
        world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0])
        let key = SigningKey()
        try world.admit(key, role: .admin)
        admin = Forger(key, scope: .control)
    }

    private mutating func admission(_ role: Role, of site: SiteID, seeing context: Context = [:]) throws
        -> IncomingChangeset
    {
        try admin.next(
            seeing: context, admitting: Admission(site: site, name: "s", role: role, institution: nil, keepsTime: false)
        )
    }

    private func standings(_ feed: FeedID, _ scope: Scope) throws -> [Bool] {
        try world.sites.flatMap { site in
            var out: [Bool] = []
            try site.replica.reports.log(LogFilter(scope: scope)) {
                if $0.feed == feed { out.append($0.standing == .counts) }
            }
            return out
        }
    }

    @Test("A row of a reader is void, also where it comes after the changeset that lets it write")
    mutating func rows() throws {
        var seen = try world.control()
        let first = try admission(.reader, of: somebody.site, seeing: seen)
        seen[admin.feed] = admin.head
        var rows = Forger(somebody)
        let row = try rows.row("1", .text("x"), seeing: seen)
        let promotion = try admission(.member, of: somebody.site)
        try world.take([first, promotion, row], at: 0)
        try world.take([first, row, promotion], at: 1)
        #expect(try standings(rows.feed, .alliance) == [false, false])
        #expect(try world.tables(0).isEmpty)
        #expect(try world.tables(1).isEmpty)
        // What it writes once it has seen that it may, counts.
        let allowed = try rows.row("2", .text("y"), seeing: [admin.feed: admin.head])
        for site in 0...1 { try world.take([allowed], at: site) }
        #expect(try world.tables(0).count == 1)
        #expect(try world.tables(1).count == 1)
    }

    @Test("Who wrote before it was admitted by what it had seen is a stranger, though it is a member by now")
    func strangers() throws {
        let seen = try world.control()
        try world.admit(somebody)
        var rows = Forger(somebody)
        let row = try rows.row("1", seeing: seen)
        for site in 0...1 {
            do {
                try world.take([row], at: site)
                Issue.record("site \(site) took it")
            } catch let refused as World.Refused { #expect(refused.code == .stranger) }
            #expect(try world.sites[site].replica.reports.counts().waiting == 0)
        }
    }

    @Test("What a member says of the roster is void, also where it comes after the changeset that makes it an admin")
    mutating func control() throws {
        let other = SigningKey()
        var seen = try world.control()
        let first = try admission(.member, of: somebody.site, seeing: seen)
        seen[admin.feed] = admin.head
        var member = Forger(somebody, scope: .control)
        let word = try member.next(
            seeing: seen,
            admitting: Admission(site: other.site, name: "o", role: .member, institution: nil, keepsTime: false))
        let promotion = try admission(.admin, of: somebody.site)
        try world.take([first, promotion, word], at: 0)
        try world.take([first, word, promotion], at: 1)
        #expect(try standings(member.feed, .control) == [false, false])
        for site in 0...1 { #expect(try world.sites[site].replica.member(other.site) == nil) }
    }
}

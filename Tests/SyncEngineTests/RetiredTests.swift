import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import Testing

@testable import SyncEngine

@Suite("A right that ends, between engines")
struct RetiredTests {
    private let town: Town
    private let founder: Engine

    init() throws {
        town = try Town()
        founder = town.engines[0]
    }

    @discardableResult
    private func setRole(_ site: SiteID, _ role: Role?, by admin: Engine? = nil, since: Int64? = nil) throws -> Int? {
        let admin = admin ?? founder
        return try admin.replica.admin.setRole(of: site, to: role, since: since, now: town.moment.wall)
    }

    private func refusal(_ end: SessionEnd?) -> ErrorCode? {
        end?.ownRefusal ?? end?.refusalByPeer
    }

    private func rows(_ engine: Engine) throws -> String {
        try town.rows(engine, "SELECT group_concat(id || coalesce(' ' || a, ''), ', ') FROM t").drawn
    }

    @Test("Nothing is exchanged with a retired site, whoever dials, until an admin takes it back")
    func refused() throws {
        let lost = try town.join()
        try town.write(lost, "INSERT INTO t(id) VALUES ('1')")
        try town.meet(lost, founder)
        try setRole(lost.site, nil)
        try town.write(lost, "INSERT INTO t(id) VALUES ('2')")
        let before = try founder.replica.vectors().held
        for meeting in [try town.meet(lost, founder), try town.meet(founder, lost)] {
            #expect(meeting.ends.compactMap(refusal) == [.retired, .retired])
        }
        #expect(try founder.replica.vectors().held == before)
        #expect(try rows(founder) == "'1'")
        try setRole(lost.site, .member)
        try town.meet(lost, founder)
        #expect(try town.meet(lost, founder).ends == [.done, .done])
        // What it wrote in between lies beyond the cut.
        #expect(try rows(founder) == "'1'")
        #expect(try rows(lost) == "'1'")
        #expect(try town.digests().count == 1)
        #expect(try founder.replica.admin.release(lost.site, until: nil, now: 0) == -1)
        #expect(try town.meet(lost, founder).ends == [.done, .done])
        #expect(try rows(founder) == "'1, 2'")
        #expect(try town.digests().count == 1)
    }

    @Test("Who shows that it was admitted and that its right was ended is retired, and no stranger")
    func shown() throws {
        let other = try town.join()
        let lost = try town.join()
        try setRole(lost.site, nil)
        _ = try lost.replica.accept(try town.changesets(founder, of: .control), now: town.moment.wall)
        #expect(try town.meet(lost, other).ends.compactMap(refusal) == [.retired, .retired])
        #expect(try other.replica.member(lost.site) == nil)
    }

    @Test("A session that stands ends at once when the right of its peer does")
    func running() throws {
        let lost = try town.join()
        let meeting = try Meeting(town, lost, founder, stays: true)
        try meeting.run()
        #expect(meeting.areStanding)
        try setRole(lost.site, nil)
        #expect(try meeting.push(1))
        #expect(meeting.ends.compactMap(refusal) == [.retired, .retired])
    }

    @Test("What a retired site gave to somebody who had not heard of it counts nowhere, with what it is the base of")
    func relayed() throws {
        let (lost, other) = (try town.join(), try town.join())
        try town.meet(lost, founder)
        try town.meet(other, founder)
        try setRole(lost.site, nil)
        try town.write(lost, "INSERT INTO t(id, a, b) VALUES ('x', 'theirs', 1)")
        try town.meet(lost, other)
        try town.write(other, "UPDATE t SET a = 'ours' WHERE id = 'x'")
        try town.write(lost, "INSERT INTO t(id) VALUES ('y')")
        try town.meet(lost, other)
        #expect(try rows(other) == "'x ours, y'")
        try town.meet(other, founder)
        // Another's edit keeps the row, and what only the retired site wrote of it shows, and is listed.
        for engine in [founder, other] {
            #expect(try rows(engine) == "'x ours'")
            #expect(try engine.replica.reports.counts().quarantined == 2)
            #expect(
                try engine.replica.reports.conflicts().map(\.kind) == [.invalid(constraint: "quarantined")])
            #expect(try engine.replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        }
        #expect(try founder.replica.reports.digest() == other.replica.reports.digest())
    }

    @Test("Of two admins who retire each other the senior stays, everywhere, whoever is met first")
    func mutual() throws {
        let (one, two) = (try town.join(role: .admin), try town.join(role: .admin))
        let witness = try town.join()
        for engine in [one, two, witness, one, two] { try town.meet(engine, founder) }
        try setRole(two.site, nil, by: one)
        try setRole(one.site, nil, by: two)
        try town.meet(founder, two)
        try town.meet(witness, one)
        try town.meet(witness, founder)
        let senior = min(one.site, two.site)
        for engine in [founder, witness] {
            let roles = try engine.replica.members().reduce(into: [:]) { $0[$1.site] = $1.role }
            #expect(roles[senior] == .admin)
            #expect(roles[max(one.site, two.site)] == .some(nil))
        }
    }

    private func roles(_ engine: Engine) throws -> [SiteID: Role?] {
        try engine.replica.members().reduce(into: [:]) { $0[$1.site] = .some($1.role) }
    }

    @Test(
        "Of two admins who retire each other the senior is let in by those who heard the junior first, on a link and by file"
    )
    func heardFirst() throws {
        let junior = try town.join(role: .admin)
        let (other, reader) = (try town.join(), try town.join())
        for engine in [junior, other, reader] { try town.meet(engine, founder) }
        for engine in [other, reader] { try town.write(engine, "INSERT INTO t(id) VALUES ('\(engine.site.short)')") }
        try town.meet(other, junior)
        try town.meet(reader, junior)
        try setRole(junior.site, nil)
        try setRole(founder.site, nil, by: junior)
        try town.meet(other, junior)
        try town.meet(reader, junior)
        #expect(try other.replica.member(founder.site)?.role == nil)
        // Neither of the two takes the other's word, and each says what it knows.
        #expect(try town.meet(founder, junior).ends.compactMap(refusal) == [.retired, .retired])
        #expect(try town.meet(founder, other).ends == [.done, .done])
        let parcel = try town.pack(founder, for: [reader])
        #expect(try town.deliver(parcel, to: reader).refusal == nil)
        for engine in [founder, other, reader] {
            #expect(try engine.replica.member(founder.site)?.role == .admin)
            #expect(try engine.replica.member(junior.site)?.role == nil)
        }
        #expect(try town.meet(junior, other).ends.compactMap(refusal) == [.retired, .retired])
        #expect(try town.meet(founder, other).ends == [.done, .done])
        #expect(try roles(founder) == roles(other))
    }

    @Test("An admin cannot take away what its own right comes from, through however many admissions")
    func chain() throws {
        let middle = try town.join(role: .admin)
        try town.meet(middle, founder)
        let last = try town.join(role: .admin, at: middle)
        for admin in [middle, last] {
            #expect(throws: StoreError.self) { try setRole(founder.site, nil, by: admin, since: 1) }
            #expect(try admin.replica.member(founder.site)?.role == .admin)
            #expect(try admin.replica.member(last.site)?.isPending == false)
        }
        // From now on, it may.
        #expect(try setRole(founder.site, nil, by: last) == 0)
        #expect(try last.replica.member(last.site)?.role == .admin)
    }

    @Test("Who waits for an admin is confirmed with a lesser role, too, by one word")
    func confirmedWithLess() throws {
        let rogue = try town.join(role: .admin)
        try town.meet(rogue, founder)
        try setRole(rogue.site, nil)
        let late = try town.join(role: .admin, at: rogue)
        try town.meet(late, founder)
        #expect(try founder.replica.member(late.site)?.isPending == true)
        try setRole(late.site, .member)
        #expect(try founder.replica.member(late.site)?.isPending == false)
        #expect(try founder.replica.member(late.site)?.role == .member)
    }

    @Test("A word about who keeps time gives no right back that another admin ended meanwhile")
    func keepsTime() throws {
        let (kept, admin) = (try town.join(role: .admin), try town.join(role: .admin))
        for engine in [kept, admin] { try town.meet(engine, founder) }
        try setRole(kept.site, nil, by: admin)
        #expect(try founder.replica.admin.setKeepsTime(kept.site, true, now: town.moment.wall))
        for _ in 0..<2 { try town.meet(admin, founder) }
        for engine in [founder, admin] {
            #expect(try engine.replica.member(kept.site)?.role == nil)
            #expect(try engine.replica.member(kept.site)?.keepsTime == true)
        }
    }

    @Test("Who ends its own right brings all that it wrote before, in however many slices, and from then on nothing")
    func owing() throws {
        let admin = try town.join(role: .admin)
        try town.meet(admin, founder)
        for number in 1...9 {
            try town.write(admin, "INSERT INTO t(id) VALUES ('\(number)')")
            try admin.seal()
        }
        try setRole(admin.site, nil, by: admin)
        founder.replica.slice.weightMax = 1
        try town.meet(admin, founder)
        #expect(try rows(founder) == "'1, 2, 3, 4, 5, 6, 7, 8, 9'")
        #expect(try founder.replica.member(admin.site)?.role == nil)
        #expect(try town.meet(admin, founder).ends.compactMap(refusal) == [.retired, .retired])
    }

    @Test("Who was admitted beyond a cut waits, with its work, until another admin confirms it")
    func pending() throws {
        let rogue = try town.join(role: .admin)
        try town.meet(rogue, founder)
        // Before the rogue admits anybody, as far as the founder knows.
        try setRole(rogue.site, nil)
        let key = try town.add(alliance: founder.replica.alliance)
        let secret = [UInt8](repeating: 9, count: 16)
        try rogue.replica.admin.addInvitation(secret: secret, role: .member, expires: town.moment.wall + 9)
        let joining = try Meeting(
            town, key, rogue,
            joining: JoinRequest(alliance: rogue.replica.alliance, secret: secret, name: "guest"))
        try joining.run()
        try town.write(key, "INSERT INTO t(id) VALUES ('of the guest')")
        // The guest shows its admission to the founder, who does not take the rogue's word.
        #expect(try town.meet(key, founder).ends == [.done, .done])
        #expect(try founder.replica.member(key.site)?.isPending == true)
        #expect(try rows(founder) == "NULL")
        #expect(try rows(key) == "NULL")
        #expect(throws: (any Error).self) { try town.write(key, "INSERT INTO t(id) VALUES ('now')") }
        #expect(try founder.replica.reports.findings().map(\.kind).contains("pending"))
        try setRole(key.site, .member)
        #expect(try town.meet(key, founder).ends == [.done, .done])
        #expect(try rows(founder) == "'of the guest'")
        #expect(try rows(key) == "'of the guest'")
        try town.write(key, "INSERT INTO t(id) VALUES ('now')")
    }

    @Test("A lesser role lets what was written until then count, and refuses what comes after at home")
    func reader() throws {
        let member = try town.join()
        try town.write(member, "INSERT INTO t(id) VALUES ('1')")
        try town.meet(member, founder)
        try town.write(member, "INSERT INTO t(id) VALUES ('2')")
        try setRole(member.site, .reader)
        #expect(try town.meet(member, founder).ends == [.done, .done])
        for engine in [founder, member] {
            #expect(try rows(engine) == "'1'")
            #expect(try engine.replica.reports.counts().quarantined == 1)
        }
        #expect(throws: (any Error).self) { try town.write(member, "INSERT INTO t(id) VALUES ('3')") }
    }

    @Test("A right can end with what was written since a moment")
    func since() throws {
        let member = try town.join()
        for number in 1...3 {
            try town.write(member, "INSERT INTO t(id) VALUES ('\(number)')")
            try town.meet(member, founder)
        }
        let stamps = try founder.replica.reports.stamps(of: member.site)
        #expect(stamps.count == 3)
        #expect(try setRole(member.site, nil, since: stamps[2].milliseconds) ?? 0 >= 1)
        #expect(try rows(founder).contains("1"))
        #expect(try !rows(founder).contains("3"))
    }

    @Test("An admin may go, and its own node says so: what it wrote before counts, and it writes no more")
    func goes() throws {
        let admin = try town.join(role: .admin)
        try town.write(admin, "INSERT INTO t(id) VALUES ('1')")
        #expect(try setRole(admin.site, nil, by: admin) == 0)
        #expect(try admin.replica.reports.findings().map(\.kind).contains("retired"))
        #expect(throws: (any Error).self) { try town.write(admin, "INSERT INTO t(id) VALUES ('2')") }
        #expect(try rows(admin) == "'1'")
        // Nobody has heard of it yet.
        #expect(try town.meet(admin, founder).ends.compactMap(refusal) == [.retired, .retired])
        #expect(try founder.replica.member(admin.site)?.role == nil)
        #expect(try rows(founder) == "'1'")
    }

    @Test("The last admin stays; who is no admin changes nobody's right")
    func refusedAtHome() throws {
        let member = try town.join()
        #expect(throws: StoreError.self) { try setRole(founder.site, nil) }
        #expect(throws: StoreError.self) { try setRole(founder.site, .member) }
        #expect(throws: StoreError.self) { try setRole(founder.site, .reader, by: member) }
        #expect(try setRole(member.site, .member) == nil)
        try setRole(member.site, .admin)
        try town.meet(member, founder)
        try setRole(founder.site, .member, by: member)
        try town.meet(member, founder)
        #expect(try founder.replica.member(founder.site)?.role == .member)
        #expect(throws: StoreError.self) { try setRole(member.site, nil, by: member) }
    }
}

extension ReplicaReports {
    fileprivate func stamps(of site: SiteID) throws -> [Stamp] {
        var out: [Stamp] = []
        try log(LogFilter(isReversed: true)) { if $0.feed.site == site { out.append($0.stamp) } }
        return out
    }
}

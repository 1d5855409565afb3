import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncWire
import Testing

@testable import SyncEngine

@Suite("Changesets of authors whom nobody admitted are not taken")
struct StrangerTests {
    private func row(_ writer: inout OperationWriter) {
        writer.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
        writer.insert(key: [.text("1")], values: [.null, .null])
    }

    private func code(_ outcome: IntakeOutcome) -> ErrorCode? {
        if case .refused(let refusal) = outcome { refusal.code } else { nil }
    }

    @Test("By a roster that is here it is refused, and nothing is left of it, nor of what came before it")
    func known() throws {
        let town = try Town()
        let a = town.engines[0]
        let (member, nobody) = (SigningKey(), SigningKey())
        _ = try a.replica.redeem(try town.invite(), by: member.site, now: town.moment.wall)
        let before = try a.replica.vectors().held
        let context = try a.replica.heads(scope: .control)
        let batch = [town.forged(by: member, seeing: context, row), town.forged(by: nobody, seeing: context, row)]
        #expect(code(try a.replica.accept(batch, now: town.moment.wall)) == .stranger)
        #expect(try a.replica.vectors().held == before)
        #expect(
            try town.rows(
                a, "SELECT count(*) FROM caravan_chunk WHERE id >> 24 NOT IN (SELECT body FROM caravan_changeset)") == [
                    [.integer(0)]
                ])
        #expect(try a.replica.reports.counts().void == 0)
    }

    @Test("What was pending when a stranger's changeset came is sealed all the same")
    func sealed() throws {
        let town = try Town()
        let a = town.engines[0]
        try town.write(a, "INSERT INTO t(id) VALUES ('mine')")
        let stranger = town.forged(by: SigningKey(), seeing: try a.replica.heads(scope: .control), row)
        #expect(code(try a.replica.accept([stranger], now: town.moment.wall)) == .stranger)
        #expect(try a.replica.reports.counts().pending == 0)
        #expect(try a.replica.vectors().held.filter { $0.key.scope == .alliance }.values.map(\.self) == [1])
    }

    @Test("Who shows itself is judged by all that it shows, however little is applied at once of what waits")
    func waiting() throws {
        let town = try Town()
        let a = town.engines[0]
        let (d, b) = (try town.join(role: .admin), try town.join())
        try town.meet(b, a)
        // What `d` seals has seen a member of whom `b` does not know.
        try admit(by: a, town)
        try town.meet(d, a)
        for _ in 0..<4 { try admit(by: d, town) }
        let defined = try town.changesets(d, of: .control).filter { $0.header.header.feed.site == d.site }
        _ = try b.replica.accept(defined, now: town.moment.wall)
        #expect(try b.replica.reports.counts().waiting == 4)
        try town.meet(a, d)
        let c = try town.join()
        b.replica.slice.weightMax = 1
        #expect(try town.meet(c, b).ends == [.done, .done])
        #expect(try b.replica.member(c.site) != nil)
        #expect(try b.replica.reports.counts().waiting == 0)
    }

    /// Has an admin let somebody in: a control changeset more.
    private func admit(by engine: Engine, _ town: Town) throws {
        let secret = (0..<16).map { _ in UInt8.random(in: 0...255) }
        try engine.replica.admin.addInvitation(secret: secret, role: .member, expires: town.moment.wall + 1000)
        let key = SigningKey()
        let request = JoinRequest(alliance: engine.replica.alliance, secret: secret, name: key.site.short)
        _ = try engine.replica.redeem(request, by: key.site, now: town.moment.wall)
    }

    @Test("A member whose admission comes from somebody else while it shows itself is no stranger", arguments: 0...8)
    func admittedMeanwhile(delivered: Int) throws {
        let town = try Town()
        let (b, c) = (try town.join(), try town.join())
        let meeting = try Meeting(town, c, b)
        try meeting.run(most: delivered)
        try town.meet(b, town.engines[0])
        try meeting.run()
        #expect(meeting.ends == [.done, .done])
    }

    @Test("A member whose admission is held, and waits for what the member shows, is no stranger")
    func admissionWaits() throws {
        let town = try Town()
        let (a, b, admin) = (town.engines[0], try town.join(), try town.join(role: .admin))
        try town.meet(b, a)
        let wider = Town.schema.replacing(");", with: ", more TEXT);")
        try admin.replica.admin.apply(wider, retiring: [], allowIntegerKey: [], now: town.moment.wall)
        try town.meet(admin, a)
        let newcomer = try town.join()
        // Of what the founder has seen that admits it, b is given the founder's own feed alone.
        let held = try b.replica.vectors().held
        let part = try town.changesets(a, of: .control).filter {
            let feed = $0.header.header.feed
            return feed.site == a.site && $0.header.header.seq > held[feed] ?? 0
        }
        #expect(!part.isEmpty)
        #expect(code(try b.replica.accept(part, now: town.moment.wall)) == nil)
        #expect(try b.replica.member(newcomer.site) == nil)
        #expect(try town.meet(newcomer, b).ends == [.done, .done])
        #expect(try b.replica.member(newcomer.site)?.role == .member)
        #expect(try b.replica.vectors().held == newcomer.replica.vectors().held)
    }

    @Test("By a roster that is not here yet it waits, is told to nobody, and is taken back when the roster comes")
    func unknown() throws {
        let town = try Town()
        let (a, b, c) = (town.engines[0], try town.join(), try town.join())
        try town.meet(a, b)
        // A control changeset that c has seen and b has not.
        _ = try a.replica.redeem(try town.invite(), by: SigningKey().site, now: town.moment.wall)
        let context = try a.replica.heads(scope: .control)
        let nobody = SigningKey()
        let outcome = try b.replica.accept([town.forged(by: nobody, seeing: context, row)], now: town.moment.wall)
        guard case .accepted(held: 1, applied: 0, _) = outcome else {
            Issue.record("it waits, not \(outcome)")
            return
        }
        #expect(try town.meet(b, c).ends == [.done, .done])
        #expect(try c.replica.vectors().held.keys.contains { $0.site == nobody.site } == false)
        #expect(try town.meet(b, a).ends == [.done, .done])
        #expect(try b.replica.vectors().held.keys.contains { $0.site == nobody.site } == false)
        #expect(try b.replica.reports.counts().waiting == 0)
        #expect(try b.replica.addressBook.refusals().map(\.name) == ["stranger"])
        #expect(try b.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        #expect(try a.replica.reports.digest() == b.replica.reports.digest())
    }

    @Test("However many keys somebody makes up, few of their changesets wait")
    func flood() throws {
        let town = try Town()
        let a = town.engines[0]
        let ghost = FeedID(site: SigningKey().site, incarnation: .first, scope: .control)
        let context = [ghost: Head(seq: 1, hash: HashPrefix(.zero))]
        let batch = (0..<300).map { _ in town.forged(by: SigningKey(), seeing: context, row) }
        #expect(code(try a.replica.accept(batch, now: town.moment.wall)) == .stranger)
        #expect(try a.replica.reports.counts().waiting == 0)
        guard
            case .accepted(held: 256, applied: 0, _) = try a.replica.accept(
                Array(batch.prefix(256)), now: town.moment.wall)
        else {
            Issue.record("as many as may wait are taken")
            return
        }
        #expect(code(try a.replica.accept([batch[256]], now: town.moment.wall)) == .stranger)
        try town.write(a, "INSERT INTO t(id) VALUES ('goes on')")
        #expect(try a.replica.seal() == 1)
    }
}

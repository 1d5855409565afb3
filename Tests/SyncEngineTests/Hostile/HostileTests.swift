import NodeFixtures
import ReplicaModel
import SyncProtocol
import SyncWire
import Testing

@testable import SyncEngine

@Suite("What a hostile peer tries ends its session by name, and leaves nothing")
struct HostileTests {
    /// A header, a batch that waits for a signature or a trial, and what was decoded last.
    static let bytesMax = Inbox.trialBytesMax + WireLimits.headerBytesMax + (1 << 20)

    private func code(_ end: SessionEnd?) -> ErrorCode? {
        if case .refused(let refusal)? = end { refusal.code } else { nil }
    }

    @Test(
        "Each attack has its name, nothing of it is kept, it costs bounded memory, and the same peer may come back honestly",
        arguments: Attack.allCases)
    func attack(_ attack: Attack) throws {
        let assault = try Assault(isMember: attack.isMember)
        let before = try assault.holdings()
        try assault.play(attack)
        #expect(code(assault.session.end) == attack.refusal, "\(String(describing: assault.session.end))")
        #expect(try assault.holdings() == before)
        #expect(assault.bytesMost <= Self.bytesMax, "\(assault.bytesMost) bytes at once")
        let counted = try assault.victim.replica.addressBook.refusals()
        #expect(counted.map(\.name) == [attack.refusal.rawValue])
        #expect(counted.map(\.count) == [1])
        #expect(counted.map(\.site) == [attack.isMember ? assault.mallory.site : nil])

        // A session that is over hears nothing more: here, what would be taken in an honest one.
        try assault.say(
            .changes(bytes: Crafted.stream([try assault.next(assault.author, by: assault.author)]), isLast: true))
        #expect(try assault.holdings() == before)
        #expect(try assault.victim.replica.reports.verify(progress: { _, _ in }).findings.isEmpty)
        try comesBack(assault, attack)
    }

    private func comesBack(_ assault: Assault, _ attack: Attack) throws {
        let town = assault.town
        let request = attack.isMember ? nil : try town.invite()
        let meeting = try Meeting(town, assault.mallory, assault.victim, joining: request)
        try meeting.run()
        #expect(meeting.ends == [.done, .done])
        try town.write(assault.mallory, "INSERT INTO t(id) VALUES ('in honesty')")
        #expect(try town.meet(assault.mallory, assault.victim).ends == [.done, .done])
        #expect(try town.rows(assault.victim, "SELECT count(*) FROM t WHERE id = 'in honesty'").drawn == "1")
        #expect(try assault.mallory.replica.reports.digest() == assault.victim.replica.reports.digest())
    }

    @Test("The catalogue names every refusal that frames can bring about")
    func complete() {
        // One is of time, one of this node, and one of whom an admin retired.
        let below: Set<ErrorCode> = [.timeout, .unavailable, .retired]
        #expect(Set(Attack.allCases.map(\.refusal)).union(below) == Set(ErrorCode.allCases))
    }

    @Test("Changesets that are sent again, by whom does not matter, are skipped without a word while they are few")
    func replay() throws {
        let assault = try Assault(isMember: true)
        let before = try assault.holdings()
        try assault.hello()
        let writer = ChangeStreamWriter()
        for _ in 0..<3 {
            try writer.write(assault.victim.replica.outgoing(lackedBy: [:], scopes: nil))
        }
        try assault.say(.changes(bytes: Crafted.drained(writer), isLast: true))
        #expect(assault.session.end == nil)
        #expect(try assault.holdings() == before)
    }
}

import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncProtocol
import SyncWire
import Testing

@testable import SyncSimulator

@Suite("The laws of sessions")
struct SessionLawTests {
    private static let hello: Hello = {
        var script = FuzzScript([])
        return FuzzWords(own: FuzzKeys.sites[0].site, peer: FuzzKeys.sites[1].site, alliance: .zero).hello(&script)
    }()

    private static let feed = FeedID(site: FuzzKeys.sites[1].site, incarnation: .first, scope: .alliance)

    /// A law that has seen these events, with the orders that came of them.
    private func law(
        dials: Bool = true, knows: Bool = true, _ steps: [(SessionLaw.Event, [Session.Action])] = []
    ) -> SessionLaw {
        var law = SessionLaw(isDialler: dials, isKnown: knows)
        for (event, actions) in steps {
            law.note(event)
            for action in actions { #expect(law.violation(by: action) == nil) }
        }
        return law
    }

    private let greeted: [(SessionLaw.Event, [Session.Action])] = [
        (.started, [.sendHello]), (.helloSent(heads: .zero, stays: false), []),
        (.received(.hello(Self.hello)), [.resolve(Self.hello)]),
    ]

    @Test(
        "A stranger is told nothing, whatever the order",
        arguments: [
            .sendHello, .stream(lackedBy: [:], scopes: nil), .stream(lackedBy: [:], scopes: [.control]), .acknowledge,
            .sendVector,
            .resolve(Self.hello), .record(held: [:], applied: [:]), .take([], isLast: true, trust: .member),
            .send(.ping),
        ] as [Session.Action])
    func stranger(action: Session.Action) {
        var law = law(knows: false, [(.started, [.send(.knock)]), (.received(.changes(bytes: [], isLast: true)), [])])
        #expect(law.violation(by: action) != nil)
    }

    @Test("Nothing is ordered after the end")
    func afterEnd() {
        var law = law([(.stopped, [.send(.bye(.stopping)), .end(.bye(.stopping))])])
        #expect(law.violation(by: .end(.bye(.stopping))) != nil)
        #expect(law.violation(by: .send(.ping)) != nil)
    }

    @Test("Nothing is pushed to who does not stay, nor before the exchange or into another stream")
    func pushed() {
        var gone = law(greeted + [(.streamed(isIntroduction: false), [])])
        #expect(gone.violation(by: .push(lackedBy: [:])) != nil)
        #expect(gone.violation(by: .settled) != nil)
        var staying = Self.hello
        staying.stays = true
        let both: [(SessionLaw.Event, [Session.Action])] = [
            (.started, [.sendHello]), (.helloSent(heads: ContentHash.of([5]), stays: true), []),
            (.received(.hello(staying)), [.resolve(staying)]), (.resolved, [.stream(lackedBy: [:], scopes: nil)]),
        ]
        var early = law(both)
        #expect(early.violation(by: .push(lackedBy: [:])) != nil)
        var right = law(both + [(.streamed(isIntroduction: false), [])])
        #expect(right.violation(by: .settled) != nil, "the peer has not said its last")
        right.note(.taken(isLast: true, isKnown: true))
        #expect(right.violation(by: .settled) == nil)
        right.note(.holds)
        #expect(right.violation(by: .push(lackedBy: [:])) == nil)
        #expect(right.violation(by: .push(lackedBy: [:])) != nil, "the stream before has not ended")
    }

    @Test("An ack comes after what was taken, and never else")
    func ack() {
        var early = law(greeted)
        #expect(early.violation(by: .acknowledge) != nil)
        var right = law(greeted + [(.taken(isLast: true, isKnown: true), [])])
        #expect(right.violation(by: .acknowledge) == nil)
    }

    @Test("A session is done when both sides have said their last, and only the dialling side says so")
    func done() {
        var early = law(greeted)
        #expect(early.violation(by: .end(.done)) != nil)
        let exchange: [(SessionLaw.Event, [Session.Action])] = [
            (.resolved, [.stream(lackedBy: [:], scopes: nil)]), (.streamed(isIntroduction: false), []),
            (.taken(isLast: true, isKnown: true), [.acknowledge]), (.acknowledged, []),
        ]
        var right = law(greeted + exchange)
        #expect(right.violation(by: .send(.bye(.done))) == nil)
        #expect(right.violation(by: .end(.done)) == nil)
        var listener = law(dials: false, greeted + exchange)
        #expect(listener.violation(by: .send(.bye(.done))) != nil)
    }

    @Test("A hello, a knock, an introduction and a stream are ordered once, and no stream within another")
    func once() {
        var hello = law(greeted)
        #expect(hello.violation(by: .sendHello) != nil)
        var knock = law(knows: false, [(.started, [.send(.knock)])])
        #expect(knock.violation(by: .send(.knock)) != nil)
        var within = law(greeted + [(.resolved, [.stream(lackedBy: [:], scopes: nil)])])
        #expect(within.violation(by: .stream(lackedBy: [:], scopes: nil)) != nil)
        var again = law(
            greeted + [(.resolved, [.stream(lackedBy: [:], scopes: nil)]), (.streamed(isIntroduction: false), [])])
        #expect(again.violation(by: .stream(lackedBy: [:], scopes: nil)) != nil)
        var unasked = law(greeted)
        #expect(unasked.violation(by: .stream(lackedBy: [:], scopes: [.control])) != nil)
    }

    @Test("What a peer holds never shrinks, and who is refused is told")
    func others() {
        var shrinking = law(greeted + [(.received(.ping), [.record(held: [Self.feed: 2], applied: [:])])])
        #expect(shrinking.violation(by: .record(held: [Self.feed: 1], applied: [:])) != nil)
        var silent = law(greeted)
        #expect(silent.violation(by: .end(.refused(Refusal(.gap, "")))) != nil)
        var dialler = law(greeted + [(.received(.ping), [])])
        #expect(dialler.violation(by: .redeem(JoinRequest(alliance: .zero, secret: [], name: ""))) != nil)
    }
}

@Suite("The laws of a replica that a hostile peer has met")
struct PeerLawTests {
    private let folder = ScratchFolder()

    private func replica(after batch: [IncomingChangeset] = []) throws -> Replica {
        let replica = try FoundedReplica.template.replica(in: folder)
        _ = try replica.accept(batch, now: FoundedReplica.now)
        return replica
    }

    @Test("A replica that nobody touched keeps them")
    func kept() throws { #expect(try PeerLaw.violation(by: replica(), mayKnow: nil) == nil) }

    @Test("A value that no changeset brought is seen")
    func changedTable() throws {
        let replica = try replica(after: [PeerChangesets.all[0].changeset])
        #expect(try PeerLaw.violation(by: replica, mayKnow: nil) == nil)
        try UserSQL(path: replica.path).run("UPDATE item SET a = 'other'") { _, _ in }
        #expect(try PeerLaw.violation(by: replica, mayKnow: nil) != nil)
    }

    @Test("A site that nobody let in is seen, and a log that does not verify")
    func rosterAndLog() throws {
        let admitted = try replica(after: PeerChangesets.all.filter(\.isProof).map(\.changeset))
        #expect(try PeerLaw.violation(by: admitted, mayKnow: nil) != nil)
        #expect(try PeerLaw.violation(by: admitted, mayKnow: FoundedReplica.stranger.site) == nil)
        try RawClient(path: admitted.path, on: nil).run(
            "UPDATE caravan_chunk SET bytes = X'00' WHERE id = (SELECT max(id) FROM caravan_chunk)")
        #expect(try PeerLaw.violation(by: admitted, mayKnow: FoundedReplica.stranger.site) != nil)
    }

    @Test(
        "Peers that mean well come as far as they should",
        arguments: [
            ("member", nil, 3), ("member-of-two-minds", .fork, 2), ("member-that-knocks", nil, 1), ("relay", nil, 1),
            ("relay-of-strangers", .stranger, 0), ("stranger", .stranger, 0),
            ("stranger-that-was-let-in", nil, 0), ("stranger-that-joins", nil, 0), ("inviter", nil, 0),
            ("vector-asked-for", nil, 1),
        ] as [(String, ErrorCode?, UInt64)])
    func scripts(name: String, code: ErrorCode?, held: UInt64) throws {
        let unit = try #require(PeerScripts.units.first { $0.name == name })
        let outcome = try PeerRun.outcome(of: unit.bytes)
        #expect(outcome.violation == nil)
        #expect(outcome.held == held)
        #expect(outcome.end?.ownRefusal == code)
    }

    @Test("A hello, changes, an ack and a vector are nothing for a stranger's ears")
    func hearing() {
        let told: [Message] = [.changes(bytes: [], isLast: true), .ack(held: [:], applied: [:]), .vector([:])]
        for message in told { #expect(!PeerLaw.mayHear(message)) }
        #expect(PeerLaw.mayHear(.knock))
        #expect(PeerLaw.mayHear(.error(code: .stranger, sentence: "")))
    }
}

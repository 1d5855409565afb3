import NodeFixtures
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire
import Testing

@testable import SyncEngine

@Suite("Who is let in, and what does not count")
struct RosterTests {
    private func refusal(_ meeting: Meeting) -> ErrorCode? {
        if case .refused(let refusal)? = meeting.ends[1] { refusal.code } else { nil }
    }

    @Test("An invitation is good once, for one node, for its time, in its alliance; that node may repeat it")
    func invitations() throws {
        let town = try Town()
        let founder = town.engines[0]
        let request = try town.invite()
        let first = try town.add(alliance: founder.replica.alliance)
        let cut = try Meeting(town, first, founder, joining: request)
        try cut.run(most: 2)
        let again = try Meeting(town, first, founder, joining: request)
        try again.run()
        #expect(again.ends == [.done, .done])
        #expect(try founder.replica.members().count == 2)

        let second = try town.add(alliance: founder.replica.alliance)
        let used = try Meeting(town, second, founder, joining: request)
        try used.run()
        #expect(refusal(used) == .invitationUsed)
        let wrong = JoinRequest(alliance: request.alliance, secret: Array(repeating: 0, count: 16), name: "x")
        let guessed = try Meeting(town, second, founder, joining: wrong)
        try guessed.run()
        #expect(refusal(guessed) == .badInvitation)
        let late = try town.invite(lasting: 5)
        town.moment = Moment(wall: town.moment.wall + 6, steady: 0)
        let expired = try Meeting(town, second, founder, joining: late)
        try expired.run()
        #expect(refusal(expired) == .invitationExpired)
        #expect(try founder.replica.members().count == 2)
    }

    @Test("A stranger is told nothing but that it is one")
    func stranger() throws {
        let town = try Town()
        let stranger = try town.add(alliance: town.engines[0].replica.alliance)
        let meeting = try Meeting(town, stranger, town.engines[0])
        try meeting.run()
        #expect(refusal(meeting) == .stranger)
        let said = try meeting.frames[1].compactMap { try MessageCodec.decode($0) }
        #expect(said.count == 1)
        guard case .error(.stranger, _)? = said.first else {
            Issue.record("the only word is the refusal")
            return
        }
    }

    @Test("Of what a stranger shows that does not put it on the roster nothing is kept")
    func uninvited() throws {
        let town = try Town()
        let founder = town.engines[0]
        let stranger = try town.add(alliance: founder.replica.alliance)
        let before = try founder.replica.vectors().held
        let session = try PeerSession(
            engine: founder, peer: stranger.site, isDialler: false, trust: try founder.trust(in: stranger.site),
            at: town.moment)
        try session.start(at: town.moment)
        try session.received(
            MessageCodec.encode(.hello(try stranger.hello(to: founder.site, at: town.moment).hello)), at: town.moment)
        let admission = Admission(
            site: stranger.site, name: "mallory", role: .admin, institution: nil, keepsTime: false)
        let chunk = ControlCodec.encode([.admit(admission)])
        let header = stranger.key.seal(
            ChangesetHeader(
                feed: FeedID(site: stranger.site, incarnation: .first, scope: .control), seq: 1, previous: .zero,
                stamp: .zero, contextAdvance: [:],
                operationCount: 1, chunkHashes: [ContentHash.of(chunk)]))
        let writer = ChangeStreamWriter()
        writer.write(header)
        writer.write(chunk: chunk)
        writer.flush()
        try session.received(
            MessageCodec.encode(.changes(bytes: writer.takeOutput() ?? [], isLast: true)), at: town.moment)
        guard case .refused(let refusal)? = session.end, refusal.code == .stranger else {
            Issue.record("\(String(describing: session.end))")
            return
        }
        #expect(try founder.replica.vectors().held == before)
        #expect(try founder.replica.members().count == 1)
    }

    @Test("A member that the other side has not heard of shows its admission, whoever dials", arguments: [true, false])
    func introduction(newDials: Bool) throws {
        let town = try Town()
        let old = try town.join()
        let new = try town.join()
        try town.write(new, "INSERT INTO t(id) VALUES ('1')")
        let meeting = newDials ? try town.meet(new, old) : try town.meet(old, new)
        #expect(meeting.ends == [.done, .done])
        #expect(try town.rows(old, "SELECT id FROM t").drawn == "'1'")
    }

    @Test("A reader's triggers refuse with a sentence")
    func reader() throws {
        let town = try Town()
        let reader = try town.join(role: .reader)
        #expect { try town.write(reader, "INSERT INTO t(id) VALUES ('1')") } throws: { error in
            if case .wrongSQL(let sentence)? = error as? StoreError { sentence.contains("reader") } else { false }
        }
    }

    struct Nonsense: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: String
        let write: @Sendable (inout OperationWriter) -> Void
        var role = Role.member
    }

    static let nonsense: [Nonsense] = [
        Nonsense(testDescription: "an update of a row that nobody inserted", reason: "has not seen inserted") {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            $0.update(key: [.text("ghost")], columns: [(0, .text("x"))])
        },
        Nonsense(testDescription: "an unknown table", reason: "not seen a table") {
            $0.beginTable(name: "nope", key: ["id"], valueColumns: [])
            $0.insert(key: [.text("1")], values: [])
        },
        Nonsense(testDescription: "an unknown column", reason: "no column") {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "z"])
            $0.insert(key: [.text("1")], values: [.null, .null])
        },
        Nonsense(testDescription: "another key", reason: "key of t") {
            $0.beginTable(name: "t", key: ["a"], valueColumns: ["b", "id"])
            $0.insert(key: [.text("1")], values: [.null, .null])
        },
        Nonsense(testDescription: "a real as a key", reason: "real") {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            $0.insert(key: [.real(1.5)], values: [.null, .null])
        },
        Nonsense(testDescription: "NULL as a key", reason: "NULL") {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            $0.insert(key: [.null], values: [.null, .null])
        },
        Nonsense(testDescription: "an insert that lacks a column", reason: "lacks columns") {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a"])
            $0.insert(key: [.text("1")], values: [.null])
        },
        Nonsense(testDescription: "a class that no table of this affinity holds", reason: "unchanged") {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            $0.insert(key: [.text("1")], values: [.integer(1), .null])
        },
        Nonsense(testDescription: "a good row beside a bad one", reason: "STRICT") {
            $0.beginTable(name: "s", key: ["id"], valueColumns: ["n"])
            $0.insert(key: [.text("1")], values: [.integer(1)])
            $0.insert(key: [.text("2")], values: [.text("1")])
        },
        Nonsense(
            testDescription: "a reader who writes", reason: "reader",
            write: {
                $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
                $0.insert(key: [.text("1")], values: [.null, .null])
            }, role: .reader),
    ]

    @Test(
        "A void changeset is held, relayed and listed with its reason, changes nothing, and stops no feed",
        arguments: nonsense)
    func void(item: Nonsense) throws {
        let town = try Town(schema: Town.schema + "CREATE TABLE s (id TEXT NOT NULL PRIMARY KEY, n INT) STRICT;")
        let (a, b) = (town.engines[0], try town.join())
        let author = SigningKey()
        _ = try a.replica.redeem(try town.invite(role: item.role), by: author.site, now: town.moment.wall)
        let context = try a.replica.heads(scope: .control)
        let outcome = try a.replica.accept(
            [town.forged(by: author, seeing: context, item.write)], now: town.moment.wall)
        guard case .accepted(held: 1, applied: 1, _) = outcome else {
            Issue.record("held and applied, not \(outcome)")
            return
        }
        try town.meet(b, a)
        for engine in [a, b] {
            var reasons: [String] = []
            try engine.replica.reports.log(LogFilter()) {
                if case .void(let reason) = $0.standing { reasons.append(reason) }
            }
            #expect(reasons.count == 1, "\(reasons)")
            #expect(reasons[0].contains(item.reason), "\(reasons)")
            #expect(try town.rows(engine, "SELECT count(*) FROM t").drawn == "0")
            #expect(try town.rows(engine, "SELECT count(*) FROM s").drawn == "0")
            #expect(try engine.replica.reports.counts().void == 1)
        }
        try town.write(b, "INSERT INTO t(id) VALUES ('after')")
        try town.meet(b, a)
        #expect(try town.digests().count == 1)
    }

    @Test(
        "What newer software defined waits for an update if an admin wrote it, and is void if a member did",
        arguments: [Role.admin, .member])
    func later(role: Role) throws {
        let town = try Town()
        let a = town.engines[0]
        let author = SigningKey()
        _ = try a.replica.redeem(try town.invite(role: role), by: author.site, now: town.moment.wall)
        // Operation 99, of nothing.
        let chunk: [UInt8] = [0x81, 0x18, 99]
        let header = author.seal(
            ChangesetHeader(
                feed: FeedID(site: author.site, incarnation: .first, scope: .control), seq: 1, previous: .zero,
                stamp: Stamp(milliseconds: town.moment.wall),
                contextAdvance: try a.replica.heads(scope: .control), operationCount: 1,
                chunkHashes: [ContentHash.of(chunk)]))
        let incoming = IncomingChangeset(
            header: try UnverifiedHeader(bytes: header.bytes, signature: header.signature), chunks: [chunk])
        _ = try a.replica.accept([incoming], now: town.moment.wall)
        let counts = try a.replica.reports.counts()
        #expect(counts.newer == (role == .admin ? 1 : 0))
        #expect(counts.void == (role == .admin ? 0 : 1))
    }

    @Test(
        "A forged author, a gap and a broken chain are refused by name, what joins nothing is left aside, and nothing of them is held"
    )
    func hostile() throws {
        let town = try Town()
        let (a, b) = (town.engines[0], try town.join())
        try town.write(b, "INSERT INTO t(id) VALUES ('1')")
        try town.meet(b, a)
        let held = try a.replica.vectors().held
        let fork = town.forged(by: b.key, seeing: try a.replica.heads(scope: .control)) {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            $0.insert(key: [.text("2")], values: [.null, .null])
        }
        let signature = (fork.header.bytes, [UInt8](repeating: 1, count: 64))
        let stranger = town.forged(by: SigningKey(), seeing: [:]) {
            $0.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
            $0.delete(key: [.text("1")])
        }
        let unsigned = IncomingChangeset(
            header: try UnverifiedHeader(bytes: stranger.header.bytes, signature: signature.1), chunks: stranger.chunks)
        let accused = IncomingChangeset(
            header: try UnverifiedHeader(bytes: fork.header.bytes, signature: signature.1), chunks: fork.chunks)
        for changeset in [accused, unsigned] {
            guard
                case .accepted(held: 0, applied: 0, let left) = try a.replica.accept([changeset], now: town.moment.wall)
            else {
                Issue.record("what nobody signed waits for a signature, and is not held")
                return
            }
            #expect(left.count == 1)
        }
        // What an author signed that follows nothing held is of another way of its feed; what it did not sign accuses
        // nobody.
        for (seq, isSigned, code) in [(UInt64(3), true, ErrorCode.gap), (2, true, nil), (2, false, .brokenChain)] {
            let header = b.key.seal(
                ChangesetHeader(
                    feed: fork.header.header.feed, seq: seq,
                    previous: try #require(Bytes32(Array(repeating: 5, count: 32))),
                    stamp: .zero, contextAdvance: [:], operationCount: 1, chunkHashes: [.zero]))
            let proof = isSigned ? header.signature : signature.1
            let incoming = IncomingChangeset(
                header: try UnverifiedHeader(bytes: header.bytes, signature: proof), chunks: [[]])
            switch try a.replica.accept([incoming], now: town.moment.wall) {
            case .refused(let refusal): #expect(refusal.code == code)
            case .apart(held: 0, applied: 0, _, let feeds):
                #expect(code == nil)
                #expect(feeds == [fork.header.header.feed])
            case .accepted, .partly, .apart: Issue.record("\(seq) is taken")
            }
        }
        #expect(try a.replica.vectors().held == held)
    }
}

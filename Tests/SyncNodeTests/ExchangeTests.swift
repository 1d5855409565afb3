import Foundation
import ReplicaModel
import SQLiteAccess
import SyncEngine
import SyncProtocol
import SyncTransport
import SyncWire
import Synchronization
import Testing

@testable import SyncNode

@Suite("A session between two nodes, over a connection in memory")
struct ExchangeTests {
    @Test("Both have all once both say done, and progress is told truthfully")
    func both() async throws {
        let pair = try await NodePair()
        try await pair.founder.sql("INSERT INTO t VALUES ('1', 'of the founder'), ('2', 'of the founder')")
        try await pair.member.sql("INSERT INTO t VALUES ('3', 'of the member')")
        let told = Rows()
        let ends = try await pair.exchange { told.add("\($0.sent) of \($0.toSend), \($0.received), \($0.applied)") }
        #expect(ends.member == .done)
        #expect(ends.founder == .done)
        let rows = ["1 of the founder", "2 of the founder", "3 of the member"]
        #expect(try await pair.titles(of: pair.founder) == rows)
        #expect(try await pair.titles(of: pair.member) == rows)
        #expect(told.all.last == "1 of 1, 1, 1")
    }

    @Test("A link that is cut anywhere loses nothing, and the next session goes on", arguments: 0..<12)
    func cut(after count: Int) async throws {
        let pair = try await NodePair()
        try await pair.founder.sql("INSERT INTO t VALUES ('1', 'of the founder')")
        try await pair.member.sql("INSERT INTO t VALUES ('2', 'of the member')")
        _ = try await pair.exchange(cutAfter: count)
        let ends = try await pair.exchange()
        #expect(ends.member == .done)
        #expect(ends.founder == .done)
        #expect(try await pair.titles(of: pair.founder) == ["1 of the founder", "2 of the member"])
        #expect(try await pair.titles(of: pair.member) == ["1 of the founder", "2 of the member"])
    }

    @Test("A node whose replica cannot be used says so, and neither peer nor link is blamed")
    func unavailable() async throws {
        let pair = try await NodePair()
        try await pair.member.sql("INSERT INTO t VALUES ('1', 'of the member')")
        let other = try RawClient(path: pair.founder.home.replica, on: nil)
        try other.run("BEGIN IMMEDIATE")
        let ends = try await pair.exchange()
        #expect(ends.member == .refusedByPeer(.unavailable))
        #expect(ends.founder.isBroken)
        try other.run("ROLLBACK")
        #expect(try await pair.exchange().member == .done)
        #expect(try await pair.titles(of: pair.founder) == ["1 of the member"])
    }

    @Test("A node that is told to stop says farewell")
    func stopping() async throws {
        let pair = try await NodePair()
        let links = try await pair.links()
        let serving = Task { await NodePair.run(pair.founder, links.founder, isDialler: false) }
        // Nobody answers yet, so the session stands until it is told to stop.
        var frames = links.member.frames.makeAsyncIterator()
        #expect(try await frames.next() != nil)
        serving.cancel()
        #expect(await serving.value.isBroken)
        var last: [UInt8] = []
        while let frame = try await frames.next() { last = frame }
        #expect(last == MessageFrames.stopping)
    }

    @Test("A frame that is too large ends the session with a refusal that the peer hears")
    func frames() async throws {
        let pair = try await NodePair()
        let links = try await pair.links()
        async let end = NodePair.run(pair.founder, links.founder, isDialler: false)
        links.member.fail(with: .frameTooLarge(found: 1 << 30, limit: links.member.frameBytesMax))
        #expect(await end == .refused(.badFrame))
        var words: [[UInt8]] = []
        for try await frame in links.member.frames { words.append(frame) }
        #expect(words.last.map(MessageFrames.code) == .badFrame)
    }

    @Test(
        "A peer that takes nothing more has one frame on its way to it, and the rest of what it lacks is not made yet",
        .timeLimit(.minutes(2)), arguments: [2, 3, 9])
    func full(taking count: Int) async throws {
        let pair = try await NodePair()
        try await pair.founder.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
            INSERT INTO t SELECT 'large ' || i, hex(randomblob(100000)) FROM n
            """)
        let links = try await pair.links()
        let gate = GatedLink(links.founder, taking: count)
        async let there = NodePair.run(pair.member, links.member, isDialler: true)
        async let here = NodePair.run(pair.founder, gate, isDialler: false)
        await gate.isFull()
        // Whatever could be made meanwhile would be now.
        for _ in 0..<100 {
            _ = await pair.founder.memory
            await Task.yield()
        }
        #expect(gate.waiting == 1)
        #expect(await pair.founder.memory < 1 << 20)
        gate.open()
        #expect(await there == .done)
        #expect(await here == .done)
        #expect(try await pair.titles(of: pair.member).count == 60)
    }

    @Test("Of many sessions of one site the oldest ends, and the newest goes on")
    func many() async throws {
        let pair = try await NodePair()
        let peer = try await pair.member.site()
        var numbers: [Int] = []
        for _ in 0...NodeSessions.sessionsOfOneMax {
            let number = try await pair.founder.beginSession(
                peer: peer, isDialler: false, trust: pair.founder.trust(in: peer))
            try await pair.founder.session(number) { session in try session.start(at: Clocks.now) }
            #expect(try await pair.founder.answering(number, from: "near", abort: {}) == false)
            numbers.append(number)
        }
        for number in numbers.dropFirst() { #expect(await pair.founder.end(number) == nil) }
        let first = numbers[0]
        while case .frame? = try await pair.founder.session(first, { try $0.next(at: Clocks.now) }) ?? nil {}
        guard case .bye(.duplicate)? = await pair.founder.end(first) else {
            Issue.record("the oldest ends with \(String(describing: await pair.founder.end(first)))")
            return
        }
    }

    @Test("Strangers from one network drive out each other, and neither a stranger from another nor a member")
    func strangers() async throws {
        let pair = try await NodePair()
        let aborted = Mutex<Set<Int>>([])
        func begin(_ peer: SiteID, from network: String) async throws -> Int {
            let number = try await pair.founder.beginSession(
                peer: peer, isDialler: false, trust: pair.founder.trust(in: peer))
            try await pair.founder.session(number) { session in try session.start(at: Clocks.now) }
            _ = try await pair.founder.answering(number, from: network) {
                aborted.withLock { _ = $0.insert(number) }
            }
            return number
        }
        let quiet = try await begin(SigningKey().site, from: "elsewhere")
        let member = try await begin(pair.member.site(), from: "here")
        var loud: [Int] = []
        for _ in 0..<200 { loud.append(try await begin(SigningKey().site, from: "here")) }
        let gone = aborted.withLock { $0 }
        #expect(!gone.contains(quiet))
        #expect(!gone.contains(member))
        #expect(gone == Set(loud.dropLast(32)))
        #expect(await pair.founder.end(quiet) == nil)
        #expect(await pair.founder.end(member) == nil)
    }
}

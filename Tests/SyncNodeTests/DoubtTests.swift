import ReplicaModel
import SyncProtocol
import SyncTransport
import SyncWire
import Testing

@testable import SyncNode

@Suite("A session whose peer may be gone without a word")
struct DoubtTests {
    /// Two servers with a session that stands.
    private func standing(_ body: (NodePair, MemoryLink, Task<SessionOutcome, Never>) async throws -> Void) async throws
    {
        let pair = try await NodePair()
        let links = try await pair.links()
        let there = Task { await NodePair.run(pair.member, links.member, isDialler: true, stays: true) }
        let here = Task { await NodePair.run(pair.founder, links.founder, isDialler: false, stays: true) }
        let site = try await pair.member.site()
        while await !pair.founder.stands(with: site) { try await Task.sleep(for: .milliseconds(5)) }
        try await body(pair, links.founder, here)
        here.cancel()
        there.cancel()
        _ = await (here.value, there.value)
    }

    @Test("Is cut where the peer's machine acknowledges nothing of the ping")
    func gone() async throws {
        try await standing { pair, link, session in
            link.told.withLock { $0 = LinkState(silence: 90_000, isOwed: true, isAtHome: false) }
            await pair.founder.doubtAll()
            #expect(await session.value.isBroken)
        }
    }

    @Test("Goes on where it does, and what is written then arrives")
    func there() async throws {
        try await standing { pair, link, _ in
            link.told.withLock { $0 = LinkState(silence: 20, isOwed: false, isAtHome: true) }
            let site = try await pair.member.site()
            await pair.founder.doubtAll()
            try await Task.sleep(for: .milliseconds(LinkState.doubtMax + 500))
            #expect(await pair.founder.stands(with: site))
            try await pair.founder.sql("INSERT INTO t VALUES ('1', 'of the founder')")
            try await pair.founder.tellNews()
            while try await pair.titles(of: pair.member).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        }
    }
}

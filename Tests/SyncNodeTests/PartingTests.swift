import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncWire
import Testing

@testable import SyncNode

@Suite("A node that exchanges with nobody any more, for a budget is used up or a window closes")
struct PartingTests {
    /// The end at a member that dialled just before.
    private func end(_ part: @Sendable (Node, SiteID) async throws -> Void) async throws -> SessionOutcome {
        let pair = try await NodePair()
        let links = try await pair.links()
        let site = try await pair.member.site()
        async let there = NodePair.run(pair.member, links.member, isDialler: true)
        let number = try await pair.founder.beginSession(
            peer: site, isDialler: false, trust: pair.founder.trust(in: site), stays: true)
        try await part(pair.founder, site)
        let exchange = FrameExchange(
            node: pair.founder, connection: links.founder, number: number, peer: site.short, progress: { _ in })
        #expect(SessionOutcome(try await exchange.run(joining: nil)) == .refused(.unavailable))
        links.founder.close()
        return await there
    }

    @Test("Tells whoever dials at that moment why, and not that the exchange broke off")
    func told() async throws {
        let all = try await end { node, _ in
            var settings = Configuration()
            settings.budgetDay = 1
            node.settings.replace(with: settings)
            try await node.store { engine in
                try engine.replica.addressBook.addTraffic(2, to: Node.periods(at: Date()))
            }
            #expect(try await node.partIfUsedUp() == .day)
        }
        #expect(all == .refusedByPeer(.unavailable))
        let outside = try await end { node, site in
            let never = Peer(name: "member", site: site, addresses: [], windows: [try Self.closed()])
            await node.part(from: never, among: [never])
        }
        #expect(outside == .refusedByPeer(.unavailable))
    }

    /// A window that is closed at this moment.
    private static func closed() throws -> String {
        let now = Clocks.now.wall
        let closed = try ["00:00-00:01", "12:00-12:01"].first { text in
            try !DialWindows(checking: [text]).isOpen(at: now, in: LocalTime(at: now))
        }
        return try #require(closed)
    }
}

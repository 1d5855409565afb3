import Foundation
import ReplicaModel
import SyncEngine
import SyncProtocol
import SyncTransport
import SyncWire

@testable import SyncNode

/// Two nodes of one alliance in this process, and sessions between them over connections in memory.
final class NodePair: Sendable {
    let folder: String
    let founder: Node
    let member: Node

    static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT);"

    init() async throws {
        folder = FileManager.default.temporaryDirectory.path + "/caravan-pair-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let home = NodeHome(path: folder + "/founder")
        _ = try await home.found(name: "founder", schemaSQL: Self.schema)
        founder = try await Node.open(home: home)
        let code = try await founder.peers.invite(role: .member, expiresInSeconds: 60, addresses: ["127.0.0.1:7410"])
        let joining = try InvitedJoining(code: code, name: "member", at: NodeHome(path: folder + "/member"))
        let (node, request) = try await joining.prepare()
        member = node
        let ends = try await exchange(joining: request)
        guard case .done = ends.member else {
            throw NodeError(kind: .failed, message: "the member did not join: \(ends.member)")
        }
        _ = try await node.joined(by: joining.invitation)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func links(
        cutAfter: Int = .max, frameBytesMax: Int = FrameLimits.frameBytesMax
    ) async throws -> (member: MemoryLink, founder: MemoryLink) {
        let sites = (try await member.site(), try await founder.site())
        let links = MemoryLink.pair(sites.0, sites.1, cutAfter: cutAfter, frameBytesMax: frameBytesMax)
        return (links.dialler, links.listener)
    }

    /// Runs a session, which the member dials. An end that throws is told as a refusal of the link.
    func exchange(
        joining request: JoinRequest? = nil, cutAfter: Int = .max,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async throws -> (member: SessionOutcome, founder: SessionOutcome) {
        let links = try await links(cutAfter: cutAfter)
        async let there = Self.run(member, links.member, isDialler: true, joining: request, progress: progress)
        async let here = Self.run(founder, links.founder, isDialler: false)
        return (await there, await here)
    }

    static func run(
        _ node: Node, _ link: some ClosableLink, isDialler: Bool, joining request: JoinRequest? = nil,
        stays: Bool = false,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async -> SessionOutcome {
        do {
            let number = try await node.beginSession(
                peer: link.peer, isDialler: isDialler, trust: node.trust(in: link.peer, joining: request), stays: stays)
            let exchange = FrameExchange(
                node: node, connection: link, number: number, peer: link.peer.short, progress: progress)
            let outcome: SessionOutcome
            do { outcome = SessionOutcome(try await exchange.run(joining: request)) } catch {
                outcome = .broke("\(error)")
            }
            await node.endSession(number, through: link.wireBytes)
            link.close()
            return outcome
        } catch {
            link.close()
            return .broke("\(error)")
        }
    }

    func titles(of node: Node) async throws -> [String] {
        let box = Rows()
        try await node.sql("SELECT id || ' ' || a FROM t ORDER BY id") { _, row in
            if case .text(let bytes)? = row.first { box.add(String(decoding: bytes, as: UTF8.self)) }
        }
        return box.all
    }
}

/// The end of a session on one side.
enum SessionOutcome: Sendable, Equatable {
    case done
    case bye(ByeReason)
    case refused(ErrorCode)
    case refusedByPeer(ErrorCode)
    /// The link broke, or the node did.
    case broke(String)

    init(_ end: SessionEnd) {
        switch end {
        case .done: self = .done
        case .bye(let reason): self = .bye(reason)
        case .refused(let refusal): self = .refused(refusal.code)
        case .refusedByPeer(let refusal): self = .refusedByPeer(refusal.code)
        }
    }

    var isBroken: Bool { if case .broke = self { true } else { false } }
}

extension Node {
    func site() async throws -> SiteID { try store { engine in engine.site } }

    /// Bytes that all sessions have in memory.
    var memory: Int { sessions.open.values.reduce(0) { $0 + $1.session.memory.all } }
}

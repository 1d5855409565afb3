import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport

extension NodeDialler {
    /// A preview of one exchange with a peer: what either side lacks, which rows it would change here, and what it
    /// would bring into conflict. Nothing is sent to the peer, and nothing that it sends is kept.
    ///
    /// - Parameter wanted: a peer's name, the beginning of its site id, or HOST:PORT.
    /// - Throws: `notFound` or `usage` for a peer that is not known; `unreachable` or `refused`.
    public func preview(peer wanted: String) async throws(NodeError) -> PreviewReport {
        try await prepare(for: [wanted])
        let peer = try Self.choose(wanted, among: try await node.peers.dialled())
        var failures: [NodeError] = []
        for address in peer.addresses {
            do {
                let preview = try await look(peer, at: address)
                await node.noteTrafficIfPossible()
                return preview
            } catch let error as NodeError {
                failures.append(error)
            } catch let error as TransportError {
                failures.append(NodeError(error))
            } catch {
                failures.append(NodeError(kind: .unreachable, message: "the look at \(peer.name) broke off: \(error)"))
            }
        }
        await node.noteTrafficIfPossible()
        throw Self.one(of: failures, peer)
    }

    private func look(_ peer: Peer, at address: String) async throws -> PreviewReport {
        let dialler = await node.peers.transport(to: peer)
        return try await dialler.connect(to: [try HostPort(address)], expecting: peer.site) { connection in
            let number = try await node.beginSession(
                peer: connection.peer, isDialler: true, trust: node.trust(in: connection.peer),
                for: .look)
            let exchange = FrameExchange(
                node: node, connection: connection, number: number, peer: peer.name, progress: { _ in })
            do {
                let end = try await exchange.run(joining: nil)
                if let error = Self.refusal(of: end, by: peer.name) { throw error }
                guard let preview = try await preview(number) else {
                    throw NodeError(
                        kind: .unreachable, message: "\(peer.name) ended the look before it was complete: try again")
                }
                await node.endSession(number)
                return preview
            } catch {
                await node.endSession(number)
                throw error
            }
        }
    }

    /// A preview of what would come of an exchange, from a session that only looked.
    private func preview(_ number: Int) async throws(NodeError) -> PreviewReport? {
        guard let (seen, lacked) = try await node.session(number, { ($0.seen, $0.lacked) }) else { return nil }
        return try await node.store { engine in
            let held = try engine.replica.vectors().held
            return try engine.replica.reports.preview(seen, lackedByPeer: lacked ?? held)
        }
    }

    private static func refusal(of end: SessionEnd, by peer: String) -> NodeError? {
        switch end {
        case .done, .bye: nil
        case .refused(let refusal), .refusedByPeer(let refusal):
            NodeError(
                kind: .refused, name: refusal.code.rawValue,
                message: "the look at \(peer) was refused: \(refusal.sentence)")
        }
    }
}

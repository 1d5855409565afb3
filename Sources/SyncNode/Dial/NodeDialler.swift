import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport

/// Exchanges that a node begins: with each peer, or with one of them, or only a look at what one would bring.
public struct NodeDialler: Sendable {
    let node: Node

    /// Exchanges with each of the named peers, or with all that have an address. A peer is a name, the beginning of
    /// a site id, or HOST:PORT.
    ///
    /// - Throws: `notFound` or `usage` for a peer that is not known. What fails with a peer is in its outcome.
    public func sync(
        peers wanted: [String] = [], progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async throws(NodeError) -> [SyncOutcome] {
        try await prepare(for: wanted)
        let known = try await node.peers.dialled()
        var chosen: [Peer] = []
        for name in wanted { chosen.append(try Self.choose(name, among: known)) }
        if wanted.isEmpty {
            chosen = known.filter { !$0.addresses.isEmpty }
            guard !chosen.isEmpty else {
                throw NodeError(
                    kind: .usage,
                    message: "this node has no peer to dial: add one with `caravan peer add NAME HOST:PORT`")
            }
        }
        var outcomes = await exchange(with: chosen, progress: progress)
        // What one of them brought, another that was met at the same time may lack.
        let answered = chosen.indices.filter { outcomes[$0].error == nil }
        if answered.count > 1, outcomes.contains(where: { $0.received > 0 }) {
            let again = await exchange(with: answered.map { chosen[$0] }, progress: progress)
            for (place, outcome) in zip(answered, again) { outcomes[place] = outcomes[place].followed(by: outcome) }
        }
        return outcomes
    }

    /// Exchanges once with each, side by side, so that those that cannot be reached keep nobody waiting. In the order
    /// given.
    private func exchange(with peers: [Peer], progress: @escaping @Sendable (SyncProgress) -> Void) async
        -> [SyncOutcome]
    {
        await withTaskGroup(of: (Int, SyncOutcome).self) { group in
            var out: [Int: SyncOutcome] = [:]
            for (place, peer) in peers.enumerated() {
                if place >= Self.sideBySideMax, let (done, outcome) = await group.next() { out[done] = outcome }
                group.addTask { (place, await self.exchange(with: peer, joining: nil, progress: progress)) }
            }
            for await (place, outcome) in group { out[place] = outcome }
            return peers.indices.compactMap { out[$0] }
        }
    }

    /// Exchanges at once: each holds buffers of its own.
    private static let sideBySideMax = 32

    /// Seals, so that what is exchanged is all there is; refuses names that two members have.
    func prepare(for wanted: [String]) async throws(NodeError) {
        try await node.store { engine in
            let names = try MemberNames(engine.replica)
            for name in wanted { try names.refuseAmbiguous(name) }
            try engine.seal()
        }
    }

    static func choose(_ wanted: String, among known: [Peer]) throws(NodeError) -> Peer {
        if let named = known.first(where: { $0.name == wanted }) { return named }
        let prefix = wanted.lowercased()
        let bySite =
            prefix.count < 4
            ? []
            : known.filter { peer in
                guard let site = peer.site else { return false }
                return site.hex.hasPrefix(prefix) || site.short.lowercased().hasPrefix(prefix)
            }
        if let found = bySite.first {
            guard bySite.count == 1 else {
                throw NodeError(
                    kind: .usage, message: "\(wanted) is the beginning of several site ids: write more of it")
            }
            return found
        }
        guard wanted.contains(":") else {
            let advice = Nearness.advice(for: wanted, among: known.map(\.name))
            throw NodeError(
                kind: .notFound, message: "there is no peer \(wanted)\(advice): `caravan peer list` shows them")
        }
        try HostPort.check(wanted)
        return known.first { $0.addresses.contains(wanted) } ?? Peer(name: wanted, site: nil, addresses: [wanted])
    }

    /// Dials a peer at its addresses, and runs one session with it by the first that answers; where that breaks off, by
    /// another.
    ///
    /// - Parameter stays: the session stays when all is exchanged, if the peer's does.
    func exchange(
        with peer: Peer, joining request: JoinRequest?, stays: Bool = false,
        progress: @escaping @Sendable (SyncProgress) -> Void
    ) async -> SyncOutcome {
        var outcome = await meet(peer, joining: request, stays: stays, progress: progress)
        // Where a feed went two ways each exchange brings the two sides nearer: one finds out where, then the other.
        for _ in 0..<Self.exchangesOfForkMax where outcome.error?.name == ErrorCode.fork.rawValue && !Task.isCancelled {
            outcome = outcome.followed(
                by: await meet(peer, joining: request, stays: stays, progress: progress))
        }
        // Whoever has the lock would be waited for once more.
        if outcome.error?.kind != .locked { await node.noteTrafficIfPossible() }
        return outcome
    }

    /// The most exchanges that a fork takes: half as many where neither side knows, and each has a branch of a branch.
    private static let exchangesOfForkMax = 8

    private func meet(
        _ peer: Peer, joining request: JoinRequest?, stays: Bool, progress: @escaping @Sendable (SyncProgress) -> Void
    ) async -> SyncOutcome {
        var failures: [NodeError] = []
        var left: [HostPort] = []
        for address in peer.addresses {
            do throws(TransportError) { left.append(try HostPort(address)) } catch { failures.append(NodeError(error)) }
        }
        var hasProgressed = false
        var headway: Headway?
        while !left.isEmpty {
            var used: PeerConnection?
            do {
                let met = try await dial(peer, at: left, joining: request, stays: stays, progress: progress) {
                    used = $0
                    headway = $1 ?? headway
                }
                let error = Self.failure(of: met.end, with: peer.name)
                await note(peer, site: met.site, error: error)
                // Whether that can be noted or not, the exchange was one.
                if error == nil { try? await node.store { engine in try engine.replica.joining.end() } }
                return SyncOutcome(
                    peer: peer.name, site: met.site, sent: met.counts?.sent ?? 0, received: met.counts?.received ?? 0,
                    applied: met.counts?.applied ?? 0, error: error, hasStood: met.hasStood)
            } catch { failures += Self.failures(error, with: peer.name) }
            guard let used else { break }
            if used.bytesSent + used.bytesReceived >= Self.progressLeast { hasProgressed = true }
            left.removeAll { $0 == used.dialled }
        }
        let failure = Self.one(of: failures, peer)
        // That this node stops, or that its own replica is locked, is no fault of the peer's.
        if !Task.isCancelled, failure.kind != .locked { await note(peer, site: peer.site, error: failure) }
        return SyncOutcome(
            peer: peer.name, site: peer.site, sent: 0, received: 0, applied: 0, error: failure,
            hasProgressed: hasProgressed, headway: headway)
    }

    /// Bytes after which a session that breaks off has got on: a chunk of a changeset, which is kept.
    private static let progressLeast = 65_536

    /// The failures of one attempt, of each address that did not answer its own.
    static func failures(_ error: any Error, with peer: String) -> [NodeError] {
        switch error {
        case TransportError.noneAnswered(let errors): errors.map { NodeError($0) }
        case let error as NodeError: [error]
        case let error as TransportError: [NodeError(error)]
        default: [NodeError(kind: .unreachable, message: "the exchange with \(peer) broke off: \(error)")]
        }
    }

    /// The error that is told of a peer of which every address failed: a failure of this node's own before those of
    /// links.
    static func one(of failures: [NodeError], _ peer: Peer) -> NodeError {
        if let own = failures.first(where: { $0.kind != .unreachable }) { return own }
        guard let first = failures.first else {
            return NodeError(
                kind: .unreachable, message: "\(peer.name) has no address: add one with `caravan peer add`")
        }
        return failures.count == 1
            ? first : NodeError(kind: .unreachable, message: failures.map(\.message).joined(separator: " "))
    }

    /// The outcome of a session that was begun, however it ended.
    private struct Meeting {
        let site: SiteID
        let end: SessionEnd
        let counts: SyncProgress?
        let hasStood: Bool
    }

    private func dial(
        _ peer: Peer, at addresses: [HostPort], joining request: JoinRequest?, stays: Bool,
        progress: @escaping @Sendable (SyncProgress) -> Void, used: (PeerConnection, Headway?) -> Void
    ) async throws -> Meeting {
        let dialler = await node.peers.transport(to: peer)
        return try await dialler.connect(
            to: addresses, expecting: peer.site, isOver: { Self.isOver($0.end) }
        ) { connection in
            used(connection, nil)
            let site = connection.peer
            if let error = OwnKey(node: node).failure(at: connection) { throw error }
            let number = try await node.beginSession(
                peer: site, isDialler: true, trust: node.trust(in: site, joining: request), stays: stays,
                dialled: stays ? peer.name : nil)
            let exchange = FrameExchange(
                node: node, connection: connection, number: number, peer: peer.name, progress: progress,
                onSettled: { await note(peer, site: site, error: nil) })
            do {
                let end = try await exchange.run(joining: request)
                let counts = await node.progress(number, peer: peer.name)
                let state = await node.state(number)
                await node.endSession(number, through: connection.wireBytes)
                // What stood and was lost is dialled again like what a link broke.
                let isOver = state.hasParted || state.hasSettled && end.isParting
                return Meeting(site: site, end: isOver ? .done : end, counts: counts, hasStood: state.hasSettled)
            } catch {
                let state = await node.state(number)
                used(connection, await node.endSession(number, through: connection.wireBytes))
                // Links break: what both sides had was exchanged, and what came since is in the next session.
                guard state.hasSettled || state.hasParted, error is TransportError else { throw error }
                return Meeting(site: site, end: .done, counts: nil, hasStood: true)
            }
        }
    }

    /// Remembers which key answered, and what went wrong last.
    private func note(_ peer: Peer, site: SiteID?, error: NodeError?) async {
        try? await node.store { engine in
            guard try engine.replica.addressBook.peers().contains(where: { $0.name == peer.name }) else { return }
            try engine.replica.addressBook.noteAttempt(
                peer.name, site: error == nil ? site : nil, error: error?.message)
        }
    }

    /// Whether the peer has nothing to say any more: this side has read its last ack, and said bye.
    private static func isOver(_ end: SessionEnd) -> Bool { end == .done }

    private static func failure(of end: SessionEnd, with peer: String) -> NodeError? {
        switch end {
        case .done: nil
        case .bye:
            NodeError(kind: .unreachable, message: "\(peer) ended the exchange before it was complete: try again")
        case .refused(let refusal):
            NodeError(
                kind: .refused, name: refusal.code.rawValue,
                message: "the exchange with \(peer) was refused here: \(refusal.sentence)"
                    + (isSpoilt(refusal.code) ? "; run `caravan verify` at \(peer)" : ""))
        case .refusedByPeer(let refusal):
            NodeError(
                kind: .refused, name: refusal.code.rawValue,
                message: "\(peer) refused: \(refusal.sentence)"
                    + (isSpoilt(refusal.code) ? "; run `caravan verify` here" : ""))
        }
    }

    /// Whether a refusal says that what came is not what its author signed: the link cannot do that, so the replica of
    /// who sent it is damaged, or its software is.
    static func isSpoilt(_ code: ErrorCode) -> Bool { [.badChangeset, .badSignature, .brokenChain].contains(code) }
}

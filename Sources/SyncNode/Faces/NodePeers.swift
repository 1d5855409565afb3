import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport
import SyncWire

/// The peers of a node: those that it dials, those that it met, and those whom it invites.
public struct NodePeers: Sendable {
    let node: Node

    /// Adds a peer, or replaces the addresses, windows and rate of the one of that name.
    ///
    /// - Parameters:
    ///   - addresses: each HOST:PORT, in the order in which they are tried. With none a known peer keeps those that it
    ///     has; a member that is no peer yet, and only dials in, has none.
    ///   - windows: when `serve` exchanges with it, by local time, each as `02:00-05:00`; at any time where there is none.
    ///   - limitRate: the bytes a second that may go to it, and that may come from it, as `32k` or `1M`; nil for any.
    public func add(
        name: String, addresses: [String], windows: [String] = [], limitRate: String? = nil
    ) async throws(NodeError) {
        guard !name.isEmpty, !name.contains(where: \.isNewline), !name.contains(":") else {
            throw NodeError(kind: .usage, message: "a peer's name is one line without a colon")
        }
        for address in addresses { try HostPort.check(address) }
        let windows = try DialWindows(checking: windows).windows.map(\.description)
        let rate = try limitRate.map { text throws(NodeError) in try Self.rate(text) }
        try await node.store { engine in
            let member = try MemberNames(engine.replica).refuseAmbiguous(name)
            let known = try engine.replica.addressBook.peers().first { $0.name == name }
            let peer = Peer(
                name: name, site: known?.site ?? (member == engine.site ? nil : member),
                addresses: addresses.isEmpty ? known?.addresses ?? [] : addresses, windows: windows, limitRate: rate)
            guard !peer.addresses.isEmpty || peer.site != nil && !(windows.isEmpty && rate == nil) else {
                throw NodeError(
                    kind: .usage,
                    message:
                        """
                        a peer needs an address: HOST:PORT; without one, give a member that dials this node a window \
                        or a rate
                        """
                )
            }
            try engine.replica.addressBook.setPeer(peer)
        }
    }

    private static func rate(_ text: String) throws(NodeError) -> Int {
        guard let rate = ByteCount.read(text) else {
            throw NodeError(
                kind: .usage, message: "\(text) is no rate: write bytes a second, such as 32k (32 × 1024) or 1M")
        }
        guard (TokenBucket.rateLeast...TokenBucket.rateMost).contains(rate) else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    a rate of \(text) is out of bounds: write one from 4k on, below which a peer takes silence for a \
                    broken link, up to \(TokenBucket.rateMost >> 30)G bytes a second
                    """
            )
        }
        return rate
    }

    /// Removes a peer from those that this node dials.
    ///
    /// - Parameter wanted: the peer's name, or the beginning of its site id.
    public func remove(_ wanted: String) async throws(NodeError) {
        try await node.store { engine in
            try MemberNames(engine.replica).refuseAmbiguous(wanted)
            let addressBook = engine.replica.addressBook
            let known = try addressBook.peers()
            let name =
                known.contains { $0.name == wanted }
                ? wanted : known.first { $0.site?.begins(with: wanted) ?? false }?.name ?? wanted
            guard try addressBook.removePeer(named: name) else {
                let advice = Nearness.advice(for: name, among: known.map(\.name))
                throw NodeError(
                    kind: .notFound, message: "there is no peer \(name)\(advice): `caravan peer list` shows them")
            }
        }
    }

    /// The peers that this node dials, and the members that it has met because they dialled.
    public func list() async throws(NodeError) -> [PeerReport] {
        let servers = ServerNote.servers(in: node.home)
        return try await node.store { engine in
            try engine.replica.peerReports(except: engine.site, servers: servers)
        }
    }

    /// The peers that this node dials.
    func dialled() async throws(NodeError) -> [Peer] {
        try await node.store { engine in try engine.replica.addressBook.peers() }
    }

    func countRefusals(_ name: String, _ entry: RefusalTally.Entry) async throws(NodeError) {
        try await node.store { engine in
            try engine.replica.addressBook.countRefusal(
                of: nil, named: name, times: entry.count, because: entry.sentence, now: Clocks.now.wall)
        }
    }

    /// Makes an invitation that this node redeems once.
    ///
    /// - Parameters:
    ///   - role: of whoever joins by it.
    ///   - expiresInSeconds: from now; more than 0.
    ///   - addresses: where this node is reached; if none is given, where `serve` last listened, and of a wildcard those
    ///     of the interfaces.
    /// - Throws: `noRight` unless this node is an admin, `usage` where no address is known.
    public func invite(
        role: Role, expiresInSeconds: Int64, addresses: [String]
    ) async throws(NodeError) -> String {
        guard expiresInSeconds > 0 else {
            throw NodeError(kind: .usage, message: "an invitation expires later than now")
        }
        for address in addresses { try HostPort.check(address, isTold: true) }
        let known = addresses.isEmpty ? try await listenedAt() : addresses
        guard !known.isEmpty else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    no address is known at which others reach this node: give --address HOST:PORT, or run `caravan \
                    serve` first
                    """
            )
        }
        var generator = SystemRandomNumberGenerator()
        let secret = randomBytes(16, using: &generator)
        let expires = Clocks.now.wall + expiresInSeconds * 1000
        return try await node.store { engine in
            try engine.replica.admin.addInvitation(secret: secret, role: role, expires: expires)
            return InvitationCodec.encode(
                Invitation(
                    alliance: engine.replica.alliance, inviter: engine.site, name: try engine.replica.ownName(),
                    addresses: known,
                    secret: secret, expires: expires))
        }
    }

    /// The addresses at which others reach what listened last, as the machine's interfaces are now.
    private func listenedAt() async throws(NodeError) -> [String] {
        let texts = try await node.store { engine in try engine.replica.addressBook.listenedAt() }
        return texts.compactMap { try? HostPort($0) }.flatMap(\.dialled).prefix(Self.addressesMax).map { "\($0)" }
    }

    /// The most addresses in an invitation: with more it is too long for a line of mail.
    private static let addressesMax = 8
}

extension HostPort {
    /// Refuses what is no address.
    ///
    /// - Parameter isTold: others are to dial it.
    static func check(_ address: String, isTold: Bool = false) throws(NodeError) {
        guard let read = try? HostPort(address) else {
            throw NodeError(kind: .usage, message: "\(address) is not an address: write HOST:PORT, or [IPv6]:PORT")
        }
        guard !isTold || !read.isWildcard else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    \(address) is where one listens, and nobody can dial it: name the address at which others reach \
                    this machine
                    """
            )
        }
    }
}

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

    /// Adds a peer, or replaces the addresses, windows and rate of the one of that name, in `config.yaml` and here.
    ///
    /// - Parameters:
    ///   - addresses: each HOST:PORT, in the order in which they are tried. With none a known peer keeps those that it
    ///     has; a member that is no peer yet, and only dials in, has none.
    ///   - windows: when `serve` exchanges with it, by local time, each as `02:00-05:00`; at any time where there is none.
    ///   - limitRate: the bytes a second that may go to it, and that may come from it, as `32k` or `1M`; nil for any.
    /// - Throws: `usage` for what no peer can have, and what keeps `config.yaml` from being read or written.
    public func add(
        name: String, addresses: [String], windows: [String] = [], limitRate: String? = nil
    ) async throws(NodeError) {
        let wanted = try PeerSetting(
            checking: name, addresses: addresses, windows: windows, limitRate: limitRate)
        let home = node.home
        try await node.store { engine in
            let member = try MemberNames(engine.replica).refuseAmbiguous(name)
            let site = member == engine.site ? nil : member
            try PeerKeeping(home: home, replica: engine.replica).change { (peers) throws(NodeError) in
                let known = peers.first { $0.name == name }
                let peer = Peer(
                    name: name, site: known?.site ?? site,
                    addresses: addresses.isEmpty ? known?.addresses ?? [] : addresses, windows: wanted.windows,
                    limitRate: wanted.limitRate)
                guard !peer.addresses.isEmpty || peer.site != nil && !PeerSetting(peer).isBare else {
                    throw PeerSetting.bare
                }
                peers.put(peer)
            }
        }
    }

    /// Removes a peer from those that this node dials.
    ///
    /// - Parameter wanted: the peer's name, or the beginning of its site id.
    /// - Throws: `notFound` where there is none, and what keeps `config.yaml` from being read or written.
    public func remove(_ wanted: String) async throws(NodeError) {
        let home = node.home
        try await node.store { engine in
            try MemberNames(engine.replica).refuseAmbiguous(wanted)
            try PeerKeeping(home: home, replica: engine.replica).change { (peers) throws(NodeError) in
                let name =
                    peers.contains { $0.name == wanted }
                    ? wanted : peers.first { $0.site?.begins(with: wanted) ?? false }?.name ?? wanted
                guard peers.contains(where: { $0.name == name }) else {
                    let advice = Nearness.advice(for: name, among: peers.map(\.name))
                    throw NodeError(
                        kind: .notFound, message: "there is no peer \(name)\(advice): `caravan peer list` shows them")
                }
                peers.removeAll { $0.name == name }
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

import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncTransport
import SyncWire

extension Node {
    /// Adds a peer, or replaces the addresses of the one of that name.
    public func addPeer(name: String, addresses: [String]) throws(NodeError) {
        guard !name.isEmpty, !name.contains(where: \.isNewline), !name.contains(":") else {
            throw NodeError(kind: .usage, message: "a peer's name is one line without a colon")
        }
        guard !addresses.isEmpty else { throw NodeError(kind: .usage, message: "a peer needs an address: HOST:PORT") }
        for address in addresses { try Self.checkAddress(address) }
        let member = try refuseAmbiguous(name)
        try store { engine in
            let known = try engine.replica.addressBook.peers().first { $0.name == name }
            try engine.replica.addressBook.setPeer(
                Peer(name: name, site: known?.site ?? (member == engine.site ? nil : member), addresses: addresses))
        }
    }

    /// - Parameter isTold: others are to dial it.
    static func checkAddress(_ address: String, isTold: Bool = false) throws(NodeError) {
        guard let read = try? HostPort(address) else {
            throw NodeError(kind: .usage, message: "\(address) is not an address: write HOST:PORT, or [IPv6]:PORT")
        }
        guard !isTold || !read.isWildcard else {
            throw NodeError(
                kind: .usage,
                message:
                    "\(address) is where one listens, and nobody can dial it: name the address at which others reach this machine"
            )
        }
    }

    /// - Parameter wanted: the peer's name, or the beginning of its site id.
    public func removePeer(_ wanted: String) throws(NodeError) {
        try refuseAmbiguous(wanted)
        let known = try dialled()
        let name =
            known.contains { $0.name == wanted }
            ? wanted : known.first { $0.site.map { Self.isBeginning(wanted, of: $0) } ?? false }?.name ?? wanted
        let wasThere = try store { engine in try engine.replica.addressBook.removePeer(named: name) }
        guard wasThere else {
            throw NodeError(kind: .notFound, message: "there is no peer \(name): `caravan peer list` shows them")
        }
    }

    /// The peers that this node dials, and the members that it has met because they dialled.
    public func peers() throws(NodeError) -> [PeerReport] {
        try store { engine in
            let replica = engine.replica
            let own = try replica.vectors().held
            let dialled = try replica.addressBook.peers()
            var out: [PeerReport] = []
            for peer in dialled {
                let contact =
                    try peer.site.map { (site) throws(StoreError) in try replica.addressBook.contact(with: site) }
                    ?? nil
                out.append(Self.report(peer, contact, own: own))
            }
            for member in try replica.members() where member.site != engine.site {
                guard !dialled.contains(where: { $0.site == member.site }),
                    let contact = try replica.addressBook.contact(with: member.site)
                else { continue }
                out.append(Self.report(Peer(name: member.name, site: member.site, addresses: []), contact, own: own))
            }
            return out
        }
    }

    func countRefusals(_ name: String, _ entry: RefusalTally.Entry) throws(NodeError) {
        try store { engine in
            try engine.replica.addressBook.countRefusal(
                of: nil, named: name, times: entry.count, because: entry.sentence, now: Clocks.now.wall)
        }
    }

    private static func report(_ peer: Peer, _ contact: Contact?, own: Vector) -> PeerReport {
        let held = contact?.held ?? [:]
        return PeerReport(
            name: peer.name, site: peer.site, addresses: peer.addresses, lastContact: contact?.lastContact,
            sent: contact?.sent.values.reduce(0, +) ?? 0, durable: held.values.reduce(0, +),
            applied: contact?.applied.values.reduce(0, +) ?? 0,
            lacks: own.reduce(0) { $0 + ($1.value > held[$1.key] ?? 0 ? $1.value - (held[$1.key] ?? 0) : 0) },
            skewSeconds: contact.map { Double($0.skew) / 1000 }, lastError: peer.lastError)
    }

    /// Makes an invitation that this node redeems once.
    ///
    /// - Parameters: - addresses: where this node is reached; if none is given, where `serve` last listened, and of a
    ///   wildcard those of the interfaces.
    /// - Throws: `noRight` unless this node is an admin, `usage` where no address is known.
    public func invite(role: Role, expiresInSeconds: Int64, addresses: [String]) throws(NodeError) -> String {
        guard expiresInSeconds > 0 else {
            throw NodeError(kind: .usage, message: "an invitation expires later than now")
        }
        for address in addresses { try Self.checkAddress(address, isTold: true) }
        let known = addresses.isEmpty ? try listenedAt() : addresses
        guard !known.isEmpty else {
            throw NodeError(
                kind: .usage,
                message:
                    "no address is known at which others reach this node: give --address HOST:PORT, or run `caravan serve` first"
            )
        }
        var generator = SystemRandomNumberGenerator()
        let secret = randomBytes(16, using: &generator)
        let expires = Clocks.now.wall + expiresInSeconds * 1000
        let name = try self.name()
        return try store { engine in
            try engine.replica.admin.addInvitation(secret: secret, role: role, expires: expires)
            return InvitationCodec.encode(
                Invitation(
                    alliance: engine.replica.alliance, inviter: engine.site, name: name, addresses: known,
                    secret: secret,
                    expires: expires))
        }
    }

    /// The addresses at which others reach what listened last, as the machine's interfaces are now.
    private func listenedAt() throws(NodeError) -> [String] {
        let texts = try store { engine in try engine.replica.addressBook.listenedAt() }
        return texts.compactMap { try? HostPort($0) }.flatMap(\.dialled).prefix(Self.addressesMax).map { "\($0)" }
    }

    /// More make an invitation too long for a line of mail.
    private static let addressesMax = 8
}

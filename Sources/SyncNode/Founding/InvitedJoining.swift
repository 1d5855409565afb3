import ReplicaModel
import ReplicaStore
import SyncWire

/// A joining with an invitation, in the home of a node that is to be.
struct InvitedJoining: Sendable {
    let home: NodeHome
    let invitation: Invitation
    /// The name that the new member asks for.
    private let name: String
    /// Whether the key that is here is left where the joining comes to nothing: without a replica beside it, it may be
    /// that of a node which lived here, and a petition needs it.
    private let keepsKey: Bool

    /// - Throws: `usage` where the code or the name cannot be meant.
    init(code: String, name: String?, at home: NodeHome) throws(NodeError) {
        self.home = home
        do { invitation = try InvitationCodec.decode(code) } catch {
            throw NodeError(kind: .usage, message: error.sentence)
        }
        self.name = try home.nodeName(name)
        keepsKey = home.hasKey && !home.hasReplica || home.hasPetition
    }

    /// The peer that gave the invitation.
    var peer: Peer {
        let name = PeerSetting.name(ofMember: invitation.name)
        return Peer(name: name, site: invitation.inviter, addresses: invitation.addresses)
    }

    /// Makes a node of the invitation's alliance that holds nothing yet, with the inviter as its first peer; or opens
    /// the one that began to join it, which asks for nothing any more where it was admitted.
    ///
    /// - Throws: `usage` where the home holds a node already, and what keeps one from being made; nothing is left then.
    func prepare() async throws(NodeError) -> (node: Node, request: JoinRequest?) {
        home.useOwnDisk()
        let request = JoinRequest(alliance: invitation.alliance, secret: invitation.secret, name: name)
        if try home.isJoining(invitation.alliance) {
            let node = try await Node.open(home: home)
            return (node, try await goesOn(at: node) ? nil : request)
        }
        try home.refuseExisting()
        do throws(NodeError) {
            let key = try home.prepare()
            try saying {
                let made = try Replica.create(path: home.replica, site: key.site, alliance: invitation.alliance)
                // Before the node is opened, which takes up what the file says.
                try PeerKeeping(home: home, replica: made).set(peer)
                try made.joining.begin(by: .invitation)
            }
            return (try await Node.open(home: home), request)
        } catch {
            remove()
            throw error
        }
    }

    /// Has the inviter as a peer, at the addresses that the invitation names.
    ///
    /// - Returns: whether the node belongs already.
    private func goesOn(at node: Node) async throws(NodeError) -> Bool {
        let (home, known) = (home, peer)
        return try await node.store { engine in
            try PeerKeeping(home: home, replica: engine.replica).change { (peers) throws(NodeError) in
                var peer = peers.first { $0.name == known.name } ?? known
                (peer.site, peer.addresses) = (known.site, known.addresses)
                peers.put(peer)
            }
            return try engine.replica.member(engine.site)?.role != nil
        }
    }

    /// Removes what was made, where the joining was refused so that the same line is refused again, and nothing came:
    /// else the folder would be taken for that of a node.
    func takeBack(_ node: Node, after error: NodeError) async {
        guard error.kind == .refused, Self.final.contains(error.name) else { return }
        // What is there may be somebody's, who wrote into a node that was left half joined.
        let isEmpty = try? await node.store { engine in try engine.replica.vectors().held.isEmpty }
        if isEmpty == true { remove() }
    }

    private static let final = Set(
        [ErrorCode.badInvitation, .invitationExpired, .invitationUsed, .wrongAlliance].map(\.rawValue))

    private func remove() {
        home.removeReplica()
        if !keepsKey { home.removeKey() }
        home.removeIfEmpty()
    }
}

import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// Joining an alliance with which there is no connection: a petition goes there, and a grant comes back.
extension NodeHome {
    /// Makes the key of a node that is to join, and writes its petition. Asked again, it writes another, for an admin
    /// may have ended what the first one gave; an answer to either is taken.
    ///
    /// - Returns: the node's site, for people to compare.
    /// - Throws: `usage` where the home holds a node already.
    public func petition(to file: String, name: String? = nil) async throws(NodeError) -> (name: String, site: SiteID) {
        useOwnDisk()
        try refuseExisting()
        let name = try nodeName(name)
        let isNew = !hasKey
        do throws(NodeError) { return try petition(to: file, named: name) } catch {
            // A key without its petition would be taken for that of a node that has lived here.
            if isNew, !hasPetition {
                removeKey()
                removeIfEmpty()
            }
            throw error
        }
    }

    private func petition(to file: String, named name: String) throws(NodeError) -> (name: String, site: SiteID) {
        let key = try prepare()
        var generator = SystemRandomNumberGenerator()
        let petition = Petition(
            site: key.site, written: UInt64(clamping: Clocks.now.wall), software: Node.software, name: name,
            secret: randomBytes(FrameLimits.secretBytes, using: &generator), card: SealingKey(of: key).card)
        var writer = CarriedFileWriter(.petition(petition), key: key)
        writer.end()
        let bytes = writer.takeOutput()
        try petitions.keep(bytes)
        let output = try OutputFile(file)
        try output.write(bytes)
        try output.finish()
        return (name, key.site)
    }

    private var petitions: OwnPetitions { OwnPetitions(folder: path) }

    /// Whether this home has asked to join, and has no answer yet.
    var hasPetition: Bool { petitions.isThere }

    func removePetition() { petitions.remove() }

    /// Makes the node with the answer to its petition. Where it has taken a part of an answer before, goes on.
    ///
    /// - Throws: `usage` where this home wrote no petition, `refused` where the file is no answer to it; nothing is made
    ///   then, and another file may be tried.
    public func join(
        grant file: String, progress: @escaping @Sendable (CarriedProgress) -> Void = { _ in }
    ) async throws(NodeError) -> Founding {
        useOwnDisk()
        let asked = petitions.kept()
        var head: SealedHead?
        if let site = asked.first?.site, case .sealed(let found)? = Stick.head(of: file)?.0, found.recipients == [site]
        {
            head = found
        }
        let isBegun = try head.map { (head) throws(NodeError) in try isJoining(head.alliance) } ?? false
        if !isBegun {
            try GrantTaking.refuseTaken(file, at: self)
            try refuseExisting()
        }
        guard !asked.isEmpty, hasKey else {
            throw NodeError(
                kind: .usage,
                message:
                    "this folder has asked for nothing: run `caravan join --request FILE` first, and take FILE to an admin"
            )
        }
        let key = try IdentityFile(path: self.key).read()
        _ = try InputFile(file)
        guard let head, head.recipients == [key.site] else {
            // What is wrong with it is said by whoever reads it whole.
            throw NodeError(
                kind: .refused, name: CarriedFault.notForUs.name,
                message:
                    "\(file) is no answer to what this node asked: name the file that `invite --grant` wrote for it")
        }
        if !isBegun {
            try saying { _ = try Replica.create(path: replica, site: key.site, alliance: head.alliance) }
        }
        do {
            let node = try await Node.open(home: self)
            let founding = try await GrantTaking(file: file, secrets: asked.map(\.secret)).take(
                at: node, progress: progress)
            removePetition()
            // The node has joined, whether or not it gets its views now.
            _ = try? await node.admin.makeNewViews()
            return founding
        } catch {
            if !isBegun { removeReplica() }
            throw error
        }
    }
}

/// The first content of a new node, from the answer to its petition.
private struct GrantTaking {
    let file: String
    /// Those of all petitions that this node wrote.
    let secrets: [[UInt8]]

    func take(at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void) async throws(NodeError) -> Founding
    {
        let importer = try BundleImporter(node.home)
        let arrived = try await importer.files.arrive(file, at: node)
        guard case .sealed(let head) = arrived.head else {
            throw NodeError(CarriedFault.altered("it is another file than a moment ago"), of: file)
        }
        let opened = try await importer.files.open(arrived, head, at: node)
        guard case .bundle(let inner) = opened.head, let grant = inner.grant, secrets.contains(grant.secret) else {
            throw NodeError(
                kind: .refused, name: CarriedFault.notForUs.name,
                message:
                    "\(file) is no answer to what this node asked: name the file that `invite --grant` wrote for it")
        }
        try saying { try node.engine.replica.joining.begin(by: .grant(arrived.id)) }
        let taken = try await importer.take(
            opened, inner, keeps: false, isTrusted: true, at: node, progress: progress)
        if let refusal = taken.refusal { throw refusal }
        // Whoever is killed behind the note that it was opened has joined, and lacks nothing.
        if !grant.addresses.isEmpty {
            let name = PeerSetting.name(ofMember: grant.name)
            try PeerKeeping(home: node.home, replica: node.engine.replica).set(
                Peer(name: name, site: head.site, addresses: grant.addresses))
        }
        try saying { try node.engine.replica.carrierNotes.noteOpened(arrived.id) }
        let invitation = Invitation(
            alliance: head.alliance, inviter: head.site, name: grant.name, addresses: grant.addresses,
            secret: grant.secret, expires: 0)
        return try node.joined(by: invitation)
    }

    /// Tells whoever runs the last step once more that nothing is left to be done.
    static func refuseTaken(_ file: String, at home: NodeHome) throws(NodeError) {
        // What is there may be no replica yet, or an empty file of a program that looked for one: others judge that.
        guard home.hasReplica, case .sealed(let head)? = Stick.head(of: file)?.0,
            let replica = try? Replica(path: home.replica), head.alliance == replica.alliance,
            head.recipients == [replica.site],
            // One that holds nothing was being made when its join was killed: the same join makes it anew.
            let held = try? replica.vectors().held, !held.isEmpty
        else { return }
        throw NodeError(
            kind: .usage,
            message:
                "\(home.path) holds a node already, which has joined by such a file: `caravan status` says how it stands"
        )
    }
}

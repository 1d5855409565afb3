import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// The node that `init` or `join` made.
public struct Founding: Sendable {
    public let site: SiteID
    public let alliance: Bytes32
    public let name: String
    public let home: String
    public let tables: [String]
}

extension Node {
    /// Makes a node and founds an alliance of which it is the admin. Without `schemaSQL` the alliance schema, with its
    /// committees, programmes and countries filled in.
    ///
    /// - Throws: `usage` where the home holds a node already, `schema` or `wrongSQL` where the schema cannot be
    ///   replicated. Nothing is made then.
    public static func found(
        home: NodeHome, name: String?, schemaSQL: String?, allowIntegerKey: [String]
    ) async throws(NodeError) -> Founding {
        home.useOwnDisk()
        let schema = try saying {
            try SchemaReader.read(
                sql: schemaSQL ?? DefaultSchema.sql, allowIntegerKey: Set(allowIntegerKey.map { Identifier($0) }))
        }
        try refuseExisting(home)
        let name = try checked(name: name ?? hostName)
        let isNew = !home.hasKey
        do {
            let key = try prepare(home)
            try saying {
                let replica = try Replica.create(path: home.replica, site: key.site, alliance: nil)
                var generator = SystemRandomNumberGenerator()
                // A replica that was here before may have left its witness, with the key.
                replica.drawIncarnation = { .random(in: .min ... .max) }
                try replica.admin.found(
                    name: name, schema: schema, nonce: randomBytes(16, using: &generator),
                    records: schemaSQL == nil ? DefaultSchema.seed : [], with: key, now: Clocks.now.wall)
            }
            return try await open(home: home).founding()
        } catch {
            home.removeReplica()
            if isNew { home.removeKey() }
            home.removeIfEmpty()
            throw error
        }
    }

    /// Makes a node with an invitation, with the inviter as its first peer, and a replica in sync.
    ///
    /// - Throws: `usage` where the code cannot be read or the home holds a node already; `unreachable` or `refused`,
    ///   after which the same command may be tried again.
    public static func join(
        home: NodeHome, code: String, name: String?, progress: @escaping @Sendable (SyncProgress) -> Void
    ) async throws(NodeError) -> Founding {
        home.useOwnDisk()
        let invitation: Invitation
        do { invitation = try InvitationCodec.decode(code) } catch {
            throw NodeError(kind: .usage, message: error.sentence)
        }
        try refuseExisting(home)
        let name = try checked(name: name ?? hostName)
        let key = try prepare(home)
        try saying {
            let replica = try Replica.create(path: home.replica, site: key.site, alliance: invitation.alliance)
            try replica.addressBook.setPeer(
                Peer(name: invitation.name, site: invitation.inviter, addresses: invitation.addresses))
        }
        let node = try await open(home: home)
        let request = JoinRequest(alliance: invitation.alliance, secret: invitation.secret, name: name)
        let peer = Peer(name: invitation.name, site: invitation.inviter, addresses: invitation.addresses)
        let outcome = await node.exchange(with: peer, joining: request, progress: progress)
        if let error = outcome.error { throw error }
        guard try await node.belongs() else {
            // Made just now, and nothing of the alliance is in it.
            home.removeReplica()
            throw NodeError(
                kind: .refused, name: ErrorCode.wrongAlliance.rawValue,
                message:
                    "\(invitation.name) did not show an alliance to which this node belongs: ask for a new invitation, and check who gave it"
            )
        }
        return try await node.founding()
    }

    /// Whether this node is on its alliance's roster.
    private func belongs() throws(NodeError) -> Bool {
        try store { engine in try engine.replica.isMember(engine.site) }
    }

    /// Refuses a home in which something lives; clears what a joining that never got through left.
    private static func refuseExisting(_ home: NodeHome) throws(NodeError) {
        guard home.hasReplica else { return }
        let isEmpty = try saying {
            if try Replica.isUnfinished(path: home.replica) { return true }
            return try Replica(path: home.replica).vectors().held.isEmpty
        }
        guard isEmpty else {
            throw NodeError(
                kind: .usage, message: "\(home.path) holds a node already: choose another folder with --home")
        }
        home.removeReplica()
    }

    private static func prepare(_ home: NodeHome) throws(NodeError) -> SigningKey {
        try home.make()
        let key: SigningKey
        do { key = try IdentityFile(path: home.key).make() } catch {
            home.removeIfEmpty()
            throw error
        }
        try Configuration.writeInitial(home.configuration)
        return key
    }

    private static func checked(name: String) throws(NodeError) -> String {
        guard !name.isEmpty, name.utf8.count <= 64, !name.contains(where: \.isNewline) else {
            throw NodeError(
                kind: .usage, message: "a node's name has 1 to 64 bytes on one line: choose another with --name")
        }
        return name
    }

    private static var hostName: String {
        ProcessInfo.processInfo.hostName.split(separator: ".").first.map(String.init) ?? "node"
    }

    func founding() throws(NodeError) -> Founding {
        let name = try self.name()
        return try store { engine in
            Founding(
                site: engine.site, alliance: engine.replica.alliance, name: name, home: home.path,
                tables: try engine.replica.admin.schema().tables.map(\.name.text))
        }
    }

    /// The name of this node in the roster.
    func name() throws(NodeError) -> String {
        try store { engine in
            try engine.replica.members().first { $0.site == engine.site }?.name ?? engine.site.short
        }
    }
}

func randomBytes(_ count: Int, using generator: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

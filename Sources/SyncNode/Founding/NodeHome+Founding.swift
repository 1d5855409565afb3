import Foundation
import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SyncEngine
import SyncWire

/// The node that `init` or `join` made.
public struct Founding: Sendable {
    /// The id of the node as an author: its public key.
    public let site: SiteID
    /// The id of the alliance: the hash of its founding changeset.
    public let alliance: Bytes32
    /// The node's name in the roster: the one that was asked for, with a number behind it where another member had
    /// that.
    public let name: String
    /// The path of the node's folder.
    public let home: String
    /// The names of the tables that are replicated.
    public let tables: [String]
}

extension NodeHome {
    /// Makes a node and founds an alliance of which it is the admin. Without `schemaSQL` the alliance's own
    /// schema, with its reference lists, committees and programmes filled in, and views over it.
    ///
    /// - Throws: `usage` where the home holds a node already, `schema` or `wrongSQL` where the schema cannot be
    ///   replicated. Nothing is made then.
    public func found(
        name: String? = nil, schemaSQL: String? = nil, allowIntegerKey: [String] = []
    ) async throws(NodeError) -> Founding {
        useOwnDisk()
        let schema = try saying {
            try SchemaReader.read(
                sql: schemaSQL ?? DefaultSchema.sql, allowIntegerKey: Set(allowIntegerKey.map { Identifier($0) }))
        }
        try refuseExisting()
        guard !hasPetition else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    \(path) has asked to join an alliance: choose another folder with --home, or take petition.caravan \
                    away if it is to found one of its own
                    """)
        }
        let name = try nodeName(name)
        let isNew = !hasKey
        do {
            let key = try prepare()
            try saying {
                let made = try Replica.create(path: replica, site: key.site, alliance: nil)
                var generator = SystemRandomNumberGenerator()
                // A replica that was here before may have left its witness, with the key.
                (made.key, made.drawIncarnation) = (key, { .random(in: .min ... .max) })
                try made.admin.found(
                    name: name, schema: schema, nonce: randomBytes(16, using: &generator),
                    records: schemaSQL == nil ? FoundingRecords.all : [], now: Clocks.now.wall)
            }
            let node = try await Node.open(home: self)
            if schemaSQL == nil { try await node.admin.makeViews() }
            return try await node.founding()
        } catch {
            removeReplica()
            if isNew { removeKey() }
            removeIfEmpty()
            throw error
        }
    }

    /// Makes a node with an invitation, with the inviter as its first peer, and a replica in sync. Where the home has a
    /// node that began to join that alliance and did not finish, goes on with it.
    ///
    /// - Throws: `usage` where the code cannot be read or the home holds a node already; `unreachable` or `refused`,
    ///   after which the same command may be tried again. Of an invitation with which nobody joins any more nothing is
    ///   left.
    public func join(
        code: String, name: String? = nil, progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async throws(NodeError) -> Founding {
        let joining = try InvitedJoining(code: code, name: name, at: self)
        let (node, request) = try await joining.prepare()
        let founding: Founding
        do throws(NodeError) {
            let outcome = await node.dialler.exchange(with: joining.peer, joining: request, progress: progress)
            if let error = outcome.error { throw error }
            founding = try await node.joined(by: joining.invitation)
        } catch {
            await joining.takeBack(node, after: error)
            throw error
        }
        // The node has joined, whether or not it gets its views now: `schema views` makes them.
        _ = try? await node.admin.makeViews()
        return founding
    }

    /// Whether a node lives here that began to join an alliance, has something of it, and was not in sync since.
    func isJoining(_ alliance: Bytes32) throws(NodeError) -> Bool {
        guard hasReplica else { return false }
        return try saying {
            guard try !Replica.isUnfinished(path: replica) else { return false }
            let found = try Replica(path: replica)
            guard found.alliance == alliance, try found.joining.pending() != nil else { return false }
            return try !found.vectors().held.isEmpty
        }
    }

    /// Refuses a home in which something lives; clears what a joining that never got through left.
    func refuseExisting() throws(NodeError) {
        guard hasReplica else { return }
        let isEmpty = try saying {
            if try Replica.isUnfinished(path: replica) { return true }
            return try Replica(path: replica).vectors().held.isEmpty
        }
        guard isEmpty else {
            throw NodeError(
                kind: .usage, message: "\(path) holds a node already: choose another folder with --home")
        }
        removeReplica()
        // Whoever invited it then is no peer of the node that is to be.
        removeOwnSettings()
    }

    func prepare() throws(NodeError) -> SigningKey {
        try make()
        let key: SigningKey
        do { key = try IdentityFile(path: self.key).make() } catch {
            removeIfEmpty()
            throw error
        }
        try Configuration.writeInitial(configuration)
        return key
    }

    static var hostName: String {
        ProcessInfo.processInfo.hostName.split(separator: ".").first.map(String.init) ?? "node"
    }
}

extension Node {
    /// Checks, after the exchange with whoever gave an invitation, that this node belongs now.
    ///
    /// - Throws: `refused` where it does not.
    func joined(by invitation: Invitation) throws(NodeError) -> Founding {
        guard try store({ engine in try engine.replica.member(engine.site)?.role != nil }) else {
            throw NodeError(
                kind: .refused, name: ErrorCode.wrongAlliance.rawValue,
                message:
                    """
                    \(invitation.name) did not show an alliance to which this node belongs: ask for a new invitation, \
                    and check who gave it
                    """
            )
        }
        try store { engine in try engine.replica.joining.end() }
        return try founding()
    }

    /// The node that was just made.
    fileprivate func founding() throws(NodeError) -> Founding {
        let home = home.path
        return try store { engine in
            Founding(
                site: engine.site, alliance: engine.replica.alliance, name: try engine.replica.ownName(), home: home,
                tables: try engine.replica.admin.schema().tables.map(\.name.text))
        }
    }
}

func randomBytes(_ count: Int, using generator: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}

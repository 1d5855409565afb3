import ReplicaModel
import ReplicaStore
import SyncEngine

/// The members of the alliance, for an admin to change.
public struct NodeMembers: Sendable {
    let node: Node

    /// The outcome of a change of somebody's right.
    public struct Change: Sendable {
        /// The member as the roster has it now.
        public let member: RosterEntry
        /// How many changesets count no more; negative where so many count again. Nil where nothing was to change.
        public let quarantined: Int?
    }

    /// Seals, and gives a member another right. One that is lessened keeps what it wrote until now, as far as this node
    /// has it.
    ///
    /// - Parameters:
    ///   - wanted: a name, or the beginning of a site id.
    ///   - role: nil ends the right.
    ///   - since: milliseconds since 1970: of what the member wrote, only what was stamped before goes on counting; nil:
    ///     all that is here.
    ///   - branch: the beginning of the hash of a branch of a feed of the member's that went two ways: what is on it does
    ///     not count; nil: all branches do.
    /// - Throws: `notFound`, `usage` for a name that two members have, `noRight` unless this node is an admin, and where
    ///   the last admin would go.
    public func setRole(
        of wanted: String, to role: Role?, since: Int64? = nil, without branch: String? = nil
    ) async throws(NodeError) -> Change {
        try await change(wanted) { engine, site throws(StoreError) in
            try engine.replica.admin.setRole(of: site, to: role, since: since, without: branch, now: Clocks.now.wall)
        }
    }

    /// Seals, and lets what a member wrote count again although its right had been lessened, as far as this node has
    /// it.
    ///
    /// - Parameters:
    ///   - wanted: a name, or the beginning of a site id.
    ///   - until: milliseconds since 1970: only what was stamped before; nil: all.
    /// - Throws: as `setRole` does.
    public func release(_ wanted: String, until: Int64? = nil) async throws(NodeError) -> Change {
        try await change(wanted) { engine, site throws(StoreError) in
            try engine.replica.admin.release(site, until: until, now: Clocks.now.wall)
        }
    }

    private func change(
        _ wanted: String, _ act: @escaping @Sendable (Engine, SiteID) throws(StoreError) -> Int?
    ) async throws(NodeError) -> Change {
        try await node.store { engine in
            let site = try MemberNames(engine.replica).member(wanted)
            try engine.seal()
            let quarantined = try act(engine, site)
            try engine.replica.exchange.witness()
            guard let member = try engine.replica.member(site) else {
                throw NodeError(kind: .notFound, message: "there is no member \(wanted)")
            }
            return Change(member: member, quarantined: quarantined)
        }
    }
}

import ReplicaModel
import ReplicaStore
import SyncEngine

/// The clock of one member, as far as this node knows it.
public struct MemberClock: Sendable {
    /// The site whose clock it is.
    public let site: SiteID
    /// The name of the member.
    public let name: String
    /// Whether it is this node.
    public let isOwn: Bool
    /// Whether the roster says that it keeps time.
    public let keepsTime: Bool
    /// The member's clock less ours, in seconds, at the last contact; nil where there was none.
    public let skewSeconds: Double?
    /// The last contact, in milliseconds since 1970.
    public let lastContact: Int64?
}

/// The clocks of an alliance's members, and those by which the others go.
public struct NodeClocks: Sendable {
    let node: Node

    /// The clock of everybody who belongs, by site.
    public func all() async throws(NodeError) -> [MemberClock] {
        try await node.store { engine in
            try engine.replica.members().filter { $0.role != nil }.map { member in
                let contact = try engine.replica.addressBook.contact(with: member.site)
                return MemberClock(
                    site: member.site, name: member.name, isOwn: member.site == engine.site,
                    keepsTime: member.keepsTime, skewSeconds: contact.map { Double($0.skew) / 1000 },
                    lastContact: contact?.lastContact)
            }
        }
    }

    /// The correction of this machine's clock; nil where there is none.
    public func correction() async throws(NodeError) -> ClockCorrection? {
        try await node.store { engine in try engine.replica.clockCorrection() }
    }

    /// Says that a member keeps time, or does not any more: others correct their clocks by its.
    ///
    /// - Parameter name: the name of a member, or the beginning of its site id.
    /// - Returns: whether that was not so before.
    /// - Throws: `noRight` unless this node is an admin, `notFound` where there is no such member.
    @discardableResult
    public func setKeepsTime(_ name: String, _ keepsTime: Bool) async throws(NodeError) -> Bool {
        try await node.store { engine in
            let site = try MemberNames(engine.replica).member(name)
            let isNew = try engine.replica.admin.setKeepsTime(site, keepsTime, now: Clocks.now.wall)
            try engine.seal()
            return isNew
        }
    }
}

extension Node {
    /// The clocks of the alliance's members.
    public nonisolated var clocks: NodeClocks { NodeClocks(node: self) }
}

extension Replica {
    func clockCorrection() throws(StoreError) -> ClockCorrection? {
        guard let offset = try admin.clockOffset() else { return nil }
        let name = try members().first { $0.site == offset.keeper }?.name ?? offset.keeper.short
        return ClockCorrection(keeper: name, seconds: Double(offset.milliseconds) / 1000)
    }
}

/// Findings about clocks that differ.
struct ClockFindings {
    let peers: [PeerReport]
    let members: [RosterEntry]
    let own: SiteID

    func findings() -> [DoctorFinding] {
        let keepers = Set(members.filter { $0.keepsTime && $0.role != nil }.map(\.site))
        return peers.filter(\.isClockOff).map { peer in
            let minutes = Int(clamping: Int64(abs(peer.skewSeconds ?? 0) / 60))
            let days = minutes / 1_440
            let direction = peer.skewSeconds ?? 0 > 0 ? "ahead of" : "behind"
            let fact =
                if days < 2 {
                    "the clock of \(peer.name) was \(minutes) minutes \(direction) this one"
                } else if days < 730 {
                    "the clock of \(peer.name) was \(days) days \(direction) this one"
                } else { "the clock of \(peer.name) was \(days / 365) years \(direction) this one" }
            let advice =
                if peer.site.map(keepers.contains) ?? false, !keepers.contains(own) {
                    """
                    : \(peer.name) keeps time for the alliance, and what is written here is stamped by its clock; set this \
                    machine's clock right
                    """
                } else if keepers.contains(own) {
                    ": this node keeps time for the alliance; look at both, and set the wrong one right"
                } else {
                    """
                    : set the wrong one right, for where two people change one value the one whose clock is ahead is \
                    shown; `caravan clocks keep NAME`, on an admin's node, names a member by whose clock the others go
                    """
                }
            return DoctorFinding(kind: "clock", message: fact + advice)
        }
    }
}

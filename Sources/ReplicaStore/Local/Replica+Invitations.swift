import ReplicaModel
import SyncWire

/// What came of showing an invitation's secret.
public enum Redemption: Sendable {
    case admitted
    case refused(ErrorCode, String)
}

extension Replica {
    /// Keeps the hash of a secret that can be redeemed once, until `expires` (milliseconds since 1970).
    ///
    /// - Throws: `notAllowed` unless this node is an admin.
    public func addInvitation(secret: [UInt8], role: Role, expires: Int64) throws(StoreError) {
        try transact { () throws(StoreError) in
            guard state.roster.record(of: state.site)?.admission.role == .admin else {
                throw .notAllowed("only an admin may invite; ask one, or have an admin change this node's role")
            }
            try connection.rows(
                "INSERT INTO caravan_invitation VALUES (?1, ?2, ?3, NULL)",
                [.blob(ContentHash.of(secret).bytes), .text(role.rawValue), .integer(expires)])
        }
    }

    /// Lets the bearer of a secret in: seals its admission. A site that was let in by this secret before is let in again, so that a
    /// joining that broke off can be repeated.
    public func redeem(
        _ request: JoinRequest, by site: SiteID, with key: SigningKey, now: Int64
    ) throws(StoreError) -> Redemption {
        try transact { () throws(StoreError) in
            let hash = Value.blob(ContentHash.of(request.secret).bytes)
            let row = try connection.rows("SELECT role, expires, redeemer FROM caravan_invitation WHERE secretHash = ?1", [hash]).first
            guard request.alliance == state.alliance, let row, case .text(let roleName) = row[0], case .integer(let expires) = row[1],
                let role = Role(rawValue: String(decoding: roleName, as: UTF8.self))
            else { return .refused(.badInvitation, "this node made no such invitation: ask for a new one") }
            if case .blob(let redeemer) = row[2] {
                guard SiteID(redeemer) == site else {
                    return .refused(.invitationUsed, "the invitation was used by another node: ask for a new one")
                }
                if state.roster.record(of: site) != nil { return .admitted }
            }
            guard now < expires else { return .refused(.invitationExpired, "the invitation has expired: ask for a new one") }
            guard state.roster.record(of: state.site)?.admission.role == .admin else {
                return .refused(.badInvitation, "the node that made the invitation is no admin any more")
            }
            try connection.rows(
                "UPDATE caravan_invitation SET redeemer = ?2 WHERE secretHash = ?1", [hash, .blob(site.bytes)])
            guard state.roster.record(of: site) == nil else { return .admitted }
            let admission = Admission(
                site: site, name: uniqueName(request.name), role: role, institution: nil, keepsTime: false)
            _ = try sealControl([.admit(admission)], with: key, now: now)
            return .admitted
        }
    }

    /// The name, or with a number behind it where another member has it already.
    private func uniqueName(_ wanted: String) -> String {
        let taken = Set(state.roster.members.map(\.name))
        guard taken.contains(wanted) else { return wanted }
        return (2...).lazy.map { "\(wanted)-\($0)" }.first { !taken.contains($0) } ?? wanted
    }
}

extension Replica {
    /// Where this node last listened, as HOST:PORT.
    public func listenedAt() throws(StoreError) -> [String] {
        guard case .text(let bytes)? = try meta("listened") else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    public func setListenedAt(_ addresses: [String]) throws(StoreError) {
        try transact { () throws(StoreError) in try setMeta("listened", .text(addresses.joined(separator: "\n"))) }
    }
}

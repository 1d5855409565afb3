import ReplicaModel
import SQLiteAccess
import SyncWire

/// The outcome of showing an invitation's secret.
package enum Redemption: Sendable {
    case admitted
    case refused(Refusal)
}

/// An invitation that this node gave.
package struct GivenInvitation: Hashable, Sendable {
    /// The hash of its secret.
    package let hash: Bytes32
    package let role: Role
    /// Milliseconds since 1970.
    package let expires: Int64
    /// The site that used it; nil while nobody did.
    package let redeemer: SiteID?
}

/// Invitations that this node gave, and who used them.
struct Invitations {
    let transaction: Transaction

    /// Keeps the hash of a secret that can be redeemed once, until `expires` (milliseconds since 1970).
    ///
    /// - Throws: `notAllowed` unless this node is an admin.
    func addInvitation(secret: [UInt8], role: Role, expires: Int64) throws(StoreError) {
        guard transaction.state.roster.isAdmin(transaction.state.site) else {
            throw .notAllowed("only an admin may invite; ask one, or have an admin change this node's role")
        }
        try transaction.connection.rows(
            "INSERT OR REPLACE INTO caravan_invitation VALUES (?1, ?2, ?3, NULL)",
            [.blob(ContentHash.of(secret).bytes), .text(role.rawValue), .integer(expires)])
    }

    /// The invitations that were given and not withdrawn, the first to expire first.
    func given() throws(StoreError) -> [GivenInvitation] {
        var out: [GivenInvitation] = []
        for row in try transaction.connection.rows(
            """
            SELECT secretHash, role, expires, redeemer FROM caravan_invitation WHERE expires >= 0 ORDER BY expires, \
            secretHash
            """)
        {
            guard case .blob(let bytes) = row[0], let hash = Bytes32(bytes), case .text(let name) = row[1],
                let role = Role(rawValue: String(decoding: name, as: UTF8.self)), case .integer(let expires) = row[2]
            else { throw .damaged("the list of invitations in \(transaction.file.path) cannot be read") }
            let redeemer: SiteID? = if case .blob(let site) = row[3] { SiteID(site) } else { nil }
            out.append(GivenInvitation(hash: hash, role: role, expires: expires, redeemer: redeemer))
        }
        return out
    }

    /// Takes an invitation back that nobody has used. For a time it is known as one that was: whoever shows it hears
    /// so.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: whether there was such a one.
    func withdraw(_ hash: Bytes32, now: Int64) throws(StoreError) -> Bool {
        // The end of one that was taken back is the moment of that, less than zero.
        try transaction.connection.rows(
            "DELETE FROM caravan_invitation WHERE expires < 0 AND expires > ?1", [.integer(Self.withdrawnKept - now)])
        return try !transaction.connection.rows(
            """
            UPDATE caravan_invitation SET expires = ?2 WHERE secretHash = ?1 AND redeemer IS NULL AND expires >= 0 \
            RETURNING 1
            """, [.blob(hash.bytes), .integer(-max(now, 1))]
        ).isEmpty
    }

    /// Milliseconds for which it is known that an invitation was taken back: ninety days.
    private static let withdrawnKept: Int64 = 90 * 86_400_000

    /// Lets the bearer of a secret in: seals its admission. A site that was let in by this secret before is let in
    /// again, so that a joining that broke off can be repeated.
    func redeem(_ request: JoinRequest, by site: SiteID, now: Int64) throws(StoreError) -> Redemption {
        let hash = Value.blob(ContentHash.of(request.secret).bytes)
        let row = try transaction.connection.rows(
            "SELECT role, expires, redeemer FROM caravan_invitation WHERE secretHash = ?1", [hash]
        ).first
        guard request.alliance == transaction.state.alliance, let row, case .text(let roleName) = row[0],
            case .integer(let expires) = row[1],
            let role = Role(rawValue: String(decoding: roleName, as: UTF8.self))
        else { return .refused(Refusal(.badInvitation, "this node made no such invitation: ask for a new one")) }
        guard try transaction.spoilt.founding() == nil else {
            return .refused(Refusal(.unavailable, Outgoing.foundingIsAltered))
        }
        guard expires >= 0 else {
            return .refused(Refusal(.badInvitation, "the invitation was withdrawn: ask for a new one"))
        }
        if case .blob(let redeemer) = row[2] {
            guard SiteID(redeemer) == site else {
                return .refused(Refusal(.invitationUsed, "the invitation was used by another node: ask for a new one"))
            }
            if belongs(site) { return .admitted }
            // A right that an admin ended does not come back by what gave it.
            guard !transaction.state.roster.knows(site) else {
                return .refused(
                    Refusal(.retired, "an admin ended the right that this invitation gave: ask for a new one"))
            }
        }
        guard now < expires else {
            return .refused(Refusal(.invitationExpired, "the invitation has expired: ask for a new one"))
        }
        guard transaction.state.roster.isAdmin(transaction.state.site) else {
            return .refused(Refusal(.badInvitation, "the node that made the invitation is no admin any more"))
        }
        try transaction.connection.rows(
            "UPDATE caravan_invitation SET redeemer = ?2 WHERE secretHash = ?1", [hash, .blob(site.bytes)])
        guard !belongs(site) else { return .admitted }
        let admission = Admission(
            site: site, name: uniqueName(request.name), role: role, institution: nil, keepsTime: false)
        _ = try transaction.sealer.sealControl([.admit(admission)], now: now)
        return .admitted
    }

    /// Whether nobody need admit a site: its right was not ended, nor waits for another admin.
    private func belongs(_ site: SiteID) -> Bool {
        transaction.state.roster.entry(of: site).map { $0.role != nil && !$0.isPending } ?? false
    }

    /// The name, or with a number behind it where another member has it already.
    private func uniqueName(_ wanted: String) -> String {
        let taken = Set(transaction.state.roster.entries.map(\.name))
        guard taken.contains(wanted) else { return wanted }
        return (2...).lazy.map { "\(wanted)-\($0)" }.first { !taken.contains($0) } ?? wanted
    }
}

extension Invitations {
    /// The addresses where this node last listened, as HOST:PORT.
    func listenedAt() throws(StoreError) -> [String] {
        guard case .text(let bytes)? = try transaction.meta("listened") else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func setListenedAt(_ addresses: [String]) throws(StoreError) {
        try transaction.setMeta("listened", .text(addresses.joined(separator: "\n")))
    }
}

import Foundation
import ReplicaModel
import ReplicaStore
import SyncWire

/// An invitation that this node gave, as people are told of it.
public struct InvitationReport: Sendable {
    /// Whether it can still be redeemed.
    public enum State: String, Sendable {
        case open, used, expired
    }

    /// Sixteen hexadecimal digits, by which it is withdrawn.
    public let id: String
    /// The role that whoever redeems it gets.
    public let role: Role
    /// Milliseconds since 1970.
    public let expires: Int64
    /// Whether it can be redeemed now.
    public let state: State
    /// The site that used it, with its name where it is a member.
    public let by: (site: SiteID, name: String?)?
}

extension NodePeers {
    /// Invitations that this node gave, the first to expire first.
    public func invitations() async throws(NodeError) -> [InvitationReport] {
        try await node.store { engine in
            let members = try engine.replica.members()
            return try engine.replica.admin.invitations().map { given in
                let by = given.redeemer.map { site in (site, members.first { $0.site == site }?.name) }
                let isOver = given.expires <= Clocks.now.wall
                return InvitationReport(
                    id: Self.id(given.hash), role: given.role, expires: given.expires,
                    state: by != nil ? .used : isOver ? .expired : .open, by: by)
            }
        }
    }

    /// Takes an invitation back that nobody has used: whoever shows it afterwards is refused.
    ///
    /// - Parameter wanted: the beginning of its id, at least four digits, or the code itself.
    /// - Throws: `notFound` where there is none, `usage` where several begin so or it was used.
    public func withdraw(_ wanted: String) async throws(NodeError) {
        let secret = try? InvitationCodec.decode(wanted).secret
        try await node.store { engine in
            let given = try engine.replica.admin.invitations()
            let found = given.filter { one in
                if let secret { return one.hash == ContentHash.of(secret) }
                return wanted.utf8.count >= 4 && Self.id(one.hash).hasPrefix(wanted.lowercased())
            }
            guard let one = found.first else {
                throw NodeError(
                    kind: .notFound,
                    message: "this node gave no such invitation: `caravan invite list` shows those that it gave")
            }
            guard found.count == 1 else {
                throw NodeError(
                    kind: .usage, message: "\(found.count) invitations begin with \(wanted): write more of the id")
            }
            guard try engine.replica.admin.withdrawInvitation(one.hash, now: Clocks.now.wall) else {
                throw NodeError(
                    kind: .usage, message: "the invitation was used already: whoever joined by it is a member now")
            }
        }
    }

    private static func id(_ hash: Bytes32) -> String { String(hash.hex.prefix(16)) }
}

/// The content of what `invite` prints: all that a new node needs to reach the inviter and to be let in once.
package struct Invitation: Hashable, Sendable {
    package let alliance: Bytes32
    package let inviter: SiteID
    /// The inviter's name, under which it becomes the new node's first peer.
    package let name: String
    /// `HOST:PORT`, in the order in which to try them.
    package let addresses: [String]
    /// 16 random bytes, redeemable once by the node that made them.
    package let secret: [UInt8]
    /// Milliseconds since 1970.
    package let expires: Int64

    package init(
        alliance: Bytes32, inviter: SiteID, name: String, addresses: [String], secret: [UInt8], expires: Int64
    ) {
        self.alliance = alliance
        self.inviter = inviter
        self.name = name
        self.addresses = addresses
        self.secret = secret
        self.expires = expires
    }
}

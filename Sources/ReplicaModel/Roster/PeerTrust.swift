/// How far a node trusts the key that a connection has shown.
package enum PeerTrust: Hashable, Sendable {
    /// The key is on the roster.
    case member
    /// The key is that of the invitation that is being redeemed.
    case invited
    /// A key that is neither: its site may show that it belongs.
    case stranger
    /// The key of a site whose right was ended: it may show that it was admitted anew.
    case retired

    /// Whether the peer has to show that it belongs before anything is said to it.
    package var mustProve: Bool { self == .stranger || self == .retired }
}

import ReplicaModel

/// Why a session is over.
package enum SessionEnd: Hashable, Sendable {
    /// The two sides hold what either had at the hello.
    case done
    /// The peer said bye before that.
    case bye(ByeReason)
    /// A refusal of this side's: a named error was sent.
    case refused(Refusal)
    /// A refusal of the peer's: its named error and sentence.
    case refusedByPeer(Refusal)

    /// Whether the other side, or the link to it, went away: whatever stood between the two stands again once one
    /// dials.
    package var isParting: Bool {
        switch self {
        case .done, .bye: true
        case .refused(let refusal), .refusedByPeer(let refusal): refusal.code == .timeout
        }
    }

    /// The code with which this side refused the peer; nil where it did not.
    package var ownRefusal: ErrorCode? { if case .refused(let refusal) = self { refusal.code } else { nil } }

    /// The code with which the peer refused this side; nil where it did not.
    package var refusalByPeer: ErrorCode? { if case .refusedByPeer(let refusal) = self { refusal.code } else { nil } }
}

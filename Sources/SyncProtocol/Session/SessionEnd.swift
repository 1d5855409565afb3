import ReplicaModel

/// Why a session is over.
package enum SessionEnd: Hashable, Sendable {
    /// Both sides hold what either had at the hello.
    case done
    /// The peer said bye before that.
    case bye(ByeReason)
    /// A refusal of this side's: a named error was sent.
    case refused(ErrorCode, String)
    /// A refusal of the peer's: its named error and sentence.
    case refusedByPeer(ErrorCode, String)
}

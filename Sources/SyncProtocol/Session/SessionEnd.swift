import ReplicaModel

/// Why a session is over.
public enum SessionEnd: Hashable, Sendable {
    /// Both sides hold what either had at the hello.
    case done
    /// The peer said bye before that.
    case bye(ByeReason)
    /// This side refuses: a named error was sent.
    case refused(ErrorCode, String)
    /// The peer refused: its named error and sentence.
    case refusedByPeer(ErrorCode, String)
}

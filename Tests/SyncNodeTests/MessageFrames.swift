import ReplicaModel
import SyncWire

/// Frames as a session says them.
enum MessageFrames {
    static let stopping = MessageCodec.encode(.bye(.stopping))

    /// The code of a refusal; nil for any other message.
    static func code(_ frame: [UInt8]) -> ErrorCode? {
        if case .error(let code, _)? = try? MessageCodec.decode(frame) { code } else { nil }
    }
}

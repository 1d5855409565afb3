import ReplicaModel
import SyncProtocol
import SyncWire

/// The frames that a session ordered and the connection has not taken, and behind them the end.
package struct OutputQueue {
    private var waiting: [PeerSession.Output] = []
    /// Bytes of the frames that wait, with what each costs beside its own.
    private(set) var bytes = 0

    /// The most bytes that may wait to be sent because the peer asked for them: a peer that asks and takes nothing
    /// would have us hold any amount. A hello and a vector of all feeds that there can be are less.
    package static let bytesMax = 8 << 20
    /// The bytes that a frame costs beside its own.
    private static let overhead = 64

    var isEmpty: Bool { waiting.isEmpty }
    var isOverfull: Bool { bytes > Self.bytesMax }

    mutating func add(_ message: Message) {
        for frame in MessageCodec.frames(of: message) {
            bytes += frame.count + Self.overhead
            waiting.append(.frame(frame))
        }
    }

    mutating func add(_ end: SessionEnd) { waiting.append(.end(end)) }

    /// Takes what was ordered first; nil where nothing waits.
    mutating func next() -> PeerSession.Output? {
        guard !waiting.isEmpty else { return nil }
        let first = waiting.removeFirst()
        if case .frame(let frame) = first { bytes -= frame.count + Self.overhead }
        return first
    }
}

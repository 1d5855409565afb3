import ReplicaModel
import SyncProtocol
import SyncTransport
import SyncWire
import Synchronization

@testable import SyncNode

/// The end of a connection between two nodes of one process: what one end sends the other receives, in order, until it
/// is cut.
final class MemoryLink: FrameLink {
    let peer: SiteID
    let frameBytesMax: Int
    private let incoming: Pipe
    private let outgoing: Pipe

    private init(peer: SiteID, frameBytesMax: Int, incoming: Pipe, outgoing: Pipe) {
        self.peer = peer
        self.frameBytesMax = frameBytesMax
        self.incoming = incoming
        self.outgoing = outgoing
    }

    /// Makes the two ends of a connection, of the site that dials and of the one that listens.
    ///
    /// - Parameter cutAfter: how many frames get through, in both directions together.
    static func pair(
        _ dialler: SiteID, _ listener: SiteID, cutAfter: Int = .max, frameBytesMax: Int = FrameLimits.frameBytesMax
    ) -> (dialler: MemoryLink, listener: MemoryLink) {
        let cut = Cut(after: cutAfter)
        let (there, back) = (Pipe(cut), Pipe(cut))
        cut.pipes.withLock { $0 = [there, back] }
        return (
            MemoryLink(peer: listener, frameBytesMax: frameBytesMax, incoming: back, outgoing: there),
            MemoryLink(peer: dialler, frameBytesMax: frameBytesMax, incoming: there, outgoing: back)
        )
    }

    /// The bytes of the frames, for there is no wire.
    var wireBytes: WireBytes { WireBytes(sent: outgoing.byteCount, received: incoming.byteCount) }

    var frames: AsyncThrowingStream<[UInt8], any Error> { incoming.stream }

    func send(_ frame: [UInt8]) async throws(TransportError) {
        if frame.isEmpty { throw .emptyFrame }
        if frame.count > frameBytesMax { throw .frameTooLarge(found: frame.count, limit: frameBytesMax) }
        try outgoing.send(frame)
    }

    /// The state that the network tells of the connection.
    let told = Mutex<LinkState?>(nil)
    var reach: LinkState? { get async { told.withLock { $0 } } }

    func abort() {
        incoming.fail(.closed)
        outgoing.fail(.lost(reason: "the other side cut the link"))
    }

    /// Gives the other end an error in place of its next frame.
    func fail(with error: TransportError) { outgoing.fail(error) }

    /// Closes in order.
    func close() { outgoing.close() }
}

/// Frames in one direction.
private final class Pipe: Sendable {
    let stream: AsyncThrowingStream<[UInt8], any Error>
    private let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation
    private let cut: Cut
    private let bytes = Atomic<Int>(0)

    /// The bytes of all frames that were sent.
    var byteCount: Int { bytes.load(ordering: .relaxed) }

    init(_ cut: Cut) {
        (stream, continuation) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        self.cut = cut
    }

    func send(_ frame: [UInt8]) throws(TransportError) {
        guard cut.passes() else { throw .lost(reason: "the link was cut") }
        bytes.add(frame.count, ordering: .relaxed)
        continuation.yield(frame)
    }

    func fail(_ error: TransportError) { continuation.finish(throwing: error) }

    func close() { continuation.finish() }
}

/// The frames that a connection still lets through.
private final class Cut: Sendable {
    let pipes = Mutex<[Pipe]>([])
    private let left: Mutex<Int>

    init(after count: Int) { left = Mutex(count) }

    func passes() -> Bool {
        let passes = left.withLock { left in
            left -= 1
            return left >= 0
        }
        if !passes { for pipe in pipes.withLock({ $0 }) { pipe.fail(.lost(reason: "the link was cut")) } }
        return passes
    }
}

import ReplicaModel
import SyncProtocol
import SyncTransport

/// A connection as a session needs it: frames go to and come from a peer that has proven its key.
protocol FrameLink: Sendable {
    associatedtype Frames: AsyncSequence & Sendable where Frames.Element == [UInt8]

    /// The site whose key the other side has proven.
    var peer: SiteID { get }
    /// The largest frame that is sent or accepted, in bytes.
    var frameBytesMax: Int { get }
    /// The bytes that went through the socket so far.
    var wireBytes: WireBytes { get }
    /// The frames that arrive, in order. Ends when the other side closed in order; throws a `TransportError` where the
    /// link broke.
    var frames: Frames { get }

    /// The state of the connection; nil where nobody can tell.
    var reach: LinkState? { get async }

    func send(_ frame: [UInt8]) async throws(TransportError)
    /// Closes at once, without a word.
    func abort()
}

extension PeerConnection: FrameLink {}

import ReplicaModel
import SyncEngine
import SyncProtocol

/// Connects two sides with a session each, and holds what is on the way between them. Frames of one direction come in
/// their order.
final class SimulatedLink {
    enum Item {
        case frame([UInt8])
        /// The other side has closed, or the connection broke.
        case close
    }

    struct Side {
        let node: Int
        let life: Int
        var session: PeerSession?
        /// The items on the way to this side, with when they arrive.
        var coming: [(arrival: Int64, item: Item)] = []
        var end: SessionEnd?
    }

    let id: Int
    /// The one that dialled first.
    var sides: [Side]
    let latency: Int64
    /// Milliseconds for each KiB.
    let slowness: Int64
    /// Bytes that may still pass before it breaks; nil if it holds.
    var bytesLeft: Int?
    /// The side whose frames are altered on their way; nil for an honest link.
    var alteredSide: Int?
    /// True once something was lost on it or came late: that it stands still is nobody's fault.
    var isExcused: Bool
    /// True where neither side had heard of the other when it was dialled; one may have meanwhile.
    var wasAmongStrangers = false
    /// True once the side that dialled has ended a session that stood: the other may push at that moment.
    var hasParted = false
    /// The time at which a frame was last given or taken.
    var lastMove: Int64

    init(id: Int, sides: [Side], latency: Int64, slowness: Int64, now: Int64) {
        self.id = id
        self.sides = sides
        self.latency = latency
        self.slowness = slowness
        isExcused = false
        lastMove = now
    }

    /// Whether both sides wait for what comes, and nothing is on its way.
    var isStanding: Bool { sides.allSatisfy { $0.session?.isStanding == true && $0.coming.isEmpty } }

    /// Ends a side: it hears nothing more.
    func close(_ side: Int) {
        sides[side].session = nil
        sides[side].coming = []
    }

    /// Frames that may be on the way in one direction: what a socket's buffers hold.
    static let window = 4
}

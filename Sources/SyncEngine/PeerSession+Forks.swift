import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// Feeds that went two ways: which of the two sides knows of which, and what follows for a session.
extension PeerSession {
    static let wentTwoWays = """
        a feed went two ways, which this session has begun without: both are kept, and the next exchange goes by their \
        names
        """

    /// Whether what this side told the peer has other names now, because it learnt meanwhile of a feed that went two
    /// ways. Neither side could make anything of the other's acks then.
    func misnames(_ sound: Vector) -> Bool { told.misnames(sound, isForked: engine.replica.isForked) }

    /// Notes that of feeds of which the peer knows branches that this side does not, what is here comes again: nobody
    /// but this side can tell which branch it has.
    func expectBranches(_ vector: Vector) throws(StoreError) {
        for name in vector.keys {
            guard let branch = name.branch, try !engine.replica.knows(name) else { continue }
            for held in try engine.replica.soundVector().keys where held.base == name.base {
                streamed.expectAgain(held, above: max(held.branch?.first ?? 1, branch.first) - 1)
            }
        }
    }

    /// Has the next hello to this peer mark what is held of feeds of which it holds another way.
    func noteDoubt(_ end: SessionEnd) {
        if !inbox.apart.isEmpty { engine.doubt(inbox.apart, with: peer) }
        guard case .refused(.fork, let sentence) = end, inbox.apart.isEmpty, sentence != Self.wentTwoWays else { return }
        engine.doubt(nil, with: peer)
    }
}

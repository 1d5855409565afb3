import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// The knowledge of a peer in a session: which feeds went two ways for it and for this side, and what it did wrong.
struct ForkWatch {
    let engine: Engine
    let peer: SiteID
    /// Milliseconds since 1970.
    let now: Int64

    /// The word of a side that learnt of a fork in mid-session.
    static let wentTwoWays = Refusal(
        .fork,
        """
        a feed went two ways, which this session has begun without: both are kept, and the next exchange goes by their \
        names
        """)

    /// Whether what this side told the peer has other names now, because it learnt meanwhile of a feed that went two
    /// ways. Neither side could make anything of the other's acks then.
    func misnames(_ told: ToldVectors, now sound: Vector) -> Bool {
        told.misnames(sound, isForked: engine.replica.forks.isForked)
    }

    /// Whether something came by a name that it has no more, because this side learnt since the hellos, of which
    /// neither names a branch of its feed, that it went two ways: the peer would wait for an ack by the name that it
    /// gave.
    func misnames(_ came: Set<FeedID>, _ told: ToldVectors, to hello: Hello?) -> Bool {
        guard let hello else { return false }
        return came.contains { name in
            name.branch != nil && !told.namesBranch(of: name.base)
                && !hello.branches.keys.contains { $0.base == name.base }
        }
    }

    /// Notes that of feeds of which the peer knows branches that this side does not, what is here comes again: nobody
    /// but this side can tell which branch it has.
    func expectBranches(of vector: Vector, in streamed: inout StreamedFeeds) throws(StoreError) {
        for name in vector.keys {
            guard let branch = name.branch, try !engine.replica.forks.knows(name) else { continue }
            for held in try engine.replica.soundVector().keys where held.base == name.base {
                streamed.expectAgain(held, above: max(held.branch?.first ?? 1, branch.first) - 1)
            }
        }
    }

    /// Notes what comes, under the name that this side has for its feed or branch; false where it came too often.
    func mayTake(_ item: ChangeItem, in streamed: inout StreamedFeeds) throws(StoreError) -> Bool {
        guard case .header(let header) = item else { return streamed.mayTake(item) }
        return streamed.mayTake(item, of: try streamed.name(of: header, find: engine.replica.forks.name))
    }

    /// Notes how the session ended.
    ///
    /// - Parameter apart: feeds of which something came that joins nothing here.
    func note(_ end: SessionEnd, apart: Set<FeedID>) throws(StoreError) {
        noteDoubt(end, apart: apart)
        try countRefusal(end)
        try noteRetirement(end)
    }

    /// Counts what a peer did wrong; that this node could not go on is no fault of the peer, nor that it learnt of a
    /// fork.
    private func countRefusal(_ end: SessionEnd) throws(StoreError) {
        guard case .refused(let refusal) = end, refusal.code != .unavailable, refusal != Self.wentTwoWays else {
            return
        }
        try engine.replica.addressBook.countRefusal(
            of: peer, named: refusal.code.rawValue, because: refusal.sentence, now: now)
    }

    /// Remembers a member that refuses this side as one whose right was ended: whoever was cut off hears it by nothing
    /// else.
    private func noteRetirement(_ end: SessionEnd) throws(StoreError) {
        guard end.refusalByPeer == .retired, try engine.replica.members().contains(where: { $0.site == peer }) else {
            return
        }
        try engine.replica.addressBook.noteRetirement(by: peer, now: now)
    }

    /// Notes that what this side's hello marks comes again, as far as the peer does not hold it.
    func expectMarked(_ hello: Hello, holding held: Vector, in streamed: inout StreamedFeeds) {
        let marked = Set(hello.marks.map(\.feed))
        for name in held.keys where marked.contains(name.base) {
            streamed.expectAgain(name, above: (name.branch?.first ?? 1) - 1)
        }
    }

    /// Has the next hello to this peer mark what is held of feeds of which it holds another way.
    private func noteDoubt(_ end: SessionEnd, apart: Set<FeedID>) {
        guard apart.isEmpty else { return engine.doubt(apart, with: peer) }
        guard case .refused(let refusal) = end, refusal.code == .fork, refusal != Self.wentTwoWays else { return }
        engine.doubt(nil, with: peer)
    }
}

import ReplicaModel
import SQLiteAccess
import SyncWire

/// Headers that came, by the lines that they make: each follows the one before. Of a feed there is one chain, or one
/// for each way that it goes.
struct HeaderChains {
    struct Chain {
        let feed: FeedID
        /// The changeset behind which the first comes.
        let after: (seq: UInt64, hash: Bytes32)
        /// Whether that is held, or comes, too.
        let isJoined: Bool
        /// Whether it goes on behind what is held, or begins a feed; else it goes another way than something that is
        /// held or comes.
        let isGoingOn: Bool
        /// The headers from the first. Where the chain branches off another one that came, those that are common, too.
        fileprivate(set) var headers: [UnverifiedHeader]
    }

    private let transaction: Transaction
    private(set) var all: [Chain] = []
    /// The chain and the place there of a header.
    private var places: [Bytes32: (chain: Int, index: Int)] = [:]

    init(transaction: Transaction) { self.transaction = transaction }

    /// Adds a header that is not held.
    ///
    /// - Returns: false where it was added before.
    mutating func add(_ header: UnverifiedHeader) throws(StoreError) -> Bool {
        guard places[header.hash] == nil else { return false }
        let (feed, before) = (header.header.feed, header.header.previous)
        if let (chain, index) = places[before], all[chain].feed == feed {
            if index + 1 == all[chain].headers.count {
                all[chain].headers.append(header)
                places[header.hash] = (chain, index + 1)
            } else {
                places[header.hash] = (all.count, index + 1)
                all.append(
                    Chain(
                        feed: feed, after: all[chain].after, isJoined: all[chain].isJoined, isGoingOn: false,
                        headers: all[chain].headers[...index] + [header]))
            }
            return true
        }
        let isFirst = transaction.state.feed(feed) == nil && header.header.seq == 1
        let isGoingOn = isFirst || transaction.log.going(on: header.header) != nil
        let point = isGoingOn ? nil : try transaction.log.point(before: header.header)
        places[header.hash] = (all.count, 0)
        all.append(
            Chain(
                feed: feed, after: (header.header.seq - 1, before),
                isJoined: isGoingOn || point != nil, isGoingOn: isGoingOn, headers: [header]))
        return true
    }

    /// The number up to which something is held of a feed, or comes and joins what is held, on whichever way.
    func reach(of feed: FeedID) -> UInt64 {
        let held = transaction.state.ways(of: feed).map { transaction.state.feed($0).held }.max() ?? 0
        let coming = all.filter { $0.isJoined && $0.feed == feed }.map { $0.after.seq + UInt64($0.headers.count) }
        return max(held, coming.max() ?? 0)
    }
}

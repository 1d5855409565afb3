import ReplicaModel
import SQLiteAccess

/// Why the next changeset of a feed, which is held, is not applied.
struct Waiting {
    /// The thing that the changeset waits for.
    ///
    /// Feeds are named as headers name them, which know of no branches.
    enum Cause {
        /// A wait for a changeset of its context, here or not, that is not applied.
        case changeset(FeedID, seq: UInt64)
        /// The name, in its context, of another changeset than those that stand here under that number: the feed went
        /// two ways.
        case otherBranch(FeedID, seq: UInt64)
        /// Content that only newer software knows.
        case newerSoftware
        /// A failure to fold the changeset into this replica: the reason, and how often it was tried.
        case failure(String, tries: Int)
    }

    let seq: UInt64
    let cause: Cause
    /// The position in the order of application from which it is tried again.
    let again: Int64

    /// - Parameter position: the next in the order of application.
    init(seq: UInt64, cause: Cause, position: Int64) {
        self.seq = seq
        self.cause = cause
        again = if case .failure(_, let tries) = cause { Self.again(after: tries, position: position) } else { 0 }
    }

    /// Takes the cause and the position as the file has them.
    init(seq: UInt64, cause: Cause, again: Int64) {
        self.seq = seq
        self.cause = cause
        self.again = again
    }

    var tries: Int { if case .failure(_, let tries) = cause { tries } else { 0 } }

    /// The feed whose applied changesets may end it.
    var awaited: FeedID? {
        switch cause {
        case .changeset(let feed, _), .otherBranch(let feed, _): feed
        case .newerSoftware, .failure: nil
        }
    }

    /// Whether what it waits for may be what was just applied of a feed.
    func isEnded(by feed: FeedState) -> Bool {
        switch cause {
        case .changeset(feed.id.base, let seq): feed.applied >= seq
        case .otherBranch(feed.id.base, let seq): feed.applied == seq
        case .changeset, .otherBranch, .newerSoftware, .failure: false
        }
    }

    /// The position at which it is tried again: at first with whatever is applied; what fails again and again, which
    /// may take long each time, ever more seldom.
    private static func again(after tries: Int, position: Int64) -> Int64 {
        tries <= 8 ? position : position + Int64(1) << Int64(min(tries - 8, 10))
    }
}

extension StoreError {
    /// Whether another changeset might well be applied where this error came up: it is neither the disk, a lock, nor
    /// damage.
    var isOfOneChangeset: Bool {
        switch self {
        case .locked, .readOnly, .diskFull, .disk, .damaged, .notAReplica, .newerFormat, .missing: false
        case .sqlite, .schema, .wrongSQL, .notAllowed, .notFound, .foreign, .spoilt: true
        }
    }

    /// The sentence that tells people what went wrong.
    package var reason: String {
        switch self {
        case .sqlite(_, let message, _): droppedTable.map { "somebody dropped table \($0) of the replica" } ?? message
        case .schema(let sentence), .wrongSQL(let sentence), .notAllowed(let sentence), .notFound(let sentence),
            .damaged(let sentence), .foreign(let sentence):
            sentence
        case .spoilt(let feed, let seq): "changeset \(seq) of feed \(feed) is not what its author signed any more"
        case .locked, .readOnly, .diskFull, .disk, .notAReplica, .newerFormat, .missing: "\(self)"
        }
    }
}

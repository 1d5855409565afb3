import ReplicaModel
import SyncWire

/// Changesets that the disk altered, and that have to come again.
extension ReplicaExchange {
    /// Changesets that were found altered, and have not come again.
    package func spoilt() throws(StoreError) -> [(feed: FeedID, seq: UInt64)] {
        try replica.read().spoilt.spoilt()
    }

    /// Notes that a changeset was found altered.
    package func noteSpoilt(_ feed: FeedID, seq: UInt64) throws(StoreError) {
        try replica.write { transaction in
            guard let dot = transaction.state.dot(seq, of: feed) else { return }
            try transaction.spoilt.list(spoilt: [dot])
        }
    }

    /// Puts right what is of such changesets, in a transaction of its own: what is pending may not be sealed before
    /// that.
    package func replaceSpoilt(from batch: [IncomingChangeset]) throws(StoreError) {
        guard !replica.state.sound.isEmpty else { return }
        try replica.write { try $0.spoilt.replaceSpoilt(from: batch) }
    }
}

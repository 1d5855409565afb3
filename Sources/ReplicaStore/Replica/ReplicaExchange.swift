import ReplicaModel
import SyncWire

/// The acts on a replica that an exchange with a peer needs beside taking and giving: nobody else does them.
package struct ReplicaExchange {
    let replica: Replica

    /// A vector's feeds of which this replica has heard, and the one that it writes itself: what a peer says of others
    /// says nothing here.
    package func known(_ vector: Vector) throws(StoreError) -> Vector {
        vector.isEmpty ? vector : try replica.read().peerBook.known(vector)
    }

    /// A peer says that it holds more of this replica's own feed than this replica does: it lost its past, and goes on
    /// in a new incarnation.
    ///
    /// It is said, not signed. So a peer is believed only so often before something of the past has come back: whoever
    /// lies would make a node begin feeds until nobody takes another of it.
    package func peerHolds(_ vector: Vector, says peer: SiteID) throws(StoreError) {
        guard try replica.read().incarnations.believes(peer, holds: vector) else { return }
        try replica.write { try $0.incarnations.begin(believing: peer, holds: vector) }
    }

    /// Makes the witness name what was sealed here. Before any of it is sent, whichever process sealed it.
    package func witness() throws(StoreError) {
        guard try replica.read().incarnations.isWitnessToWrite() else { return }
        // Under the lock of whoever writes, or an older one could overtake.
        try replica.write { try $0.incarnations.writeWitness() }
    }

    /// Whether the witness beside this file names what the file does not have: it was put back, or its write-ahead log
    /// was lost.
    package func lacksWhatWitnessNames() throws(StoreError) -> Bool {
        try replica.read().incarnations.lacksWhatWitnessNames()
    }

    /// Looks again at all that waits for something else than a changeset, if another software, or another schema of the
    /// file, than the one that looked last has it before it. Seals first what is pending.
    ///
    /// - Parameters:
    ///   - software: its name and version.
    ///   - now: milliseconds since 1970.
    package func retryWaiting(asSoftware software: String, now: Int64) throws(StoreError) {
        guard try replica.read().waiting.isToRetry(asSoftware: software) else { return }
        try replica.writeApplying { try $0.waiting.retry(asSoftware: software, now: now) }
    }

    /// Applies what a slice left, as far as goes in another.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: how many changesets were applied.
    package func applyMore(now: Int64) throws(StoreError) -> Int {
        try replica.writeApplying { transaction in
            try transaction.sealer.sealPending()
            return try transaction.applier.applyReady([], now: now).count
        }
    }

    /// Whether what a site shows that is not on the roster would put it there. It is tried without what is pending, and
    /// nothing of it stays.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func wouldAdmit(_ site: SiteID, by batch: [IncomingChangeset], now: Int64) throws(StoreError) -> Bool {
        let batch = try replica.read().intake.joining(batch)
        guard try replica.read().intake.mayAdmit(site, batch) else { return false }
        return try replica.write(as: .init(isCareful: true)) { transaction in
            transaction.keepsNothing = true
            for table in transaction.state.tables {
                try PendingNotes(connection: transaction.connection, table: table).clear()
            }
            transaction.file.slice.hasAllOfControl = true
            defer { transaction.file.slice.hasAllOfControl = false }
            if case .refused = try transaction.intake.take(batch, now: now) { return false }
            return transaction.state.roster.isMember(site)
        }
    }
}

extension Replica {
    package var exchange: ReplicaExchange { ReplicaExchange(replica: self) }
}

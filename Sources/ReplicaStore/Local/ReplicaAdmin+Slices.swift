import SyncWire

/// Applying in slices.
extension ReplicaAdmin {
    /// Applies what a slice left, as far as goes in another.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: how many changesets were applied.
    package func applyMore(sealingWith key: SigningKey, now: Int64) throws(StoreError) -> Int {
        try replica.writeApplying { transaction in
            try transaction.sealer.sealPending(with: key)
            return try transaction.applier.applyReady([], now: now).count
        }
    }
}

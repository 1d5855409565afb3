import ReplicaModel
import SQLiteAccess
import SyncWire

/// Taking what a peer sent.
extension Replica {
    /// Takes what a peer sent, in the order in which it came, in one transaction that begins by sealing what is
    /// pending.
    ///
    /// - Parameters:
    ///   - peer: the site that gave it; nil: it came from this machine.
    ///   - trust: of a peer that has to prove itself nothing is kept unless the changesets put it on the roster: it is
    ///     refused, as a stranger, or as one whose right was ended.
    ///   - now: milliseconds since 1970.
    package func accept(
        _ batch: [IncomingChangeset], from peer: SiteID? = nil, trust: PeerTrust = .member, sealingWith key: SigningKey,
        now: Int64
    ) throws(StoreError) -> IntakeOutcome {
        let peer = peer ?? site
        let batch = trust.mustProve ? try read().intake.joining(batch) : batch
        // Looked for in memory first: whoever claims to belong holds up nobody who writes.
        if trust.mustProve {
            guard try read().intake.mayAdmit(peer, batch) else { return Self.unknownKey }
        } else {
            try replaceSpoilt(from: batch)
        }
        let prepare = { (transaction: Transaction) throws in
            try transaction.intake.prepare(for: batch.map(\.header), key)
        }
        return try undoneIfRefused(before: prepare) { transaction in
            transaction.file.slice.hasAllOfControl = trust.mustProve
            defer { transaction.file.slice.hasAllOfControl = false }
            let outcome = try transaction.intake.take(batch, now: now)
            guard trust.mustProve, !transaction.state.roster.isMember(peer) else { return outcome }
            // What it shows may say that its right was ended, or come to that here.
            return transaction.state.roster.entry(of: peer) == nil ? Self.unknownKey : Self.endedRight
        }
    }

    private static let endedRight = IntakeOutcome.refused(
        Refusal(.retired, "an admin ended the right of the key that was shown"))

    private static let unknownKey = IntakeOutcome.refused(
        Refusal(.stranger, "this node does not know the key that was shown"))

    /// Does something in one transaction, of which only what `prepare` did stays where the rest refuses what came: what
    /// is sealed is sealed, and an incarnation that was begun is never left again.
    private func undoneIfRefused(
        before prepare: (Transaction) throws -> Void, _ body: (Transaction) throws -> IntakeOutcome
    ) throws(StoreError) -> IntakeOutcome {
        var refusal: IntakeOutcome?
        do {
            return try writeApplying(unless: { refusal != nil }) { transaction in
                try prepare(transaction)
                let outcome = try body(transaction)
                guard case .refused = outcome else { return outcome }
                refusal = outcome
                throw StoreError.notAllowed("what came is refused")
            }
        } catch {
            guard let refusal else { throw error }
            try write { try prepare($0) }
            return refusal
        }
    }

    // MARK: Through the file

    /// Verifies the header and makes room for the chunks.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970.
    ///   - awaited: feeds of which a peer was told that there is a part here.
    package func beginStaging(
        _ header: UnverifiedHeader, now: Int64, keeping awaited: Set<FeedID> = []
    ) throws(StoreError) -> StagingOutcome {
        try write { transaction in
            try transaction.staging.dropStale(now: now, but: awaited)
            return try transaction.staging.begin(header, now: now) { (_) throws(StoreError) in true } ?? .held
        }
    }

    /// Makes room for a changeset of which the sender left out its first chunks, because they are here. Nil if they are
    /// not.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func resumeStaging(_ header: UnverifiedHeader, skipped: Int, now: Int64) throws(StoreError)
        -> StagingOutcome?
    {
        let outcome = try write { try $0.staging.resume(header, skipped: skipped, now: now) }
        guard case .begun(var staged)? = outcome else { return outcome }
        staged.chunkCount = skipped
        return .begun(staged)
    }

    /// Keeps the next chunks of a staged changeset.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func stage(_ chunks: [[UInt8]], of staged: inout StagedChangeset, now: Int64) throws(StoreError) {
        let present = staged
        try write { try $0.staging.stage(chunks, of: present, now: now) }
        staged.chunkCount += chunks.count
    }

    /// Holds and applies a staged changeset whose chunks were all given.
    package func finishStaging(
        _ staged: StagedChangeset, sealingWith key: SigningKey, now: Int64
    ) throws(StoreError) -> IntakeOutcome {
        precondition(staged.chunkCount == staged.header.header.chunkHashes.count, "a changeset is held whole")
        // What the disk altered is put right before anything is sealed.
        if !state.sound.isEmpty, try write({ try $0.staging.hasReplaced(staged) }) {
            return .accepted(held: 0, applied: 0, unvouched: [])
        }
        return try undoneIfRefused(
            before: { try $0.intake.prepare(for: staged, key) }, { try $0.intake.finish(staged, now: now) })
    }
}

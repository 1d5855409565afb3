import ReplicaModel
import SyncWire

/// Changesets too large for memory, which arrive through the file.
extension ReplicaExchange {
    /// Changesets of which some chunks are kept and not all: what a session that was cut left.
    package func unfinished() throws(StoreError) -> [UnfinishedChangeset] {
        let transaction = try replica.read()
        return try transaction.staging.unfinished() + transaction.spoilt.unfinished()
    }

    /// Verifies the header and makes room for the chunks.
    ///
    /// - Parameters:
    ///   - giver: the site that brings it; nil: its author.
    ///   - now: milliseconds since 1970.
    ///   - awaited: feeds of which a peer was told that there is a part here.
    package func beginStaging(
        _ header: UnverifiedHeader, from giver: SiteID? = nil, now: Int64, keeping awaited: Set<FeedID> = []
    ) throws(StoreError) -> StagingOutcome {
        try replica.write { transaction in
            try transaction.staging.dropStale(now: now, but: awaited)
            let intake = Intake(transaction: transaction, giver: giver)
            return try intake.beginStaging(header, now: now) { (_) throws(StoreError) in true } ?? .held
        }
    }

    /// Makes room for a changeset of which the sender left out its first chunks, because they are here. Nil if they are
    /// not.
    ///
    /// - Parameters:
    ///   - giver: the site that brings it; nil: its author.
    ///   - isTold: whether peers were told that there is a part of a changeset of this feed.
    ///   - now: milliseconds since 1970.
    package func resumeStaging(
        _ header: UnverifiedHeader, from giver: SiteID? = nil, skipped: Int, isTold: Bool = false, now: Int64
    ) throws(StoreError) -> StagingOutcome? {
        let outcome = try replica.write {
            try Intake(transaction: $0, giver: giver).resumeStaging(header, skipped: skipped, isTold: isTold, now: now)
        }
        guard case .begun(var staged)? = outcome else { return outcome }
        staged.chunkCount = skipped
        return .begun(staged)
    }

    /// Keeps the next chunks of a staged changeset.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func stage(_ chunks: [[UInt8]], of staged: inout StagedChangeset, now: Int64) throws(StoreError) {
        let present = staged
        try replica.write { try $0.intake.stage(chunks, of: present, now: now) }
        staged.chunkCount += chunks.count
    }

    /// Holds and applies a staged changeset whose chunks were all given.
    package func finishStaging(_ staged: StagedChangeset, now: Int64) throws(StoreError) -> IntakeOutcome {
        precondition(staged.chunkCount == staged.header.header.chunkHashes.count, "a changeset is held whole")
        // What the disk altered is put right before anything is sealed.
        if !replica.state.sound.isEmpty, try replica.write({ try $0.staging.hasReplaced(staged) }) {
            return .accepted(held: 0, applied: 0, unvouched: [])
        }
        return try replica.undoneIfRefused(
            before: { try $0.intake.prepare(for: staged) }, { try $0.intake.finish(staged, now: now) })
    }

    /// Drops what has come in part, and has not gone on for long. Costs a look where there is nothing of the kind.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970.
    ///   - awaited: feeds of which a peer was told that there is a part here.
    package func sweepRemains(now: Int64, keeping awaited: Set<FeedID> = []) throws(StoreError) {
        guard try replica.read().staging.hasStale(now: now) else { return }
        try replica.write { try $0.staging.dropStale(now: now, but: awaited) }
    }
}

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
        _ batch: [IncomingChangeset], from peer: SiteID? = nil, trust: PeerTrust = .member, now: Int64
    ) throws(StoreError) -> IntakeOutcome {
        let (giver, peer) = (peer, peer ?? site)
        let batch = trust.mustProve ? try read().intake.joining(batch) : batch
        // Looked for in memory first: whoever claims to belong holds up nobody who writes.
        if trust.mustProve {
            guard try read().intake.mayAdmit(peer, batch) else { return Self.unknownKey }
        } else {
            try exchange.replaceSpoilt(from: batch)
        }
        let prepare = { (transaction: Transaction) throws in
            try transaction.intake.prepare(for: batch.map(\.header))
        }
        return try undoneIfRefused(before: prepare) { transaction in
            transaction.file.slice.hasAllOfControl = trust.mustProve
            defer { transaction.file.slice.hasAllOfControl = false }
            let outcome = try Intake(transaction: transaction, giver: giver).take(batch, now: now)
            guard trust.mustProve, !transaction.state.roster.isMember(peer) else { return outcome }
            // What it shows may say that its right was ended, or come to that here.
            return transaction.state.roster.entry(of: peer) == nil ? Self.unknownKey : Self.endedRight
        }
    }

    private static let endedRight = IntakeOutcome.refused(
        Refusal(
            .retired,
            "an admin ended the right of the key that was shown: an admin gives it back with `caravan member role`"))

    private static let unknownKey = IntakeOutcome.refused(
        Refusal(.stranger, "this node does not know the key that was shown"))

    /// Does something in one transaction, of which only what `prepare` did stays where the rest refuses what came: what
    /// is sealed is sealed, and an incarnation that was begun is never left again.
    func undoneIfRefused(
        before prepare: (Transaction) throws -> Void, _ body: (Transaction) throws -> IntakeOutcome
    ) throws(StoreError) -> IntakeOutcome {
        let outcome = try writeApplying { transaction in
            try prepare(transaction)
            let outcome = try body(transaction)
            if case .refused = outcome { transaction.keepsNothing = true }
            return outcome
        }
        if case .refused = outcome { try write { try prepare($0) } }
        return outcome
    }
}

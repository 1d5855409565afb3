import ReplicaModel
import SQLiteAccess
import SyncWire

/// The outcome of a look at changesets: how many were applied, and whether a stranger wrote one.
struct ApplyOutcome {
    /// How many were applied.
    var count = 0
    /// The feed of the first changeset that came just now and whose author nobody had admitted by the roster that it
    /// had seen; nil where there is none.
    var stranger: FeedID?
}

/// Applies what is held, in causal order.
struct Applier {
    let transaction: Transaction

    /// Applies these changesets, in this order, as far as their contexts are applied; then whatever waited for them.
    ///
    /// - Parameter now: milliseconds since 1970; it says which stamps are followed.
    @discardableResult
    func applyReady(_ fresh: [LoggedChangeset], now: Int64) throws(StoreError) -> ApplyOutcome {
        transaction.file.onAct?(.fold, true)
        defer { transaction.file.onAct?(.fold, false) }
        var outcome = ApplyOutcome()
        var woken: [FeedOrdinal] = []
        let weightBefore = transaction.file.slice.applied
        transaction.file.slice.isLeft = false
        let factsBefore = (transaction.state.facts.count, transaction.state.roster.recordCount)
        for changeset in fresh where transaction.state.feed(changeset.dot.feed).applied + 1 == changeset.dot.seq {
            switch try transaction.manner.isCareful
                ? applyApart(changeset, now: now)
                : apply(changeset, judgedFirst: transaction.manner.judgesFirst, now: now)
            {
            case .applied:
                outcome.count += 1
                transaction.applied.add(operations: changeset.header.operationCount)
                woken += try transaction.waiting.wake(by: changeset.dot.feed)
            case .waits: break
            case .stranger:
                outcome.stranger = changeset.header.feed
                return outcome
            }
        }
        try transaction.constraints.settle()
        outcome.count += try applyHeld(
            of: woken + transaction.waiting.unexamined(), countingFrom: weightBefore, now: now)
        guard outcome.count > 0 else { return outcome }
        let failed = transaction.waiting.failed(
            all: factsBefore != (transaction.state.facts.count, transaction.state.roster.recordCount))
        outcome.count += try applyHeld(of: failed.sorted(), retrying: failed, countingFrom: weightBefore, now: now)
        return outcome
    }

    /// Applies what is held of these feeds, and whatever waited for it, as far as goes in one slice. One changeset that
    /// cannot be applied undoes no other.
    ///
    /// - Parameters:
    ///   - retrying: those whose next changeset is looked at again although it waits.
    ///   - weightBefore: the weight that had been applied when the slice began; nil: it begins now.
    @discardableResult
    func applyHeld(
        of feeds: [FeedOrdinal], retrying: Set<FeedOrdinal> = [], countingFrom weightBefore: Int? = nil, now: Int64
    ) throws(StoreError) -> Int {
        let weightBefore = weightBefore ?? transaction.file.slice.applied
        var count = 0
        var left = Array(feeds.reversed())
        var again = retrying
        while let feed = left.popLast() {
            while transaction.state.feed(feed).held > transaction.state.feed(feed).applied,
                again.contains(feed) || transaction.state.waiting[feed] == nil
            {
                // What was to be tried again is tried, or it would not be until something else changes.
                guard again.remove(feed) != nil || hasRoom(for: feed, after: weightBefore) else { break }
                guard let changeset = try nextHeld(Dot(feed: feed, seq: transaction.state.feed(feed).applied + 1))
                else { break }
                let result = try applyApart(changeset, now: now)
                if case .stranger = result { try transaction.intake.dropStranger(feed, now: now) }
                guard case .applied = result else { break }
                count += 1
                transaction.applied.add(operations: changeset.header.operationCount)
                left += try transaction.waiting.wake(by: feed)
            }
        }
        return count
    }

    /// Whether more goes in a slice; else it is noted that there is more.
    private func hasRoom(for feed: FeedOrdinal, after weightBefore: Int) -> Bool {
        let slice = transaction.file.slice
        if slice.hasAllOfControl, transaction.state.feed(feed).id.scope == .control { return true }
        guard slice.applied > weightBefore, slice.applied - weightBefore >= slice.weightMax else { return true }
        transaction.file.slice.isLeft = true
        return false
    }

    /// A changeset that is held; nil where the disk altered its header: it waits until it has come again.
    private func nextHeld(_ dot: Dot) throws(StoreError) -> LoggedChangeset? {
        do { return try transaction.log.logged(dot) } catch {
            guard case .spoilt = error else { throw error }
            try transaction.waiting.wait(
                dot, for: .failure(error.reason, tries: (transaction.state.waiting[dot.feed]?.tries ?? 0) + 1))
            return nil
        }
    }

    enum Applied {
        case applied
        /// Waits for its context, for newer software, or for what hinders this node alone.
        case waits
        /// The mark of an author who was no member by the roster that the changeset had seen: it is not taken.
        case stranger
    }

    /// Applies a changeset under a savepoint of its own: what cannot be applied here, for a reason that is neither
    /// disk, lock nor damage, waits with that reason, and nothing else is undone.
    private func applyApart(_ changeset: LoggedChangeset, now: Int64) throws(StoreError) -> Applied {
        let tries = transaction.state.waiting[changeset.dot.feed]?.tries ?? 0
        try transaction.beginPart()
        do {
            let result = try apply(changeset, judgedFirst: true, now: now)
            try transaction.constraints.settle()
            try transaction.endPart()
            return result
        } catch {
            let isToMend = transaction.manner.mendsUnseen && !transaction.file.unseen.isEmpty
            guard error.isOfOneChangeset, !isToMend, transaction.connection.isInTransaction else { throw error }
            try transaction.undoPart()
            if let result = try applySparing(changeset, after: error, now: now) { return result }
            try transaction.waiting.wait(changeset.dot, for: .failure(error.reason, tries: tries + 1))
            return .waits
        }
    }

    /// Applies a changeset without the own objects of this node that may have refused it: nobody's work waits for them.
    /// Nil if it was not their fault.
    private func applySparing(_ changeset: LoggedChangeset, after error: StoreError, now: Int64) throws(StoreError)
        -> Applied?
    {
        guard error.mayBeOfOwnObject else { return nil }
        try transaction.beginPart()
        do {
            let result = try transaction.ownObjects.sparing(after: error) { () throws(StoreError) -> Applied in
                let result = try apply(changeset, judgedFirst: true, now: now)
                try transaction.constraints.settle()
                return result
            }
            try transaction.endPart()
            return result
        } catch {
            guard error.isOfOneChangeset, transaction.connection.isInTransaction else { throw error }
            try transaction.undoPart()
            return nil
        }
    }

    /// - Parameter judgedFirst: as `standingOfRows` has it.
    private func apply(_ changeset: LoggedChangeset, judgedFirst: Bool, now: Int64) throws(StoreError) -> Applied {
        let feed = transaction.state.feed(changeset.dot.feed)
        let context: VersionVector
        let fault: String?
        switch try transaction.waiting.contextNow(of: changeset.header, feed: feed) {
        case .whole(let vector, let found): (context, fault) = (vector, found)
        case .waits(let cause):
            try transaction.waiting.wait(changeset.dot, for: cause)
            return .waits
        }
        guard
            transaction.file.takesStrangers || changeset.hash == transaction.state.alliance
                || transaction.rosterOfThen.entry(of: feed.id.site, in: context) != nil
        else { return .stranger }
        let standing: Standing
        if let fault {
            standing = .void(fault)
        } else if feed.id.scope == .control {
            guard let judged = try transaction.control.foldControl(changeset, context: context) else {
                try transaction.waiting.wait(changeset.dot, for: .newerSoftware)
                return .waits
            }
            standing = judged
        } else {
            standing = try standingOfRows(changeset, context: context, judgedFirst: judgedFirst)
        }
        try transaction.standings.markApplied(changeset.dot, context: context, standing: standing)
        try transaction.quarantine.settleBranch(at: changeset)
        transaction.file.slice.applied += ApplySlice.weight(of: changeset.header)
        try transaction.stamps.follow(changeset.header.stamp, at: now)
        return .applied
    }

    /// Judges a changeset of the people's tables, and folds it unless it is void.
    ///
    /// - Parameter judgedFirst: all of it is judged before anything is folded. Otherwise each operation is judged just
    ///   before it is folded, and nearly everything is read once; what turns out void in its midst throws an error
    ///   after which whoever wrote the transaction does all of it again, and judges first.
    private func standingOfRows(
        _ changeset: LoggedChangeset, context: VersionVector, judgedFirst: Bool
    ) throws(StoreError) -> Standing {
        var judge = DataJudge(transaction: transaction, changeset: changeset, context: context)
        if let fault = judge.faultOfAuthor() { return .void(fault) }
        let standing = try transaction.quarantine.standing(of: changeset, context: context)
        if !judgedFirst, standing == .counts {
            return try foldJudging(changeset, context: context).map { .void($0) } ?? .counts
        }
        if let fault = try judge.faultOfOperations() { return .void(fault) }
        if case .quarantined = standing { transaction.state.quarantined.insert(changeset.dot) }
        try fold(changeset, context: context)
        return standing
    }
}

import ReplicaModel
import SQLiteAccess
import SyncWire

/// Changesets that are held and wait, by what they wait for: in the file and in `state` alike.
struct WaitingChangesets {
    let transaction: Transaction

    enum ContextOutcome {
        /// A context of which all is applied. The sentence says why the changeset is ill-formed by its context alone.
        case whole(VersionVector, fault: String?)
        case waits(Waiting.Cause)
    }

    /// The whole context of the next changeset of its feed, or what this replica lacks of it.
    func contextNow(of header: ChangesetHeader, feed: FeedState) throws(StoreError) -> ContextOutcome {
        let before: VersionVector
        switch try contextBefore(feed) {
        case .whole(let vector, _): before = vector
        case .waits(let cause): return .waits(cause)
        }
        var context = before
        if header.seq - 1 > feed.after { context[feed.ordinal] = header.seq - 1 }
        var fault: String?
        var missing: Waiting.Cause?
        for one in header.contextAdvance.list {
            let (id, head) = (one.feed, one.head)
            // Nothing else needs to be looked at before somebody brings that feed.
            guard transaction.state.ordinals[id] != nil else { return .waits(.changeset(id, seq: head.seq)) }
            guard let dot = try transaction.log.dot(head.seq, of: id, lists: true, as: { HashPrefix($0) == head.hash })
            else {
                let isOther = transaction.state.ways(of: id).contains { transaction.state.feed($0).applied >= head.seq }
                if isOther { return .waits(.otherBranch(id, seq: head.seq)) }
                missing = .changeset(id, seq: head.seq)
                continue
            }
            guard !before.covers(dot) else {
                fault = "its context goes back, or names again what it had named"
                continue
            }
            guard transaction.state.feed(dot.feed).applied >= head.seq else {
                missing = .changeset(id, seq: head.seq)
                continue
            }
            for part in transaction.state.forks.lines.line(to: dot) {
                context[part.feed] = max(context[part.feed], part.seq)
            }
        }
        if let missing { return .waits(missing) }
        return .whole(context, fault: fault)
    }

    /// The context that the next changeset of a feed goes on from: that of the one before, on whichever way it lies.
    private func contextBefore(_ feed: FeedState) throws(StoreError) -> ContextOutcome {
        guard feed.applied == feed.after, let point = transaction.state.forks.lines.beginning(of: feed.ordinal),
            point.seq > 0
        else { return .whole(feed.context, fault: nil) }
        guard transaction.state.feed(point.feed).applied >= point.seq else {
            return .waits(.changeset(feed.id.base, seq: point.seq))
        }
        var contexts = ContextReader(log: transaction.log)
        var context = try contexts.context(of: point)
        context[point.feed] = point.seq
        return .whole(context, fault: nil)
    }

    /// Notes that the next changeset of a feed waits.
    func wait(_ dot: Dot, for cause: Waiting.Cause) throws(StoreError) {
        let waiting = Waiting(seq: dot.seq, cause: cause, position: transaction.state.nextPosition)
        transaction.state.setWaiting(waiting, of: dot.feed)
        let (kind, feed, seq, reason): (Int64, FeedID?, UInt64?, Value) =
            switch cause {
            case .changeset(let feed, let seq): (0, feed, seq, .null)
            case .otherBranch(let feed, let seq): (1, feed, seq, .null)
            case .newerSoftware: (2, nil, nil, .null)
            case .failure(let reason, _): (3, nil, nil, .text(reason))
            }
        try transaction.statement(
            "INSERT OR REPLACE INTO caravan_waiting VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ).run([
            .integer(Int64(dot.feed.number)), .integer(Int64(dot.seq)), .integer(kind),
            feed.map { .blob($0.site.bytes) } ?? .null,
            feed.map { .integer(Int64(bitPattern: $0.incarnation.bits)) } ?? .null,
            feed.map { .text($0.scope.name) } ?? .null,
            seq.map { .integer(Int64($0)) } ?? .null, reason, .integer(Int64(waiting.tries)), .integer(waiting.again),
        ])
    }

    private func endWaiting(_ feeds: [FeedOrdinal]) throws(StoreError) {
        for feed in feeds {
            transaction.state.setWaiting(nil, of: feed)
            try transaction.statement("DELETE FROM caravan_waiting WHERE feed = ?1").run([.integer(Int64(feed.number))])
        }
    }

    /// The feeds whose next changeset waited for what was just applied of one feed.
    func wake(by feed: FeedOrdinal) throws(StoreError) -> [FeedOrdinal] {
        if transaction.state.waiting[feed] != nil { try endWaiting([feed]) }
        let applied = transaction.state.feed(feed)
        guard let waiters = transaction.state.waiters[applied.id.base] else { return [] }
        let woken = waiters.filter { transaction.state.waiting[$0]?.isEnded(by: applied) ?? false }.sorted()
        try endWaiting(woken)
        return woken
    }

    /// The feeds whose next changeset could not be folded and is to be tried again.
    ///
    /// - Parameter all: also those that failed so often that they are tried seldom.
    func failed(all: Bool) -> Set<FeedOrdinal> {
        Set(
            transaction.state.waiting.filter {
                $0.value.tries > 0 && (all || $0.value.again <= transaction.state.nextPosition)
            }.keys)
    }

    /// Feeds with something held at which nobody has looked.
    func unexamined() -> [FeedOrdinal] {
        transaction.state.feeds.filter { $0.held > $0.applied && transaction.state.waiting[$0.ordinal] == nil }.map(
            \.ordinal)
    }

    /// Whether something waits for something else than a changeset, and this software has not looked at it with the
    /// schema of now.
    func isToRetry(asSoftware software: String) throws(StoreError) -> Bool {
        guard transaction.state.waiting.values.contains(where: { $0.awaited == nil }) else { return false }
        return try transaction.meta("tried") != whoTries(software)
    }

    /// Looks again at all that waits for something else than a changeset, after sealing what is pending.
    ///
    /// - Parameters:
    ///   - software: its name and version.
    ///   - now: milliseconds since 1970.
    func retry(asSoftware software: String, now: Int64) throws(StoreError) {
        try transaction.setMeta("tried", whoTries(software))
        let waiting = transaction.state.waiting.filter { $0.value.awaited == nil }.keys.sorted()
        try transaction.sealer.sealPending()
        try transaction.applier.applyHeld(of: waiting, retrying: Set(waiting), now: now)
    }

    private func whoTries(_ software: String) throws(StoreError) -> Value {
        guard case .integer(let version)? = try transaction.connection.value("PRAGMA schema_version") else {
            return .text(software)
        }
        return .text("\(software) \(version)")
    }
}

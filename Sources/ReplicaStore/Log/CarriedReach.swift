import ReplicaModel
import SyncWire

/// The changesets that this replica, or somebody whose announcement is here, has or comes to have by files, as far as
/// that can be told by the hashes of what is held here.
package struct CarriedReach {
    private let replica: Replica
    private var vector: VersionVector
    /// The greatest number of each feed, on whichever way.
    private var numbers: [FeedID: UInt64] = [:]
    /// Changesets that are there for certain, whether or not they are held here.
    private var marks: Set<FeedHead> = []

    /// The holdings of the replica.
    package init(of replica: Replica) throws(StoreError) {
        self.replica = replica
        let transaction = try replica.read()
        vector = transaction.state.held
        for feed in transaction.state.feeds { numbers[feed.id.base] = max(numbers[feed.id.base] ?? 0, feed.held) }
    }

    /// The holdings of somebody who says so.
    package init(of announcement: Announcement, at replica: Replica) throws(StoreError) {
        self.replica = replica
        vector = try replica.read().toldHoldings.covered(by: announcement)
        for (name, seq) in announcement.held { numbers[name.base] = max(numbers[name.base] ?? 0, seq) }
        marks = Set(announcement.marks ?? [])
    }

    private init(ofNothingAt replica: Replica) {
        self.replica = replica
        vector = VersionVector()
    }

    /// The holdings of whoever wrote an announcement, by the newest that is known of it: the announcement, another file
    /// of it, or what it said over a connection.
    ///
    /// - Parameter now: milliseconds since 1970.
    package static func newest(
        of announcement: Announcement, at replica: Replica, now: Int64
    ) throws(StoreError) -> CarriedReach {
        let isNewest = try replica.carrierNotes.isNewest(announcement, now: now)
        var reach = isNewest ? try CarriedReach(of: announcement, at: replica) : CarriedReach(ofNothingAt: replica)
        let known = try replica.carrierNotes.knownHeld(by: announcement.site, now: now) ?? [:]
        for (name, seq) in known { reach.numbers[name.base] = max(reach.numbers[name.base] ?? 0, seq) }
        for (feed, seq) in try replica.read().toldHoldings.covered(by: known).entries {
            reach.vector[feed] = max(reach.vector[feed], seq)
        }
        return reach
    }

    /// The feeds and branches as this replica names them.
    package func named() throws(StoreError) -> Vector { try replica.read().state.vector(vector) }

    /// The number up to which a range is there: that of its last where it is there whole, and the one before its first
    /// where nothing of it is for certain.
    package func end(of range: FeedRange) throws(StoreError) -> UInt64 {
        if let head = range.head, marks.contains(head) { return range.last }
        return try end(of: range, in: replica.read())
    }

    private func end(of range: FeedRange, in transaction: Transaction) throws(StoreError) -> UInt64 {
        let nothing = range.first - 1
        if let last = try held(range, in: transaction) {
            for part in transaction.state.forks.lines.line(to: last) {
                let seq = min(part.seq, vector[part.feed])
                if seq > transaction.state.feed(part.feed).after { return max(nothing, seq) }
            }
            return nothing
        }
        // Of what is not held here one has what goes before it, unless something else is held under its number.
        guard let main = transaction.state.ordinals[range.feed], !transaction.state.forks.lines.isForked(range.feed),
            transaction.state.feed(main).held < range.last
        else { return nothing }
        return max(nothing, min(vector[main], range.last))
    }

    /// Whether a range is there whole for certain, by its hash. What somebody is believed by numbers alone is not.
    package func has(_ range: FeedRange) throws(StoreError) -> Bool {
        guard let head = range.head else { return false }
        if marks.contains(head) { return true }
        guard let last = try held(range, in: replica.read()) else { return false }
        return vector.covers(last)
    }

    /// Whether a range has another one whole, on the same way, as far as that can be told by the hashes of what is held
    /// here.
    package func isWithin(_ part: FeedRange, _ whole: FeedRange) throws(StoreError) -> Bool {
        guard part.feed == whole.feed, whole.first <= part.first, part.last <= whole.last, part.end != nil,
            whole.end != nil
        else { return false }
        if part.last == whole.last { return part.end == whole.end }
        let transaction = try replica.read()
        guard let last = try held(part, in: transaction), let end = try held(whole, in: transaction) else {
            return false
        }
        return transaction.state.forks.lines.line(to: end, has: last)
    }

    /// Whether a range follows what is there. By number alone where its changesets are not held here.
    package func isJoined(by range: FeedRange) throws(StoreError) -> Bool {
        let transaction = try replica.read()
        if try end(of: range, in: transaction) >= range.first { return true }
        guard let last = try held(range, in: transaction), range.first > 1 else {
            return range.first <= (numbers[range.feed] ?? 0) + 1
        }
        return transaction.state.forks.lines.line(to: last).contains { part in
            part.seq >= range.first - 1 && vector[part.feed] >= range.first - 1
                && transaction.state.feed(part.feed).after < range.first - 1
        }
    }

    /// Notes that a range comes to be there.
    package mutating func take(_ range: FeedRange) throws(StoreError) {
        numbers[range.feed] = max(numbers[range.feed] ?? 0, range.last)
        if let head = range.head { marks.insert(head) }
        let transaction = try replica.read()
        guard let last = try held(range, in: transaction) else { return }
        for part in transaction.state.forks.lines.line(to: last) {
            vector[part.feed] = max(vector[part.feed], part.seq)
        }
    }

    private func held(_ range: FeedRange, in transaction: Transaction) throws(StoreError) -> Dot? {
        try transaction.log.dot(range.last, of: range.feed) { HashPrefix($0) == range.end ?? HashPrefix($0) }
    }
}

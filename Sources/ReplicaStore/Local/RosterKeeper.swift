import ReplicaModel
import SQLiteAccess
import SyncWire

/// The work of an admin on who belongs: changes rights, retires, releases.
struct RosterKeeper {
    let transaction: Transaction

    /// Gives a site another right, or ends it. What it wrote beyond what counts under the old right is taken out of the
    /// tables.
    ///
    /// - Parameters:
    ///   - role: nil ends the right.
    ///   - since: milliseconds since 1970: of what the site wrote, only what was stamped before counts; nil: all that is
    ///     here.
    ///   - branch: the beginning of the hash of a branch of a feed of the site that does not count; nil: all do.
    /// - Returns: how many changesets count no more, less those that count again; nil where nothing was to change.
    /// - Throws: `notAllowed` unless this node is an admin, and where the last admin would go.
    func setRole(
        of site: SiteID, to role: Role?, since: Int64?, without branch: String? = nil, now: Int64
    ) throws(StoreError) -> Int? {
        let entry = try prepare(for: site)
        let left = try branch.map { (text) throws(StoreError) in try self.branch(text, of: site) }
        let isLess = role.map { entry.role.map($0.isLess(than:)) ?? false } ?? true
        guard entry.role != role || entry.isPending || since != nil || left != nil else { return nil }
        let isConfirmed = entry.isPending && role != nil && since == nil && left == nil
        guard !isConfirmed, isLess || since != nil || left != nil else {
            return try seal(.admit(entry.admission.with(role: role ?? .reader)), now: now)
        }
        guard role != .admin else {
            throw .notAllowed("a right that stays whole has no end: leave out --since, or name a lesser role")
        }
        let ends = try ends(of: site, before: since, without: left)
        return try seal(.cut(Cut(site: site, role: role, ends: ends)), now: now)
    }

    /// The branch of a feed of a site whose first changeset's hash begins so.
    private func branch(_ text: String, of site: SiteID) throws(StoreError) -> FeedID {
        let wanted = text.drop { $0 == "~" }.lowercased()
        let found = transaction.state.branchNames(of: site).filter { name in
            name.branch?.hash.bytes.hex.hasPrefix(wanted) ?? false
        }
        guard let first = found.first, found.count == 1, !wanted.isEmpty else {
            throw .notFound(
                """
                \(found.count > 1 ? "several branches" : "no branch") of a feed of \(site.short) begin with \(wanted): \
                `caravan doctor` names them
                """
            )
        }
        return first
    }

    /// Lets what a site wrote count again that cuts took away, as far as it is here.
    ///
    /// - Parameter until: milliseconds since 1970: only what was stamped before; nil: all.
    /// - Returns: as that of `setRole`.
    func release(_ site: SiteID, until: Int64?, now: Int64) throws(StoreError) -> Int? {
        _ = try prepare(for: site)
        let isNeeded = transaction.state.quarantined.contains { transaction.state.feed($0.feed).id.site == site }
        guard isNeeded else { return nil }
        return try seal(.release(Release(site: site, ends: try ends(of: site, before: until))), now: now)
    }

    private func prepare(for site: SiteID) throws(StoreError) -> RosterEntry {
        guard transaction.state.roster.isAdmin(transaction.state.site) else {
            throw .notAllowed("only an admin may change who belongs; ask one")
        }
        guard let entry = transaction.state.roster.entry(of: site) else {
            throw .notFound("there is no member \(site.short)")
        }
        try transaction.sealer.sealPending()
        return entry
    }

    private func seal(_ operation: ControlOperation, now: Int64) throws(StoreError) -> Int {
        let before = transaction.state.quarantined.count
        let sealed = try transaction.sealer.sealControl([operation], now: now)
        if case .void(let reason) = try transaction.standings.of(sealed.dot) {
            throw .notAllowed("this cannot be: \(reason)")
        }
        if case .cut = operation, !transaction.state.roster.counts(sealed.dot) {
            throw .notAllowed(
                """
                this would take away what this node's own right comes from, and would count for nothing: name a later \
                moment, or ask an admin who is nearer to the founder
                """
            )
        }
        return transaction.state.quarantined.count - before
    }

    /// The last changeset of each feed of a site, or the last before the first that was stamped later.
    private func ends(
        of site: SiteID, before: Int64?, without branch: FeedID? = nil
    ) throws(StoreError) -> FeedEnds {
        var heads: Context = [:]
        for feed in transaction.state.feeds where feed.id.site == site {
            var head = transaction.state.soundHead(of: feed)
            if let before { head = try self.head(of: feed, upTo: head, before: before) ?? head }
            if let branch { head = try self.head(of: feed, upTo: head, without: branch) ?? head }
            let end = Dot(feed: feed.ordinal, seq: head.seq)
            if head.seq > feed.after { heads[transaction.state.name(of: end)] = head }
        }
        return FeedEnds(heads)
    }

    /// The last on the line to a head that is not of a branch; nil where nothing of it is.
    private func head(of feed: FeedState, upTo head: Head, without branch: FeedID) throws(StoreError) -> Head? {
        let lines = transaction.state.forks.lines
        guard let first = branch.branch.flatMap({ transaction.state.dot($0.first, of: branch) }),
            lines.line(to: Dot(feed: feed.ordinal, seq: head.seq), has: first)
        else { return nil }
        let last = first.feed == feed.ordinal ? first.seq - 1 : 0
        guard last > feed.after, let hash = try transaction.log.hash(of: Dot(feed: feed.ordinal, seq: last)) else {
            return Head(seq: 0, hash: HashPrefix(Bytes32.zero))
        }
        return Head(seq: last, hash: HashPrefix(hash))
    }

    /// The head before the first that was stamped at a moment or later; nil where all of it was stamped before.
    private func head(of feed: FeedState, upTo head: Head, before: Int64) throws(StoreError) -> Head? {
        let first = try transaction.recordedStamps.first(since: before, of: feed.ordinal)
        guard let first, first <= head.seq else { return nil }
        guard let hash = try transaction.log.hash(of: Dot(feed: feed.ordinal, seq: first - 1)) else {
            return Head(seq: 0, hash: HashPrefix(Bytes32.zero))
        }
        return Head(seq: first - 1, hash: HashPrefix(hash))
    }
}

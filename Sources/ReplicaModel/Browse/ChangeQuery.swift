/// A page of changesets of the people's tables to read, newest first.
package struct ChangeQuery: Sendable {
    /// The table of which a changeset must have operations; nil for any.
    package var table: Identifier?
    package var site: SiteID?
    /// Milliseconds since 1970, by the changesets' stamps.
    package var since: Int64?
    /// The changeset behind which the page begins; nil for the newest.
    package var behind: (feed: String, seq: UInt64)?
    package var changesMax = 30
    /// The most operations that are given of one changeset.
    package var operationsMax = 200

    package init(table: Identifier? = nil, site: SiteID? = nil, since: Int64? = nil) {
        (self.table, self.site, self.since) = (table, site, since)
    }
}

/// A page of changesets.
package struct ChangePage: Sendable {
    package var changes: [ChangesetReport] = []
    package var hasMore = false
    /// The last changeset that was looked at, where the time was over before the page was full.
    package var pausedAt: (feed: FeedID, seq: UInt64)?
    package var lookedAt = 0

    package init() {}
}

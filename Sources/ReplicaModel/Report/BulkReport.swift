/// The outcome of settling many reports at once, or of trying to.
public struct BulkReport: Sendable {
    /// A report that stays open.
    public struct Left: Sendable {
        /// The report.
        public let report: ConflictReport
        /// The sentence that says why it stays.
        public let reason: String
    }

    /// The reports that are settled.
    public private(set) var settled = 0
    /// Those of them whose settling changes what a table shows; the others only say that it stays.
    package private(set) var changed = 0
    /// The reports that stay open, in the order in which they are listed.
    public private(set) var left: [Left] = []
    /// The feed and seq of the changeset that settles them; nil where nothing was written.
    public package(set) var changeset: (feed: FeedID, seq: UInt64)?

    package init() {}

    package mutating func settle(isChange: Bool) {
        settled += 1
        if isChange { changed += 1 }
    }

    package mutating func leave(_ report: ConflictReport, _ reason: String) {
        left.append(Left(report: report, reason: reason))
    }
}

/// The findings of `verify`, and how much it looked at.
public struct VerifyReport: Sendable {
    /// A thing that is not as it was written or signed, or that does not follow from the log.
    public struct Finding: Hashable, Sendable {
        /// `chain`, `hash`, `signature`, `gap` or `body`; of a deep look `file`, `table`, `misfits`,
        /// `own-columns`, `index` or `conflict`.
        public let kind: String
        /// The feed of the changeset; nil for what is not of one changeset.
        public let feed: FeedID?
        /// The changeset's number in that feed, from 1; nil where `feed` is.
        public let seq: UInt64?
        /// The sentence for people.
        public let message: String

        package init(kind: String, feed: FeedID?, seq: UInt64?, message: String) {
            self.kind = kind
            self.feed = feed
            self.seq = seq
            self.message = message
        }
    }

    /// Changesets looked at: all that this replica says that it holds.
    public let changesets: Int
    /// Changesets whose authorship was looked at, by their own signature or by a later one of their feed: all that were
    /// looked at.
    public let signatures: Int
    /// The findings; empty if all is well.
    public let findings: [Finding]

    package init(changesets: Int, signatures: Int, findings: [Finding]) {
        self.changesets = changesets
        self.signatures = signatures
        self.findings = findings
    }
}

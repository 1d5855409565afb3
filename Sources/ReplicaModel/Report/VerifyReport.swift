/// The findings of `verify`, and how much it looked at.
public struct VerifyReport: Sendable {
    public struct Finding: Hashable, Sendable {
        /// `chain`, `hash`, `signature`, `gap` or `body`; of a deep look `file`, `table`, `index` or `conflict`.
        public let kind: String
        /// Nil for what is not of one changeset.
        public let feed: FeedID?
        public let seq: UInt64?
        /// One sentence for people.
        public let message: String

        public init(kind: String, feed: FeedID?, seq: UInt64?, message: String) {
            self.kind = kind
            self.feed = feed
            self.seq = seq
            self.message = message
        }
    }

    public let changesets: Int
    /// Signatures checked.
    public let signatures: Int
    public let findings: [Finding]

    public init(changesets: Int, signatures: Int, findings: [Finding]) {
        self.changesets = changesets
        self.signatures = signatures
        self.findings = findings
    }
}

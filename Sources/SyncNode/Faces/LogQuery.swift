/// The choice of changesets that `log` lists.
public struct LogQuery: Sendable {
    /// The table that a changeset has to touch, by its exact name; nil for any. No changeset of scope `control` touches
    /// one.
    public var table: String?
    /// A name, or the beginning of a site id.
    public var site: String?
    /// Milliseconds since 1970.
    public var since: Int64?
    /// The scope of the changesets: `alliance` for the people's tables, `control` for roster and schema. There is no
    /// other.
    public var scope: String
    /// Whether the oldest come first, in the order in which this replica applied them; else the newest do.
    public var reverse: Bool
    /// Whether each report also has the whole context of its changeset: what the author had seen.
    public var context: Bool
    /// The most operations that each report has, the first of its changeset; nil for all.
    public var operationsMax: Int?

    /// Makes a choice. Without arguments it is of every changeset of scope `alliance`, newest first, without contexts.
    public init(
        table: String? = nil, site: String? = nil, since: Int64? = nil, scope: String = "alliance",
        reverse: Bool = false, context: Bool = false, operationsMax: Int? = nil
    ) {
        self.operationsMax = operationsMax
        self.table = table
        self.site = site
        self.since = since
        self.scope = scope
        self.reverse = reverse
        self.context = context
    }
}

/// The choice of changesets that `log` lists.
public struct LogQuery: Sendable {
    public var table: String?
    /// A name, or the beginning of a site id.
    public var site: String?
    /// Milliseconds since 1970.
    public var since: Int64?
    public var scope: String
    public var reverse: Bool
    public var context: Bool

    public init(
        table: String? = nil, site: String? = nil, since: Int64? = nil, scope: String = "alliance",
        reverse: Bool = false, context: Bool = false
    ) {
        self.table = table
        self.site = site
        self.since = since
        self.scope = scope
        self.reverse = reverse
        self.context = context
    }
}

/// How a person settles a report. Each is an ordinary write, which closes it wherever it arrives.
public enum Resolution: Hashable, Sendable {
    /// Write the column with what it shows.
    case takeShown(column: Identifier)
    /// Write the column with the candidate of this site.
    case takeSite(column: Identifier, site: SiteID)
    /// Write the column with the value of an SQL literal.
    case value(column: Identifier, literal: String)
    case keepRow
    case deleteRow
    /// Delete the row, and let what refers to it refer to another, which takes these columns from it.
    case mergeInto(key: [Value], taking: [Identifier])
}

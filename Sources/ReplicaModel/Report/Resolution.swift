/// How a person settles a report. Each is an ordinary write, which closes it wherever it arrives.
public enum Resolution: Hashable, Sendable {
    /// Write the column with what it shows.
    case takeShown(column: Identifier)
    /// Write the column with the candidate of this site, where it has one.
    case takeSite(column: Identifier, site: SiteID)
    /// Write the column with the candidate of this changeset: a site may have several.
    case takeWrite(column: Identifier, feed: FeedID, seq: UInt64)
    /// Write the column with the value of an SQL literal.
    case value(column: Identifier, literal: String)
    /// Keep the row against the deletes that are reported of it; one that is only kept is written anew.
    case keepRow
    /// Delete the row, with all that was written into it.
    case deleteRow
    /// Delete the row, and let what refers to it refer to another, which takes these columns from it; and where it is
    /// to fill its gaps, each column in which it has NULL.
    case mergeInto(key: [Value], taking: [Identifier], fillsGaps: Bool = false)
}

/// How a person settles many reports at once.
public enum BulkResolution: Hashable, Sendable {
    /// Confirm what is shown: each column with the value that it shows, each row that is there as one that stays.
    case takeShown
    /// Write each column with the candidate of this site, where it has one.
    case takeSite(SiteID)
    /// Merge rows that are equal in a UNIQUE into the one that was entered first, where no column of them differs but
    /// for what one of them lacks.
    case mergeDuplicates
}

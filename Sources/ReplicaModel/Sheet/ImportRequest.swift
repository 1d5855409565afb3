/// The choices with which a spreadsheet is imported into a table.
public struct ImportRequest: Sendable {
    /// The table.
    public var table: String
    /// The columns by which a row is recognised as one that is there; empty for the key, or what stands for it.
    public var key: [String] = []
    /// Columns of the table by headers of the file. A header is given as it stands, or as `#3` for the third column of
    /// the file; an empty column leaves the header out.
    public var map: [(header: String, column: String)] = []
    /// The line of the file that is the header; nil to find it.
    public var headerLine: Int?
    /// Names that the table's own columns have in other languages, by the columns' names: no two have one.
    package var names: [String: [String]] = [:]
    /// Words that stand for columns in headers, by the columns' names.
    public var words: [String: [String]] = [:]
    /// Whether nothing is written where any line is refused.
    public var isStrict = false
    /// Whether nothing is written at all.
    public var isDryRun = false
    /// Whether each row that is written is told as a dry run tells it.
    package var tellsChanges = false
    /// Whether a row that is shorter than the header lacks cells. In a workbook it does not.
    public var hasWholeRows = true
    /// Whether a comma stands before the decimals of a number, as where a semicolon divides cells.
    public var hasDecimalCommas = false
    /// Whether the numbers of days are counted from 1904 on, as in some workbooks.
    public var hasDaysFrom1904 = false

    /// Makes a request for a table, with the usual choices.
    public init(table: String) { self.table = table }
}

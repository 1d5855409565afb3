/// A cell of a spreadsheet, as its file has it.
public enum SheetCell: Hashable, Sendable {
    /// A cell without a value.
    case empty
    /// The UTF-8 of a text.
    case text([UInt8])
    /// A number in digits, with a point.
    case number(String)
    /// A date or a time of ISO 8601.
    case date(String)
    /// True or false.
    case flag(Bool)
    /// The bytes of a cell that is no value, with a sentence that says why; nil for an error such as `#N/A`.
    case wrong([UInt8], reason: String?)

    /// Makes a text of the string's UTF-8.
    public static func text(_ text: String) -> SheetCell { .text(Array(text.utf8)) }

    /// The cell as it stands in a text file; empty for one without a value.
    public var bytes: [UInt8] {
        switch self {
        case .empty: []
        case .text(let bytes), .wrong(let bytes, _): bytes
        case .number(let text), .date(let text): Array(text.utf8)
        case .flag(let flag): Array((flag ? "TRUE" : "FALSE").utf8)
        }
    }
}

/// A row of a spreadsheet.
public struct SheetRow: Hashable, Sendable {
    /// The line of the file on which the row begins; the first is 1.
    public let line: Int
    /// The cells, from the first to the last that the file has.
    public let cells: [SheetCell]

    /// Makes a row of cells.
    public init(line: Int, cells: [SheetCell]) {
        self.line = line
        self.cells = cells
    }
}

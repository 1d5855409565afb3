/// Cell of a table in a file of another program.
package enum Cell: Hashable, Sendable {
    case empty
    /// The UTF-8 of a text.
    case text([UInt8])
    /// A number as a workbook writes it, with a point: `45334`, `22.54554`, `1.5E-3`.
    case number(String)
    /// A day as `2024-02-12`, a moment of no zone as `2024-02-12T08:30:00`, a time of day as `08:30:00`, or one that
    /// goes on beyond a day as `36:00:00`.
    case date(String)
    case flag(Bool)
    /// The bytes of a cell that is no value, with a sentence that says why; nil for an error such as `#N/A`.
    case wrong([UInt8], reason: String?)

    /// An error as programs write it for a formula that came to no value.
    package static func error(_ code: String) -> Cell { .wrong(Array(code.utf8), reason: nil) }

    /// A cell of which nothing can be shown.
    static func wrong(_ reason: String) -> Cell { .wrong([], reason: reason) }

    package static func text(_ text: String) -> Cell { .text(Array(text.utf8)) }
}

/// Row of a table, from its first cell to the last that the file has.
package struct Row: Hashable, Sendable {
    /// The line of the file on which the row begins, or the row of a workbook's sheet; the first is 1.
    package let line: Int
    package let cells: [Cell]

    package init(line: Int, cells: [Cell]) {
        self.line = line
        self.cells = cells
    }

    package var isEmpty: Bool { cells.allSatisfy { $0 == .empty } }
}

import ReplicaModel
import Synchronization

/// The rows of statements: an object each for programs, values with bars between them in a file or a pipe, and a table
/// on a terminal.
final class SQLRows: Sendable {
    private let isJSON: Bool
    private let isTable: Bool
    private let waiting = Mutex(Waiting())

    /// Rows that have not been shown, by whose width the columns of all are set.
    private struct Waiting {
        var names: [String] = []
        var rows: [[Line]] = []
        var widths: [Int]?
    }

    /// A longer result goes on with the widths of its first rows: nothing waits for the last.
    private static let rowsMax = 200
    /// A cell that is wider pushes what is to its right.
    private static let widthMax = 60

    init(isJSON: Bool) {
        self.isJSON = isJSON
        isTable = !isJSON && Output.isTerminal
    }

    func add(_ names: [String], _ values: [Value]) {
        if isJSON { return Output.json(SQL.object(names, values)) }
        guard isTable else { return Output.line(Line(values.map(\.shown).joined(separator: "|"))) }
        waiting.withLock { waiting in
            if waiting.names != names {
                Self.show(&waiting)
                waiting = Waiting(names: names, rows: [names.map { Output.bold(Line($0)) }])
            }
            waiting.rows.append(values.map { Line($0.shown) })
            if waiting.rows.count > Self.rowsMax || waiting.widths != nil { Self.show(&waiting) }
        }
    }

    /// Shows what waits.
    func finish() { waiting.withLock { Self.show(&$0) } }

    private static func show(_ waiting: inout Waiting) {
        guard !waiting.rows.isEmpty else { return }
        let widths =
            waiting.widths
            ?? waiting.names.indices.map { column in
                min(waiting.rows.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0, widthMax)
            }
        for row in waiting.rows { Output.line(TextTable.line(row, widths)) }
        (waiting.rows, waiting.widths) = ([], widths)
    }
}

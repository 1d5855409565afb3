import Foundation

/// The outcome of all runs.
struct Report: Codable {
    struct Line: Codable {
        let name: Figure
        let measure: String
        let unit: Reading.Unit
        let median, min, max: Double
        /// The median of what was measured before it was divided.
        let amount: Double
        let amountUnit: Reading.AmountUnit

        /// Sums up one reading of each run, of which `reading` is one.
        init(_ reading: Reading, all: [Reading]) {
            (name, measure) = (reading.figure, reading.measure)
            (unit, amountUnit) = (reading.unit, reading.amountUnit)
            let values = all.map(\.value)
            median = rounded(values.median)
            (min, max) = (rounded(values.min() ?? 0), rounded(values.max() ?? 0))
            amount = rounded(all.map(\.amount).median)
        }
    }

    let rows: Int
    let runs: Int
    /// The cache of plain SQLite in KiB.
    let cache: Int
    /// The hash over the receiving node's rows in the order of their keys.
    let hash: String
    /// How many rows that node holds.
    let rowsHeld: Int
    let figures: [Line]

    /// Fails if the runs came to different rows.
    init(_ outcomes: [Outcome], rows: Int, cache: Int) throws {
        let content = outcomes.first?.content ?? ""
        for outcome in outcomes where outcome.content != content {
            throw Failure.differ("a later run", found: outcome.content, expected: content)
        }
        let parts = content.split(separator: " ")
        guard parts.count == 2, let held = Int(parts[0]) else { throw Failure.unreadable("plain hash", said: content) }
        (self.rows, self.cache, runs) = (rows, cache, outcomes.count)
        (hash, rowsHeld) = (String(parts[1]), held)
        let readings = outcomes.first?.readings ?? []
        figures = Figure.allCases.flatMap { figure in readings.filter { $0.figure == figure } }.map { reading in
            Line(reading, all: outcomes.flatMap(\.readings).filter(reading.isOfSame))
        }
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// The report for people: a line a measure, and the hash.
    var table: String {
        var cells = [["figure", "measure", "median", "min", "max", "unit", "measured"]]
        for line in figures {
            let numbers = [line.median, line.min, line.max].map(line.shown)
            cells.append([line.name.rawValue, line.measure] + numbers + [line.unit.rawValue, line.measured])
        }
        let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let lines = cells.map { row in
            row.enumerated().map { column, text in
                let room = String(repeating: " ", count: widths[column] - text.count)
                return (2...4).contains(column) || column == 6 ? room + text : text + room
            }.joined(separator: "  ")
        }
        let settings = "rows inserted: \(rows); held at the end: \(rowsHeld); runs: \(runs); cache: \(cache) KiB"
        return (lines + ["\(settings); hash: \(hash)"]).joined(separator: "\n")
    }
}

extension Reading {
    /// Whether both are the same measure of the same figure.
    fileprivate func isOfSame(_ other: Reading) -> Bool { figure == other.figure && measure == other.measure }
}

extension Report.Line {
    fileprivate func shown(_ value: Double) -> String { String(format: unit == .ratio ? "%.2f" : "%.0f", value) }

    fileprivate var measured: String {
        switch amountUnit {
        case .seconds:
            amount < 0.001 ? String(format: "%.1f µs", amount * 1e6) : String(format: "%.1f ms", amount * 1000)
        case .bytes: amount < 100_000 ? String(format: "%.0f B", amount) : String(format: "%.1f MB", amount / 1e6)
        }
    }
}

private func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

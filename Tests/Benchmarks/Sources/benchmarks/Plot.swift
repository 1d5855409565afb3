import Foundation

/// A drawing of several reports in the order in which they are given: one panel for each measure that is a ratio, with
/// the median of each report, and a bar from the least to the greatest.
struct Plot {
    private let names: [String]
    private let reports: [Report]

    private static let columns = 4
    private static let (width, height) = (240.0, 140.0)
    /// The margins of a panel: above for the title, below for numbers, beside for the scale.
    private static let (top, bottom, side) = (26.0, 18.0, 34.0)

    /// Reads what `--json` printed.
    init(files: [String]) throws {
        names = files.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
        reports = try files.map { file in
            do {
                return try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
            } catch {
                throw Failure.noReport(file)
            }
        }
    }

    /// The panels as one SVG.
    var svg: String {
        let series = allSeries
        let rows = (series.count + Self.columns - 1) / Self.columns
        let legend = names.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ", ")
        let (width, height) = (Self.width * Double(Self.columns), Self.height * Double(rows) + 24)
        let panels = series.enumerated().map { index, one in
            let (x, y) = (Double(index % Self.columns) * Self.width, Double(index / Self.columns) * Self.height)
            return "<g transform=\"translate(\(Self.number(x)) \(Self.number(y)))\">\n\(panel(one))</g>\n"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
            font-family="sans-serif" font-size="10">
            <rect width="100%" height="100%" fill="white"/>
            \(panels.joined())<text x="8" y="\(Self.number(height - 8))">\(Self.escaped(legend))</text>
            </svg>
            """
    }

    /// The figures of a measure in all reports that have it: times plain SQLite.
    private struct Series {
        let title: String
        /// The lines by the place of their report.
        let lines: [(place: Int, line: Report.Line)]
    }

    private var allSeries: [Series] {
        Figure.allCases.flatMap { figure in
            var measures: [String] = []
            for line in reports.flatMap(\.figures) where line.name == figure && line.unit == .ratio {
                if !measures.contains(line.measure) { measures.append(line.measure) }
            }
            return measures.map { measure in
                let lines = reports.enumerated().compactMap { place, report in
                    report.figures.first { $0.name == figure && $0.measure == measure }.map { (place: place, line: $0) }
                }
                return Series(title: "\(figure.rawValue): \(measure)", lines: lines)
            }
        }
    }

    private func panel(_ series: Series) -> String {
        let greatest = max(series.lines.map(\.line.max).max() ?? 1, 1) * 1.1
        let room = Self.height - Self.top - Self.bottom
        let x = { (place: Int) in
            Self.side + (Double(place) + 0.5) * (Self.width - Self.side - 8) / Double(max(names.count, 1))
        }
        let y = { (value: Double) in Self.top + room * (1 - value / greatest) }
        var out =
            "<text x=\"\(Self.number(Self.side))\" y=\"14\" font-weight=\"bold\">\(Self.escaped(series.title))</text>\n"
        // Plain SQLite is one, and the greatest is told.
        for value in [0, 1, greatest / 1.1] where value == 0 || value == 1 || value > 1.2 {
            out += line(Self.side, y(value), Self.width - 8, y(value), "#ccc")
            out += "<text x=\"\(Self.number(Self.side - 4))\" y=\"\(Self.number(y(value) + 3))\" text-anchor=\"end\">"
            out += "\(String(format: "%.2g", value))</text>\n"
        }
        let points = series.lines.map { "\(Self.number(x($0.place))),\(Self.number(y($0.line.median)))" }
        out += "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"#268\"/>\n"
        for (place, measured) in series.lines {
            out += line(x(place), y(measured.min), x(place), y(measured.max), "#268")
            out += "<circle cx=\"\(Self.number(x(place)))\" cy=\"\(Self.number(y(measured.median)))\" r=\"2.5\" "
            out +=
                "fill=\"#268\"><title>\(Self.escaped(names[place])): \(Self.number(measured.median))</title></circle>\n"
            out += "<text x=\"\(Self.number(x(place)))\" y=\"\(Self.number(Self.height - 6))\" text-anchor=\"middle\">"
            out += "\(place + 1)</text>\n"
        }
        return out
    }

    private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String) -> String {
        let places = [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)].map { "\($0)=\"\(Self.number($1))\"" }
        return "<line \(places.joined(separator: " ")) stroke=\"\(color)\"/>\n"
    }

    private static func number(_ value: Double) -> String { String(format: "%.2f", value) }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}

import Foundation
import ReplicaModel

/// Numbers and days of records as a language writes them, where they are only read. Forms hold them as they are stored.
struct ReadText: Sendable {
    let language: Language

    /// A value as a page shows it; nil where it is shown as it is.
    func text(_ value: Value, _ column: ColumnDefinition, in table: TableDefinition) -> String? {
        switch value {
        case .integer(let integer):
            return isName(column, table) ? nil : grouped(String(integer))
        case .real(let real):
            let parts = "\(real)".split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard !isName(column, table), real.isFinite, parts.count == 2, !parts[1].contains("e") else { return nil }
            return grouped(parts[0]) + (language == .ru ? "," : ".") + parts[1]
        case .text(let bytes):
            guard Self.isDay(column, table) else { return nil }
            return day(String(decoding: bytes, as: UTF8.self))
        case .null, .blob: return nil
        }
    }

    /// Whether a check of the table permits days alone in a column.
    static func isDay(_ column: ColumnDefinition, _ table: TableDefinition) -> Bool {
        table.checks.contains { $0.name?.text.hasPrefix(column.name.text + "_is_a_day") ?? false }
    }

    /// Words in the names of columns whose numbers count nothing: they name something.
    private static let naming = ["year", "code", "number", "phone", "index", "id"]

    private func isName(_ column: ColumnDefinition, _ table: TableDefinition) -> Bool {
        let words = column.name.text.lowercased().split(separator: "_")
        return table.key.contains(column.name) || words.contains { word in Self.naming.contains { word == $0 } }
    }

    /// A whole number with its thousands apart, where it has five digits or more: four may be a year.
    private func grouped(_ text: String) -> String {
        let digits = text.drop { $0 == "-" }
        guard digits.count > 4 else { return text }
        var out = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { out += language == .ru ? "\u{A0}" : "," }
            out.append(digit)
        }
        return text.count > digits.count ? "−" + out : out
    }

    private func day(_ text: String) -> String? {
        guard ChangesPage.day(text) != nil else { return nil }
        let parts = text.split(separator: "-").map { Int($0) ?? 0 }
        return switch language {
        case .zh: "\(parts[0])年\(parts[1])月\(parts[2])日"
        case .ru: String(format: "%02d.%02d.%04d", parts[2], parts[1], parts[0])
        case .en: "\(parts[2]) \(Language.englishMonths[parts[1] - 1]) \(parts[0])"
        }
    }
}

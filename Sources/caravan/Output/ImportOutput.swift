import Foundation
import ReplicaModel
import SyncNode
import Synchronization
import Tabular

/// Tells what an import finds: line by line to people, and as one document to programs, whose lists wait in files
/// without a name until the counts that stand before them are known.
final class ImportOutput: Sendable {
    private let isJSON: Bool
    private let isDryRun: Bool
    private let lists: Mutex<Lists>

    private struct Lists {
        var refusals = JSONSpool()
        var lookalikes = JSONSpool()
        var changes = JSONSpool()
    }

    init(isJSON: Bool, isDryRun: Bool) {
        self.isJSON = isJSON
        self.isDryRun = isDryRun
        lists = Mutex(Lists())
    }

    func tell(_ event: ImportEvent) {
        if isJSON { lists.withLock { Self.note(event, in: &$0) } } else { show(event) }
    }

    private static func note(_ event: ImportEvent, in lists: inout Lists) {
        switch event {
        case .refused(let refused):
            lists.refusals.add(
                .object([
                    ("line", .integer(Int64(refused.line))), ("column", .optional(refused.column)),
                    ("value", refused.value.map { JSON($0) } ?? .null), ("reason", .string(refused.reason)),
                ]))
        case .alike(let line, let key, let reason):
            lists.lookalikes.add(
                .object([("line", .integer(Int64(line))), ("key", .values(key)), ("reason", .string(reason))]))
        case .change(let change):
            let cells = change.cells.map { cell in
                (cell.column, JSON.object([("old", JSON(cell.old)), ("new", JSON(cell.new))]))
            }
            lists.changes.add(
                .object([
                    ("line", .integer(Int64(change.line))), ("key", .values(change.key)),
                    ("op", .string(change.isInsert ? "insert" : "update")), ("cells", .object(cells)),
                ]))
        case .notice(let sentence):
            Output.error(.object([("notice", .string("import")), ("message", .string(sentence))]))
        }
    }

    private func show(_ event: ImportEvent) {
        switch event {
        case .refused(let refused):
            let place: Line = refused.column.map { "line \(refused.line), \($0)" } ?? "line \(refused.line)"
            let value: Line =
                switch refused.value?.bytes {
                case let bytes? where !bytes.isEmpty: " “\(String(decoding: bytes, as: UTF8.self).prefix(120))”"
                default: ""
                }
            Output.line("\(place): refused\(value): \(Speech.said(refused.reason))")
        case .alike(let line, let key, let reason):
            Output.line("line \(line): new, and looks like \(key.keyText), which \(Speech.said(reason))")
        case .change(let change):
            let cells = change.cells.map { cell -> Line in
                change.isInsert
                    ? "\(cell.column) \(cell.new.shown(atMost: 60))"
                    : "\(cell.column): \(cell.old.shown(atMost: 60)) -> \(cell.new.shown(atMost: 60))"
            }
            let row: Line = change.key.isEmpty ? "" : " \(change.key.keyText)"
            let kind: Line = change.isInsert ? "new" : "changed"
            Output.line("line \(change.line): \(kind)\(row)  \(cells.joined(separator: "; "))")
        case .notice(let sentence): Output.error("caravan: \(Speech.said(sentence))")
        }
    }

    /// Tells the counts, and where it is for programs all that was noted.
    func finish(_ report: ImportReport, of path: String, table: String, _ file: TableFile) throws {
        guard isJSON else { return summary(report, path) }
        let changeset = report.changeset.map { JSON.string("\($0.feed):\($0.seq)") } ?? .null
        let head = JSON.object([
            ("table", .string(table)), ("file", .string(path)), ("encoding", .optional(file.encoding)),
            ("delimiter", .optional(file.delimiter?.text)), ("rows", .integer(Int64(report.rows))),
            ("inserted", .integer(Int64(report.inserted))), ("changed", .integer(Int64(report.changed))),
            ("unchanged", .integer(Int64(report.unchanged))), ("refused", .integer(Int64(report.refused))),
            ("changeset", changeset),
        ]).text
        try lists.withLock { lists in
            Output.part(head.dropLast() + ",\"refusals\":[")
            try lists.refusals.forEachBlock { Output.part($0) }
            Output.part("],\"lookalikes\":[")
            try lists.lookalikes.forEachBlock { Output.part($0) }
            if isDryRun {
                Output.part("],\"changes\":[")
                if !report.isHeldBack { try lists.changes.forEachBlock { Output.part($0) } }
            }
            Output.part("]}\n")
        }
    }

    private func summary(_ report: ImportReport, _ path: String) {
        let counts: Line =
            """
            \(report.inserted) new, \(report.changed) changed, \(report.unchanged) as they are here, \
            \(report.refused) refused
            """
        Output.line("\(path): \(report.rows) rows; \(counts)")
        if isDryRun, report.isHeldBack {
            Output.line("nothing would be written, for some lines are refused, and --strict wants all or none")
        } else if isDryRun {
            Output.line("nothing is written: this is a dry run")
        } else if report.isTakenBack {
            Output.line("nothing is written, for some lines are refused, and --strict wants all or none")
        } else if let changeset = report.changeset {
            Output.line("written as changeset \(changeset.feed.description):\(changeset.seq)")
        }
    }
}

extension JSON {
    /// A cell of a spreadsheet, as its file has it.
    init(_ cell: SheetCell) {
        switch cell {
        case .empty: self = .null
        case .flag(let flag): self = .bool(flag)
        case .text(let bytes): self.init(Value.text(bytes))
        case .wrong(let bytes, _): if bytes.isEmpty { self = .null } else { self.init(Value.text(bytes)) }
        case .number(let text), .date(let text): self = .string(text)
        }
    }
}

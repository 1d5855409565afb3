import ReplicaModel
import SyncNode

/// The lines that tell people what was taken back.
enum UndoText {
    /// The most rows that are shown: more are counted only, and `--json` has all.
    private static let rowsMax = 20

    static func lines(_ report: UndoReport, isDry: Bool, _ names: SiteNames) -> [Line] {
        var out: [Line] = []
        out += part(report.restored, "\(report.restored.count) rows taken back", restored)
        out += part(report.kept, "\(report.kept.count) rows stay, for they were written over since") { kept in
            let by = kept.by.map { names.name(of: $0.site) + " " + Line(Times.local($0.stamp.milliseconds)) }
            let what: Line = kept.columns.isEmpty ? "the row" : columns(kept.columns)
            return "  \(name(kept.row))  \(what): \(by.joined(separator: ", "))"
        }
        out += part(report.failed, "\(report.failed.count) rows cannot be put back") { failed in
            "  \(name(failed.row))  " + Output.warning("\(Speech.said(failed.reason))")
        }
        if out.isEmpty { return ["nothing is to be taken back"] }
        if isDry { return out + ["nothing was written: this was --dry-run"] }
        if let made = report.changeset {
            out.append("written as \(names.name(of: made.feed.site)):\(made.seq), which can be taken back itself")
        }
        return out
    }

    private static func part<Row>(_ rows: [Row], _ what: Line, _ line: (Row) -> Line) -> [Line] {
        guard !rows.isEmpty else { return [] }
        var out = [Output.bold(what)]
        out += rows.prefix(rowsMax).map(line)
        if rows.count > rowsMax { out.append("  … and \(rows.count - rowsMax) rows more") }
        return out
    }

    private static func restored(_ restored: UndoReport.Restored) -> Line {
        let row: Line = "  \(name(restored.row))"
        return switch restored.change {
        case .removed: "\(row)  goes"
        case .broughtBack: "\(row)  comes back"
        case .changed: "\(row)  \(columns(restored.columns))"
        case .kept: "\(row)  stays"
        }
    }

    private static func name(_ row: RowName) -> Line { "\(row.table) \(row.key.keyText)" }

    private static func columns(_ names: [Identifier]) -> Line { names.map { "\($0)" as Line }.joined(separator: ", ") }
}

import ReplicaModel
import SyncNode

/// Tells people of a conflict: every value, who wrote it, and when.
enum ConflictText {
    static func lines(_ report: ConflictReport, _ names: SiteNames) -> [Line] {
        let row: Line = "\(report.table) \(report.key.keyText)"
        switch report.kind {
        case .cell(let column, _, let candidates):
            let (shown, kept): (Line, Line) = ("shown", "kept")
            return [Output.bold("\(row)  \(column)")]
                + some(Array(candidates.enumerated())) { index, candidate in
                    let label = TextTable.line([index == 0 ? shown : kept, ""], [max(shown.width, kept.width), 0])
                    return "  \(label)\(value(of: candidate))  (\(author(candidate.write, names)))"
                }
        case .deletedEdited(let deletes):
            return [Output.bold(row) + "  was deleted and edited apart; it stays"]
                + some(deletes) { "  deleted by \(author($0, names))" }
        case .kept(let referrers):
            return [Output.bold(row) + "  is deleted, and stays while others refer to it"]
                + some(referrers) { "  referred to by \($0.table) \($0.key.keyText)" }
        case .invalid("quarantined"):
            return [Output.bold(row) + "  shows what does not count, for its author had no right to write it any more"]
        case .invalid(let constraint): return [Output.bold(row) + "  fails the check \(constraint)"]
        case .duplicate(let index, let keys):
            return [Output.bold("\(report.table)  \(index)") + "  \(keys.count) rows are equal in a UNIQUE"]
                + some(keys) { "  \($0.keyText)" }
        }
    }

    private static func value(of candidate: ConflictReport.Candidate) -> String {
        let text = candidate.value.shown(atMost: valueMax + 1)
        return text.count > valueMax || candidate.isCut ? text.prefix(valueMax) + "…" : text
    }

    /// The characters of a value that are told to people; JSON has all.
    private static let valueMax = 200

    /// The sides of one conflict that are told to people; JSON has all.
    private static let sidesMax = 10

    private static func some<Side>(_ sides: [Side], _ line: (Side) -> Line) -> [Line] {
        let left = sides.count - sidesMax
        return sides.prefix(sidesMax).map(line) + (left > 0 ? ["  … and \(left) more"] : [])
    }

    /// A command that settles it as it stands; a person may say otherwise by `--help`.
    static func advice(_ report: ConflictReport, _ command: CommandText) -> [Line] {
        let row = [report.table.text, report.key.argument]
        let settling: Line
        switch report.kind {
        case .cell(let column, _, _): settling = command.line("resolve", row + [column.text], ["--take", "shown"])
        case .deletedEdited, .kept: settling = command.line("resolve", row, ["--keep-row"])
        case .duplicate(_, let keys):
            guard let last = keys.last, keys.count > 1 else { return [] }
            settling = command.line(
                "resolve", [report.table.text, last.argument], ["--merge-into", report.key.argument])
        case .invalid: return ["  look at it: \(command.line("show", row))"]
        }
        return ["  settle it: \(settling)"]
    }

    private static func author(_ write: WriteReport, _ names: SiteNames) -> Line {
        "\(names.name(of: write.site)), \(Times.local(write.stamp.milliseconds))"
    }
}

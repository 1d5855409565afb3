import ArgumentParser
import ReplicaModel

/// The options of `resolve` that settle many reports at once.
struct BulkOptions: ParsableArguments {
    @Flag(help: "Settle all that is listed, in one changeset, with --take or --merge.")
    var all = false

    @Option(help: "With --all: only this table.")
    var table: String?

    @Option(help: "With --all: only of this kind: cell, deleted-edited, kept, duplicate, or invalid.")
    var kind: Conflicts.Kind?

    @Flag(help: "With --all: merge rows that are equal in a UNIQUE and differ in nothing else.")
    var merge = false

    @Flag(help: "With --all: write nothing; show what would be.")
    var dryRun = false

    /// Whether one is given that means nothing without --all.
    var isGiven: Bool { table != nil || kind != nil || merge || dryRun }
}

/// The lines that tell people what was settled at once.
enum BulkText {
    /// The most reports that are shown: more are counted only, and `--json` has all.
    private static let reportsMax = 20

    static func lines(_ report: BulkReport, isDry: Bool) -> [Line] {
        var out: [Line] = ["\(report.settled) settled"]
        if !report.left.isEmpty {
            out[0] = "\(report.settled) settled, \(report.left.count) left"
            out += report.left.prefix(reportsMax).map { left in
                "  \(left.report.table) \(left.report.key.keyText)  \(left.report.kindName): \(Speech.said(left.reason))"
            }
            if report.left.count > reportsMax { out.append("  … and \(report.left.count - reportsMax) more") }
        }
        if isDry { out.append("nothing was written: this was --dry-run") }
        return out
    }
}

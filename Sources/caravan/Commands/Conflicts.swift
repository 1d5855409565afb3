import ArgumentParser
import ReplicaModel
import SyncNode

struct Conflicts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What people should look at.",
        discussion: """
            cell: two people wrote different values apart; the first is shown, the others are kept until somebody writes the cell anew.
            deleted-edited: a row was deleted by somebody who had not seen an edit that keeps it.
            kept: a deleted row that stays while a row that its deleter had not seen refers to it; it goes with the last reference.
            invalid: a row that changes made apart turned into one that fails a CHECK; it stays until it is changed.
            duplicate: rows, entered apart, that are equal in a UNIQUE; all stay until they differ.

            EXAMPLE
              caravan conflicts --table institution --check
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(help: "Only of this table.")
    var table: String?

    @Option(help: "Only of this kind: cell, deleted-edited, kept, duplicate, or invalid.")
    var kind: Kind?

    @Flag(help: "End with status 1 if there is one.")
    var check = false

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case cell
        case deletedEdited = "deleted-edited"
        case kept, duplicate, invalid
    }

    func run() async throws {
        let opened = try await node.open()
        let conflicts = try await opened.conflicts(table: table, kind: kind?.rawValue)
        if report.json {
            for conflict in conflicts { Output.line(JSON(conflict).text) }
        } else if conflicts.isEmpty {
            Output.line("no conflicts")
        } else {
            let members = try await opened.members()
            let names = Dictionary(members.map { ($0.site, $0.name.plain) }, uniquingKeysWith: { first, _ in first })
            for conflict in conflicts { ConflictText.lines(conflict, names).forEach(Output.line) }
        }
        if check, !conflicts.isEmpty { throw ExitCode(1) }
    }
}

/// A conflict for people: every value, who wrote it, and when.
enum ConflictText {
    static func lines(_ report: ConflictReport, _ names: [SiteID: String]) -> [String] {
        let row = "\(report.table.plain) \(report.key.keyText)"
        switch report.kind {
        case .cell(let column, _, let candidates):
            return [Output.bold("\(row)  \(column.plain)")]
                + candidates.enumerated().map { index, candidate in
                    "  \(index == 0 ? "shown" : "kept ")  \(candidate.value.shown)  (\(author(candidate.write, names)))"
                }
        case .deletedEdited(let deletes):
            return [Output.bold(row) + "  was deleted and edited apart; it stays"] + deletes.map { "  deleted by \(author($0, names))" }
        case .kept(let referrers):
            return [Output.bold(row) + "  is deleted, and stays while others refer to it"]
                + referrers.map { "  referred to by \($0.table.plain) \($0.key.keyText)" }
        case .invalid(let constraint): return [Output.bold(row) + "  fails the check \(constraint.plain)"]
        case .duplicate(let index, let keys):
            return [Output.bold("\(report.table.plain)  \(index.plain)") + "  \(keys.count) rows are equal in a UNIQUE"]
                + keys.map { "  \($0.keyText)" }
        }
    }

    private static func author(_ write: WriteReport, _ names: [SiteID: String]) -> String {
        "\(names[write.site] ?? write.site.short), \(Times.local(write.stamp.milliseconds))"
    }
}

import ArgumentParser
import ReplicaModel
import SyncNode

struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List changesets, newest first.",
        discussion: """
            In the order in which this replica applied them. What is pending is sealed first.

            EXAMPLE
              caravan log --table institution --since 7d
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(help: "Only what touches this table.")
    var table: String?

    @Option(help: "Only this author: a name, or the beginning of a site id.")
    var site: String?

    @Option(help: "Only what was written since: RFC 3339, YYYY-MM-DD, or 7d.")
    var since: String?

    @Option(help: "Which scope: alliance, or control for roster and schema.")
    var scope = "alliance"

    @Flag(help: "Oldest first.")
    var reverse = false

    @Flag(help: "With --json: what each author had seen.")
    var context = false

    func run() async throws {
        let instant = try since.map { text throws(NodeError) -> Int64 in
            guard let instant = Times.instant(text, now: Times.now) else {
                throw NodeError(
                    kind: .usage, message: "\(text) is no time: write 2026-05-12T08:00:00Z, 2026-05-12 or 7d")
            }
            return instant
        }
        let query = LogQuery(
            table: table, site: site, since: instant, scope: scope, reverse: reverse, context: context,
            operationsMax: report.json ? nil : LogText.operationsMax)
        let isJSON = report.json
        let opened = try await node.open()
        let names = SiteNames(try await opened.reports.members())
        try await opened.reports.eachChangeset(query) { changeset in
            if isJSON { Output.json(JSON(changeset)) } else { LogText.lines(changeset, names).forEach(Output.line) }
            return Output.hasReader
        }
    }
}

/// A changeset for people.
enum LogText {
    /// The most rows that are shown of a changeset: more would bury the next one.
    static let operationsMax = 8

    static func lines(_ report: ChangesetReport, _ names: SiteNames) -> [Line] {
        let name = names.name(of: report.feed.site)
        var out = [
            Output.bold("\(name) \(report.seq)")
                + "  \(Times.local(report.stamp.milliseconds))  \(report.hash.hex.prefix(12))"
        ]
        switch report.standing {
        case .counts: break
        case .void(let reason): out.append("  " + Output.warning("void: \(Speech.said(reason))"))
        case .quarantined(let reason): out.append("  " + Output.warning("quarantined: \(Speech.said(reason))"))
        }
        let operations = report.operations ?? []
        out += operations.prefix(operationsMax).map { "  " + text($0) }
        let left = report.operationCount - operationsMax
        if left > 0 { out.append("  … and \(left) rows more") }
        out += (report.control ?? []).map { "  " + text($0, names) }
        return out
    }

    private static func text(_ operation: RowOperation) -> Line {
        let row: Line = "\(operation.table) \(operation.key.keyText)"
        return switch operation.action {
        case .insert(let values): "insert \(row)  \(FieldText.line(values.filter { !$0.value.isNull }))"
        case .update(let values): values.isEmpty ? "keep \(row)" : "update \(row)  \(FieldText.line(values))"
        case .delete: "delete \(row)"
        }
    }

    static func text(_ operation: ControlOperation, _ names: SiteNames = SiteNames([])) -> Line {
        switch operation {
        case .found(let name, _): "founded by \(name)"
        case .admit(let admission): "admits \(admission.name) as \(admission.role.rawValue)"
        case .cut(let cut):
            cut.role.map { "gives \(names.name(of: cut.site)) the lesser role \($0.rawValue)" }
                ?? "retires \(names.name(of: cut.site))"
        case .release(let release): "lets what \(names.name(of: release.site)) wrote count again"
        case .createTable(let table): "creates table \(table.name)"
        case .createIndex(let index): "creates index \(index.name) on \(index.table)"
        case .addColumn(let added): "adds column \(added.column.name) to \(added.table)"
        case .retire(let table, let column): "retires column \(column) of \(table)"
        }
    }
}

/// Fields of a record for people.
enum FieldText {
    static func line(_ values: [Identifier: Value]) -> Line {
        values.sorted { $0.key < $1.key }.map { name, value -> Line in "\(name)=\(value.shown.prefix(60))" }.joined(
            separator: " ")
    }
}

import ArgumentParser
import ReplicaModel
import SyncNode

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a record, with who wrote each field and when.",
        discussion: """
            With what it refers to and what refers to it. What is pending is sealed first. A KEY is the bare value, or \
            a JSON array for a composite key; words behind `--` may begin with a dash.

            EXAMPLE
              caravan show institution tnu
              caravan show -- reading -5
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The table.")
    var table: String

    @Argument(help: "The row's key.")
    var key: String

    func run() async throws {
        let opened = try await node.open()
        let record = try await opened.records.record(table: table, keyText: key)
        let links = try await RecordLinks(of: record, on: opened)
        if report.json { return Output.json(JSON(record, links)) }
        let members = try await opened.reports.members()
        let names = SiteNames(members)
        var lines = TextTable([Output.bold("\(record.table)"), Output.bold("\(record.key.keyText)"), "", ""])
        for (name, value) in record.values.sorted(by: { $0.key < $1.key }) {
            let write = record.writers[name]
            lines.add([
                "\(name)", "\(value.shown(atMost: 60))", write.map { names.name(of: $0.site) } ?? "default",
                write.map { "\(Times.local($0.stamp.milliseconds))" } ?? "",
            ])
        }
        lines.lines.forEach(Output.line)
        links.lines.forEach(Output.line)
        for conflict in record.reports {
            ConflictText.lines(conflict, names).forEach(Output.line)
            ConflictText.advice(conflict, node.command).forEach(Output.line)
        }
    }
}

struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Every version of a record: who, when, which fields, and what was written apart.",
        discussion: """
            Oldest first, in the order in which this replica applied them. What is pending is sealed first.

            EXAMPLE
              caravan history project cotton
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The table.")
    var table: String

    @Argument(help: "The row's key.")
    var key: String

    func run() async throws {
        let opened = try await node.open()
        let versions = try await opened.records.history(table: table, keyText: key)
        let names = SiteNames(try await opened.reports.members())
        for version in versions {
            if report.json { Output.json(JSON(version)) } else { text(version, names).forEach(Output.line) }
        }
    }

    private func text(_ version: VersionReport, _ names: SiteNames) -> [Line] {
        let name = names.name(of: version.write.site)
        var out = [Output.bold("\(Times.local(version.write.stamp.milliseconds))  \(name) \(version.write.seq)")]
        switch version.action {
        case .insert(let values): out.append("  inserted  \(FieldText.line(values.filter { !$0.value.isNull }))")
        case .update(let values):
            out.append(values.isEmpty ? "  said that it stays" : "  changed   \(FieldText.line(values))")
        case .delete: out.append("  deleted")
        }
        switch version.standing {
        case .counts: break
        case .void(let reason): out.append("  " + Output.warning("void: \(Speech.said(reason))"))
        case .quarantined(let reason): out.append("  " + Output.warning("quarantined: \(Speech.said(reason))"))
        }
        if !version.concurrentWith.isEmpty {
            let others = version.concurrentWith.map { "\($0.site.short.prefix(9)) \($0.seq)" }.joined(separator: ", ")
            out.append("  had not seen \(others)")
        }
        return out
    }
}

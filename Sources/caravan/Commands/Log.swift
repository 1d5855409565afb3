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
            if isJSON { Output.json(changeset) } else { LogText.lines(changeset, names).forEach(Output.line) }
            return Output.hasReader
        }
    }
}

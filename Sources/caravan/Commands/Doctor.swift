import ArgumentParser
import SyncNode

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Everything that is wrong or soon will be, each with what to do.",
        discussion: """
            Ends with status 1 if there is something. Rows that came or went while triggers were off are counted by \
            table; values that were changed so only \
            `caravan verify --deep` finds, which folds the whole log.

            EXAMPLE
              caravan doctor --json
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    func run() async throws {
        let findings = try await node.open().reports.doctor()
        for finding in findings {
            if report.json {
                Output.json(JSON.object([("kind", .string(finding.kind)), ("message", .string(finding.message))]))
            } else {
                Output.line("\(finding.kind): \(Speech.said(finding.message))")
            }
        }
        if findings.isEmpty, !report.json { Output.line("nothing is wrong") }
        if !findings.isEmpty { throw ExitCode(1) }
    }
}

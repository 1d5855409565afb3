import ArgumentParser
import SyncNode

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the hash chains, signatures and chunks of the log.",
        discussion: """
            Ends with status 1 if something is wrong.

            EXAMPLE
              caravan verify --json
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    func run() async throws {
        let bar = ProgressBar()
        let found = try await node.open().verify(progress: { bar.show(done: $0, of: $1, "changesets checked") })
        bar.clear()
        if report.json {
            Output.line(JSON(found).text)
        } else {
            for finding in found.findings { Output.line("\(finding.feed) \(finding.seq)  \(finding.kind): \(finding.message)") }
            let result = found.findings.isEmpty ? "nothing is wrong" : "\(found.findings.count) findings"
            Output.line("\(found.changesets) changesets and \(found.signatures) signatures checked: \(result)")
        }
        if !found.findings.isEmpty { throw ExitCode(1) }
    }
}

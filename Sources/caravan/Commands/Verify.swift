import ArgumentParser
import ReplicaModel
import SyncNode

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the hash chains, signatures and chunks of the log.",
        discussion: """
            With --deep the whole log is folded again into a replica of its own, and every table, who wrote what in \
            it, and every conflict is compared with it. Ends with \
            status 1 if something is wrong.

            EXAMPLE
              caravan verify --json
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Flag(help: "Also fold the log again and compare every table and every conflict.")
    var deep = false

    func run() async throws {
        let bar = ProgressBar()
        let found = try await node.open().reports.verify(
            isDeep: deep, progress: { bar.show(done: $0, of: $1, "changesets checked") })
        bar.clear()
        if report.json {
            Output.json(JSON(found))
        } else {
            for finding in found.findings {
                Output.line("\(place(finding))\(Speech.word(finding.kind)): \(Speech.said(finding.message))")
            }
            let result: Line = found.findings.isEmpty ? "nothing is wrong" : "\(found.findings.count) findings"
            Output.line("\(found.changesets) changesets and \(found.signatures) signatures checked: \(result)")
        }
        if !found.findings.isEmpty { throw ExitCode(1) }
    }

    private func place(_ finding: VerifyReport.Finding) -> Line {
        guard let feed = finding.feed, let seq = finding.seq else { return "" }
        return "\(feed) \(seq)  "
    }
}

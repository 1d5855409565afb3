import ArgumentParser
import SyncNode

struct Sync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One exchange with each peer, then end.",
        discussion: """
            A PEER is a peer's name, the beginning of its site id, or HOST:PORT. With none, every peer is dialled. The exit status is 3 if one of \
            them could not be reached or refused; what was exchanged with the others stays.

            EXAMPLE
              caravan sync urumqi
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "Whom to sync with.")
    var peer: [String] = []

    func run() async throws {
        let bar = ProgressBar()
        let outcomes = try await node.open().sync(peers: peer, progress: { bar.show($0) })
        bar.clear()
        for outcome in outcomes {
            if report.json {
                Output.line(JSON(outcome).text)
            } else if let error = outcome.error {
                Output.error("caravan: \(error.message)")
            } else {
                Output.line("\(outcome.peer): in sync; sent \(outcome.sent), received \(outcome.received) changesets")
            }
        }
        if let error = outcomes.compactMap(\.error).first { throw ExitCode(ErrorReport.status(of: error.kind)) }
    }
}

import ArgumentParser
import SyncNode

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the node: listen, and keep peers in sync.",
        discussion: """
            The first line on standard output is `listening on HOST:PORT`. Ends on SIGTERM or SIGINT within 5 seconds.

            EXAMPLE
              caravan serve --listen 0.0.0.0:7410
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(help: ArgumentHelp("Where to listen; port 0 for any. config.yaml's, else 127.0.0.1:7410, unless given.", valueName: "host:port"))
    var listen: String?

    func run() async throws {
        try await node.open().serve(listen: listen) { address in
            Output.line("listening on \(address)")
            // A service whose address nobody reads serves all the same.
            try? Output.flush()
        }
    }
}

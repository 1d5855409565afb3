import ArgumentParser
import SyncNode

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the node: listen, and keep peers in sync.",
        discussion: """
            The first line on standard output is `listening on HOST:PORT`. Ends on SIGTERM or SIGINT within 5 seconds. \
            On a disk that is full, or while another \
            program holds the replica, it says so and tries again.

            Each peer is dialled every 10 seconds, which costs some 1.8 GB a month even if nothing changes: `interval` \
            in config.yaml makes that less.

            EXAMPLE
              caravan serve --listen 0.0.0.0:7410
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(
        help: ArgumentHelp(
            "Where to listen; port 0 for any. config.yaml's, else 127.0.0.1:7410, unless given.", valueName: "host:port"
        ))
    var listen: String?

    func run() async throws {
        try await Node.openToServe(home: node.nodeHome).serve(listen: listen) { address in
            Output.line("listening on \(address)")
            // A service whose address nobody reads serves all the same.
            try? Output.flush()
        }
    }
}

import ArgumentParser
import SyncNode

struct PeerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peer", abstract: "Whom this node dials.",
        discussion: """
            EXAMPLE
              caravan peer add urumqi campus.example:7410
            """,
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a peer, or replace its addresses.",
            discussion: """
                EXAMPLE
                  caravan peer add urumqi campus.example:7410 10.0.0.5:7410
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "What to call the peer.")
        var name: String

        @Argument(help: ArgumentHelp("Where to dial it, tried in this order.", valueName: "host:port"))
        var addresses: [String]

        func run() async throws { try await node.open().peers.add(name: name, addresses: addresses) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List peers, with what each is known to hold.",
            discussion: """
                Sent, durable at the peer, and applied by it are three numbers, each over the changesets of every feed.

                EXAMPLE
                  caravan peer list --json
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            let peers = try await node.open().peers.list()
            if report.json { return peers.forEach { Output.json(JSON($0)) } }
            PeerText.lines(peers, now: Times.now).forEach(Output.line)
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Dial a peer no more.",
            discussion: """
                EXAMPLE
                  caravan peer remove urumqi
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "The peer's name, or the beginning of its site id.")
        var name: String

        func run() async throws { try await node.open().peers.remove(name) }
    }
}

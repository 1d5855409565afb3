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
            abstract: "Add a peer, or replace its addresses, windows and rate.",
            discussion: """
                With --window `serve` dials the peer only while the clock of this machine shows a time within one of \
                its windows, and ends a session \
                that it dialled when they close. A `sync` that somebody types ignores windows, and a peer that dials \
                this node is answered at any time: give it the same \
                windows there. On a day on which clocks are put forward, what lies whole in the hour that is left out \
                does not open.

                --limit-rate holds what goes to the peer, and what comes from it, to so many bytes a second each, from \
                the next session on, whoever dials and for `sync`, too.

                EXAMPLE
                  caravan peer add urumqi campus.example:7410 10.0.0.5:7410 --window 22:00-06:00 --limit-rate 32k
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "What to call the peer.")
        var name: String

        @Argument(help: ArgumentHelp("Where to dial it, tried in this order.", valueName: "host:port"))
        var addresses: [String]

        @Option(
            help: ArgumentHelp(
                "When to dial it, by local time; may be given more than once. At any time unless given.",
                valueName: "hh:mm-hh:mm"))
        var window: [String] = []

        @Option(
            help: ArgumentHelp(
                "Bytes a second that may go each way, as 32k or 1M (k is 1024); at least 4k.", valueName: "rate"))
        var limitRate: String?

        func run() async throws {
            try await node.open().peers.add(
                name: name, addresses: addresses, windows: window, limitRate: limitRate)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List peers, with what each is known to hold.",
            discussion: """
                Behind a peer's addresses stand its windows and rate, if it has any.

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

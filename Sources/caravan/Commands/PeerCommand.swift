import ArgumentParser
import SyncNode

struct PeerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peer", abstract: "Whom this node dials, and on which terms it exchanges with whom.",
        discussion: """
            Peers stand in config.yaml under `peers`, where somebody may write them, too: as NAME: HOST:PORT, or with \
            addresses, windows and limitRate. Every command, and `serve` when it reads that file anew, takes up what it \
            says. Without `peers` in it those that were known stay.

            EXAMPLE
              caravan peer add urumqi campus.example:7410
            """,
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a peer, or replace its addresses, windows and rate.",
            discussion: """
                With --window `serve` exchanges with the peer only while the clock of this machine shows a time within \
                one of its windows: it dials it then, refuses it at other times, and ends their sessions when the \
                windows close, whoever dialled. A `sync` that somebody types here ignores windows. On a day on which \
                clocks are put forward, what lies whole in the hour that is left out does not open.

                --limit-rate holds what goes to the peer, and what comes from it, to so many bytes a second each, from \
                the next session on, whoever dials and for `sync`, too. All sessions that `serve` has with it share \
                that rate.

                Without an address a peer keeps those that it has, and a member that only dials in gets a window or a \
                rate.

                EXAMPLE
                  caravan peer add urumqi campus.example:7410 10.0.0.5:7410 --window 22:00-06:00 --limit-rate 32k
                  caravan peer add kashgar --limit-rate 16k
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "What to call the peer.")
        var name: String

        @Argument(help: ArgumentHelp("Where to dial it, tried in this order.", valueName: "host:port"))
        var addresses: [String] = []

        @Option(
            help: ArgumentHelp(
                "When to exchange with it, by local time; may be given more than once. At any time unless given.",
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
            commandName: "list", abstract: "List peers, with what each is known to hold.",
            discussion: """
                Behind a peer's addresses stand its windows and rate, if it has any.

                Sent, held durably by the peer, and applied by it are three numbers, each over the changesets of every \
                feed. With --json `lacks` counts what the peer is not known to hold (`lacksSince`: when the oldest of it \
                was sealed), `ahead` what it said that it holds and this node does not, and `sessions` has those that a \
                running `serve` has open with it: `since`, `dialledBy` (`here` or `peer`) and `isStanding`, which says \
                that both sides hold the same and whatever is written goes over at once.

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
            commandName: "remove", abstract: "Dial a peer no more.",
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

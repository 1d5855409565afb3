import ArgumentParser
import NodeConsole
import SyncNode

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the node: listen, and keep peers in sync.",
        discussion: """
            The first line on standard output is `listening on HOST:PORT`. Ends on SIGTERM or SIGINT within 5 seconds. \
            On a disk that is full, or while another \
            program holds the replica, it says so and tries again. If the replica is moved away or replaced, it opens \
            what is there now.

            Peers that serve too stay connected: what any program writes here is there at once, and goes on to all that \
            they are connected to. While nothing changes that costs some 30 MB a month. One that does not answer is \
            dialled again after 10 seconds (`interval` in config.yaml), then ever more rarely. A peer with windows is \
            dialled while one is open (`caravan peer add --help`).

            With --console a browser shows the node too; the second line is then `console on http://HOST:PORT`, and \
            `caravan console` prints a link to sign in. Beyond this machine it speaks TLS only.

            EXAMPLE
              caravan serve --listen 0.0.0.0:7410 --console 127.0.0.1:7480
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(
        help: ArgumentHelp(
            "Where to listen; port 0 for any. config.yaml's, else 127.0.0.1:7410, unless given.", valueName: "host:port"
        ))
    var listen: String?

    @Option(
        help: ArgumentHelp("Where the console for browsers listens; port 0 for any.", valueName: "host:port"))
    var console: String?

    func run() async throws {
        guard let console else { return try await serve {} }
        let server = try ConsoleServer(home: node.nodeHome, listen: console, metrics: { _ in "" })
        let (served, isServed) = AsyncStream<Void>.makeStream()
        // Each ends with the other: a console without its node shows nothing that comes.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await serve { isServed.yield() }
                isServed.finish()
            }
            group.addTask {
                guard await served.first(where: { _ in true }) != nil else { return }
                try await server.run(logger: Node.log) { address in
                    Output.line("console on \(address)")
                    try? Output.flush()
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func serve(_ onListening: @escaping @Sendable () -> Void) async throws {
        try await Node.serve(home: node.nodeHome, listen: listen) { address in
            Output.line("listening on \(address)")
            // A service whose address nobody reads serves all the same.
            try? Output.flush()
            onListening()
        }
    }
}

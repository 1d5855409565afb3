import ArgumentParser
import NodeConsole
import SyncNode

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the node: listen, and keep peers in sync.",
        discussion: """
            The first line on standard output is `listening on HOST:PORT`. Ends on SIGTERM or SIGINT within 5 seconds. \
            On a disk that is full, or while another \
            program holds the replica, it says so once a minute, tries every 5 seconds, and serves as soon as it can. \
            If the replica is moved away or replaced, it opens \
            what is there now; while nothing is there, or what is being copied there is not whole, it says so and waits.

            Peers that serve too stay connected: what any program writes here is there at once, and goes on to all that \
            they are connected to. While nothing changes that costs some 30 MB a month. One that does not answer is \
            dialled again after 10 seconds (`interval` in config.yaml), then ever more rarely. A peer with windows is \
            dialled while one is open (`caravan peer add --help`).

            SIGHUP has config.yaml read anew; a mistake in it is said with its line, and the former settings hold. The \
            log is on standard error, and its last lines in serve.log in the node's folder; a line that repeats within \
            a minute is counted instead. With --metrics a collector reads /metrics there, and /healthz and /readyz tell \
            how the node stands. `caravan service install` has systemd run it.

            With --console a browser shows the node too; the second line is then `console on http://HOST:PORT`, and \
            `caravan console` prints a link to sign in. Beyond this machine it speaks TLS only.

            EXAMPLE
              caravan serve --listen 0.0.0.0:7410 --console 127.0.0.1:7480
              caravan serve --metrics 127.0.0.1:9410 --log-format json
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(
        help: ArgumentHelp(
            "Where to listen; port 0 for any. config.yaml's, else 127.0.0.1:7410, unless given.", valueName: "host:port"
        ))
    var listen: String?

    @Option(
        help: ArgumentHelp(
            "Where the console for browsers listens; port 0 for any. config.yaml's unless given.",
            valueName: "host:port"))
    var console: String?

    @Option(
        help: ArgumentHelp(
            "Where measures are read by HTTP, on this machine alone. config.yaml's unless given.",
            valueName: "host:port"))
    var metrics: String?

    @Option(help: "The form of the log: text or json.")
    var logFormat = LogOptions.Format.text

    @Option(help: "The least weight of a line: trace, debug, info, notice, warning or error.")
    var logLevel = LogOptions.Level.notice

    func run() async throws {
        var options = ServeOptions(
            listen: listen, metrics: metrics, log: LogOptions(format: logFormat, level: logLevel))
        let set = try console == nil ? node.nodeHome.consoleSettings().listen : nil
        guard let address = console ?? set else { return try await serve(options) }
        let measures = ConsoleMeasures()
        options.registry = measures.registry
        let server = try ConsoleServer(home: node.nodeHome, listen: address, measures: measures)
        options.onReload = server.reload
        let (chosen, (served, isServed)) = (options, AsyncStream<Void>.makeStream())
        // Each ends with the other: a console without its node shows nothing that comes.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await serve(chosen, onListening: { isServed.yield() }, onOpen: measures.observes)
                isServed.finish()
            }
            group.addTask {
                guard await served.first(where: { _ in true }) != nil else { return }
                try await server.run(log: chosen.log) { tell("console on \(Line($0))") }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func serve(
        _ options: ServeOptions, onListening: @escaping @Sendable () -> Void = {},
        onOpen: @escaping @Sendable (Node) -> Void = { _ in }
    ) async throws {
        try await node.nodeHome.serve(
            options: options,
            onListening: { address in
                tell("listening on \(address)")
                onListening()
            }, onMetrics: { tell("metrics on http://\($0)/metrics") }, onOpen: onOpen)
    }

    private func tell(_ line: Line) {
        Output.line(line)
        // A service whose address nobody reads serves all the same.
        try? Output.flush()
    }
}

extension LogOptions.Format: ExpressibleByArgument {}

extension LogOptions.Level: ExpressibleByArgument {}

import ArgumentParser
import ReplicaModel
import SyncNode

struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back what changesets wrote, by a new changeset.",
        discussion: """
            A changeset is FEED:SEQ, as `log --json` has it, or NAME:SEQ, as `log` shows it. What it wrote and nobody \
            wrote over since shows again what it showed before, rows that it inserted go, rows that it deleted come \
            back. What somebody wrote over since stays, and is listed with author and time. What cannot be, for \
            another row took a unique value meanwhile or refers to one that would go, is listed with the reason; then \
            the exit status is 1.
            The new changeset goes to everybody like any other, and can be taken back itself.

            EXAMPLE
              caravan undo urumqi:12 --dry-run
              caravan undo --site field-3 --since 2026-05-12T08:00 --until 2026-05-12T12:00
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: ArgumentHelp("The changesets to take back together.", valueName: "feed:seq"))
    var changesets: [String] = []

    @Option(
        help: ArgumentHelp(
            "Instead of changesets: the member whose work is taken back, by name or the beginning of its site id.",
            valueName: "site"))
    var site: String?

    @Option(
        help: ArgumentHelp(
            "With --site: what was written since then: RFC 3339, YYYY-MM-DD, or 7d.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("With --site: what was written until then.", valueName: "time"))
    var until: String?

    @Flag(help: "Write nothing; show what would be.")
    var dryRun = false

    func run() async throws {
        let request = try request()
        let opened = try await node.open()
        let bar = ProgressBar()
        let undone = try await opened.records.undo(
            request, isDry: dryRun, progress: { bar.show(done: $0, of: $1, "changesets read") })
        bar.clear()
        if report.json {
            Output.json(undone)
        } else {
            let names = SiteNames(try await opened.reports.members())
            UndoText.lines(undone, isDry: dryRun, names).forEach(Output.line)
        }
        if !undone.failed.isEmpty { throw ExitCode(1) }
    }

    private func request() throws(NodeError) -> UndoRequest {
        guard let site else {
            guard since == nil, until == nil else {
                throw NodeError(kind: .usage, message: "--since and --until are for --site only")
            }
            guard !changesets.isEmpty else {
                throw NodeError(
                    kind: .usage, message: "say what to take back: FEED:SEQ, as `caravan log` shows it, or --site")
            }
            return .changesets(changesets)
        }
        guard changesets.isEmpty else {
            throw NodeError(kind: .usage, message: "name changesets, or a site, and not both")
        }
        guard let since else {
            throw NodeError(kind: .usage, message: "say since when: caravan undo --site SITE --since TIME")
        }
        let (begin, end) = (
            try Self.moment(since, of: "--since"),
            try until.map { (text) throws(NodeError) -> Int64 in try Self.moment(text, of: "--until") } ?? .max
        )
        guard begin <= end else {
            throw NodeError(
                kind: .usage, message: "--until names a time before --since: give the earlier one to --since")
        }
        return .site(site, since: begin, until: end)
    }

    private static func moment(_ text: String, of option: String) throws(NodeError) -> Int64 {
        guard let moment = Times.instant(text, now: Times.now) else {
            throw NodeError(
                kind: .usage, message: "\(option) \(text.escaped()) is no time: write RFC 3339, YYYY-MM-DD, or 7d")
        }
        return moment
    }
}

import ArgumentParser
import ReplicaModel
import SyncNode

struct Sync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "One exchange with each peer, then end.",
        discussion: """
            A PEER is a peer's name, the beginning of its site id, or HOST:PORT. With none, every peer is dialled. The \
            exit status is 3 if one of \
            them could not be reached or refused; what was exchanged with the others stays. A peer's windows \
            are not heeded, for somebody wants it now; its rate is. Dials through the proxy that config.yaml names (`proxy: http://HOST:PORT` or `socks5://…`), else \
            through that of HTTPS_PROXY or ALL_PROXY.

            EXAMPLE
              caravan sync urumqi
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "Whom to sync with.")
    var peer: [String] = []

    @Flag(help: "Only tell what would come in, and what it would overwrite or bring into conflict.")
    var dryRun = false

    func run() async throws {
        if dryRun { return try await preview() }
        let bar = ProgressBar()
        let opened = try await node.open()
        if let warning = try await opened.reports.budget().warning {
            report.json
                ? Output.error(.object([("notice", .string("budget")), ("message", .string(warning))]))
                : Output.error("caravan: \(Speech.said(warning)); this exchange is done all the same")
        }
        let quarantined = try await opened.reports.quarantined()
        let outcomes = try await opened.dialler.sync(peers: peer, progress: { bar.show($0) })
        bar.clear()
        await opened.makeViewsThatCame(isJSON: report.json)
        for outcome in outcomes {
            if report.json {
                Output.json(JSON(outcome))
            } else if let error = outcome.error {
                Output.error("caravan: \(Speech.said(error.message))")
            } else {
                Output.line("\(outcome.peer): in sync; sent \(outcome.sent), received \(outcome.received) changesets")
            }
        }
        for (name, notice) in try await Self.notices(of: opened, quarantinedBefore: quarantined) {
            report.json
                ? Output.error(.object([("notice", .string(name)), ("message", .string(notice))]))
                : Output.error("caravan: \(Speech.said(notice))")
        }
        guard let error = outcomes.compactMap(\.error).first else { return }
        // With --json the error is an object on standard error, too; people have read it already.
        if report.json { throw error }
        throw ExitCode(ErrorReport.status(of: error.kind))
    }

    /// Words about what came and is not in the tables, for a reason of this node's, and about what people wrote here
    /// and an end of this node's right took out of them.
    private static func notices(of opened: Node, quarantinedBefore: Int) async throws -> [(String, String)] {
        var out: [(String, String)] = []
        let failed = try await opened.reports.failed()
        if failed > 0 {
            out.append(("failed", "\(failed) changesets cannot be applied on this node: `caravan doctor` says why"))
        }
        let quarantined = try await opened.reports.quarantined()
        if quarantined > quarantinedBefore {
            let notice = """
                \(quarantined) changesets that were written here do not count, and are in no table any more, for they lie \
                beyond the end of this node's right: `caravan doctor` says how they count again
                """
            out.append(("quarantined", notice))
        }
        return out
    }

    private func preview() async throws {
        let opened = try await node.open()
        let names = SiteNames(try await opened.reports.members())
        let wanted = peer.isEmpty ? try await opened.peers.list().filter { !$0.addresses.isEmpty }.map(\.name) : peer
        guard !wanted.isEmpty else {
            throw NodeError(
                kind: .usage, message: "this node has no peer to dial: add one with `caravan peer add NAME HOST:PORT`")
        }
        for name in wanted {
            let preview = try await opened.dialler.preview(peer: name)
            if report.json {
                Output.json(JSON(preview, peer: name))
            } else {
                PreviewText.lines(preview, peer: name, names).forEach(Output.line)
            }
        }
    }
}

import ArgumentParser
import ReplicaModel
import SyncNode

struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Which changesets and rows this node or a peer lacks.",
        discussion: """
            Asks the peer; nothing is exchanged. A PEER is a peer's name, the beginning of its site id, or HOST:PORT.

            EXAMPLE
              caravan diff urumqi
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "Whom to compare with.")
    var peer: String

    func run() async throws {
        let opened = try await node.open()
        let preview = try await opened.dialler.preview(peer: peer)
        if report.json { return Output.json(JSON(difference: preview)) }
        let names = SiteNames(try await opened.reports.members())
        let sides: [(title: Line, changesets: [ChangesetReport])] = [
            ("this node lacks", preview.incoming), ("\(peer) lacks", preview.outgoing),
        ]
        for (title, changesets) in sides {
            Output.line(Output.bold(title) + "  " + (changesets.isEmpty ? "nothing" : "\(changesets.count) changesets"))
            for changeset in changesets { LogText.lines(changeset, names).forEach { Output.line("  " + $0) } }
        }
    }
}

/// The text that tells people what an exchange would bring.
enum PreviewText {
    static func lines(_ preview: PreviewReport, peer: String, _ names: SiteNames) -> [Line] {
        var out: [Line] = [
            "\(peer): \(preview.incoming.count) changesets would come in, \(preview.outgoing.count) would be sent"
        ]
        for change in preview.changes { out += lines(change) }
        if !preview.conflicts.isEmpty { out.append(Output.warning("would be listed:")) }
        out += preview.conflicts.flatMap { ConflictText.lines($0, names) }.map { "  " + $0 }
        if !preview.settled.isEmpty { out.append("would be settled:") }
        out += preview.settled.flatMap { ConflictText.lines($0, names) }.map { "  " + $0 }
        return out
    }

    private static func lines(_ change: PreviewReport.RowChange) -> [Line] {
        let row: Line = "\(change.row.table) \(change.row.key.keyText)"
        guard let before = change.before else { return ["  new     \(row)"] }
        guard let after = change.after else { return ["  gone    \(row)"] }
        let fields = after.filter { before[$0.key] != $0.value }.sorted { $0.key < $1.key }.map { name, value -> Line in
            "\(name): \((before[name] ?? .null).shown(atMost: 30)) -> \(value.shown(atMost: 30))"
        }
        return ["  changed \(row)  \(fields.joined(separator: "; "))"]
    }
}

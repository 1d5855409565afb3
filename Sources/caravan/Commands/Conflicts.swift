import ArgumentParser
import ReplicaModel
import SyncNode
import Synchronization

struct Conflicts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts", abstract: "What people should look at.",
        discussion: """
            cell: two people wrote different values apart; the first is shown, the others are kept until somebody \
            writes the cell anew.
            deleted-edited: a row was deleted by somebody who had not seen an edit that keeps it.
            kept: a deleted row that stays while a row that its deleter had not seen refers to it; it goes with the \
            last reference.
            invalid: a row that changes made apart turned into one that fails a CHECK; it stays until it is changed.
            duplicate: rows, entered apart, that are equal in a UNIQUE; all stay until they differ.

            Under each stands a command that settles it as it is shown; `caravan resolve --help` tells the others.

            With --limit the last line says how the list goes on; with --json it is an object on standard error, whose \
            `after` is for --after.

            EXAMPLE
              caravan conflicts --table institution --check
              caravan conflicts --limit 20
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(help: "Only of this table.")
    var table: String?

    @Option(help: "Only of this kind: cell, deleted-edited, kept, duplicate, or invalid.")
    var kind: Kind?

    @Option(help: "No more than so many.")
    var limit: Int?

    @Option(
        help: ArgumentHelp("Go on behind what was listed, as the end of a page says.", valueName: "place"))
    var after: String?

    @Flag(help: "End with status 1 if there is one.")
    var check = false

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case cell
        case deletedEdited = "deleted-edited"
        case kept, duplicate, invalid
    }

    /// The conflicts that were listed so far.
    private struct Listed {
        var count = 0
        var last: ConflictPlace?
        var hasMore = false
    }

    func run() async throws {
        let after = try after.map { (text) throws(NodeError) -> ConflictPlace in try KeyText.place(text) }
        let opened = try await node.open()
        let names = SiteNames(try await opened.reports.members())
        let (isJSON, command, most) = (report.json, node.command, limit ?? .max)
        let listed = Mutex(Listed())
        try await opened.reports.eachConflict(table: table, kind: kind?.rawValue, seals: true, after: after) {
            conflict, whole in
            let isBeyond = listed.withLock { listed in
                listed.hasMore = listed.count == most
                if listed.hasMore { return true }
                (listed.count, listed.last) = (listed.count + 1, conflict.place)
                return false
            }
            if isBeyond { return false }
            if isJSON {
                Output.json(conflict, whole)
            } else {
                ConflictText.lines(conflict, names).forEach(Output.line)
                ConflictText.advice(conflict, command).forEach(Output.line)
            }
            return Output.hasReader
        }
        let found = listed.withLock { $0 }
        if found.count == 0, !isJSON { Output.line(after == nil ? "no conflicts" : "no more conflicts") }
        if found.hasMore, let last = found.last { tellMore(behind: last) }
        if check, found.count > 0 { throw ExitCode(1) }
    }

    /// Says how the list goes on; to programs on standard error, for standard output has an object a conflict.
    private func tellMore(behind last: ConflictPlace) {
        let place = JSON.array([
            .string(last.table.text), .values(last.key), .string(last.kindName), .string(last.part),
        ]).text
        if report.json {
            Output.error(.object([("notice", .string("more")), ("after", .string(place))]))
        } else {
            let choices = [("--table", table), ("--kind", kind?.rawValue), ("--limit", limit.map(String.init))]
            let options = choices.flatMap { name, value in value.map { [name, $0] } ?? [] } + ["--after", place]
            Output.line("more: \(node.command.line("conflicts", [], options))")
        }
    }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is a number from 1") }
    }
}

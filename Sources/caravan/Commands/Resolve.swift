import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode

struct Resolve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Settle what `conflicts` lists, by writing it.",
        discussion: """
            A KEY is the bare value, or a JSON array for a composite key; words behind `--` may begin with a dash. \
            What is written closes the report wherever it arrives. Without arguments \
            on a terminal: everything that is open, one by one.

            --take shown confirms what a column shows; --take SITE takes that site's value; --value writes an SQL \
            literal. --keep-row and \
            --delete-row answer a row that was deleted and edited apart. --merge-into lets another row stand for this \
            one: what refers to it is \
            moved, --taking names columns whose values go with it, what the other row lacks goes too, and it is deleted, \
            all in one changeset.

            --all settles in one changeset whatever `conflicts` lists, or what --table and --kind choose of it: --take as \
            above, and --merge for rows that are equal in a UNIQUE, of which the one that was entered first stays; rows \
            that differ in another column too are left to you. The exit status is 1 where something is left. \
            --dry-run only tells.

            EXAMPLE
              caravan resolve --all --kind duplicate --merge --dry-run
              caravan resolve project cotton title_en --take dushanbe
              caravan resolve project rail --keep-row
              caravan resolve institution uni-2 --merge-into uni-1 --taking website
              caravan resolve --delete-row -- reading -5
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The table.")
    var table: String?

    @Argument(help: "The row's key.")
    var key: String?

    @Argument(help: "The column, for --take and --value.")
    var column: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("`shown`, or the site whose value to take.", valueName: "shown|site"))
    var take: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The value to write, as an SQL literal such as 'text', 5, or NULL.", valueName: "literal"))
    var value: String?

    @Flag(help: "The row stays.")
    var keepRow = false

    @Flag(help: "The row goes.")
    var deleteRow = false

    @Option(parsing: .unconditional, help: ArgumentHelp("The row that stands for this one.", valueName: "key"))
    var mergeInto: String?

    @Option(
        help: ArgumentHelp(
            "With --merge-into: a column whose value goes with it. May be repeated.", valueName: "column"))
    var taking: [String] = []

    @OptionGroup var bulk: BulkOptions

    func run() async throws {
        let opened = try await node.open()
        if bulk.all { return try await settleAll(opened) }
        guard !bulk.isGiven else {
            throw NodeError(kind: .usage, message: "--table, --kind, --merge and --dry-run are for --all only")
        }
        guard let table, let key else {
            guard table == nil, isatty(STDIN_FILENO) == 1, Output.isTerminal else {
                throw NodeError(
                    kind: .usage, message: "say which row: caravan resolve TABLE KEY …; `caravan conflicts` lists them")
            }
            return try await ConflictDialogue(node: opened).run()
        }
        try await opened.records.resolve(try request(), table: table, key: key)
        if report.json {
            Output.json(JSON.object([("table", .string(table)), ("key", .string(key)), ("resolved", .bool(true))]))
        }
    }

    private func settleAll(_ node: Node) async throws {
        guard table == nil, value == nil, !keepRow, !deleteRow, mergeInto == nil, taking.isEmpty,
            (take != nil) != bulk.merge
        else {
            throw NodeError(kind: .usage, message: "with --all say --take shown, --take SITE, or --merge, and no row")
        }
        let resolution: BulkResolution
        switch take {
        case nil: resolution = .mergeDuplicates
        case "shown"?: resolution = .takeShown
        case let name?: resolution = .takeSite(try await node.records.site(named: name))
        }
        let kind = bulk.kind?.rawValue ?? (bulk.merge ? "duplicate" : nil)
        let settled = try await node.records.settleAll(
            resolution, table: bulk.table, kind: kind, isDry: bulk.dryRun)
        if report.json {
            Output.json(JSON(settled))
        } else {
            BulkText.lines(settled, isDry: bulk.dryRun).forEach(Output.line)
        }
        if !settled.left.isEmpty { throw ExitCode(1) }
    }

    private func request() throws(NodeError) -> ResolveRequest {
        let given = [take != nil, value != nil, keepRow, deleteRow, mergeInto != nil].filter { $0 }.count
        guard given == 1 else {
            throw NodeError(
                kind: .usage, message: "say one of --take, --value, --keep-row, --delete-row and --merge-into")
        }
        if take != nil || value != nil {
            guard let column else {
                throw NodeError(kind: .usage, message: "say which column: caravan resolve TABLE KEY COLUMN --take …")
            }
            if let take { return .take(column: column, source: take) }
            if let value { return .value(column: column, literal: value) }
        }
        guard column == nil else { throw NodeError(kind: .usage, message: "a column is for --take and --value only") }
        guard taking.isEmpty || mergeInto != nil else {
            throw NodeError(kind: .usage, message: "--taking is for --merge-into only")
        }
        if let mergeInto { return .mergeInto(key: mergeInto, taking: taking) }
        return keepRow ? .keepRow : .deleteRow
    }
}

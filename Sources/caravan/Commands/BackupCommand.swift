import ArgumentParser
import Foundation
import SyncNode

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the replica into a file, while others use it.",
        discussion: """
            The file has everything but the node's key: keep a copy of identity.key with it.

            EXAMPLE
              caravan backup /media/stick/dushanbe-2026-05-12.sqlite
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "A file that is not there yet.")
    var file: String

    func run() async throws {
        let bar = ProgressBar()
        let count = try await node.open().admin.backUp(
            to: file, progress: { bar.show(done: $0, of: $1, "pages copied") })
        bar.clear()
        if report.json { return Output.json(JSON.object([("file", .string(file)), ("changesets", .unsigned(count))])) }
        Output.line("\(count) changesets are in \(file)")
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in the place of the replica.",
        discussion: """
            The replica that is there is kept under another name. The node goes on in a new incarnation of its feed, \
            so nothing is ever numbered twice; what it \
            wrote since the backup, and peers have, comes back with the next sync. A copy of replica.sqlite that was \
            made otherwise needs its -wal file beside it, which is \
            taken along. Where replica.sqlite is a link, what it leads to is replaced. Invitations that were open in \
            the backup are withdrawn, for somebody may have used them since.

            EXAMPLE
              caravan restore /media/stick/dushanbe-2026-05-12.sqlite
              caravan sync
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "A file that `caravan backup` made at this node.")
    var file: String

    func run() async throws {
        let done = try node.nodeHome.restore(from: file)
        if report.json {
            return Output.json(
                JSON.object([
                    ("changesets", .unsigned(done.changesets)), ("replaced", .optional(done.replaced)),
                    ("withdrawn", .integer(Int64(done.withdrawn))),
                    ("warning", .optional(done.warning)),
                ]))
        }
        Output.line("\(done.changesets) changesets are back; run `caravan sync` for what was written since")
        if done.withdrawn > 0 {
            Output.line("invitations that were open in the backup are withdrawn (\(done.withdrawn)): invite anew")
        }
        if let warning = done.warning { Output.error("caravan: \(Speech.said(warning))") }
        if let replaced = done.replaced { Output.line("the replica that was here is kept as \(replaced)") }
    }
}

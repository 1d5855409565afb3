import ArgumentParser
import SyncNode

extension SchemaCommand {
    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rebuild", abstract: "Put a table's columns in the order that they have everywhere.",
            discussion: """
                Where people defined columns apart, their order in the file is that in which they came; `caravan \
                doctor` lists such tables. This makes \
                the table anew on this node, with the same rows, which takes as long as copying it. Nothing is sent.

                EXAMPLE
                  caravan schema rebuild project
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "A replicated table.")
        var table: String

        func run() async throws {
            try await node.open().admin.rebuild(table: table)
            if report.json {
                Output.json(JSON.object([("rebuilt", .string(table))]))
            } else {
                Output.line("rebuilt \(table)")
            }
        }
    }
}

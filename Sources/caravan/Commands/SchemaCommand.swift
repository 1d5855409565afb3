import ArgumentParser
import SyncNode

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "The replicated schema.",
        discussion: """
            EXAMPLE
              caravan schema show
            """,
        subcommands: [Show.self, Apply.self, Names.self, Views.self, Rebuild.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show the replicated tables and indexes.",
            discussion: """
                As SQL that makes the same tables, or as a JSON document. On a terminal the control characters of \
                names and texts are escaped; in a file \
                or a pipe each stands as it is, so that `init --schema` and `schema apply` read the same. --default \
                shows what `init` founds, and asks for no node.

                EXAMPLE
                  caravan schema show > tables.sql
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Flag(name: .customLong("default"), help: "Show the schema that `init` founds, as SQL.")
        var isDefault = false

        func validate() throws {
            if isDefault, report.json {
                throw ValidationError("--default shows SQL alone: leave --json out, or found a node and ask that")
            }
        }

        func run() async throws {
            if isDefault { return Output.script(DefaultSchema.sql) }
            let opened = try await node.open()
            let schema = try await opened.admin.schema()
            if report.json {
                let tables = JSON.array(schema.tables.map { .object($0.members) })
                Output.json(
                    JSON.object([("tables", tables), ("indexes", .array(schema.indexes.map { .object($0.members) }))]))
            } else {
                for statement in schema.sql { Output.script(statement + ";") }
                for (table, columns) in try await opened.admin.retiredColumns().sorted(by: { $0.key < $1.key })
                where !columns.isEmpty {
                    Output.line("-- retired in \(table): \(columns.joined(separator: ", "))")
                }
            }
        }
    }
}

import ArgumentParser
import ReplicaModel
import SyncNode

extension SchemaCommand {
    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "apply", abstract: "Add tables, columns and indexes to the replicated schema.",
            discussion: """
                FILE is the whole schema as it is to be: CREATE TABLE and CREATE INDEX, such as `caravan schema show` \
                prints, with what is new. \
                What it adds is sealed and reaches every node with the next sync. Nothing is ever dropped, renamed or \
                retyped; a column that is \
                used no more is retired. Only an admin may do this.

                --default takes the schema that `init` founds in place of a file, with whatever the alliance has \
                beside it: so an alliance that was \
                founded with fewer tables gets the others, with the rows with which they begin, and this node the \
                views.

                EXAMPLE
                  caravan schema show > tables.sql
                  caravan schema apply tables.sql --dry-run
                  caravan schema apply --default
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "The file with the whole schema.")
        var file: String?

        @Flag(name: .customLong("default"), help: "Add what the schema has that `init` founds.")
        var isDefault = false

        @Flag(help: "Only tell what would be done.")
        var dryRun = false

        @Option(
            help: ArgumentHelp(
                "A column that is used no more: it stays, and may be left out. May be repeated.",
                valueName: "table.column"))
        var retire: [String] = []

        @Option(
            help: ArgumentHelp("Permit this new table a bare integer as its key. May be repeated.", valueName: "table"))
        var allowIntegerKey: [String] = []

        func validate() throws {
            guard (file == nil) == isDefault else {
                throw ValidationError("name the file with the whole schema, or say --default, and not both")
            }
            guard !isDefault || (retire.isEmpty && allowIntegerKey.isEmpty) else {
                throw ValidationError("--retire and --allow-integer-key go with a file: write one, or leave them out")
            }
        }

        private func apply() async throws -> [ControlOperation] {
            guard let file else { return try await node.open().admin.applyDefaultSchema(dryRun: dryRun) }
            let sql = try TextInput.file(file)
            return try await node.open().admin.applySchema(
                sql: sql, retiring: retire, allowIntegerKey: allowIntegerKey, dryRun: dryRun)
        }

        func run() async throws {
            let operations = try await apply()
            if report.json {
                let list = operations.compactMap(JSON.schema)
                return Output.json(JSON.object([("applied", .bool(!dryRun)), ("operations", .array(list))]))
            }
            for operation in operations { Output.line((dryRun ? "would be done: " : "") + LogText.text(operation)) }
            if operations.isEmpty { Output.line("the schema is that already") }
        }
    }
}

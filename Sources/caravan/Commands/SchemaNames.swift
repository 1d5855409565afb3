import ArgumentParser
import ReplicaModel
import SyncNode

extension SchemaCommand {
    struct Names: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "names",
            abstract: "What tables, columns and words are called in Chinese, Russian and English.",
            discussion: """
                Of the tables of this node, those that are of the alliance's own schema have such names. With --json \
                also what a row of a table is, what it says of persons, and the words that stand for states and kinds.

                EXAMPLE
                  caravan schema names trainee
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "A replicated table; all unless given.")
        var table: String?

        func run() async throws {
            let tables = try await tables()
            if let table, tables.isEmpty {
                let known = try await node.open().admin.schema().tables.map(\.name)
                let advice = Nearness.advice(for: table, among: known)
                throw NodeError(
                    kind: .notFound, message: "there is no replicated table \(table)\(advice): check its name")
            }
            if report.json { return Output.json(json(of: tables)) }
            var lines = TextTable(["TABLE", "COLUMN", "ZH", "RU", "EN"])
            for table in tables {
                lines.add(row(Line(table.name.text), "", RecordNames.table(table.name)?.names))
                for column in table.columns {
                    let texts = RecordNames.texts(of: column.name, in: table.name)
                    lines.add(row(Line(table.name.text), Line(column.name.text), texts))
                }
            }
            for line in lines.lines { Output.line(line) }
        }

        /// The tables of the alliance's own schema by topic, then the others.
        private func tables() async throws(NodeError) -> [TableDefinition] {
            let all = try await node.open().admin.schema().tables.filter { definition in
                table.map { definition.name.isSame(as: Identifier($0)) } ?? true
            }
            let known = RecordNames.tables.compactMap { table in all.first { $0.name.isSame(as: table.name) } }
            return known + all.filter { RecordNames.table($0.name) == nil }
        }

        private func row(_ table: Line, _ column: Line, _ texts: RecordNames.Texts?) -> [Line] {
            [table, column] + (texts.map { [Line($0.zh), Line($0.ru), Line($0.en)] } ?? [])
        }

        private func json(of tables: [TableDefinition]) -> JSON {
            .object([
                ("tables", .array(tables.map(json))),
                (
                    "words",
                    .array(
                        RecordWords.all.map {
                            .object([("word", .string($0.name)), ("names", JSON($0.texts))])
                        })
                ),
                (
                    "views",
                    .array(
                        RecordView.all.map { .object([("view", .string($0.name)), ("about", JSON($0.about))]) })
                ),
            ])
        }

        private func json(of table: TableDefinition) -> JSON {
            let known = RecordNames.table(table.name)
            return .object([
                ("table", .string(table.name)), ("names", JSON(known?.names)), ("about", JSON(known?.about)),
                ("persons", .optional(known?.persons.rawValue)),
                (
                    "columns",
                    .array(
                        table.columns.map {
                            .object([
                                ("column", .string($0.name)),
                                ("names", JSON(RecordNames.texts(of: $0.name, in: table.name))),
                            ])
                        })
                ),
            ])
        }
    }
}

extension JSON {
    fileprivate init(_ texts: RecordNames.Texts?) {
        self =
            texts.map { .object([("zh", .string($0.zh)), ("ru", .string($0.ru)), ("en", .string($0.en))]) } ?? .null
    }
}

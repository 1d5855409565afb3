import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode
import Tabular

struct ExportCommand: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, tsv, json, xlsx

        /// The format of a file by its name, which is CSV where it says nothing.
        ///
        /// - Throws: `usage` where the name is that of a kind which is not written.
        init(of path: String) throws {
            switch (path as NSString).pathExtension.lowercased() {
            case "", "csv", "txt": self = .csv
            case "tsv", "tab": self = .tsv
            case "json", "jsonl", "ndjson": self = .json
            case "xlsx": self = .xlsx
            case let other:
                throw NodeError(
                    kind: .usage,
                    message: """
                        no file of the kind .\(other) is written: name the output .csv, .tsv, .json, .jsonl or .xlsx, \
                        or say with --format what goes into it
                        """)
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a table or a query as a spreadsheet.",
        discussion: """
            CSV in UTF-8, an object of JSON a line, or a workbook. A table that is exported as CSV or .xlsx and imported again is the same, \
            class by class: a cell without a value is NULL, an apostrophe stands before a text that would be read as something \
            else or run as a formula, and the apostrophe alone is the empty text.

            EXAMPLE
              caravan export --table institution --bom --output institutions.csv
            """)

    @OptionGroup var node: NodeOptions

    @Option(help: "The table.")
    var table: String?

    @Option(help: ArgumentHelp("One SELECT.", valueName: "sql"))
    var query: String?

    @Option(help: "The format: csv, tsv, json or xlsx; else what the name of the output says.")
    var format: Format?

    @Option(help: "The file; else standard output.")
    var output: String?

    @Flag(help: "Begin CSV with the mark by which spreadsheet programs know UTF-8.")
    var bom = false

    func validate() throws {
        guard (table == nil) != (query == nil) else {
            throw ValidationError("export takes either --table or --query")
        }
    }

    func run() async throws {
        let format = if let format { format } else if let output { try Format(of: output) } else { Format.csv }
        if format == .xlsx, output == nil {
            throw NodeError(kind: .usage, message: "a workbook goes into a file: name it with --output FILE.xlsx")
        }
        let opened = try await node.open()
        let writer = try SheetOutput(format: format, path: output, hasMark: bom, title: table ?? "query")
        let bar = ProgressBar()
        let row: @Sendable ([Value], () -> [SheetCell]) throws -> Bool = { values, cells in
            try writer.write(values, cells)
            bar.show(done: writer.count, of: nil, "rows written")
            return output != nil || Output.hasReader
        }
        if let table {
            try await opened.sheets.table(table, header: { try writer.begin($0) }, row: row)
        } else if let query {
            try await opened.sheets.query(query, header: { try writer.begin($0) }, row: row)
        }
        bar.clear()
        try writer.finish()
        if let output { Output.error("caravan: \(writer.count) rows are in \(output)") }
    }
}

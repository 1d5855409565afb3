import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode
import Tabular

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring a spreadsheet into a table.",
        discussion: """
            FILE is a workbook (.xlsx), or a text with commas, semicolons or tabs. Its encoding and its delimiter are found \
            out and stated. Headers are the columns' names or words for them in Chinese, Russian or English, in any order. \
            Rows are recognised by the key, or by the columns of --key; a reference is given by key, or by a name that is \
            unique in any language. A line that the table does not take is told with its reason, and stops nothing but itself. \
            The whole file is one changeset, and the same file again writes nothing. The exit status is 1 where a line or a \
            column was refused.

            EXAMPLE
              caravan import universities.xlsx --table institution --dry-run
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "A workbook, or a text file with a table.")
    var file: String

    @Option(help: "The table.")
    var table: String

    @Option(help: "The sheet of a workbook; else the first.")
    var sheet: String?

    @Option(help: ArgumentHelp("A column by which rows are recognised; may be repeated.", valueName: "column"))
    var key: [String] = []

    @Option(
        help: ArgumentHelp(
            "The column for a header; #3 is the third of the file, and an empty COLUMN leaves it out.",
            valueName: "header=column"))
    var map: [String] = []

    @Option(help: ArgumentHelp("The line of the header; else it is found.", valueName: "line"))
    var header: Int?

    @Option(help: "The encoding of a text, such as GB18030 or windows-1251.")
    var encoding: String?

    @Option(help: "What divides the cells of a text: , ; tab or |.")
    var delimiter: String?

    @Flag(help: "Write nothing where any line is refused.")
    var strict = false

    @Flag(help: "Only tell what would be written, and what is refused.")
    var dryRun = false

    func run() async throws {
        let choices = try choices()
        let file = try saying { try TableFile(path: self.file, choices: choices) }
        let request = try request(for: file)
        let told = ImportOutput(isJSON: report.json, isDryRun: dryRun)
        let bar = ProgressBar()
        if !report.json { Output.error("caravan: \(described(file))") }
        let opened = try await node.open()
        let path = self.file
        let done = try await opened.sheets.bring(
            request,
            rows: { take in
                var count = 0
                try saying {
                    try TableFile(path: path, choices: choices).forEach { row, share in
                        count += 1
                        bar.show(done: count, of: share, "rows read")
                        try take(SheetRow(row))
                    }
                }
                bar.clear()
            }, tell: told.tell)
        try told.finish(done, of: self.file, table: table, file)
        if done.refused > 0 || done.unknownColumns > 0 { throw ExitCode(1) }
    }

    func validate() throws {
        guard header ?? 1 > 0 else { throw ValidationError("--header takes the number of a line, and the first is 1") }
    }

    private func choices() throws -> TableFile.Choices {
        var choices = TableFile.Choices(encoding: encoding, sheet: sheet)
        if let delimiter {
            guard let known = Delimiter(named: delimiter) else {
                throw NodeError(
                    kind: .usage, message: "--delimiter \(delimiter) is none: write , or ; or tab or |")
            }
            choices.delimiter = known
        }
        return choices
    }

    private func request(for file: TableFile) throws -> ImportRequest {
        var request = ImportRequest(table: table)
        request.key = key
        request.headerLine = header
        request.isStrict = strict
        request.isDryRun = dryRun
        request.hasWholeRows = file.hasWholeRows
        request.hasDecimalCommas = file.delimiter == .semicolon
        request.hasDaysFrom1904 = file.hasDaysFrom1904
        request.map = try map.map { pair in
            guard let equal = pair.lastIndex(of: "="), equal > pair.startIndex else {
                throw NodeError(
                    kind: .usage, message: "--map \(pair) names no column: write it as --map HEADER=COLUMN")
            }
            return (String(pair[..<equal]), String(pair[pair.index(after: equal)...]))
        }
        return request
    }

    private func described(_ file: TableFile) -> Line {
        if let sheet = file.sheet { return "\(self.file) is a workbook; sheet \(sheet) is read" }
        let delimiter: Line = file.delimiter.map { $0 == .tab ? "tab" : Line($0.text) } ?? ""
        return "\(self.file) is a text in \(file.encoding ?? ""), with “\(delimiter)” between cells"
    }
}

/// Runs what may fail in a file of another program, and says it in the border's terms.
func saying<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as TabularError {
        throw NodeError(kind: .usage, message: error.sentence)
    }
}

extension SheetRow {
    /// A row of a file as a node takes it.
    init(_ row: Row) { self.init(line: row.line, cells: row.cells.map(SheetCell.init)) }
}

extension SheetCell {
    init(_ cell: Cell) {
        switch cell {
        case .empty: self = .empty
        case .text(let bytes): self = .text(bytes)
        case .number(let text): self = .number(text)
        case .date(let text): self = .date(text)
        case .flag(let flag): self = .flag(flag)
        case .wrong(let bytes, let reason): self = .wrong(bytes, reason: reason)
        }
    }
}

extension Cell {
    /// A cell of a node as a file takes it.
    init(_ cell: SheetCell) {
        switch cell {
        case .empty: self = .empty
        case .text(let bytes): self = .text(bytes)
        case .number(let text): self = .number(text)
        case .date(let text): self = .date(text)
        case .flag(let flag): self = .flag(flag)
        case .wrong(let bytes, let reason): self = .wrong(bytes, reason: reason)
        }
    }
}

import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode

struct SQL: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql", abstract: "Run SQL on the replica, and seal what it wrote.",
        discussion: """
            Without an argument: a prompt on a terminal, else the whole of standard input. With --json each row is an \
            object.
            At the prompt a statement may take several lines and ends with a semicolon. Tab completes tables and \
            columns, the arrows go through what was typed before, which is kept in sql-history in the node's folder. \
            Ctrl-C takes back what is being typed, and ends the command while a statement runs. What stands from BEGIN \
            to COMMIT is run together, once that is typed. \
            .tables, .schema, .help and .quit stand on a line of their own.

            EXAMPLE
              caravan sql "SELECT name_en FROM institution WHERE country = 'TJ'"
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "One or several statements.")
    var sql: String?

    func run() async throws {
        let opened = try await node.open()
        if let sql { return try await Self.run(sql, on: opened, isJSON: report.json) }
        guard isatty(STDIN_FILENO) == 1 else {
            return try await Self.run(try TextInput.standardInput(), on: opened, isJSON: report.json)
        }
        try await SQLPrompt(node: opened, isJSON: report.json, history: node.nodeHome.sqlHistory).run()
    }

    static func run(_ text: String, on opened: Node, isJSON: Bool) async throws {
        let rows = SQLRows(isJSON: isJSON)
        defer { rows.finish() }
        let back = try await opened.sql(text) { rows.add($0, $1) }
        for table in back { sayBack(table, isJSON: isJSON) }
    }

    private static func sayBack(_ table: Identifier, isJSON: Bool) {
        let sentence = """
            table \(table) is the alliance's, and is there again with its rows: DELETE FROM \(table.quoted) takes those \
            out everywhere
            """
        if isJSON {
            Output.error(.object([("notice", .string("table")), ("message", .string(sentence))]))
        } else {
            Output.error("caravan: \(Speech.said(sentence))")
        }
    }

    /// A second column of one name is `name_2`.
    static func object(_ names: [String], _ values: [Value]) -> JSON {
        var seen: [String: Int] = [:]
        let members = zip(names, values).map { name, value in
            seen[name, default: 0] += 1
            let count = seen[name] ?? 1
            return (count == 1 ? name : "\(name)_\(count)", JSON(value))
        }
        return .object(members)
    }
}

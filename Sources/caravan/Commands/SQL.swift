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

            EXAMPLE
              caravan sql "SELECT name_en FROM institution WHERE country = 'TJ'"
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "One or several statements.")
    var sql: String?

    func run() async throws {
        let opened = try await node.open()
        if let sql { return try await run(sql, on: opened) }
        guard isatty(STDIN_FILENO) == 1 else {
            return try await run(try TextInput.standardInput(), on: opened)
        }
        try await prompt(opened)
    }

    private func run(_ text: String, on opened: Node) async throws {
        let isJSON = report.json
        try await opened.sql(text) { names, values in
            SQL.show(names, values, isJSON: isJSON)
        }
    }

    /// Statements end with a semicolon at the end of a line; an error does not end the prompt.
    private func prompt(_ opened: Node) async throws {
        var text = ""
        while true {
            Output.prompt(text.isEmpty ? "caravan> " : "    ...> ")
            let read: String?
            do { read = try TextInput.nextLine() } catch {
                _ = ErrorReport(error, isJSON: report.json).write()
                continue
            }
            guard let line = read else { break }
            if text.isEmpty, [".quit", ".exit"].contains(line.trimmingCharacters(in: .whitespaces)) { return }
            text += line + "\n"
            guard line.trimmingCharacters(in: .whitespaces).hasSuffix(";") else { continue }
            do { try await run(text, on: opened) } catch { _ = ErrorReport(error, isJSON: report.json).write() }
            try Output.flush()
            text = ""
        }
    }

    static func show(_ names: [String], _ values: [Value], isJSON: Bool) {
        if isJSON {
            Output.json(object(names, values))
        } else {
            Output.line(Line(values.map(\.shown).joined(separator: "|")))
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

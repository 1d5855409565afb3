import Foundation
import ReplicaModel
import SyncNode

/// The prompt of `caravan sql`: statements of several lines that end with a semicolon, and a few commands that begin
/// with a dot. An error ends no prompt, and Ctrl-C takes back what is being typed.
struct SQLPrompt {
    let node: Node
    let isJSON: Bool
    /// The history, which is in the node's folder, for what is typed is as private as the records.
    let history: String

    /// The typed part of a statement that has not ended, and what may come behind it.
    private final class Typed {
        var statement = "" {
            didSet { if statement.isEmpty { isHeld = false } }
        }
        /// Whether it is a transaction that has not ended.
        var isHeld = false
        var words = SQLWords(columns: [])

        /// Whether no statement has begun that has not ended.
        var isAtStart: Bool { statement.isEmpty || isHeld && SQLText.isWhole(statement) }
    }

    func run() async throws {
        let typed = Typed()
        typed.words = try await words()
        guard
            let editor = LineEditor(
                file: history, complete: { typed.words.completion(of: $0, in: typed.statement) })
        else {
            throw NodeError(kind: .failed, message: "this terminal cannot be edited on: give the SQL as an argument")
        }
        while true {
            try Output.flush()
            switch editor.read(prompt: typed.statement.isEmpty ? "caravan> " : "    ...> ") {
            case .end:
                Output.error("")
                return
            case .interrupted:
                typed.statement = ""
                Output.error("")
            case .line(let line):
                if typed.isAtStart, line.hasPrefix(".") {
                    guard await told({ try await obey(line) }) ?? true else { return }
                } else {
                    typed.statement += line + "\n"
                    guard SQLText.isWhole(typed.statement) else { continue }
                    if OpenTransaction.isLeft(by: typed.statement) {
                        if !typed.isHeld { sayHeld() }
                        typed.isHeld = true
                        continue
                    }
                    let statement = typed.statement
                    typed.statement = ""
                    _ = await told { try await SQL.run(statement, on: node, isJSON: isJSON) }
                    typed.words = await told(words) ?? typed.words
                }
            }
        }
    }

    private func sayHeld() {
        let sentence =
            "the prompt runs what stands from BEGIN to COMMIT, or to ROLLBACK, once that is typed; Ctrl-C takes it back"
        if isJSON {
            Output.error(.object([("notice", .string("transaction")), ("message", .string(sentence))]))
        } else {
            Output.error("caravan: \(Speech.said(sentence))")
        }
    }

    /// Runs what may fail, and says so; nil where it did.
    private func told<Result>(_ body: () async throws -> Result) async -> Result? {
        do { return try await body() } catch {
            // What was printed before stands before it.
            try? Output.flush()
            _ = ErrorReport(error, isJSON: isJSON).write()
            return nil
        }
    }

    /// Carries out a command that begins with a dot: false for one that ends the prompt.
    private func obey(_ line: String) async throws -> Bool {
        let words = line.split(separator: " ").map(String.init)
        switch (words.first ?? "", words.dropFirst().first) {
        case (".quit", nil), (".exit", nil): return false
        case (".tables", nil):
            let names = try await self.words().columns.map(\.table.text)
            Output.line(Line(lines: LineEditor.columns(names)))
        case (".schema", let table): try await showSchema(table)
        case (".help", nil):
            for line: Line in [
                ".tables          the tables and views", ".schema [TABLE]  how they are defined",
                ".quit            ends, as Ctrl-D does",
                "Statements end with a semicolon. Tab completes names; Ctrl-C takes back what is typed.",
            ] {
                Output.line(line)
            }
        case (let name, _):
            let advice = Nearness.advice(for: name, among: SQLWords.commands)
            throw NodeError(
                kind: .usage, message: "there is no command \(name)\(advice): .help lists those that there are")
        }
        return true
    }

    private func showSchema(_ table: String?) async throws {
        let columns = try await words().columns
        if let table, !columns.contains(where: { $0.table.isSame(as: Identifier(table)) }) {
            let names = columns.map(\.table.text)
            throw NodeError(
                kind: .notFound,
                message: "there is no table \(table)\(Nearness.advice(for: table, among: names)): .tables lists them")
        }
        let sql = """
            SELECT tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'
            AND name NOT GLOB 'caravan_*' ORDER BY tbl_name, type DESC, name
            """
        try await node.sql(sql) { _, values in
            guard case .text(let name)? = values.first, case .text(let text)? = values.last else { return }
            if let table, !Identifier(table).isSame(as: Identifier(bytes: name)) { return }
            Output.script(String(decoding: text, as: UTF8.self) + ";")
        }
    }

    /// The tables and views that a person may name, with their columns.
    private func words() async throws -> SQLWords {
        let found = Names()
        let sql = """
            SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
            WHERE t.type IN ('table', 'view') AND t.name NOT GLOB 'caravan_*' AND t.name NOT GLOB 'sqlite_*'
            ORDER BY t.name, c.cid
            """
        try await node.sql(sql) { _, values in
            guard case .text(let table)? = values.first, case .text(let column)? = values.last else { return }
            found.add(Identifier(bytes: column), of: Identifier(bytes: table))
        }
        return SQLWords(columns: found.all)
    }
}

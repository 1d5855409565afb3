import ReplicaModel
import SQLiteAccess

/// A connection for people's SQL on a replica: triggers on, so that what is written is noted, foreign keys enforced,
/// and nothing permitted that would break the node.
package final class UserSQL {
    private let connection: Connection

    package init(path: String, isReadOnly: Bool = false) throws(StoreError) {
        connection = try Connection(path: path, access: isReadOnly ? .readOnly : .readWrite)
        try connection.run("PRAGMA foreign_keys = ON")
    }

    /// The tables that stand in the file, but for the node's own.
    package func tables() throws(StoreError) -> Set<Identifier> {
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'caravan_*'"
        return Set(try connection.rows(sql).compactMap { $0.first?.identifier })
    }

    /// Whether a text ends where a statement does.
    package static func isWhole(_ text: String) -> Bool { Connection.isWhole(text) }

    /// Runs every statement of a text, one after the other, until one fails. A transaction that the text leaves open is
    /// rolled back.
    ///
    /// - Parameter row: called with the column names and the values of each row.
    /// - Throws: `wrongSQL` with SQLite's sentence, or `locked`, `readOnly`, `diskFull`, `damaged`.
    package func run(_ text: String, row: ([String], [Value]) -> Void) throws(StoreError) {
        defer { connection.rollBack() }
        let right = PersonalRight()
        let authorizer = Authorizer(permitting: right.permits)
        do {
            try authorizer.guarding(connection) { () throws(StoreError) in
                try run(Array(text.utf8CString), under: right, row: row)
            }
        } catch {
            if let act = authorizer.refused { throw .wrongSQL(PersonalRight.refusal(of: act)) }
            throw error
        }
        guard !connection.isInTransaction else {
            throw .wrongSQL("the SQL left a transaction open, so what it wrote was rolled back: end it with COMMIT")
        }
    }

    private func run(_ script: [CChar], under right: PersonalRight, row: ([String], [Value]) -> Void) throws(StoreError)
    {
        var start = 0
        while let (statement, next) = try prepare(script, from: start) {
            right.nextStatement()
            start = next
            guard let statement else { continue }
            let names = (0..<statement.columnCount).map(statement.name(at:))
            do { while try statement.step() { row(names, statement.row) } } catch {
                throw asWrongSQL(error, statement.sql)
            }
        }
    }

    private func prepare(_ script: [CChar], from start: Int) throws(StoreError) -> (Statement?, next: Int)? {
        do { return try connection.statement(of: script, from: start) } catch { throw asWrongSQL(error, "") }
    }

    /// The question which table or column was meant by a name that there is not.
    private func nameHint(_ message: String) -> String {
        let known = "FROM sqlite_schema t WHERE type IN ('table', 'view') AND t.name NOT GLOB 'caravan_*'"
        let lists = [
            "no such table: ": "SELECT name \(known)",
            "no such column: ": "SELECT DISTINCT c.name FROM (SELECT name \(known)) t, pragma_table_info(t.name) c",
        ]
        guard let (head, list) = lists.first(where: { message.hasPrefix($0.key) }),
            let names = try? connection.rows(list).compactMap({ $0.first?.identifier })
        else { return "" }
        let name = message.dropFirst(head.count)
        return Nearness.advice(for: name.split(separator: ".").last ?? name, among: names.sorted())
    }

    /// The sentence on the reference that a statement would leave without its row, as the guards say it where foreign
    /// keys are off: SQLite does not name it, so the statement is tried once more and looked at before it is taken
    /// back.
    private func dangling(behind sql: String) -> String? {
        let verb = sql.drop(while: \.isWhitespace).prefix(while: \.isLetter).uppercased()
        let isEnd = ["COMMIT", "END", "RELEASE"].contains(verb)
        guard isEnd || ["INSERT", "REPLACE", "UPDATE", "DELETE", "WITH"].contains(verb) else { return nil }
        if !isEnd {
            guard (try? connection.run("SAVEPOINT caravan_why; PRAGMA defer_foreign_keys = ON")) != nil else {
                return nil
            }
            try? connection.run(sql)
        }
        let found = try? connection.prepare("PRAGMA foreign_key_check").first([])
        if !isEnd {
            try? connection.run(
                "ROLLBACK TO caravan_why; PRAGMA defer_foreign_keys = OFF; RELEASE caravan_why")
        }
        guard let found, let table = found[0].identifier, let parent = found[2].identifier else { return nil }
        return verb == "DELETE"
            ? "FOREIGN KEY constraint failed: another row refers to this one of \(parent); change that first"
            : "FOREIGN KEY constraint failed: \(table) refers to a row that does not exist; enter that row first"
    }

    /// Turns an error of SQLite's into one about a person's statement, but for what is wrong with the replica itself.
    private func asWrongSQL(_ error: StoreError, _ sql: String) -> StoreError {
        switch error {
        // The only thing that this SQLite keeps from everybody.
        case .sqlite(_, "not authorized", _):
            .wrongSQL("`caravan sql` loads no extensions: use the sqlite3 shell for what needs one")
        case .sqlite(_, "FOREIGN KEY constraint failed", _):
            .wrongSQL(dangling(behind: sql) ?? "FOREIGN KEY constraint failed")
        case .sqlite(_, let message, _): .wrongSQL(message + (connection.callerHint(message) ?? nameHint(message)))
        case .missing, .notAReplica: .wrongSQL(connection.lastMessage)
        default: error
        }
    }
}

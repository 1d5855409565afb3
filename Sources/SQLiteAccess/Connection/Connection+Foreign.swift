import CSQLite
import ReplicaModel

/// SQLite says that a file is malformed also where the file is whole, and something that another program put into it is
/// not.
extension Connection {
    /// SQLITE_CORRUPT_VTAB and SQLITE_CORRUPT_INDEX, macros that Swift does not import.
    private static let virtualTableWrong: Int32 = SQLITE_CORRUPT | 1 << 8
    private static let indexWrong: Int32 = SQLITE_CORRUPT | 3 << 8

    /// The cause by which the last call failed, if that is not the file itself.
    func foreignCause(_ code: Int32) -> StoreError? {
        let message = String(cString: sqlite3_errmsg(handle))
        switch code {
        case Self.virtualTableWrong:
            let names =
                virtualTables.isEmpty
                ? "a virtual table" : "the virtual table \(virtualTables.joined(separator: " or "))"
            return .foreign(
                """
                \(names) of this node's own does not agree with the table that it was made for, as happens to a \
                full-text index that triggers keep, for they \
                do not run on a merge; the replica itself is whole: rebuild the index, for FTS5 with INSERT INTO \
                name(name) VALUES ('rebuild'), or drop it
                """)
        case Self.indexWrong:
            return .foreign(
                """
                an index does not agree with its table, as happens where a program brings a function or a collation of \
                its own for one of SQLite's, \
                such as lower: run `caravan sql 'REINDEX'`, which makes the indexes anew
                """)
        default: return unreadableObject(message)
        }
    }

    private var virtualTables: [String] {
        let found = try? rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name")
        return (found ?? []).compactMap { $0.first?.identifier?.text }
    }

    /// A view or a trigger whose text this SQLite cannot parse, as a newer one wrote it: no statement at all can be
    /// prepared while it is there.
    private func unreadableObject(_ message: String) -> StoreError? {
        let head = "malformed database schema ("
        guard message.hasPrefix(head), let end = message.range(of: ") - ") else { return nil }
        let name = String(message[..<end.lowerBound].dropFirst(head.count))
        let reason = String(message[end.upperBound...])
        // What is of the pages, and not of the text.
        let isOfPages = ["rootpage", "orphan", "invalid"].contains { reason.contains($0) }
        guard !isOfPages, !name.hasPrefix("caravan_"), !name.hasPrefix("sqlite_"), name != "?" else { return nil }
        return .foreign(
            """
            \(name) in the replica is written in SQL that this node's SQLite \(String(cString: sqlite3_libversion())) \
            cannot read (\(reason)), and while it is there \
            nothing can be read; the replica itself is whole: take that part out of \(name) again with the program that \
            wrote it (a column by ALTER TABLE DROP COLUMN; a table that is dropped takes with it what was written \
            and not sealed yet), or run the node with a newer SQLite
            """)
    }

    /// Advice where a table refers to what is no key.
    private func mismatchHint(_ message: String) -> String? {
        guard message.hasPrefix("foreign key mismatch") else { return nil }
        return """
             (the first of these tables refers to columns of the second that are no key and not UNIQUE, so with \
             foreign keys on neither can be written: let it refer to the \
            key, or drop it, or write with PRAGMA foreign_keys = OFF)
            """
    }

    /// Advice where an upsert names a column in which rows that were entered apart are equal, so that nothing is UNIQUE
    /// there for now.
    private func upsertHint(_ message: String) -> String? {
        guard message.hasPrefix("ON CONFLICT clause does not match"),
            let found = try? rows("SELECT name FROM caravan_index WHERE plain <> 0 ORDER BY name"), !found.isEmpty
        else {
            return nil
        }
        let names = found.compactMap { $0.first?.identifier?.text }.joined(separator: ", ")
        return
            """
             (rows entered apart are equal in \(names), which is UNIQUE again once they are settled: `caravan \
            conflicts` lists them; until then write ON CONFLICT of the key)
            """
    }

    /// Advice on a statement that SQLite refused: where a function or a collation is missing, the triggers, views and
    /// indexes that ask for it, for only the program that made them has it; of other refusals, what to do.
    package func callerHint(_ message: String) -> String? {
        if let hint = mismatchHint(message) ?? upsertHint(message) { return hint }
        guard
            let head = ["no such function: ", "unknown function: ", "no such collation sequence: "].first(
                where: message.hasPrefix)
        else { return nil }
        let name = message.dropFirst(head.count).prefix { $0 != "(" }
        let found = try? rows(
            "SELECT type || ' ' || name FROM sqlite_master WHERE instr(lower(sql), lower(?1)) ORDER BY 1",
            [.text(String(name))])
        let callers = (found ?? []).compactMap { $0.first?.identifier?.text }
        guard !callers.isEmpty else { return nil }
        return
            """
             (\(callers.joined(separator: ", ")) of this node asks for it, and only the program that made that has it: \
            write with that program, or drop it)
            """
    }
}

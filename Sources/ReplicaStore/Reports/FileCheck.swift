import ReplicaModel
import SQLiteAccess

/// Rows that do not fit the definition of their table: something let them in past SQLite's own checks. They are no
/// damage of the file.
struct FileCheck {
    let transaction: Transaction

    /// The faults that SQLite finds in the file: in its pages, in rows that do not fit their tables, and in indexes.
    ///
    /// - Parameter isShort: indexes are not compared with their tables, which takes most of the time.
    func fileFindings(inShort isShort: Bool) throws(StoreError) -> (
        damage: [String], misfits: [String], indexes: [String]
    ) {
        let found = try logDefinitions() + check(isShort)
        return (
            found.filter { !Self.isOfRow($0) && !Doctor.isOfIndex($0) }, found.filter(Self.isOfRow),
            found.filter(Doctor.isOfIndex)
        )
    }

    /// The tables of the log of which a column has another type, or another place in the key, than the node made it
    /// with: the disk altered the text of their definitions, which SQLite takes for what it says.
    private func logDefinitions() throws(StoreError) -> [String] {
        let whole = try Connection(path: "", access: .create)
        try whole.run(ReplicaFormat.sql)
        let columns = "SELECT name, type, pk FROM pragma_table_xinfo(?1)"
        var out: [String] = []
        for table in ReplicaFormat.tablesOfLog {
            let here = try transaction.connection.rows(columns, [.text(table)])
            if try whole.rows(columns, [.text(table)]) != here { out.append("malformed definition of \(table)") }
        }
        return out
    }

    /// The faults that SQLite finds in indexes of the node's own tables. No function of a program's is in them: an
    /// index that lacks a row is damage, as where a file is opened with the write-ahead log of another.
    func ownIndexFindings() throws(StoreError) -> [String] {
        var out: [String] = []
        for table in try transaction.connection.rows(
            """
            SELECT name FROM sqlite_master AS t WHERE type = 'table' AND substr(name, 1, 8) = 'caravan_' AND EXISTS \
            (SELECT 1 FROM pragma_index_list(t.name)) ORDER BY name
            """
        ).compactMap({ $0.first?.identifier }) {
            out += try wrongs("PRAGMA integrity_check(\(table.quoted))")
        }
        return out
    }

    private func check(_ isShort: Bool) throws(StoreError) -> [String] {
        let check = isShort ? "quick_check" : "integrity_check"
        do throws(StoreError) {
            let found = try wrongs("PRAGMA \(check)(100)")
            // Many rows or entries of an index may hide what is behind them.
            guard found.count == 100, found.allSatisfy({ Self.isOfRow($0) || Doctor.isOfIndex($0) }) else {
                return found
            }
            return try wrongs("PRAGMA \(check)(\(1 << 20))")
        } catch {
            guard error.mayBeOfOwnObject else { throw error }
        }
        // A column that a person made cannot be computed: the tables without one are looked at all the same.
        var out: [String] = []
        for table in try transaction.connection.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).compactMap({ $0.first?.identifier }) {
            do throws(StoreError) { out += try wrongs("PRAGMA \(check)(\(table.quoted))") } catch {
                guard error.mayBeOfOwnObject else { throw error }
            }
        }
        return out
    }

    /// The faults that a check of SQLite's finds, a line each.
    func wrongs(_ pragma: String) throws(StoreError) -> [String] {
        try transaction.connection.rows(pragma).compactMap { row in
            guard case .text(let bytes)? = row.first else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            return text == "ok" ? nil : text.split(separator: "\n").joined(separator: " ")
        }
    }

    /// Whether what SQLite finds is that a value does not fit its column, such as `NULL value in t.a`, `non-TEXT value
    /// in t.a`, `NUMERIC value in t.a`.
    private static func isOfRow(_ finding: String) -> Bool {
        let words = finding.split(separator: " ", maxSplits: 3)
        guard words.count == 4, words[1] == "value", words[2] == "in" else { return false }
        return ["NULL", "TEXT", "NUMERIC"].contains(words[0]) || words[0].hasPrefix("non-")
    }

    /// A sentence for each table of which SQLite found such rows.
    func misfitSentences(_ findings: [String]) throws(StoreError) -> [String] {
        var out: [String] = []
        var left = findings
        for table in transaction.state.tables {
            let (mine, others) = (
                left.filter { $0.contains(" value in \(table.name).") },
                left.filter { !$0.contains(" value in \(table.name).") }
            )
            guard let first = mine.first else { continue }
            left = others
            let count = try misfitCount(table)
            let what = count > 0 ? "\(count) rows of table \(table.name) hold" : "table \(table.name) holds"
            out.append(
                """
                \(what) what its definition does not permit (\(first)), which something wrote past SQLite's checks and \
                nobody else has: `caravan repair \(ShellWord.operand(table.name.text))` keeps it aside and puts back \
                what the log says
                """
            )
        }
        if let first = left.first {
            out.append(
                """
                a table that is on this node only holds what its definition does not permit (\(first)), which \
                something wrote past SQLite's checks: correct those rows
                """
            )
        }
        return out
    }

    /// The error that a table cannot be made anew because of its rows: what nobody had noted is to be found by folding
    /// its log again.
    func misfits(in table: TableState) -> StoreError {
        transaction.file.unseen.insert(table.id)
        return .foreign(
            """
            table \(table.name) has rows that its definition does not permit, which something wrote past SQLite's \
            checks: `caravan repair \(ShellWord.operand(table.name.text))` keeps them aside
            """
        )
    }

    private func misfitCount(_ table: TableState) throws(StoreError) -> Int {
        let gate = RowGate(table)
        let names = (table.keyColumns + table.valueColumns).map(\.name.quoted).joined(separator: ", ")
        let rows = try transaction.connection.prepare("SELECT \(names) FROM \(table.name.quoted)")
        let keyCount = table.keyColumns.count
        var count = 0
        while try rows.step() {
            let row = rows.row
            if gate.refuses(key: Array(row.prefix(keyCount)), values: Array(row.dropFirst(keyCount))) { count += 1 }
        }
        return count
    }
}

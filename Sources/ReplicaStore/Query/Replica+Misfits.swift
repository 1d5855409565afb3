import ReplicaModel

/// Rows that do not fit the definition of their table: something let them in past SQLite's own checks. They are no damage of the file.
extension Replica {
    /// What SQLite finds wrong with the file: with its pages, and with rows that do not fit their tables.
    ///
    /// - Parameter isShort: indexes are not compared with their tables, which takes most of the time.
    func fileFindings(inShort isShort: Bool) throws(StoreError) -> (damage: [String], misfits: [String]) {
        var found = try check(isShort, most: 10)
        // Many rows may hide what is behind them.
        if found.count == 10, found.allSatisfy(Self.isOfRow) { found = try check(isShort, most: 1 << 20) }
        return (found.filter { !Self.isOfRow($0) }, found.filter(Self.isOfRow))
    }

    private func check(_ isShort: Bool, most: Int) throws(StoreError) -> [String] {
        try connection.rows("PRAGMA \(isShort ? "quick_check" : "integrity_check")(\(most))").compactMap { row in
            guard case .text(let bytes)? = row.first else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            return text == "ok" ? nil : text.split(separator: "\n").joined(separator: " ")
        }
    }

    /// Whether what SQLite finds is that a value does not fit its column, such as `NULL value in t.a`, `non-TEXT value in t.a`, `NUMERIC value in t.a`.
    private static func isOfRow(_ finding: String) -> Bool {
        let words = finding.split(separator: " ", maxSplits: 3)
        guard words.count == 4, words[1] == "value", words[2] == "in" else { return false }
        return ["NULL", "TEXT", "NUMERIC"].contains(words[0]) || words[0].hasPrefix("non-")
    }

    /// One sentence for each table of which SQLite found such rows.
    func misfitSentences(_ findings: [String]) throws(StoreError) -> [String] {
        var out: [String] = []
        var left = findings
        for table in state.tables {
            let (mine, others) = (left.filter { $0.contains(" value in \(table.name).") }, left.filter { !$0.contains(" value in \(table.name).") })
            guard let first = mine.first else { continue }
            left = others
            let count = try misfitCount(table)
            let what = count > 0 ? "\(count) rows of table \(table.name) hold" : "table \(table.name) holds"
            out.append(
                "\(what) what its definition does not permit (\(first)), which something wrote past SQLite's checks and nobody else has: `caravan repair \(ShellWord.operand(table.name.text))` keeps it aside and puts back what the log says"
            )
        }
        if let first = left.first {
            out.append("a table that is on this node only holds what its definition does not permit (\(first)), which something wrote past SQLite's checks: correct those rows")
        }
        return out
    }

    /// That a table cannot be made anew for its rows: what nobody had noted is to be found by folding its log again.
    func misfits(in table: TableState) -> StoreError {
        unseen.insert(table.id)
        return .foreign(
            "table \(table.name) has rows that its definition does not permit, which something wrote past SQLite's checks: `caravan repair \(ShellWord.operand(table.name.text))` keeps them aside")
    }

    private func misfitCount(_ table: TableState) throws(StoreError) -> Int {
        let gate = RowGate(table)
        let names = (table.keyColumns + table.others).map(\.name.quoted).joined(separator: ", ")
        let rows = try connection.prepare("SELECT \(names) FROM \(table.name.quoted)")
        let keyCount = table.keyColumns.count
        var count = 0
        while try rows.step() {
            let row = rows.row
            if gate.refuses(key: Array(row.prefix(keyCount)), values: Array(row.dropFirst(keyCount))) { count += 1 }
        }
        return count
    }
}

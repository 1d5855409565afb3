import ReplicaModel
import SQLiteAccess

/// Settles reports by writing as a person would: on a connection with triggers and foreign keys, in one transaction,
/// with notes of what the tables show already. The next sealing makes one changeset of it.
package struct Resolver {
    private let replica: Replica
    private let connection: Connection
    private let now: Int64

    /// - Parameter now: milliseconds since 1970.
    package init(replica: Replica, now: Int64) throws(StoreError) {
        self.replica = replica
        self.now = now
        connection = try Connection(path: replica.path, access: .readWrite, on: replica.connection.disk)
        try connection.run("PRAGMA foreign_keys = ON")
    }

    /// Settles what is reported of one row, unless rows have changed since they were shown.
    ///
    /// - Parameter shown: rows as a person saw them, each with its settling version.
    /// - Throws: `notFound` where there is no such table, row, column or candidate; `wrongSQL` where SQLite refuses
    ///   what is to be written.
    @discardableResult
    package func resolve(
        _ resolution: Resolution, table name: Identifier, key: [Value],
        shown: [(key: [Value], version: String)] = []
    ) throws(StoreError) -> RowEditOutcome {
        let state = try replica.read().state
        guard state.mayWrite else {
            throw .notAllowed("this node may not write: ask an admin for another role")
        }
        guard let table = state.table(named: name) else {
            throw .notFound("there is no table \(name)\(Nearness.advice(for: name, among: state.tables.map(\.name)))")
        }
        do {
            return try connection.write { () throws(StoreError) in
                // Nobody else writes from here on, so what is compared is what is written over.
                for (key, version) in shown {
                    guard let record = try replica.reports.record(table: table.name, key: key) else { return .gone }
                    guard record.settlingVersion == version else { return .changedSince }
                }
                guard try exists(table, key) else { throw .notFound("table \(name) has no row \(key.sentenceText)") }
                try carryOut(resolution, table, key)
                return .written(key: key)
            }
        } catch {
            if case .sqlite(_, let message, _) = error {
                throw .wrongSQL(message + (connection.callerHint(message) ?? ""))
            }
            throw error
        }
    }

    private func carryOut(_ resolution: Resolution, _ table: TableState, _ key: [Value]) throws(StoreError) {
        switch resolution {
        case .takeShown(let name): try notes(table).noteWrite(of: try column(name, table), key, at: now)
        case .takeSite(let name, let site): try write(try candidate(of: site, name, table, key), to: name, table, key)
        case .takeWrite(let name, let feed, let seq):
            let own = try candidates(name, table, key) { $0.feed == feed && $0.seq == seq }
            guard let found = own.first else { throw Self.noCandidate(of: name) }
            let value = try replica.read().conflictReports.value(of: found.candidate, in: found.report)
            try write(value, to: name, table, key)
        case .value(let name, let literal): try write(try SQLLiteral.value(of: literal), to: name, table, key)
        case .keepRow: try keep(table, key)
        case .deleteRow: try connection.rows("DELETE FROM \(table.name.quoted) WHERE \(table.keyTerm)", key)
        case .mergeInto(let other, let columns, let fillsGaps):
            try merge(key, into: other, taking: columns, fillsGaps: fillsGaps, table)
        }
    }

    private func notes(_ table: TableState) -> PendingNotes {
        PendingNotes(connection: connection, table: table)
    }

    private func column(_ name: Identifier, _ table: TableState) throws(StoreError) -> Int {
        guard let index = table.valueColumns.firstIndex(where: { $0.name == name }) else {
            throw .notFound(
                """
                table \(table.name) has no column \(name)\(Nearness.advice(for: name, among: table.valueColumns.map(\.name))) \
                beside its key
                """)
        }
        return index
    }

    private func value(of name: Identifier, _ table: TableState, _ key: [Value]) throws(StoreError) -> Value? {
        try connection.value("SELECT \(name.quoted) FROM \(table.name.quoted) WHERE \(table.keyTerm)", key)
    }

    private func exists(_ table: TableState, _ key: [Value]) throws(StoreError) -> Bool {
        guard key.count == table.keyColumns.count else {
            throw .notFound(
                "the key of \(table.name) has \(table.keyColumns.count) columns: write a JSON array of them")
        }
        return try connection.value("SELECT 1 FROM \(table.name.quoted) WHERE \(table.keyTerm)", key) != nil
    }

    /// Writes a value, and notes that it was written even where it was there.
    private func write(_ value: Value, to name: Identifier, _ table: TableState, _ key: [Value]) throws(StoreError) {
        let index = try column(name, table)
        try connection.rows(
            "UPDATE \(table.name.quoted) SET \(name.quoted) = ?\(key.count + 1) WHERE \(table.keyTerm)", key + [value])
        try notes(table).noteWrite(of: index, key, at: now)
    }

    private func candidate(
        of site: SiteID, _ name: Identifier, _ table: TableState, _ key: [Value]
    ) throws(StoreError) -> Value {
        let own = try candidates(name, table, key) { $0.site == site }
        guard let found = own.first else { throw Self.noCandidate(of: name) }
        // A node that was restored from a backup wrote on as another incarnation of its site.
        guard own.allSatisfy({ $0.candidate.hasValue(of: found.candidate) }) else {
            throw .notFound(
                """
                column \(name) has several values of that site, none of which is meant by its name: write the one that \
                is with --value, or choose it with `caravan resolve` alone
                """)
        }
        return try replica.read().conflictReports.value(of: found.candidate, in: found.report)
    }

    private static func noCandidate(of name: Identifier) -> StoreError {
        .notFound("column \(name) has no value of that site to take: `caravan conflicts` shows those that it has")
    }

    /// The values of a column that its row has open, of the writes that are wanted.
    private func candidates(
        _ name: Identifier, _ table: TableState, _ key: [Value], isWanted: (WriteReport) -> Bool
    ) throws(StoreError) -> [(candidate: ConflictReport.Candidate, report: ConflictReport)] {
        var out: [(ConflictReport.Candidate, ConflictReport)] = []
        for report in try replica.read().conflictReports.conflicts(table, key: key) {
            guard case .cell(name, _, let candidates) = report.kind else { continue }
            out += candidates.filter { isWanted($0.write) }.map { ($0, report) }
        }
        return out
    }

    /// A row that was deleted and edited apart is answered by an operation that writes nothing. One that is only kept
    /// is dead: to keep it is to write it anew.
    private func keep(_ table: TableState, _ key: [Value]) throws(StoreError) {
        let kinds = try replica.read().conflictReports.conflicts(table, key: key).map(\.kindName)
        guard kinds.contains("deleted-edited") || kinds.contains("kept") else {
            throw .notFound("nobody has deleted the row: there is nothing to keep it from")
        }
        try notes(table).note(kinds.contains("kept") ? .inserted : .stays, key, at: now)
    }

    /// Whether two keys name one row: a column may take texts for equal that are written in different letters.
    private func isOneRow(_ key: [Value], _ other: [Value], _ table: TableState) throws(StoreError) -> Bool {
        let second = table.keyColumns.enumerated().map { place, column in
            "\(column.name.quoted) IS ?\(key.count + place + 1)"
        }
        return try connection.value(
            """
            SELECT 1 FROM \(table.name.quoted) WHERE \(table.keyTerm) AND \(second.joined(separator: " AND "))
            """, key + other) != nil
    }

    /// Writes every column of the survivor, so that two people who merge two rows into each other lose neither.
    private func merge(
        _ key: [Value], into other: [Value], taking columns: [Identifier], fillsGaps: Bool, _ table: TableState
    ) throws(StoreError) {
        guard try exists(table, other) else {
            throw .notFound("table \(table.name) has no row \(other.sentenceText) to merge into")
        }
        guard try !isOneRow(key, other, table) else { throw .notFound("a row cannot be merged into itself") }
        for name in columns { _ = try column(name, table) }
        var taken: [(Identifier, Value)] = []
        for name in table.valueColumns.map(\.name) {
            let isTaken = columns.containsSame(as: name)
            guard isTaken || fillsGaps, let value = try value(of: name, table, key) else { continue }
            let present = try self.value(of: name, table, other) ?? .null
            if isTaken || present.isNull && !value.isNull { taken.append((name, value)) }
        }
        try connection.run("PRAGMA defer_foreign_keys = ON")
        let run = { (sql: String, values: [Value]) throws(StoreError) -> [Value]? in
            try connection.rows(sql, values).first
        }
        try ReferenceMove(table: table, state: replica.state, run: run).move(from: key, to: other)
        try connection.rows("DELETE FROM \(table.name.quoted) WHERE \(table.keyTerm)", key)
        for (name, value) in taken {
            try connection.rows(
                "UPDATE \(table.name.quoted) SET \(name.quoted) = ?\(key.count + 1) WHERE \(table.keyTerm)",
                other + [value])
        }
        try notes(table).note(.inserted, other, at: now)
    }
}

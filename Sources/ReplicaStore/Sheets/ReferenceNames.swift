import ReplicaModel
import SQLiteAccess

/// Finds the row to which a cell refers: by its key, or by a name that one row alone has in any language.
final class ReferenceNames {
    enum Answer: Equatable {
        case key(Value)
        /// A row that a line of the file has and that is not there yet, with its key where that is known.
        case later(Value?)
        /// The answer is known once every line was noted.
        case unsure
        case none
        /// Several rows have the name: how many, and the keys of those that have one already.
        case several(Int, keys: [Value])
    }

    let target: TableState
    /// The lines of the file, where the table refers to itself.
    var lines: NotedLines?
    private let connection: Connection
    private let nameColumns: [ColumnDefinition]
    private let hasKey: Statement
    private let reader: ColumnReader
    private let number: Int
    private var find: Statement?
    private var note: Statement?
    private var known: [Value: Bool] = [:]
    private var named: [[UInt8]: [Found]] = [:]

    /// A row that has a name.
    private struct Found: Equatable {
        /// NULL where the table makes it once the row is written.
        let key: Value
        /// The line whose row is not there yet; NULL for one of the table.
        let line: Value
    }

    /// - Parameter number: tells the temporary tables of several apart.
    init(of target: TableState, number: Int, connection: Connection) throws(StoreError) {
        self.target = target
        self.number = number
        self.connection = connection
        nameColumns = Self.nameColumns(of: target.definition)
        let key = target.keyColumns[0]
        reader = ColumnReader(key, isStrict: target.definition.isStrict, isKey: true)
        hasKey = try connection.prepare(
            "SELECT \(key.name.quoted) FROM \(target.name.quoted) WHERE \(key.name.quoted) = ?1")
    }

    /// Columns of text that hold names or titles, in whichever language.
    static func nameColumns(of table: TableDefinition) -> [ColumnDefinition] {
        let words: Set<String> = ["name", "title", "label"]
        return table.columns.filter { column in
            guard column.generated == nil, !table.key.contains(column.name),
                Affinity(declared: column.type) == .text
            else { return false }
            return column.name.folded.text.split(separator: "_").contains { words.contains(String($0)) }
        }
    }

    var isNamed: Bool { !nameColumns.isEmpty }

    /// The key of the row that a cell means: an exact key, of the table or of a line of the file, before a name, and a
    /// name that one row alone has once the whole file is in.
    func answer(_ cell: SheetCell) throws(StoreError) -> Answer {
        if case .value(let key) = reader.read(cell), !key.isNull {
            if try has(key) { return .key(key) }
            if let lines, lines.isWhole, try lines.has(key) { return .later(key) }
        }
        if let lines, !lines.isWhole { return .unsure }
        guard isNamed, case .text(let bytes) = cell else { return .none }
        let found = try rows(named: PlainText.trimmed(bytes))
        guard let only = found.first else { return .none }
        guard found.count == 1 else {
            return .several(found.count, keys: found.map(\.key).filter { !$0.isNull })
        }
        guard !only.key.isNull else { return .later(nil) }
        return try has(only.key) ? .key(only.key) : .later(only.key)
    }

    private func rows(named name: [UInt8]) throws(StoreError) -> [Found] {
        if let known = named[name] { return known }
        let found = try byName(name)
        if named.count >= Self.knownMax { named = [:] }
        if !found.isEmpty, name.count <= Self.knownBytesMax { named[name] = found }
        return found
    }

    private func has(_ key: Value) throws(StoreError) -> Bool {
        if known[key] == true { return true }
        let found = try hasKey.first([key]) != nil
        if known.count >= Self.knownMax { known = [:] }
        if found { known[key] = true }
        return found
    }

    /// The most answers that are remembered: an alliance's worth, in a few mebibytes.
    private static let (knownMax, knownBytesMax) = (20_000, 512)

    private func byName(_ name: [UInt8]) throws(StoreError) -> [Found] {
        let find = if let find { find } else { try list() }
        self.find = find
        try find.bind(.text(NameFold.light(name)), at: 1)
        var (exact, alike): ([Found], [Found]) = ([], [])
        while try find.step() {
            let row = Found(key: find.value(at: 1), line: find.value(at: 2))
            if find.value(at: 0) == .text(name), !exact.contains(row) { exact.append(row) }
            if !alike.contains(row) { alike.append(row) }
        }
        let found = exact.isEmpty ? alike : exact
        // A line whose row may be there is that row where there is one of the name.
        let certain = found.filter { row in
            if case .integer(let line) = row.line { line > 0 } else { true }
        }
        return certain.isEmpty ? found : certain
    }

    /// Lists every name once, for the table has no index of names without case.
    private func list() throws(StoreError) -> Statement {
        let aside = "temp.caravan_names_\(number)"
        try connection.run("CREATE TABLE \(aside)(fold TEXT, name TEXT, key, line INTEGER)")
        let insert = try connection.prepare("INSERT INTO \(aside) VALUES (?1, ?2, ?3, ?4)")
        if let lines {
            try lines.forEachName { (name, key, line) throws(StoreError) in
                try insert.run([.text(NameFold.light(name)), .text(name), key, line])
            }
        } else {
            try forEachName(where: "") { (name, key) throws(StoreError) in
                try insert.run([.text(NameFold.light(name)), .text(name), key, .null])
            }
        }
        try connection.run("CREATE INDEX temp.caravan_names_\(number)_index ON caravan_names_\(number)(fold)")
        if lines != nil {
            try connection.run("CREATE INDEX temp.caravan_names_\(number)_lines ON caravan_names_\(number)(line)")
        }
        note = insert
        return try connection.prepare("SELECT name, key, line FROM \(aside) WHERE fold = ?1")
    }

    private func forEachName(
        where term: String, _ values: [Value] = [], _ body: ([UInt8], _ key: Value) throws(StoreError) -> Void
    ) throws(StoreError) {
        let columns = ([target.keyColumns[0]] + nameColumns).map(\.name.quoted).joined(separator: ", ")
        let rows = try connection.prepare("SELECT \(columns) FROM \(target.name.quoted) \(term)")
        for (index, value) in values.enumerated() { try rows.bind(value, at: index + 1) }
        while try rows.step() {
            let row = rows.row
            for case .text(let name) in row.dropFirst() { try body(name, row[0]) }
        }
    }

    /// Whether the names were listed.
    var isListed: Bool { find != nil }

    /// Forgets what was found since a savepoint to which all went back.
    ///
    /// - Parameter isListed: whether the names were listed before.
    func forget(isListed: Bool) {
        (known, named) = ([:], [:])
        if !isListed { (find, note) = (nil, nil) }
    }

    /// Has a row that was written be found by the names that it has now.
    ///
    /// - Parameter knowledge: what was known of its line when the names were listed.
    func wrote(line: Int, key: Value, _ knowledge: NotedLines.Knowledge) throws(StoreError) {
        guard let note else { return }
        let aside = "temp.caravan_names_\(number)"
        switch knowledge {
        case .all: return
        case .allButKey:
            _ = try connection.rows(
                "UPDATE \(aside) SET key = ?1, line = NULL WHERE line IN (?2, ?3)",
                [key, .integer(Int64(line)), .integer(Int64(-line))])
        case .nothing:
            _ = try connection.rows("DELETE FROM \(aside) WHERE key = ?1", [key])
            try forEachName(where: "WHERE \(target.keyColumns[0].name.quoted) = ?1", [key]) {
                (name, key) throws(StoreError) in
                try note.run([.text(NameFold.light(name)), .text(name), key, .null])
            }
        }
        named = [:]
    }
}

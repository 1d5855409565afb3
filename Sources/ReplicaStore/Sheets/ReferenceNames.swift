import ReplicaModel
import SQLiteAccess

/// Finds the row to which a cell refers: by its key, or by a name that one row alone has in any language.
final class ReferenceNames {
    enum Answer: Equatable {
        case key(Value)
        case none
        /// Several rows have the name.
        case several([Value])
    }

    let target: TableState
    private let connection: Connection
    private let nameColumns: [ColumnDefinition]
    private let hasKey: Statement
    private let reader: ColumnReader
    private let number: Int
    private var find: Statement?
    private var note: Statement?
    private var known: [Value: Bool] = [:]
    private var named: [[UInt8]: Answer] = [:]

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

    /// The key of the row that a cell means.
    func answer(_ cell: SheetCell) throws(StoreError) -> Answer {
        if case .value(let key) = reader.read(cell), !key.isNull, try has(key) { return .key(key) }
        guard isNamed, case .text(let bytes) = cell else { return .none }
        let name = PlainText.trimmed(bytes)
        if let answer = named[name] { return answer }
        let answer = try byName(name)
        if named.count >= Self.knownMax { named = [:] }
        if answer != .none, name.count <= Self.knownBytesMax { named[name] = answer }
        return answer
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

    private func byName(_ name: [UInt8]) throws(StoreError) -> Answer {
        let find = if let find { find } else { try list() }
        self.find = find
        try find.bind(.text(NameFold.light(name)), at: 1)
        var (exact, alike): ([Value], [Value]) = ([], [])
        while try find.step() {
            let key = find.value(at: 1)
            if find.value(at: 0) == .text(name), !exact.contains(key) { exact.append(key) }
            if !alike.contains(key) { alike.append(key) }
        }
        let found = exact.isEmpty ? alike : exact
        return found.isEmpty ? .none : found.count == 1 ? .key(found[0]) : .several(found)
    }

    /// Lists every name once, for the table has no index of names without case.
    private func list() throws(StoreError) -> Statement {
        let aside = "temp.caravan_names_\(number)"
        try connection.run("CREATE TABLE \(aside)(fold TEXT, name TEXT, key)")
        let insert = try connection.prepare("INSERT INTO \(aside) VALUES (?1, ?2, ?3)")
        let columns = ([target.keyColumns[0]] + nameColumns).map(\.name.quoted).joined(separator: ", ")
        let rows = try connection.prepare("SELECT \(columns) FROM \(target.name.quoted)")
        while try rows.step() {
            let row = rows.row
            for case .text(let name) in row.dropFirst() {
                try insert.run([.text(NameFold.light(name)), .text(name), row[0]])
            }
        }
        try connection.run("CREATE INDEX temp.caravan_names_\(number)_index ON caravan_names_\(number)(fold)")
        note = insert
        return try connection.prepare("SELECT name, key FROM \(aside) WHERE fold = ?1")
    }

    /// Forgets what was found of rows that are there no more.
    func forget() { (known, named) = ([:], [:]) }

    /// Has a row that was written be found from now on, where the table refers to itself.
    func wrote(_ values: [Identifier: Value], key: Value) throws(StoreError) {
        guard let note else { return }
        named = [:]
        for column in nameColumns {
            guard case .text(let name)? = values[column.name] else { continue }
            try note.run([.text(NameFold.light(name)), .text(name), key])
        }
    }
}

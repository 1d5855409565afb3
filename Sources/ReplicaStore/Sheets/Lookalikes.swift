import ReplicaModel
import SQLiteAccess

/// Finds rows that a new one looks like: with the same name in another spelling or script, or the same web site.
final class Lookalikes {
    private let connection: Connection
    private let table: TableState
    private let names: [ColumnDefinition]
    private let sites: [ColumnDefinition]
    private var find: Statement?
    private var isEmpty = true

    /// - Parameter columns: those of the file.
    init(of table: TableState, columns: [ColumnDefinition], connection: Connection) {
        self.connection = connection
        self.table = table
        let inFile = Set(columns.map(\.name))
        names = ReferenceNames.nameColumns(of: table.definition)
        let words: Set<String> = ["website", "web", "url", "homepage", "site"]
        sites = columns.filter { column in
            column.name.folded.text.split(separator: "_").contains { words.contains(String($0)) }
        }
        isPossible = names.contains { inFile.contains($0.name) } || !sites.isEmpty
        isWanted = isPossible
    }

    /// Whether a name or a site is in the file.
    private let isPossible: Bool
    /// Whether there is something that a row may look like: a name or a site in the file, and rows in the table.
    private var isWanted: Bool
    /// Whether the names and sites were listed.
    var isListed: Bool { find != nil }

    /// Forgets what was found since a savepoint to which all went back.
    ///
    /// - Parameter isListed: whether the names were listed before.
    func forget(isListed: Bool) {
        guard !isListed else { return }
        (find, isEmpty, isWanted) = (nil, true, isPossible)
    }

    /// A row that is there and looks like a new one, with the reason; nil where there is none.
    func row(like values: [Identifier: Value]) throws(StoreError) -> (key: [Value], reason: String)? {
        guard isWanted else { return nil }
        let find = if let find { find } else { try list() }
        self.find = find
        // In a table that was empty, each of many new rows would be made plain for nothing.
        isWanted = !isEmpty
        guard isWanted else { return nil }
        for column in names {
            guard case .text(let name)? = values[column.name] else { continue }
            if let found = try same(name, find) { return found }
        }
        for column in sites {
            guard case .text(let site)? = values[column.name], let host = NameFold.host(site) else { continue }
            if let row = try find.first([.text("//" + host)]) {
                return (Array(row.dropFirst(2)), "has the same web site \(host)")
            }
        }
        return nil
    }

    private func same(
        _ name: [UInt8], _ find: Statement
    ) throws(StoreError) -> (key: [Value], reason: String)? {
        let deep = NameFold.deep(name)
        guard let row = try find.first([.text(deep.isEmpty ? "=" + NameFold.light(name) : deep)]),
            case .text(let other) = row[0], let found = row[1].identifier
        else { return nil }
        let shown = String(decoding: other.prefix(120), as: UTF8.self)
        let reason =
            other == name
            ? "has the same name: \(found) “\(shown)”"
            : NameFold.light(other) == NameFold.light(name)
                ? "has the same name in another case, width or spacing: \(found) “\(shown)”"
                : "has a name that may be the same in another spelling, order of words or script: \(found) “\(shown)”"
        return (Array(row.dropFirst(2)), reason)
    }

    /// Lists the names and sites of all rows that are there before the first is written.
    private func list() throws(StoreError) -> Statement {
        let keys = table.keyColumns.map(\.name.quoted)
        let own = keys.indices.map { "k\($0)" }
        try connection.run("CREATE TABLE temp.caravan_alike(fold TEXT, name, of, \(own.joined(separator: ", ")))")
        let marks = (1...(3 + own.count)).map { "?\($0)" }.joined(separator: ", ")
        let insert = try connection.prepare("INSERT INTO temp.caravan_alike VALUES (\(marks))")
        let columns = names + sites
        let rows = try connection.prepare(
            "SELECT \((keys + columns.map(\.name.quoted)).joined(separator: ", ")) FROM \(table.name.quoted)")
        while try rows.step() {
            let row = rows.row
            let key = Array(row.prefix(keys.count))
            for (index, column) in columns.enumerated() {
                guard case .text(let text) = row[keys.count + index], !text.isEmpty else { continue }
                let fold: String
                if index < names.count {
                    let deep = NameFold.deep(text)
                    fold = deep.isEmpty ? "=" + NameFold.light(text) : deep
                } else {
                    guard let host = NameFold.host(text) else { continue }
                    fold = "//" + host
                }
                try insert.run([.text(fold), .text(text), .text(column.name)] + key)
                isEmpty = false
            }
        }
        try connection.run("CREATE INDEX temp.caravan_alike_index ON caravan_alike(fold)")
        return try connection.prepare(
            "SELECT name, of, \(own.joined(separator: ", ")) FROM temp.caravan_alike WHERE fold = ?1 LIMIT 1")
    }
}

import ReplicaModel
import SQLiteAccess
import SyncWire

/// Finds the rows that a delete of one row would touch, without doing it: those that go along by ON DELETE CASCADE with
/// what goes along with them, those that are emptied, and those that forbid it.
struct DeleteOutlooker {
    let connection: Connection
    let tables: [TableDefinition]

    /// Rows of one reference whose keys are compared; of more their number is.
    private static let keysMax = 1000
    /// Rows that go along and of which is looked for what refers to them: a person reads no more, and a page has to
    /// come.
    private static let rowsMax = 200

    /// A reference of a table.
    private struct Way: Hashable {
        let table: Int
        let reference: Int
    }

    /// The rows that were found by one reference.
    private struct Found {
        var count = 0
        var keys: [[Value]] = []
    }

    func outlook(of table: TableDefinition, key: [Value]) throws(StoreError) -> DeleteOutlook {
        var gone = [RowName(table: table.name, key: key)]
        var known = Set(gone)
        var found: [Way: Found] = [:]
        var next = 0
        while next < gone.count, next < Self.rowsMax {
            let row = gone[next]
            for way in try ways(to: row.table, isFirst: next == 0) {
                let (rows, count) = try rows(of: way, to: row.key)
                let name = tables[way.table].name
                guard tables[way.table].references[way.reference].onDelete == "CASCADE" else {
                    found[way, default: Found()].keys += rows
                    found[way, default: Found()].count += count
                    continue
                }
                let fresh = rows.filter { known.insert(RowName(table: name, key: $0)).inserted }
                gone += fresh.map { RowName(table: name, key: $0) }
                found[way, default: Found()].keys += fresh
                found[way, default: Found()].count += fresh.count + count - rows.count
            }
            next += 1
        }
        // Who refers by two ways and goes along by one of them neither is emptied nor forbids anything.
        for (way, rows) in found where tables[way.table].references[way.reference].onDelete != "CASCADE" {
            let stay = rows.keys.filter { !known.contains(RowName(table: tables[way.table].name, key: $0)) }
            found[way] = Found(count: rows.count - rows.keys.count + stay.count, keys: stay)
        }
        return outlook(found, isLeast: next < gone.count)
    }

    private func outlook(_ found: [Way: Found], isLeast: Bool) -> DeleteOutlook {
        var effects: [DeleteOutlook.Effect] = []
        var writer = CBORWriter()
        let order = found.filter { $0.value.count > 0 }.sorted {
            ($0.key.table, $0.key.reference) < ($1.key.table, $1.key.reference)
        }
        for (way, rows) in order {
            let (table, reference) = (tables[way.table], tables[way.table].references[way.reference])
            effects.append(
                .init(
                    table: table.name, column: reference.columns[0], onDelete: reference.onDelete, count: rows.count))
            writer.write(name: table.name)
            reference.columns.forEach { writer.write(name: $0) }
            writer.write(text: reference.onDelete)
            writer.write(unsigned: UInt64(rows.count))
            for key in rows.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                key.forEach { writer.write($0) }
            }
        }
        let digest = String(ContentHash.of(writer.bytes).hex.prefix(32))
        return DeleteOutlook(effects: effects, isLeast: isLeast, digest: digest)
    }

    /// The references to a table.
    ///
    /// - Parameter isFirst: whether they are looked for once only, as the delete itself has to; else those are left out
    ///   that would be looked for in the whole of a large table for every row.
    private func ways(to name: Identifier, isFirst: Bool) throws(StoreError) -> [Way] {
        var out: [Way] = []
        for (place, table) in tables.enumerated() {
            for (number, reference) in table.references.enumerated() where reference.table.isSame(as: name) {
                guard let first = reference.columns.first else { continue }
                let isLookedFor =
                    try isFirst ? true : RowCosts(connection: connection).isCheap(first, table)
                if isLookedFor { out.append(Way(table: place, reference: number)) }
            }
        }
        return out
    }

    /// The first rows that refer to a row in one way, by key, and how many there are.
    private func rows(of way: Way, to key: [Value]) throws(StoreError) -> (rows: [[Value]], count: Int) {
        let (table, columns) = (tables[way.table], tables[way.table].references[way.reference].columns)
        guard columns.count == key.count else { return ([], 0) }
        let term = columns.indices.map { "\(columns[$0].quoted) = ?\($0 + 1)" }.joined(separator: " AND ")
        let keys = table.key.map(\.quoted).joined(separator: ", ")
        let source = "FROM \(table.name.quoted) WHERE \(term)"
        let rows = try connection.rows("SELECT \(keys) \(source) ORDER BY \(keys) LIMIT \(Self.keysMax)", key)
        guard rows.count == Self.keysMax,
            case .integer(let all)? = try connection.value("SELECT count(*) \(source)", key)
        else { return (rows, rows.count) }
        return (rows, Int(all))
    }
}

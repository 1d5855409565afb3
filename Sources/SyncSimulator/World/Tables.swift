import ReplicaModel
import ReplicaStore
import SQLiteAccess

/// The rows that a replica's tables show, with the values of their columns that are not of the key.
package typealias Tables = [RowName: [Identifier: Value]]

/// The change that one transaction of a person made to a row.
package enum RowChange: Hashable, Sendable {
    case deleted
    /// The columns that were written; all of a row that is new.
    case written([Identifier: Value])

    /// The change as the trace has it.
    var text: String {
        switch self {
        case .deleted: "deleted"
        case .written(let values):
            values.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value.text)" }.joined(separator: " ")
        }
    }
}

extension Value {
    /// The value as sentences and the trace have it; of a text or a blob only the beginning.
    var text: String {
        switch self {
        case .null: "NULL"
        case .integer(let integer): "\(integer)"
        case .real(let real): "\(real)"
        case .text(let bytes): "'\(String(decoding: bytes.prefix(40), as: UTF8.self))'"
        case .blob(let bytes): "x'\(bytes.prefix(20).hex)'"
        }
    }
}

extension SimulatedNode {
    /// Reads the tables as a program that knows nothing of merging does.
    func readTables() throws(StoreError) -> Tables {
        guard let reader, let replica else { return [:] }
        // The same for as long as nobody else commits.
        let version = try reader.rows("PRAGMA data_version")
        if let read, read.reader === reader, read.version == version { return read.tables }
        let tables = try Self.readTables(replica, reader)
        read = (reader, version, tables)
        return tables
    }

    static func readTables(_ replica: Replica, _ reader: RawClient) throws(StoreError) -> Tables {
        var out: Tables = [:]
        for table in try replica.admin.schema().tables {
            let others = table.valueColumns.map(\.name)
            for row in try reader.rows("SELECT \((table.key + others).inSQL) FROM \(table.name.inSQL)") {
                out[RowName(table: table.name, key: Array(row.prefix(table.key.count)))] = Dictionary(
                    uniqueKeysWithValues: zip(others, row.dropFirst(table.key.count)))
            }
        }
        return out
    }

    static func changes(from old: Tables, to new: Tables) -> [RowName: RowChange] {
        var out: [RowName: RowChange] = [:]
        for row in old.keys where new[row] == nil { out[row] = .deleted }
        for (row, values) in new {
            guard let known = old[row] else {
                out[row] = .written(values)
                continue
            }
            let changed = values.filter { known[$0.key] != $0.value }
            if !changed.isEmpty { out[row] = .written(changed) }
        }
        return out
    }
}

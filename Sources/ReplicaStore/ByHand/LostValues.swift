import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Values of which only the notes are left: somebody wrote them, and then the column went with them. No node makes up
/// what they were, so what the log has stands, and is not sealed as if somebody had written it.
struct LostValues {
    private let table: TableState
    private let noted: NotedWrites
    /// The values that the definition puts where nobody entered anything, by place.
    private let defaults: [Value]
    /// The values, by place, that a row held when somebody gave it another key, by that other key.
    private let rekeyed: [[Value]: [Value]]

    /// - Parameters:
    ///   - places: of the columns whose values are gone from some rows.
    ///   - noted: what is noted of those columns.
    init(of table: TableState, _ places: [Int], _ noted: NotedWrites, _ transaction: Transaction) throws(StoreError) {
        self.table = table
        self.noted = noted
        rekeyed = places.isEmpty ? [:] : try Self.rekeyed(PendingLayout(table), transaction.connection)
        defaults =
            places.isEmpty
            ? []
            : try DefaultValues.of(
                table.valueColumns, added: Array(table.valueColumns.indices), isStrict: table.definition.isStrict)
    }

    /// A change of a key is noted as a delete and an insert, one behind the other.
    private static func rekeyed(_ layout: PendingLayout, _ connection: Connection) throws(StoreError) -> [[Value]:
        [Value]]
    {
        let columns = (layout.keyNames.map { "i.\($0)" } + layout.oldNames.map { "d.\($0)" }).joined(separator: ", ")
        let rows = try connection.rows(
            """
            SELECT \(columns) FROM \(layout.name) AS i JOIN \(layout.name) AS d ON d.note = i.note - 1
            WHERE i.kind = 0 AND d.kind = 2 AND d.time = i.time ORDER BY i.note
            """)
        return Dictionary(
            rows.map { (Array($0.prefix(layout.keys.count)), Array($0.dropFirst(layout.keys.count))) },
            uniquingKeysWith: { $1 })
    }

    /// The values, by place, that a new row held before it got its key; nil where they are not known.
    ///
    /// - Parameter values: what it holds now, by place; nil where that is gone.
    func before(_ key: [Value], _ values: [Value?]) -> [Value]? {
        guard let old = rekeyed[key], values.contains(where: { $0 != nil }) else { return nil }
        // A delete and the insert of another row may be noted in one millisecond.
        return zip(old, values).allSatisfy { $1 == nil || $0 == $1 } ? old : nil
    }

    /// The value that stands for one of a new row that is not known; nil where what is there is as good.
    func substitute(in place: Int, _ key: [Value]) -> Value? {
        guard noted.inserted.contains(key), !(table.valueColumns[place].isNotNull && defaults[place].isNull) else {
            return nil
        }
        return defaults[place]
    }
}

/// The notes of writes whose values are gone with a column.
struct LostWrites {
    let table: TableState
    let transaction: Transaction

    private var layout: PendingLayout { PendingLayout(table) }
    private var keys: String { layout.keyNames.joined(separator: ", ") }

    /// Takes back all that is noted as written in columns.
    func takeBack(of places: [Int], from log: Transaction) throws(StoreError) {
        try setOldValues(of: places, from: log)
        for (name, masks) in Dictionary(grouping: places.map(layout.mask), by: \.name).sorted(by: { $0.key < $1.key }) {
            let bits = masks.reduce(Int64(0)) { $0 | $1.bit }
            try transaction.connection.run(
                "UPDATE \(layout.name) SET \(name) = \(name) & ~\(bits) WHERE kind = 1 AND \(name) & \(bits)")
        }
    }

    /// Writes into the notes of deletes what the log has in columns: what the table had there may not be what was
    /// sealed.
    func setOldValues(of places: [Int], from log: Transaction) throws(StoreError) {
        guard !places.isEmpty, let known = log.state.table(named: table.name) else { return }
        let tableRows = try log.tableRows(of: known)
        let sets = places.enumerated().map { "\(layout.oldNames[$1]) = ?\($0 + 2)" }.joined(separator: ", ")
        for row in try transaction.connection.rows("SELECT note, \(keys) FROM \(layout.name) WHERE kind IN (2, 3)") {
            guard let values = try tableRows.row(Array(row.dropFirst())) else { continue }
            let sealed = places.map { place in
                known.valueColumns.firstIndex { $0.name == table.valueColumns[place].name }.map { values[$0] } ?? .null
            }
            try transaction.connection.rows("UPDATE \(layout.name) SET \(sets) WHERE note = ?1", [row[0]] + sealed)
        }
    }
}

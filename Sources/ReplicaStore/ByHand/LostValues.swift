import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Values of which only the notes are left: somebody wrote them, and then the column went with them. No node makes up
/// what they were, so what the log has stands, and is not sealed as if somebody had written it.
final class LostValues {
    private let table: TableState
    private let transaction: Transaction
    /// Keys of rows in which a trigger noted a write of a column, by the place of the column.
    private let written: [Int: Set<[Value]>]
    /// Keys of rows of which a trigger noted the insert.
    private let inserted: Set<[Value]>
    /// The values that the definition puts where nobody entered anything, by place.
    private let defaults: [Value]
    /// The values, by place, that a row held when somebody gave it another key, by that other key.
    private let rekeyed: [[Value]: [Value]]
    private var found: [Int: Set<[Value]>] = [:]

    /// - Parameter places: of the columns whose values are gone from some rows.
    init(of table: TableState, _ places: [Int], _ transaction: Transaction) throws(StoreError) {
        self.table = table
        self.transaction = transaction
        var written: [Int: Set<[Value]>] = [:]
        var inserted: Set<[Value]> = []
        let layout = PendingLayout(table)
        let keys = layout.keyNames.joined(separator: ", ")
        for place in places {
            let mask = layout.mask(of: place)
            written[place] = Set(
                try transaction.connection.rows(
                    "SELECT DISTINCT \(keys) FROM \(layout.name) WHERE kind = 1 AND \(mask.name) & \(mask.bit)"))
        }
        if !places.isEmpty {
            inserted = Set(
                try transaction.connection.rows("SELECT DISTINCT \(keys) FROM \(layout.name) WHERE kind = 0"))
        }
        (self.written, self.inserted) = (written, inserted)
        rekeyed = places.isEmpty ? [:] : try Self.rekeyed(layout, transaction.connection)
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

    /// The row is known, and does not hold any more what was written.
    func add(_ key: [Value], _ place: Int) {
        if written[place]?.contains(key) == true { found[place, default: []].insert(key) }
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
        guard inserted.contains(key), !(table.valueColumns[place].isNotNull && defaults[place].isNull) else {
            return nil
        }
        return defaults[place]
    }

    /// Takes the notes of the lost writes back.
    func takeBack() throws(StoreError) {
        let layout = PendingLayout(table)
        for (place, keys) in found.sorted(by: { $0.key < $1.key }) {
            let mask = layout.mask(of: place)
            let notes = try transaction.connection.rows(
                """
                SELECT note, \(layout.keyNames.joined(separator: ", ")) FROM \(layout.name) WHERE kind = 1 AND \
                \(mask.name) & \(mask.bit)
                """
            )
            for row in notes where keys.contains(Array(row.dropFirst())) {
                try transaction.statement(
                    "UPDATE \(layout.name) SET \(mask.name) = \(mask.name) & ~\(mask.bit) WHERE note = ?1"
                ).run([row[0]])
            }
        }
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

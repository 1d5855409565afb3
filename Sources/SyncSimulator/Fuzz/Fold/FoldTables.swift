import ReplicaModel
import SyncWire

/// The tables of the founded replica, and rows in them.
enum FoldTables {
    static let definitions = FoundedReplica.template.schema.tables.sorted { $0.name < $1.name }

    static let items = definitions.map { table in
        TableItem(name: table.name, key: table.key, valueColumns: table.valueColumns.map(\.name).sorted())
    }

    /// Whether the schema refuses a value of the operation.
    static func isIllFormed(_ operation: RowOperation) -> Bool {
        guard let table = definitions.first(where: { $0.name == operation.table }) else { return true }
        let isKeyRefused = zip(table.key, operation.key).contains { name, value in
            table.column(name)?.refusal(of: value, isStrict: table.isStrict, isKey: true) != nil
        }
        switch operation.action {
        case .delete: return isKeyRefused
        case .insert(let values), .update(let values):
            return isKeyRefused
                || values.contains {
                    table.column($0.key)?.refusal(of: $0.value, isStrict: table.isStrict, isKey: false) != nil
                }
        }
    }

    /// Draws an operation on few keys, with few values, so that everything meets.
    ///
    /// - Parameter isKnown: says of a row whether an update of it counts; another is written rarely.
    static func operation(_ script: inout FuzzScript, isKnown: (RowName) -> Bool = { _ in false }) -> RowOperation {
        let index = min(script.below(7), items.count * 2 - 1) % items.count
        let item = items[index]
        let key = item.key.map { keyValue(definitions[index].column($0)?.type ?? "", &script) }
        let kind = script.below(8)
        if kind == 0 { return RowOperation(table: item.name, key: key, action: .delete) }
        let isUpdate = kind > 3 && isKnown(RowName(table: item.name, key: key)) || kind == 4 && script.below(8) == 1
        let isInsert = !isUpdate
        let mask = script.byte()
        var values: [Identifier: Value] = [:]
        for (place, name) in item.valueColumns.enumerated() where isInsert || mask & 1 << UInt8(place) != 0 {
            values[name] = value(definitions[index].column(name), &script)
        }
        return RowOperation(table: item.name, key: key, action: isInsert ? .insert(values) : .update(values))
    }

    private static func keyValue(_ type: String, _ script: inout FuzzScript) -> Value {
        switch type {
        case "INTEGER": .integer(Int64(script.below(3)))
        case "BLOB": script.pick([.blob([]), .blob([0xFF]), .text("1")])
        default: script.pick([.text("a"), .text("a"), .text("é"), .text([0x78, 0xFF])])
        }
    }

    /// Mostly of the column's type, so that most changesets count.
    private static func value(_ column: ColumnDefinition?, _ script: inout FuzzScript) -> Value {
        let choice = script.byte()
        if choice >= 250 { return any[Int(choice) - 250] }
        let fitting = column?.type == "TEXT" ? texts : column?.type == "" ? any : integers
        let value = fitting[Int(choice) % fitting.count]
        return value.isNull && column?.isNotNull == true ? fitting[0] : value
    }

    private static let any: [Value] = [
        .null, .integer(-1), .real(1.5), .text("x\0y"), .blob([0, 1]), .real(.infinity),
    ]
    private static let integers: [Value] = [.integer(1), .integer(2), .integer(0), .null, .integer(.max)]
    private static let texts: [Value] = [.text("a"), .text("A"), .text("é"), .text([0x78, 0xFF]), .null, .text("")]
}

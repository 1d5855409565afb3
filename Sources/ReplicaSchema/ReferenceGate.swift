import ReplicaModel
import SQLiteAccess

/// Judges what a foreign key may refer to, and finds the order in which tables that refer to each other are created.
package enum ReferenceGate {
    /// The table with the tables that it refers to named as they name themselves.
    package static func named(_ table: TableDefinition, among tables: [TableDefinition]) -> TableDefinition {
        let references = table.references.map { reference in
            let target = tables.first { $0.name.isSame(as: reference.table) }
            return Reference(
                columns: reference.columns, table: target?.name ?? reference.table, onDelete: reference.onDelete,
                onUpdate: reference.onUpdate, isDeferred: reference.isDeferred)
        }
        return TableDefinition(
            name: table.name, columns: table.columns, key: table.key, isStrict: table.isStrict,
            isWithoutRowid: table.isWithoutRowid,
            references: references, checks: table.checks)
    }

    package static func check(_ table: TableDefinition, among tables: [TableDefinition]) throws(StoreError) {
        for reference in table.references {
            let target = tables.first { $0.name.isSame(as: reference.table) }
            if let refusal = refusal(of: reference, in: table, to: target) { throw .schema(refusal) }
        }
    }

    /// Why a table cannot refer to another so; nil if it can.
    ///
    /// - Parameter target: the table of the name that it refers to; nil where there is none.
    package static func refusal(of reference: Reference, in table: TableDefinition, to target: TableDefinition?)
        -> String?
    {
        guard let target else {
            return "table \(table.name) refers to \(reference.table), which the schema does not have: add it"
        }
        guard reference.columns.count == target.key.count else {
            return
                """
                table \(table.name) refers to \(target.name) by \(reference.columns.count) columns, and its primary \
                key has \(target.key.count)
                """
        }
        for (from, to) in zip(reference.columns, target.key) {
            guard let column = table.column(from), let key = target.column(to),
                Affinity(declared: column.type) == Affinity(declared: key.type), column.collation == "BINARY",
                column.generated == nil
            else {
                return
                    """
                    column \(from) of table \(table.name) refers to \(target.name).\(to) and must have its type, \
                    without a collation of its own, and not be generated
                    """
            }
        }
        return nil
    }

    /// Referenced tables first, as far as there is no cycle; otherwise as they were given.
    package static func ordered(_ tables: [TableDefinition]) -> [TableDefinition] {
        var out: [TableDefinition] = []
        var left = tables
        var names = Set(left.map(\.name))
        while !left.isEmpty {
            let index = left.firstIndex { table in
                table.references.allSatisfy { $0.table == table.name || !names.contains($0.table) }
            }
            let next = left.remove(at: index ?? 0)
            names.remove(next.name)
            out.append(next)
        }
        return out
    }
}

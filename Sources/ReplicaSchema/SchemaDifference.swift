import ReplicaModel
import SQLiteAccess

/// The difference that makes the present schema the wanted one, as operations that only add; what would drop, rename or
/// retype is refused with what to do instead.
package struct SchemaDifference {
    let present: Schema
    /// Already retired.
    let retired: Set<ColumnName>

    package init(present: Schema, retired: Set<ColumnName>) {
        self.present = present
        self.retired = retired
    }

    package func operations(to wanted: Schema, retiring: [String]) throws(StoreError) -> [ControlOperation] {
        var out: [ControlOperation] = []
        let toRetire = try retiring.map { (text) throws(StoreError) in try split(text) }
        for table in present.tables where !wanted.tables.map(\.name).containsSame(as: table.name) {
            throw .schema("table \(table.name) is missing in the file: nothing is ever dropped, so leave it in")
        }
        for table in wanted.tables {
            if let old = present.tables.first(where: { $0.name.isSame(as: table.name) }) {
                out += try additions(from: old, to: table, retiring: Set(toRetire))
            } else {
                out.append(.createTable(table))
            }
        }
        out += try indexes(wanted.indexes)
        return out + toRetire.filter { !retired.contains($0) }.map { .retire(table: $0.table, column: $0.column) }
    }

    /// - Parameter text: `TABLE.COLUMN`; either may have a dot in it.
    private func split(_ text: String) throws(StoreError) -> ColumnName {
        let bytes = Array(text.utf8)
        for table in present.tables where bytes.starts(with: table.name.bytes + ".".utf8) {
            let column = Identifier(bytes: Array(bytes.dropFirst(table.name.bytes.count + 1)))
            if table.column(column) != nil { return ColumnName(table: table.name, column: column) }
        }
        let known = present.tables.flatMap { table in table.columns.map { "\(table.name).\($0.name)" } }
        throw .schema(
            "there is no column \(text)\(Nearness.advice(for: text, among: known)) to retire: write TABLE.COLUMN")
    }

    private func additions(
        from old: TableDefinition, to new: TableDefinition, retiring: Set<ColumnName>
    ) throws(StoreError) -> [ControlOperation] {
        try refuseOther(old, new)
        for column in old.columns {
            let name = ColumnName(table: old.name, column: column.name)
            guard let wanted = new.column(column.name) else {
                guard retired.contains(name) || retiring.contains(name) else {
                    throw .schema(
                        """
                        column \(name) is missing in the file: nothing is ever dropped or renamed; leave it in, or \
                        retire it with --retire \(name)
                        """
                    )
                }
                continue
            }
            guard wanted == column || !retired.contains(name) else {
                throw .schema(
                    """
                    column \(name) is retired, and another in the file: what is retired is not used again; leave it out, or \
                    give the new column another name
                    """
                )
            }
            guard wanted == column else {
                throw .schema(
                    """
                    column \(name) is another in the file: nothing is ever retyped; add a column under another name \
                    and retire this one
                    """
                )
            }
        }
        let known = old.columns.map(\.name)
        let added = new.columns.filter { !known.containsSame(as: $0.name) }
        var checks = new.checks.filter { !old.checks.contains($0) }
        var out: [ControlOperation] = []
        for (number, column) in added.enumerated() {
            let links = new.references.filter { $0.columns.contains(column.name) && !old.references.contains($0) }
            if let link = links.first(where: { $0.columns.count > 1 }) {
                throw .schema(
                    """
                    a reference of several columns (\(link.columns.joined(separator: ", "))) cannot be added to table \
                    \(old.name): make a new table that has it
                    """
                )
            }
            // A check may speak of several of the new columns: it comes with the last.
            let own = number == added.count - 1 ? checks : []
            checks = number == added.count - 1 ? [] : checks
            out.append(.addColumn(AddedColumn(table: old.name, column: column, reference: links.first, checks: own)))
        }
        guard checks.isEmpty else {
            throw .schema(
                "a check cannot be added to the columns that table \(old.name) has: rows elsewhere may fail it")
        }
        return out
    }

    private func refuseOther(_ old: TableDefinition, _ new: TableDefinition) throws(StoreError) {
        guard old.key == new.key else {
            throw .schema("table \(old.name) has another primary key in the file: make a new table")
        }
        guard old.isStrict == new.isStrict, old.isWithoutRowid == new.isWithoutRowid else {
            throw .schema("table \(old.name) has other options (STRICT, WITHOUT ROWID) in the file: make a new table")
        }
        if let gone = old.checks.first(where: { !new.checks.contains($0) }) {
            let which = gone.name.map { "it is \($0)" } ?? "it begins with \(gone.expression.prefix(60))"
            throw .schema(
                "a check of table \(old.name) is missing in the file: nothing is ever dropped, so leave it in (\(which))"
            )
        }
        let columns = Set(old.columns.map(\.name))
        for link in old.references
        where !new.references.contains(link) && link.columns.allSatisfy({ new.column($0) != nil }) {
            throw .schema(
                """
                a reference of table \(old.name) from \(link.columns.joined(separator: ", ")) is missing or another in \
                the file: leave it as it was
                """
            )
        }
        for link in new.references where !old.references.contains(link) && link.columns.allSatisfy(columns.contains) {
            throw .schema(
                """
                a reference cannot be added to the columns \(link.columns.joined(separator: ", ")) of table \
                \(old.name): add a new column that refers
                """
            )
        }
    }

    private func indexes(_ wanted: [IndexDefinition]) throws(StoreError) -> [ControlOperation] {
        for old in present.indexes {
            guard let new = wanted.first(where: { $0.name.isSame(as: old.name) }) else {
                let isRetired = old.parts.compactMap(\.column).contains {
                    retired.contains(ColumnName(table: old.table, column: $0))
                }
                guard isRetired else {
                    throw .schema("index \(old.name) is missing in the file: nothing is ever dropped, so leave it in")
                }
                continue
            }
            guard new == old else {
                throw .schema(
                    "index \(old.name) is another in the file: give the new one another name, and leave the old one in")
            }
        }
        return wanted.filter { new in !present.indexes.map(\.name).containsSame(as: new.name) }.map { .createIndex($0) }
    }
}

/// Names a column of the schema.
package struct ColumnName: Hashable, CustomStringConvertible {
    package let table: Identifier
    package let column: Identifier

    package init(table: Identifier, column: Identifier) {
        self.table = table
        self.column = column
    }

    /// The column as people write it.
    package var description: String { "\(table).\(column)" }
}

import ReplicaModel

/// Tables and indexes to and from bytes.
enum SchemaCodec {
    static func write(_ table: TableDefinition, to writer: inout CBORWriter) {
        writer.array(7)
        writer.unsigned(2)
        writer.text(table.name)
        writer.array(table.columns.count)
        for column in table.columns {
            writer.array(5)
            writer.text(column.name)
            writer.text(column.type)
            writer.bool(column.isNotNull)
            writer.optional(column.defaultExpression)
            writer.text(column.collation)
        }
        writer.texts(table.key)
        writer.bool(table.isStrict)
        writer.bool(table.isWithoutRowid)
        writer.array(table.references.count)
        for reference in table.references {
            writer.array(5)
            writer.texts(reference.columns)
            writer.text(reference.table)
            writer.text(reference.onDelete)
            writer.text(reference.onUpdate)
            writer.bool(reference.isDeferred)
        }
    }

    static func write(_ index: IndexDefinition, to writer: inout CBORWriter) {
        writer.array(5)
        writer.unsigned(3)
        writer.text(index.name)
        writer.text(index.table)
        writer.bool(index.isUnique)
        writer.array(index.parts.count)
        for part in index.parts {
            writer.array(3)
            writer.text(part.column)
            writer.text(part.collation)
            writer.bool(part.isDescending)
        }
    }

    static func readTable(_ reader: inout CBORReader) throws(WireError) -> TableDefinition {
        let name = try reader.text(max: WireLimits.nameBytesMax)
        var columns: [ColumnDefinition] = []
        for _ in 0..<(try reader.array(max: WireLimits.columnsMax)) { columns.append(try readColumn(&reader)) }
        let key = try reader.texts(max: WireLimits.columnsMax)
        let isStrict = try reader.bool()
        let isWithoutRowid = try reader.bool()
        var references: [Reference] = []
        for _ in 0..<(try reader.array(max: WireLimits.columnsMax)) {
            try reader.array(of: 5)
            let columns = try reader.texts(max: WireLimits.columnsMax)
            let table = try reader.text(max: WireLimits.nameBytesMax)
            let onDelete = try reader.text(max: 64)
            let onUpdate = try reader.text(max: 64)
            references.append(
                Reference(
                    columns: columns, table: table, onDelete: onDelete, onUpdate: onUpdate, isDeferred: try reader.bool()))
        }
        return TableDefinition(
            name: name, columns: columns, key: key, isStrict: isStrict, isWithoutRowid: isWithoutRowid, references: references)
    }

    private static func readColumn(_ reader: inout CBORReader) throws(WireError) -> ColumnDefinition {
        try reader.array(of: 5)
        let name = try reader.text(max: WireLimits.nameBytesMax)
        let type = try reader.text(max: WireLimits.nameBytesMax)
        let isNotNull = try reader.bool()
        let defaultExpression = try reader.optionalText(max: WireLimits.textBytesMax)
        return ColumnDefinition(
            name: name, type: type, isNotNull: isNotNull, defaultExpression: defaultExpression, collation: try reader.text(max: 64))
    }

    static func readIndex(_ reader: inout CBORReader) throws(WireError) -> IndexDefinition {
        let name = try reader.text(max: WireLimits.nameBytesMax)
        let table = try reader.text(max: WireLimits.nameBytesMax)
        let isUnique = try reader.bool()
        var parts: [IndexDefinition.Part] = []
        for _ in 0..<(try reader.array(max: WireLimits.columnsMax)) {
            try reader.array(of: 3)
            let column = try reader.text(max: WireLimits.nameBytesMax)
            let collation = try reader.text(max: 64)
            parts.append(.init(column: column, collation: collation, isDescending: try reader.bool()))
        }
        return IndexDefinition(name: name, table: table, isUnique: isUnique, parts: parts)
    }
}

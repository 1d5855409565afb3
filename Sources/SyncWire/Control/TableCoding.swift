import ReplicaModel

extension TableDefinition {
    func write(to writer: inout CBORWriter) {
        writer.beginArray(8)
        writer.write(unsigned: ControlCodec.Number.createTable)
        writer.write(name: name)
        writer.beginArray(columns.count)
        for column in columns { column.write(to: &writer) }
        writer.write(names: key)
        writer.write(bool: isStrict)
        writer.write(bool: isWithoutRowid)
        writer.beginArray(references.count)
        for reference in references { reference.write(to: &writer) }
        CheckDefinition.write(checks, to: &writer)
    }

    /// Reads what stands behind the operation number. A key names columns of the table, and no column stands twice;
    /// what else makes a schema is not judged here.
    init(from reader: inout CBORReader) throws(WireError) {
        let name = try Identifier(from: &reader)
        let columns = try reader.readMany(max: SchemaLimits.columnsMax, ColumnDefinition.init(from:))
        let key = try reader.readMany(max: SchemaLimits.columnsMax, Identifier.init(from:))
        let names = Set(columns.map(\.name))
        guard names.count == columns.count else { throw .cannotBeMeant("a column of table \(name) is named twice") }
        guard !key.isEmpty, Set(key).count == key.count, key.allSatisfy(names.contains)
        else { throw .cannotBeMeant("the key of table \(name) is not of its columns") }
        self.init(
            name: name, columns: columns, key: key, isStrict: try reader.readBool(),
            isWithoutRowid: try reader.readBool(),
            references: try reader.readMany(max: SchemaLimits.columnsMax, Reference.init(from:)),
            checks: try CheckDefinition.readMany(&reader))
    }
}

extension AddedColumn {
    func write(to writer: inout CBORWriter) {
        writer.beginArray(5)
        writer.write(unsigned: ControlCodec.Number.addColumn)
        writer.write(name: table)
        column.write(to: &writer)
        if let reference { reference.write(to: &writer) } else { writer.writeNull() }
        CheckDefinition.write(checks, to: &writer)
    }

    /// Reads what stands behind the operation number.
    init(from reader: inout CBORReader) throws(WireError) {
        self.init(
            table: try Identifier(from: &reader), column: try ColumnDefinition(from: &reader),
            reference: try reader.readNullIfPresent() ? nil : try Reference(from: &reader),
            checks: try CheckDefinition.readMany(&reader))
    }
}

extension ColumnDefinition {
    fileprivate func write(to writer: inout CBORWriter) {
        writer.beginArray(6)
        writer.write(name: name)
        writer.write(text: type)
        writer.write(bool: isNotNull)
        writer.write(optional: defaultExpression)
        writer.write(text: collation)
        if let generated { generated.write(to: &writer) } else { writer.writeNull() }
    }

    fileprivate init(from reader: inout CBORReader) throws(WireError) {
        try reader.readArray(exactly: 6)
        let name = try Identifier(from: &reader)
        let type = try reader.readText(max: SchemaLimits.expressionBytesMax, "type")
        let isNotNull = try reader.readBool()
        let expression =
            try reader.readNullIfPresent() ? nil : try reader.readText(max: SchemaLimits.expressionBytesMax, "default")
        self.init(
            name: name, type: type, isNotNull: isNotNull, defaultExpression: expression,
            collation: try SQLWords.read(&reader, of: SQLWords.collations),
            generated: try reader.readNullIfPresent() ? nil : try Generated(from: &reader))
    }
}

extension ColumnDefinition.Generated {
    fileprivate func write(to writer: inout CBORWriter) {
        writer.beginArray(2)
        writer.write(text: expression)
        writer.write(bool: isStored)
    }

    fileprivate init(from reader: inout CBORReader) throws(WireError) {
        try reader.readArray(exactly: 2)
        self.init(expression: try SQLWords.readExpression(&reader), isStored: try reader.readBool())
    }
}

extension CheckDefinition {
    fileprivate static func write(_ checks: [CheckDefinition], to writer: inout CBORWriter) {
        writer.beginArray(checks.count)
        for check in checks {
            writer.beginArray(2)
            writer.write(optional: check.name?.text)
            writer.write(text: check.expression)
        }
    }

    fileprivate static func readMany(_ reader: inout CBORReader) throws(WireError) -> [CheckDefinition] {
        try reader.readMany(max: SchemaLimits.columnsMax) { reader throws(WireError) in
            try reader.readArray(exactly: 2)
            let name = try reader.readNullIfPresent() ? nil : try Identifier(from: &reader)
            return CheckDefinition(name: name, expression: try SQLWords.readExpression(&reader))
        }
    }
}

extension Reference {
    fileprivate func write(to writer: inout CBORWriter) {
        writer.beginArray(5)
        writer.write(names: columns)
        writer.write(name: table)
        writer.write(text: onDelete)
        writer.write(text: onUpdate)
        writer.write(bool: isDeferred)
    }

    fileprivate init(from reader: inout CBORReader) throws(WireError) {
        try reader.readArray(exactly: 5)
        let columns = try reader.readMany(max: SchemaLimits.columnsMax, Identifier.init(from:))
        guard !columns.isEmpty else { throw .cannotBeMeant("a reference from no column") }
        self.init(
            columns: columns, table: try Identifier(from: &reader),
            onDelete: try SQLWords.read(&reader, of: SQLWords.referenceActions),
            onUpdate: try SQLWords.read(&reader, of: SQLWords.referenceActions), isDeferred: try reader.readBool())
    }
}

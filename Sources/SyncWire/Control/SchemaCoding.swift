import ReplicaModel

extension CBORWriter {
    mutating func write(_ table: TableDefinition) {
        beginArray(8)
        write(unsigned: ControlCodec.Number.createTable)
        write(name: table.name)
        beginArray(table.columns.count)
        for column in table.columns { write(column) }
        write(names: table.key)
        write(bool: table.isStrict)
        write(bool: table.isWithoutRowid)
        beginArray(table.references.count)
        for reference in table.references { write(reference) }
        write(table.checks)
    }

    mutating func write(_ added: AddedColumn) {
        beginArray(5)
        write(unsigned: ControlCodec.Number.addColumn)
        write(name: added.table)
        write(added.column)
        if let reference = added.reference { write(reference) } else { writeNull() }
        write(added.checks)
    }

    private mutating func write(_ checks: [CheckDefinition]) {
        beginArray(checks.count)
        for check in checks {
            beginArray(2)
            write(optional: check.name?.text)
            write(text: check.expression)
        }
    }

    mutating func write(_ index: IndexDefinition) {
        beginArray(6)
        write(unsigned: ControlCodec.Number.createIndex)
        write(name: index.name)
        write(name: index.table)
        write(bool: index.isUnique)
        beginArray(index.parts.count)
        for part in index.parts {
            beginArray(3)
            switch part.term {
            case .column(let name): write(name: name)
            case .expression(let text): write(texts: [text])
            }
            write(text: part.collation)
            write(bool: part.isDescending)
        }
        write(optional: index.condition)
    }

    private mutating func write(_ column: ColumnDefinition) {
        beginArray(6)
        write(name: column.name)
        write(text: column.type)
        write(bool: column.isNotNull)
        write(optional: column.defaultExpression)
        write(text: column.collation)
        if let generated = column.generated {
            beginArray(2)
            write(text: generated.expression)
            write(bool: generated.isStored)
        } else {
            writeNull()
        }
    }

    private mutating func write(_ reference: Reference) {
        beginArray(5)
        write(names: reference.columns)
        write(name: reference.table)
        write(text: reference.onDelete)
        write(text: reference.onUpdate)
        write(bool: reference.isDeferred)
    }

    mutating func write(texts: [String]) {
        beginArray(texts.count)
        for text in texts { write(text: text) }
    }

    public mutating func write(name: Identifier) { write(text: name.text) }

    public mutating func write(names: [Identifier]) {
        beginArray(names.count)
        for name in names { write(name: name) }
    }
}

private let collations = ["BINARY", "NOCASE", "RTRIM"]
private let referenceActions = ["NO ACTION", "RESTRICT", "SET NULL", "SET DEFAULT", "CASCADE"]

extension CBORReader {
    /// After the operation number. A key names columns of the table, and no column stands twice; what else makes a schema is
    /// not judged here.
    mutating func readTableDefinition() throws(WireError) -> TableDefinition {
        let name = try readIdentifier()
        let columns = try readMany(max: WireLimits.columnsMax) { reader throws(WireError) in try reader.readColumn() }
        let key = try readIdentifiers()
        let names = Set(columns.map(\.name))
        guard names.count == columns.count else { throw .cannotBeMeant("a column of table \(name) is named twice") }
        guard !key.isEmpty, Set(key).count == key.count, key.allSatisfy(names.contains)
        else { throw .cannotBeMeant("the key of table \(name) is not of its columns") }
        return TableDefinition(
            name: name, columns: columns, key: key, isStrict: try readBool(), isWithoutRowid: try readBool(),
            references: try readMany(max: WireLimits.columnsMax) { reader throws(WireError) in try reader.readReference() },
            checks: try readMany(max: WireLimits.columnsMax) { reader throws(WireError) in try reader.readCheck() })
    }

    /// After the operation number.
    mutating func readAddedColumn() throws(WireError) -> AddedColumn {
        AddedColumn(
            table: try readIdentifier(), column: try readColumn(), reference: try readNullIfPresent() ? nil : try readReference(),
            checks: try readMany(max: WireLimits.columnsMax) { reader throws(WireError) in try reader.readCheck() })
    }

    private mutating func readCheck() throws(WireError) -> CheckDefinition {
        try readArray(exactly: 2)
        let name = try readNullIfPresent() ? nil : try readIdentifier()
        return CheckDefinition(name: name, expression: try readExpression())
    }

    /// Text of SQL: not empty.
    private mutating func readExpression() throws(WireError) -> String {
        let text = try readText(max: WireLimits.expressionBytesMax, "expression")
        guard !text.isEmpty, !text.utf8.contains(0) else { throw .cannotBeMeant("an expression that is empty or has a NUL") }
        return text
    }

    /// A column by its name, or an expression in an array of its own.
    private mutating func readTerm() throws(WireError) -> IndexDefinition.Term {
        guard try peekHead().major == CBORMajor.array else { return .column(try readIdentifier()) }
        try readArray(exactly: 1)
        return .expression(try readExpression())
    }

    /// After the operation number.
    mutating func readIndexDefinition() throws(WireError) -> IndexDefinition {
        let index = IndexDefinition(
            name: try readIdentifier(), table: try readIdentifier(), isUnique: try readBool(),
            parts: try readMany(max: WireLimits.columnsMax) { reader throws(WireError) in
                try reader.readArray(exactly: 3)
                return IndexDefinition.Part(
                    term: try reader.readTerm(), collation: try reader.readWord(of: collations),
                    isDescending: try reader.readBool())
            }, condition: try readNullIfPresent() ? nil : try readExpression())
        guard !index.parts.isEmpty else { throw .cannotBeMeant("index \(index.name) has no column") }
        return index
    }

    private mutating func readColumn() throws(WireError) -> ColumnDefinition {
        try readArray(exactly: 6)
        let name = try readIdentifier()
        let type = try readText(max: WireLimits.expressionBytesMax, "type")
        let isNotNull = try readBool()
        let expression = try readNullIfPresent() ? nil : try readText(max: WireLimits.expressionBytesMax, "default")
        return ColumnDefinition(
            name: name, type: type, isNotNull: isNotNull, defaultExpression: expression,
            collation: try readWord(of: collations), generated: try readGenerated())
    }

    private mutating func readGenerated() throws(WireError) -> ColumnDefinition.Generated? {
        if try readNullIfPresent() { return nil }
        try readArray(exactly: 2)
        return ColumnDefinition.Generated(expression: try readExpression(), isStored: try readBool())
    }

    private mutating func readReference() throws(WireError) -> Reference {
        try readArray(exactly: 5)
        let columns = try readIdentifiers()
        guard !columns.isEmpty else { throw .cannotBeMeant("a reference from no column") }
        return Reference(
            columns: columns, table: try readIdentifier(), onDelete: try readWord(of: referenceActions),
            onUpdate: try readWord(of: referenceActions), isDeferred: try readBool())
    }

    private mutating func readIdentifiers() throws(WireError) -> [Identifier] {
        try readMany(max: WireLimits.columnsMax) { reader throws(WireError) in try reader.readIdentifier() }
    }

    /// The name of a table, a column or an index.
    mutating func readIdentifier() throws(WireError) -> Identifier {
        let name = try readText(max: WireLimits.identifierBytesMax, "identifier")
        guard !name.isEmpty, !name.utf8.contains(0) else { throw .cannotBeMeant("an identifier that is empty or has a NUL") }
        return Identifier(name)
    }

    private mutating func readWord(of words: [String]) throws(WireError) -> String {
        let word = try readText(max: 16, "word")
        guard words.contains(word) else { throw .cannotBeMeant("\(word) is none of \(words.joined(separator: ", "))") }
        return word
    }

    mutating func readMany<Item>(
        max: Int, _ read: (inout CBORReader) throws(WireError) -> Item
    ) throws(WireError) -> [Item] {
        var items: [Item] = []
        for _ in 0..<(try readArray(max: max, "list")) { items.append(try read(&self)) }
        return items
    }
}

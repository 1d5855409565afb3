import ReplicaModel

extension IndexDefinition {
    func write(to writer: inout CBORWriter) {
        writer.beginArray(6)
        writer.write(unsigned: ControlCodec.Number.createIndex)
        writer.write(name: name)
        writer.write(name: table)
        writer.write(bool: isUnique)
        writer.beginArray(parts.count)
        for part in parts { part.write(to: &writer) }
        writer.write(optional: condition)
    }

    /// Reads what stands behind the operation number.
    init(from reader: inout CBORReader) throws(WireError) {
        let index = IndexDefinition(
            name: try Identifier(from: &reader), table: try Identifier(from: &reader), isUnique: try reader.readBool(),
            parts: try reader.readMany(max: SchemaLimits.columnsMax, Part.init(from:)),
            condition: try reader.readNullIfPresent() ? nil : try SQLWords.readExpression(&reader))
        guard !index.parts.isEmpty else { throw .cannotBeMeant("index \(index.name) has no column") }
        self = index
    }
}

extension IndexDefinition.Part {
    fileprivate func write(to writer: inout CBORWriter) {
        writer.beginArray(3)
        switch term {
        case .column(let name): writer.write(name: name)
        case .expression(let text): writer.write(texts: [text])
        }
        writer.write(text: collation)
        writer.write(bool: isDescending)
    }

    fileprivate init(from reader: inout CBORReader) throws(WireError) {
        try reader.readArray(exactly: 3)
        self.init(
            term: try Self.readTerm(&reader), collation: try SQLWords.read(&reader, of: SQLWords.collations),
            isDescending: try reader.readBool())
    }

    /// Reads a column by its name, or an expression in an array of its own.
    private static func readTerm(_ reader: inout CBORReader) throws(WireError) -> IndexDefinition.Term {
        guard try reader.peekHead().major == CBORMajor.array else { return .column(try Identifier(from: &reader)) }
        try reader.readArray(exactly: 1)
        return .expression(try SQLWords.readExpression(&reader))
    }
}

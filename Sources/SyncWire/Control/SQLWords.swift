import ReplicaModel

/// The texts of SQL that a definition is made of.
enum SQLWords {
    static let collations = ["BINARY", "NOCASE", "RTRIM"]
    static let referenceActions = ["NO ACTION", "RESTRICT", "SET NULL", "SET DEFAULT", "CASCADE"]

    /// Reads one of `words`.
    static func read(_ reader: inout CBORReader, of words: [String]) throws(WireError) -> String {
        let word = try reader.readText(max: 16, "word")
        guard words.contains(word) else { throw .cannotBeMeant("\(word) is none of \(words.joined(separator: ", "))") }
        return word
    }

    /// Reads an expression: not empty.
    static func readExpression(_ reader: inout CBORReader) throws(WireError) -> String {
        let text = try reader.readText(max: SchemaLimits.expressionBytesMax, "expression")
        guard !text.isEmpty, !text.utf8.contains(0) else {
            throw .cannotBeMeant("an expression that is empty or has a NUL")
        }
        return text
    }
}

extension Identifier {
    /// Reads the name of a table, a column or an index.
    init(from reader: inout CBORReader) throws(WireError) {
        let name = try reader.readText(max: SchemaLimits.identifierBytesMax, "identifier")
        guard !name.isEmpty, !name.utf8.contains(0) else {
            throw .cannotBeMeant("an identifier that is empty or has a NUL")
        }
        self.init(name)
    }
}

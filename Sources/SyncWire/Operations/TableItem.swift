/// What the rows that follow it are of: a table with the columns that its author's schema had.
public struct TableItem: Hashable, Sendable {
    public let name: String
    /// The key's columns, in the order of the key. Never empty.
    public let key: [String]
    /// The other columns, strictly ascending by the bytes of their names.
    public let others: [String]

    public init(name: String, key: [String], others: [String]) {
        self.name = name
        self.key = key
        self.others = others
    }

    /// Why this cannot stand in a changeset; nil if it can.
    var refusal: String? {
        let columns = key + others
        guard !key.isEmpty, columns.count <= WireLimits.columnsMax else {
            return "table \(name) has \(key.count) key columns and \(others.count) others"
        }
        guard ([name] + columns).allSatisfy({ (1...WireLimits.identifierBytesMax).contains($0.utf8.count) }) else {
            return "a name in table \(name) has no or too many bytes"
        }
        guard zip(others, others.dropFirst()).allSatisfy({ $0.precedes($1) }) else {
            return "the columns of table \(name) are not in ascending order"
        }
        // Equality of String is by canonical equivalence; of identifiers it is by bytes.
        guard Set(columns.map { Array($0.utf8) }).count == columns.count else {
            return "a column of table \(name) is named twice"
        }
        return nil
    }
}

extension String {
    /// The order of names on the wire: by bytes.
    func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

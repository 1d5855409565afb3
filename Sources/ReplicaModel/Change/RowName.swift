/// Names a row of the people's tables.
public struct RowName: Hashable, Comparable, Sendable {
    /// The name of the row's table, byte for byte as it was defined.
    public let table: Identifier
    /// The values of the key's columns, in the order of the key.
    public let key: [Value]

    /// Makes the name of a row, whether or not there is one.
    public init(table: Identifier, key: [Value]) {
        self.table = table
        self.key = key
    }

    /// The order by table (bytes of its name), then key.
    public static func < (l: RowName, r: RowName) -> Bool {
        if l.table != r.table { return l.table < r.table }
        return l.key.lexicographicallyPrecedes(r.key)
    }
}

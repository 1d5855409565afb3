/// Names a row of the people's tables.
public struct RowName: Hashable, Comparable, Sendable {
    public let table: Identifier
    /// The values of the key's columns, in the order of the key.
    public let key: [Value]

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

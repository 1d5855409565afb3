import ReplicaModel

/// The SQL by which a statement means one row: the columns of its key are the first parameters, in order.
enum KeyPredicate {
    /// - Parameter columns: their names, quoted where they have to be.
    static func of(_ columns: some Sequence<String>) -> String {
        columns.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: " AND ")
    }

    /// The same for a clock table, and whatever names the columns of a key as that does.
    ///
    /// - Parameter count: how many columns the key has.
    static func ofClock(keyCount count: Int) -> String { of((1...count).map { "k\($0)" }) }
}

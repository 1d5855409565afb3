import CSQLite

/// SQLite as a whole, in this process.
enum SQLiteLibrary {
    /// Prepares SQLite. To be called before SQLite is used in any way; what comes second does nothing.
    static func prepare() { _ = isPrepared }

    /// SQLite counts the bytes that it has allocated under one lock, for which threads wait that share nothing else.
    /// Nobody here reads that count.
    private static let isPrepared = caravan_count_memory(0) == SQLITE_OK
}

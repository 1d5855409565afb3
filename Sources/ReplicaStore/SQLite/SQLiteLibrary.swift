import CSQLite

/// SQLite as a whole, in this process.
package enum SQLiteLibrary {
    /// SQLite counts the bytes that it has allocated under one lock, for which many threads wait. Nothing here reads that count.
    /// Before the first connection of the process; it does nothing later.
    package static func stopCountingMemory() { _ = caravan_count_memory(0) }
}

import ReplicaModel

/// An error in work with a replica. One sentence for people is made of each at the border.
package enum StoreError: Error, Sendable {
    /// A refusal of SQLite: its extended result code, its sentence, and what was being done.
    case sqlite(code: Int32, message: String, doing: String)
    /// A write lock that another connection kept the write lock for longer than the busy timeout.
    case locked
    case readOnly(path: String)
    case diskFull(path: String)
    /// The disk gave an error.
    case disk(path: String, message: String)
    case damaged(String)
    /// A changeset of the log is not what its author signed, because the disk altered it.
    case spoilt(feed: FeedID, seq: UInt64)
    /// A thing on this node that is not the node's own stands in the way, such as an index of another program: one
    /// sentence with the way out.
    case foreign(String)
    case notAReplica(path: String)
    case newerFormat(found: Int64, known: Int64)
    case missing(path: String)
    /// A schema that cannot be replicated, and what to write instead.
    case schema(String)
    /// Wrong SQL by the user.
    case wrongSQL(String)
    case notAllowed(String)
    /// The lack of a table, row, column or value that was named.
    case notFound(String)
}

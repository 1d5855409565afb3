import ReplicaModel
import SQLiteAccess

/// A copy of a replica on which is tried what much would become of: nobody who writes into the replica waits for it. It
/// lies beside the replica, and goes with this object.
final class TrialCopy {
    let connection: Connection
    private let folder: ScratchFolder

    /// Copies a replica as of the moment of a transaction.
    ///
    /// - Throws: `diskFull` where there is no room for it.
    init(of transaction: Transaction) throws(StoreError) {
        folder = try ScratchFolder(for: transaction)
        connection = try Connection(path: folder.path + "/replica.sqlite", access: .create)
        try transaction.connection.copy(into: connection) { _, _ in }
        // What is lost with the machine is made again.
        try connection.run("PRAGMA synchronous = OFF")
    }

    /// The same; nil where few rows are tried, which is quicker in the replica itself than to copy it, or where there
    /// is no room.
    static func of(_ transaction: Transaction, trying rows: Int) throws(StoreError) -> TrialCopy? {
        guard rows > rowsInPlaceMax else { return nil }
        do { return try TrialCopy(of: transaction) } catch {
            guard case .diskFull = error else { throw error }
            return nil
        }
    }

    /// The most rows that are tried in the replica itself: they are written in some 20 ms.
    static let rowsInPlaceMax = 2_000
}

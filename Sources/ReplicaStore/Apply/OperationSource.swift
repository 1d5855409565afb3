import ReplicaModel
import SQLiteAccess
import SyncWire

/// Why the operations of a changeset could not be read on.
enum OperationStop: Error {
    case store(StoreError)
    /// The author signed nonsense: the changeset is void.
    case illFormed(String)
}

/// The operations of a logged changeset, one after the other, with one chunk in memory at a time.
struct OperationSource {
    private let transaction: Transaction
    private let changeset: LoggedChangeset
    private var chunksRead = 0
    /// Operations given so far.
    private(set) var count: UInt64 = 0
    var cursor = OperationCursor()

    init(transaction: Transaction, changeset: LoggedChangeset) {
        self.transaction = transaction
        self.changeset = changeset
    }

    /// The next item, whose cells stand in `cursor` until the next call; nil at the end.
    mutating func next() throws(OperationStop) -> OperationCursor.Item? {
        while true {
            let item: OperationCursor.Item?
            do throws(WireError) { item = try cursor.next() } catch { throw .illFormed(error.sentence) }
            if let item {
                if case .table = item {} else { count += 1 }
                return item
            }
            guard chunksRead < changeset.header.chunkHashes.count else { break }
            do {
                cursor.append(try transaction.log.chunk(of: changeset, number: chunksRead))
            } catch { throw .store(error) }
            chunksRead += 1
        }
        do throws(WireError) { try cursor.finish() } catch { throw .illFormed(error.sentence) }
        guard count == changeset.header.operationCount else {
            throw .illFormed("it announces \(changeset.header.operationCount) operations and has \(count)")
        }
        return nil
    }
}

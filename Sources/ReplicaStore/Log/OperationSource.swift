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
    private let log: ChangesetLog
    private let changeset: LoggedChangeset
    private var chunksRead = 0
    /// Operations given so far.
    private(set) var count: UInt64 = 0
    var cursor: OperationCursor

    init(log: ChangesetLog, changeset: LoggedChangeset) {
        self.log = log
        self.changeset = changeset
        cursor = OperationCursor(knowing: log.transaction.lastTable)
    }

    /// The next item, whose cells stand in `cursor` until the next call; nil at the end.
    mutating func next() throws(OperationStop) -> OperationCursor.Item? {
        while true {
            if let item = try nextOfChunk() { return item }
            guard hasChunk else { break }
            try readChunk()
        }
        try finish()
        return nil
    }

    /// The next item as far as chunks were read, whose cells stand in `cursor` until the next call. Their bytes stay
    /// where they are until the next chunk is read.
    mutating func nextOfChunk() throws(OperationStop) -> OperationCursor.Item? {
        let item: OperationCursor.Item?
        do throws(WireError) { item = try cursor.next() } catch { throw .illFormed(error.sentence) }
        switch item {
        case nil: break
        case .table: log.transaction.lastTable = cursor.known
        case .insert, .update, .delete: count += 1
        }
        return item
    }

    /// Whether there is a chunk that was not read.
    var hasChunk: Bool { chunksRead < changeset.header.chunkHashes.count }

    /// Reads the next chunk, of which there must be one.
    mutating func readChunk() throws(OperationStop) {
        do { cursor.append(try log.chunk(of: changeset, number: chunksRead)) } catch { throw .store(error) }
        chunksRead += 1
    }

    /// Checks the end, after the last item: all that the header announces must have been there, and nothing else.
    mutating func finish() throws(OperationStop) {
        do throws(WireError) { try cursor.finish() } catch { throw .illFormed(error.sentence) }
        guard count == changeset.header.operationCount else {
            throw .illFormed("it announces \(changeset.header.operationCount) operations and has \(count)")
        }
    }
}

import ReplicaModel
import SQLiteAccess
import SyncWire

/// The facts that a changeset's header tells of its operations.
struct ChangesetContent {
    let body: Int64
    let operationCount: UInt64
    let chunkHashes: [Bytes32]
}

/// Writes operations into chunks of the log as they come, so that a changeset of any size passes through little memory.
struct ChangesetWriter {
    private let log: ChangesetLog
    private let chunksMax: Int
    private let body: Int64
    private var operations = OperationWriter()
    private var operationCount: UInt64 = 0
    private var hashes: [Bytes32] = []
    private var table: TableState?

    /// - Parameter chunksMax: how many chunks a changeset has at most, but for what one operation needs.
    init(log: ChangesetLog, chunksMax: Int) throws(StoreError) {
        (self.log, self.chunksMax) = (log, chunksMax)
        body = try log.allocateBody()
    }

    /// Whether no more operations should be added: the hashes of their chunks, and the context, must find room in one
    /// header.
    ///
    /// Mutating only so that it is asked in place: a copy of the writer for each row would be a tenth of sealing.
    mutating func isFull(contextCount: Int) -> Bool {
        let count = hashes.count + Self.chunksOfOperation
        return count >= chunksMax
            || !Self.headerHasRoom(chunks: count, contextCount: contextCount)
    }

    static func headerHasRoom(chunks: Int, contextCount: Int) -> Bool {
        chunks * hashBytes + (contextCount + 10) * headBytes <= WireLimits.headerBytesMax
    }

    /// A header has 34 bytes for each chunk, at most 90 for each head of its context, and as many for all else ten
    /// times.
    private static let (hashBytes, headBytes) = (34, 90)
    /// The most chunks that one more operation may need.
    private static let chunksOfOperation = WireLimits.operationBytesMax / WireLimits.cutBytes + 2

    /// - Throws: `notAllowed` where nobody would take a row of this table.
    mutating func beginTable(_ table: TableState) throws(StoreError) {
        guard table.keyColumns.count + table.valueColumns.count <= SchemaLimits.columnsMax else {
            throw .notAllowed(
                """
                what was written to table \(table.name) cannot be sealed: it has more than \(SchemaLimits.columnsMax) \
                columns
                """
            )
        }
        self.table = table
        operations.beginTable(
            name: table.name, key: table.definition.key,
            valueColumns: table.wireOrder.map { table.valueColumns[$0].name })
    }

    /// A row that others would not hold as void.
    ///
    /// - Parameter values: by place.
    mutating func insert(key: [Value], values: [Value]) throws(StoreError) {
        operations.insert(key: key, values: table.map { $0.wireOrder.map { values[$0] } } ?? values)
        try drain()
    }

    /// - Parameter columns: by place.
    mutating func update(key: [Value], columns: [(index: Int, value: Value)]) throws(StoreError) {
        let named = columns.map { (index: table?.wirePosition[$0.index] ?? $0.index, value: $0.value) }
        operations.update(key: key, columns: named.sorted { $0.index < $1.index })
        try drain()
    }

    mutating func delete(key: [Value]) throws(StoreError) {
        operations.delete(key: key)
        try drain()
    }

    /// Writes a row that is encoded already, of a key greater than that of the row before.
    mutating func write(operation: [UInt8]) throws(StoreError) {
        operations.write(operation)
        try drain()
    }

    mutating func write(control: [ControlOperation]) throws(StoreError) {
        for chunk in Chunking.cut(ControlCodec.encode(control)) { try write(chunk) }
        operationCount = UInt64(control.count)
    }

    private mutating func drain() throws(StoreError) {
        operationCount += 1
        for chunk in operations.takeFullChunks() { try write(chunk) }
    }

    private mutating func write(_ chunk: [UInt8]) throws(StoreError) {
        let number = hashes.count
        let hash = ContentHash.of(chunk)
        try log.writeChunk(chunk, body: body, number: number)
        // What is signed must be what the file holds, so it is read back before anything vouches for it.
        let kept = try log.chunk(body: body, number: number)
        let isSame = chunk.withUnsafeBytes { written in
            kept.withUnsafeBytes { RowCell.blob($0).isSame(as: .blob(written)) }
        }
        guard isSame else {
            throw .damaged("\(log.transaction.file.path) did not give back what was written to it")
        }
        hashes.append(hash)
    }

    mutating func finish() throws(StoreError) -> ChangesetContent {
        if let last = operations.finish() { try write(last) }
        return ChangesetContent(body: body, operationCount: operationCount, chunkHashes: hashes)
    }
}

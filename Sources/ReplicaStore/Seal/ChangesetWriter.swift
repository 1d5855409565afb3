import ReplicaModel
import SyncWire

/// What a changeset's header says of its operations.
struct ChangesetContent {
    let body: Int64
    let operationCount: UInt64
    let chunkHashes: [Bytes32]
}

/// Writes operations into chunks of the log as they come, so that a changeset of any size passes through little memory.
struct ChangesetWriter {
    private let replica: Replica
    private let body: Int64
    private var operations = OperationWriter()
    private var operationCount: UInt64 = 0
    private var hashes: [Bytes32] = []
    private var table: TableState?

    init(replica: Replica) throws(StoreError) {
        self.replica = replica
        body = try replica.allocateBody()
    }

    mutating func beginTable(_ table: TableState) {
        self.table = table
        operations.beginTable(name: table.name, key: table.definition.key, others: table.wireOrder.map { table.others[$0].name })
    }

    /// - Parameter others: by place.
    mutating func insert(key: [Value], others: [Value]) throws(StoreError) {
        operations.insert(key: key, others: table.map { $0.wireOrder.map { others[$0] } } ?? others)
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
        try replica.writeChunk(chunk, body: body, number: number)
        // What is signed must be what the file holds, so it is read back before anything vouches for it.
        guard ContentHash.of(try replica.chunk(body: body, number: number)) == hash else {
            throw .damaged("\(replica.path) did not give back what was written to it")
        }
        hashes.append(hash)
    }

    mutating func finish() throws(StoreError) -> ChangesetContent {
        if let last = operations.finish() { try write(last) }
        return ChangesetContent(body: body, operationCount: operationCount, chunkHashes: hashes)
    }
}

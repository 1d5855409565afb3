import ReplicaModel

/// Reads the operations of a changeset of rows from its chunks, in place: a row costs no allocation.
///
///     cursor.append(chunk)
///     while let item = try cursor.next() { … cursor.cells … }
///     // the next chunk, and after the last one:
///     try cursor.finish()
///
/// Whatever it throws is `WireError.illFormed`: if the chunks are those that a signed header names, the changeset is
/// void. It checks all that can be known without a schema: encoding, UTF-8, the shapes of rows, and the order of
/// tables, columns and keys, so that no row has two operations. After an error the cursor is of no more use.
package struct OperationCursor: Sendable {
    package enum Item: Sendable {
        /// The rows that follow are of this table.
        case table(TableItem)
        /// `cells`: the key's, then a value for each of the table's other columns.
        case insert
        /// `cells`: the key's, then one for each of `columnIndexes`.
        case update
        /// `cells`: the key's.
        case delete
    }

    @usableFromInline var buffer: [UInt8] = []
    /// The place of the next item.
    var position = 0
    /// The bytes that the buffer must have before there is something to try.
    var needed = 1
    /// The cells of the present operation, the key's first. Good until the next `append` or `next`.
    package internal(set) var cells: [CellView] = []
    /// The columns of an update: positions among the table's value columns, ascending, one for each cell after the
    /// key's.
    package internal(set) var columnIndexes: [Int] = []
    /// The table of the present row.
    package internal(set) var table: TableItem?
    /// Row operations read. The header says how many there must be.
    package internal(set) var count: UInt64 = 0
    var keyCount = 0
    var otherCount = 0
    /// The key of the row before in this table, where it lies in the buffer; empty before the first row.
    var previousKey: [CellView] = []
    var previousStart = 0
    private var firstChunkBytes: Int?
    private var lastChunkBytes = 0
    private var isWronglyCut = false

    /// The table item that was read last, here or by another cursor: the same bytes are not read again.
    package internal(set) var known: ReadTable?

    /// - Parameter known: a table item that may well come again.
    package init(knowing known: ReadTable? = nil) { self.known = known }

    /// Adds the next chunk. Cells of the present operation are no longer good.
    package mutating func append(_ chunk: [UInt8]) {
        if !Chunking.mayFollow(chunk.count, first: firstChunkBytes, last: lastChunkBytes) { isWronglyCut = true }
        firstChunkBytes = firstChunkBytes ?? chunk.count
        lastChunkBytes = chunk.count
        extend(by: chunk)
    }

    mutating func extend(by chunk: [UInt8]) {
        let kept = previousKey.isEmpty ? position : previousStart
        // Only when at least half goes, so that each byte is moved a bounded number of times.
        if kept > 0, kept >= buffer.count / 2 { drop(kept) }
        buffer.append(contentsOf: chunk)
        precondition(buffer.count < 1 << 31, "chunks are read as they are appended")
    }

    private mutating func drop(_ distance: Int) {
        buffer.removeFirst(distance)
        position -= distance
        needed -= distance
        previousStart -= distance
        for index in previousKey.indices { previousKey[index] = previousKey[index].moved(by: distance) }
        cells.removeAll(keepingCapacity: true)
    }

    /// The next item; nil if the bytes end before its end: append more.
    package mutating func next() throws(WireError) -> Item? {
        guard !isWronglyCut else { throw .illFormed(Chunking.wronglyCut) }
        guard buffer.count >= needed else { return nil }
        let start = position
        // The bytes are taken out while the cursor's other fields change: a second reference would be counted twice a
        // row.
        var bytes: [UInt8] = []
        swap(&bytes, &buffer)
        let outcome = bytes.withUnsafeBufferPointer { pointer -> RowOutcome in
            guard let base = pointer.baseAddress else { return .incomplete(needed: 1) }
            return parse(UnsafeRawPointer(base), end: pointer.count)
        }
        swap(&bytes, &buffer)
        switch outcome {
        case .row(let number, let end):
            guard end - start <= WireLimits.operationBytesMax else { throw .illFormed(RowFault.tooLarge.rawValue) }
            accept(from: start, to: end)
            return number == 1 ? .insert : number == 2 ? .update : .delete
        case .table: return try readTable()
        case .incomplete(let offset):
            guard offset - start <= WireLimits.operationBytesMax else { throw .illFormed(RowFault.tooLarge.rawValue) }
            needed = offset
            return nil
        case .fault(let fault): throw .illFormed("operation \(count + 1): \(fault.rawValue)")
        }
    }

    @inline(__always)
    private mutating func accept(from start: Int, to end: Int) {
        if previousKey.isEmpty {
            previousKey.append(contentsOf: cells[..<keyCount])
        } else {
            for index in 0..<keyCount { previousKey[index] = cells[index] }
        }
        previousStart = start
        position = end
        needed = end + 1
        count += 1
    }

    /// Ends the reading after the last chunk: nothing may be left over.
    package mutating func finish() throws(WireError) {
        guard !isWronglyCut else { throw .illFormed(Chunking.wronglyCut) }
        guard position == buffer.count else { throw .illFormed("the operations end inside an operation") }
        guard table == nil || !previousKey.isEmpty else { throw .illFormed("the last table has no row") }
    }

    /// A copy of a cell's value.
    package func value(_ cell: CellView) -> Value {
        switch cell.kind {
        case .null: .null
        case .integer: .integer(cell.integer)
        case .real: .real(cell.real)
        case .text: .text(Array(buffer[cell.offset..<cell.offset + cell.count]))
        case .blob: .blob(Array(buffer[cell.offset..<cell.offset + cell.count]))
        }
    }

    /// Whether the present row has this key.
    package func isKey(_ key: [Value]) -> Bool {
        guard key.count == keyCount, cells.count >= keyCount else { return false }
        return key.indices.allSatisfy { index in
            let cell = cells[index]
            return switch (key[index], cell.kind) {
            case (.integer(let integer), .integer): integer == cell.integer
            case (.text(let bytes), .text), (.blob(let bytes), .blob):
                bytes.count == cell.count && buffer[cell.offset..<cell.offset + cell.count].elementsEqual(bytes)
            default: false
            }
        }
    }

    /// The key of the present row, copied.
    package var key: [Value] { cells.prefix(keyCount).map(value) }

    /// The bytes that `CellView.offset` counts in.
    @inlinable
    package func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try buffer.withUnsafeBufferPointer { pointer throws(E) -> R in try body(UnsafeRawBufferPointer(pointer)) }
    }
}

import ReplicaModel

/// The table that the operations after it are of.
public struct TableItem: Hashable, Sendable {
    public let name: String
    public let key: [String]
    /// The columns that are not of the key, ascending by the bytes of their names.
    public let others: [String]
}

/// One cell of the present operation: a number, or where its bytes stand in the cursor's buffer.
public struct CellView: Sendable {
    public enum Kind: UInt8, Sendable {
        case null, integer, real, text, blob
    }

    public let kind: Kind
    let bits: UInt64
    public let offset: Int
    public let count: Int

    init(kind: Kind, bits: UInt64 = 0, offset: Int = 0, count: Int = 0) {
        self.kind = kind
        self.bits = bits
        self.offset = offset
        self.count = count
    }

    public var integer: Int64 { Int64(bitPattern: bits) }
    public var real: Double { Double(bitPattern: bits) }
}

/// Reads operations from chunks as they come, one at a time, in place: the hottest loop of a merge. Cells are views into its buffer,
/// valid until the next call.
public struct OperationCursor: Sendable {
    public enum Item {
        case table(TableItem)
        case insert, update, delete
    }

    /// The cells of the present operation, those of the key first.
    public private(set) var cells: [CellView] = []
    /// Of an update: the indexes, among the others, of the columns that its cells after the key are of.
    public private(set) var columnIndexes: [Int] = []

    private var buffer: [UInt8] = []
    private var offset = 0
    private var table: TableItem?
    /// Whether the present table has a row yet.
    private var hasRow = false
    private var lastKey: [Value] = []

    public init() {}

    /// Adds the next chunk. What was read is let go, so views of it end here.
    public mutating func append(_ chunk: [UInt8]) {
        if offset == buffer.count {
            buffer = chunk
        } else {
            buffer.removeFirst(offset)
            buffer += chunk
        }
        offset = 0
    }

    /// The next item; nil if it is not whole yet.
    ///
    /// - Throws: `illFormed`: the author signed nonsense.
    public mutating func next() throws(WireError) -> Item? {
        guard offset < buffer.count else { return nil }
        let start = offset
        cells.removeAll(keepingCapacity: true)
        columnIndexes.removeAll(keepingCapacity: true)
        do {
            return try read()
        } catch .truncated {
            offset = start
            guard buffer.count - start <= WireLimits.operationBytesMax else { throw .illFormed("an operation that is too large") }
            return nil
        } catch {
            throw .illFormed(error.description)
        }
    }

    /// Refuses bytes that are no whole item, and a table without a row.
    public func finish() throws(WireError) {
        guard offset == buffer.count else { throw .illFormed("its last operation is cut off") }
        guard table == nil || hasRow else { throw .illFormed("a table without a row") }
    }

    public func value(_ cell: CellView) -> Value {
        switch cell.kind {
        case .null: .null
        case .integer: .integer(cell.integer)
        case .real: .real(cell.real)
        case .text: .text(Array(buffer[cell.offset..<cell.offset + cell.count]))
        case .blob: .blob(Array(buffer[cell.offset..<cell.offset + cell.count]))
        }
    }

    /// The bytes in which cells have their offsets.
    public func withUnsafeBytes<Result, Failure>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outcome: Swift.Result<Result, Failure> = buffer.withUnsafeBytes { bytes in
            do throws(Failure) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    private mutating func read() throws(WireError) -> Item {
        let start = offset
        let keyCount = table?.key.count ?? 0
        let otherCount = table?.others.count ?? 0
        var cells = self.cells
        self.cells = []
        var indexes = columnIndexes
        defer {
            self.cells = cells
            columnIndexes = indexes
        }
        let outcome: Result<(UInt64, Int), WireError> = buffer.withUnsafeBytes { bytes in
            var scanner = CBORScanner(bytes, from: start)
            do throws(WireError) {
                let kind = try Self.scan(&scanner, keyCount: keyCount, otherCount: otherCount, into: &cells, &indexes)
                return .success((kind, scanner.offset))
            } catch { return .failure(error) }
        }
        let (kind, end) = try outcome.get()
        guard kind != 0 else {
            let item = try readTable(from: start)
            return .table(item)
        }
        guard table != nil else { throw .malformed("an operation before its table") }
        try checkOrder(cells[0..<keyCount])
        offset = end
        hasRow = true
        return kind == 1 ? .insert : kind == 2 ? .update : .delete
    }

    /// Reads one operation; of a table item only that it is one, which is answered by 0.
    private static func scan(
        _ scanner: inout CBORScanner, keyCount: Int, otherCount: Int, into cells: inout [CellView], _ indexes: inout [Int]
    ) throws(WireError) -> UInt64 {
        let array = try scanner.head()
        let kind = try scanner.head()
        guard array.major == 4, kind.major == 0, kind.number <= 3 else { throw .malformed("an operation is expected") }
        if kind.number == 0 { return 0 }
        let count = switch kind.number {
        case 1: 1 + keyCount + otherCount
        case 2: 2 + keyCount
        default: 1 + keyCount
        }
        guard array.number == UInt64(count) else { throw .malformed("an operation has other cells than its table") }
        for _ in 0..<keyCount { cells.append(try cell(&scanner)) }
        if kind.number == 1 {
            for _ in 0..<otherCount { cells.append(try cell(&scanner)) }
        } else if kind.number == 2 {
            let map = try scanner.head()
            guard map.major == 5, map.number <= UInt64(otherCount) else { throw .malformed("the columns of an update are expected") }
            for _ in 0..<map.number {
                let index = try scanner.head()
                guard index.major == 0, index.number < UInt64(otherCount), Int(index.number) > indexes.last ?? -1 else {
                    throw .malformed("the columns of an update stand in ascending order")
                }
                indexes.append(Int(index.number))
                cells.append(try cell(&scanner))
            }
        }
        return kind.number
    }

    @inline(__always)
    private static func cell(_ scanner: inout CBORScanner) throws(WireError) -> CellView {
        let head = try scanner.head()
        switch head.major {
        case 0, 1:
            guard let magnitude = Int64(exactly: head.number) else { throw .malformed("an integer of more than 64 bits") }
            return CellView(kind: .integer, bits: UInt64(bitPattern: head.major == 0 ? magnitude : ~magnitude))
        case 2: return CellView(kind: .blob, offset: try scanner.skip(head.number), count: Int(head.number))
        case 3:
            let start = try scanner.skip(head.number)
            let text = UnsafeRawBufferPointer(rebasing: scanner.bytes[start..<start + Int(head.number)])
            guard UTF8Check.isValid(text) else { throw .malformed("a text that is not UTF-8") }
            return CellView(kind: .text, offset: start, count: text.count)
        case 6: return try taggedText(head, &scanner)
        case 7:
            if head.info == 22 { return CellView(kind: .null) }
            return CellView(kind: .real, bits: try CBORScanner.real(head).bitPattern)
        default: throw .malformed("a value is expected")
        }
    }

    private static func taggedText(_ tag: CBORHead, _ scanner: inout CBORScanner) throws(WireError) -> CellView {
        let head = try scanner.head()
        guard tag.number == CBORTag.textBytes, head.major == 2 else { throw .malformed("a tag that has no meaning here") }
        let start = try scanner.skip(head.number)
        let text = UnsafeRawBufferPointer(rebasing: scanner.bytes[start..<start + Int(head.number)])
        guard !UTF8Check.isValid(text) else { throw .malformed("a text that needs no tag") }
        return CellView(kind: .text, offset: start, count: text.count)
    }

    private mutating func readTable(from start: Int) throws(WireError) -> TableItem {
        guard table == nil || hasRow else { throw .malformed("a table without a row") }
        let (item, count) = try TableItem.read(buffer[start...])
        if let table, !table.name.utf8.lexicographicallyPrecedes(item.name.utf8) {
            throw .malformed("tables stand in ascending order")
        }
        table = item
        hasRow = false
        lastKey = []
        offset = start + count
        return item
    }

    private mutating func checkOrder(_ key: ArraySlice<CellView>) throws(WireError) {
        let present = key.map { value($0) }
        guard !hasRow || lastKey.lexicographicallyPrecedes(present) else {
            throw .malformed("rows stand in ascending order of their keys, one operation each")
        }
        lastKey = present
    }
}

extension TableItem {
    /// Reads a table item at the beginning of `bytes`, and tells how many bytes it has.
    static func read(_ bytes: ArraySlice<UInt8>) throws(WireError) -> (TableItem, Int) {
        var reader = CBORReader(Array(bytes.prefix(itemBytesMax)))
        try reader.array(of: 4)
        _ = try reader.unsigned()
        let name = try reader.text(max: WireLimits.nameBytesMax)
        var lists: [[String]] = []
        for _ in 0..<2 {
            var names: [String] = []
            for _ in 0..<(try reader.array(max: WireLimits.columnsMax)) { names.append(try reader.text(max: WireLimits.nameBytesMax)) }
            lists.append(names)
        }
        guard !lists[0].isEmpty else { throw .malformed("a table has a key") }
        for (name, next) in zip(lists[1], lists[1].dropFirst()) where !name.utf8.lexicographicallyPrecedes(next.utf8) {
            throw .malformed("columns stand in ascending order")
        }
        return (TableItem(name: name, key: lists[0], others: lists[1]), reader.position)
    }

    private static let itemBytesMax = (WireLimits.columnsMax * 2 + 4) * (WireLimits.nameBytesMax + 4)
}

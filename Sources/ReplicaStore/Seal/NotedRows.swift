import ReplicaModel
import SQLiteAccess

/// The rows that many notes are of, in ascending order of their keys: notes are read in the order in which they stand,
/// rows beside them in the order of the table, and both are sorted here, so that each page is read once.
final class NotedRows {
    private let transaction: Transaction
    private let table: TableState
    private let layout: PendingLayout
    private let sorter: RecordSorter
    private var unmatched = Unmatched()
    /// The columns that were read where the table was read for some of them, by their positions on the wire.
    private var positions: [Int]?
    private let olds: Statement?
    /// Whether a note has values that are read when the turn of its row comes.
    private(set) var readsNotes = false

    /// The notes whose rows were not at hand.
    private struct Unmatched {
        var count: Int64 = 0
        var keys: KeyFilter?
        /// Whether they are of updates alone, and the columns that those changed: mask by mask.
        var areUpdates = true
        var masks: [UInt64] = []
    }

    private var connection: Connection { transaction.connection }

    /// The marks that stand in the place of a note's kind where a record is a row that was read for itself, or some
    /// columns of one, and its number: before those of all notes.
    private static let (rowKind, partKind, rowNumber): (UInt8, UInt8, Int64) = (255, 254, .min)

    /// Fails where the notes are few, or one is of a key that has no place among keys: SQLite has reals among the
    /// integers, where nobody seals any.
    init?(of table: TableState, notes: PendingNotes, in transaction: Transaction) throws(StoreError) {
        let limits = transaction.file.sealing
        let span = try notes.span()
        guard span >= limits.notesToSort else { return nil }
        self.transaction = transaction
        self.table = table
        layout = PendingLayout(table)
        sorter = RecordSorter(connection: transaction.connection, runBytes: limits.runBytes)
        olds =
            layout.valueColumns.isEmpty
            ? nil
            : try transaction.connection.prepare(
                "SELECT \(layout.oldNames.joined(separator: ", ")) FROM \(layout.name) WHERE note = ?1")
        // Nothing is read twice, and what is sorted has as much again.
        try connection.run(ReplicaFile.cache(kibibytes: Self.cacheReading))
        guard try addNotes(span) else { return nil }
        if unmatched.count >= limits.rowsToScan, try lastNumber() / 8 <= unmatched.count { try addRows() }
    }

    /// KiB that SQLite keeps in memory while notes and rows are read, and while clocks and operations are written: a
    /// page that left memory and is written once more has SQLite read all of the write-ahead log after it again.
    private static let (cacheReading, cacheWriting) = (4_000, 12_000)

    deinit { try? transaction.file.connection.run(ReplicaFile.cache(kibibytes: ReplicaFile.cacheKibibytes)) }

    private var rowid: String? { CaptureTriggers.rowids(of: table.definition).first }

    private func lastNumber() throws(StoreError) -> Int64 {
        guard let rowid,
            case .integer(let last)? = try connection.value("SELECT max(\(rowid)) FROM \(table.name.quoted)")
        else { return .max }
        return last
    }

    // MARK: What is sorted

    /// False where a key has no place among keys.
    ///
    /// - Parameter span: how many notes there are at most.
    private func addNotes(_ span: Int64) throws(StoreError) -> Bool {
        let notes = try connection.prepare(
            """
            SELECT note, kind, \((layout.keyNames + layout.maskNames).joined(separator: ", ")) FROM \(layout.name) \
            ORDER BY note
            """)
        var walk = try RowWalk(of: table, in: connection)
        // All that is written for a row is local: a field of an object is watched while it is.
        var (encoder, key, content): (RowEncoder, [UInt8], [UInt8]) = (RowEncoder(table), [], [])
        var (unmatched, readsNotes) = (Unmatched(), false)
        unmatched.masks = [UInt64](repeating: 0, count: layout.maskCount)
        while try notes.step() {
            guard let kind = PendingLayout.Kind(rawValue: Int(notes.integer(at: 1))) else {
                throw .damaged("a note in \(layout.name) is of a kind that this software does not know")
            }
            guard read(&key, notes, at: 2) else { return false }
            content.removeAll(keepingCapacity: true)
            content.append(UInt8(kind.rawValue))
            if kind == .updated { appendMasks(notes, to: &content, union: &unmatched.masks) }
            if kind == .deleted || kind == .maybeReplaced { readsNotes = true }
            if kind == .inserted, let row = try walk?.row(of: notes, keyAt: 2) {
                if encoder.encode(row) { encoder.append(to: &content) }
                try walk?.pass()
            } else {
                if unmatched.keys == nil { unmatched.keys = KeyFilter(count: span) }
                unmatched.keys?.insert(key)
                unmatched.count += 1
                if kind != .updated { unmatched.areUpdates = false }
            }
            try sorter.add(key: key, number: notes.integer(at: 0), content: content)
        }
        (self.unmatched, self.readsNotes) = (unmatched, readsNotes)
        return true
    }

    /// False where it has no place among keys.
    private func read(_ key: inout [UInt8], _ row: Statement, at first: Int) -> Bool {
        key.removeAll(keepingCapacity: true)
        let last = layout.keys.count - 1
        for index in 0...last {
            guard KeyBytes.append(row.cell(at: first + index), isLast: index == last, to: &key) else { return false }
        }
        return true
    }

    private func appendMasks(_ notes: Statement, to content: inout [UInt8], union: inout [UInt64]) {
        for index in 0..<layout.maskCount {
            let mask = notes.integer(at: 2 + layout.keys.count + index)
            union[index] |= UInt64(bitPattern: mask)
            withUnsafeBytes(of: mask) { content.append(contentsOf: $0) }
        }
    }

    /// The columns that were changed, by their positions on the wire, ascending; nil where more is to be known of rows.
    private func changedPositions() -> [Int]? {
        guard unmatched.areUpdates else { return nil }
        return table.wireOrder.indices.filter { position in
            let place = table.wireOrder[position]
            return unmatched.masks[place / PendingLayout.maskWidth] >> (place % PendingLayout.maskWidth) & 1 != 0
        }
    }

    /// The rows of the table of which something is noted, read in its order; of those that were only updated what was
    /// changed.
    private func addRows() throws(StoreError) {
        guard let rowid, let keys = unmatched.keys else { return }
        positions = changedPositions()
        unmatched.keys = nil
        let rows = try connection.prepare(
            """
            SELECT \(RowEncoder.columns(of: table, positions: positions)) FROM \(table.name.quoted) ORDER BY \(rowid)
            """)
        var (encoder, key, content): (RowEncoder, [UInt8], [UInt8]) = (RowEncoder(table, positions: positions), [], [])
        let kind = positions == nil ? Self.rowKind : Self.partKind
        while try rows.step() {
            guard read(&key, rows, at: 0), keys.mayContain(key), encoder.encode(rows) else { continue }
            content.removeAll(keepingCapacity: true)
            content.append(kind)
            encoder.appendEnds(to: &content)
            encoder.append(to: &content)
            try sorter.add(key: key, number: Self.rowNumber, content: content)
        }
    }

    // MARK: What comes out

    /// Visits every noted row once.
    func forEach(_ body: (NotedRow) throws(StoreError) -> Void) throws(StoreError) {
        try connection.run(ReplicaFile.cache(kibibytes: Self.cacheWriting))
        var row = NotedRow(table, maskCount: layout.maskCount, positions: positions)
        try sorter.forEach { (record) throws(StoreError) in
            if !row.key.elementsEqual(record.key) {
                try finish(&row, body)
                row.begin(record.key)
            }
            add(record, to: &row)
        }
        try finish(&row, body)
    }

    private func finish(
        _ row: inout NotedRow, _ body: (NotedRow) throws(StoreError) -> Void
    ) throws(StoreError) {
        guard row.isNoted else { return }
        row.finish()
        try body(row)
    }

    private func add(_ record: RecordSorter.Record, to row: inout NotedRow) {
        let content = record.content
        var (offset, ends, extent): (Int, UnsafeRawBufferPointer?, NotedRow.Extent) = (1, nil, .whole)
        if content[0] == Self.rowKind || content[0] == Self.partKind {
            if content[0] == Self.partKind { extent = .someColumns }
            offset += 4 * (extent == .whole ? layout.valueColumns.count : positions?.count ?? 0)
            ends = UnsafeRawBufferPointer(rebasing: content[1..<offset])
        } else if let kind = PendingLayout.Kind(rawValue: Int(content[0])) {
            row.add(kind, note: record.number)
            if kind == .updated {
                for index in 0..<layout.maskCount {
                    row.add(mask: content.loadUnaligned(fromByteOffset: offset, as: UInt64.self), at: index)
                    offset += 8
                }
            }
        }
        guard offset < content.count else { return }
        row.add(
            row: UnsafeRawBufferPointer(rebasing: content[(offset + 1)...]), ends: ends, isPlain: content[offset] == 1,
            extent)
    }

    /// The notes of a row as values.
    func touch(_ row: NotedRow) throws(StoreError) -> Touch {
        guard let note = row.noteOfOld else { return row.touch(oldValues: nil) }
        return row.touch(oldValues: try olds?.first([.integer(note)]) ?? [])
    }
}

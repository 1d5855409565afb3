import ReplicaModel
import SQLiteAccess

/// The rows that many notes are of, in ascending order of their keys: notes are read in the order in which they stand,
/// rows beside them in the order of the table, and both are sorted here, so that each page is read once.
final class NotedRows {
    private let transaction: Transaction
    private let table: TableState
    private let layout: PendingLayout
    private let sorter: RecordSorter
    /// Notes whose rows were not at hand.
    private var unmatched: Int64 = 0
    private let olds: Statement?

    private var connection: Connection { transaction.connection }

    /// What stands in the place of a note's kind where a record is a row that was read for itself, and its number:
    /// before those of all notes.
    private static let (rowKind, rowNumber): (UInt8, Int64) = (255, .min)

    /// Nil where the notes are few, or one is of a key that has no place among keys: SQLite has reals among the
    /// integers, where nobody seals any.
    init?(of table: TableState, notes: PendingNotes, in transaction: Transaction) throws(StoreError) {
        let limits = transaction.file.sealing
        guard try notes.span() >= limits.notesToSort else { return nil }
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
        try connection.run(ReplicaFile.cache(kibibytes: 4_000))
        guard try addNotes() else { return nil }
        if unmatched >= limits.rowsToScan, try lastNumber() / 2 <= unmatched { try addRows() }
    }

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
    private func addNotes() throws(StoreError) -> Bool {
        let notes = try connection.prepare(
            """
            SELECT note, kind, \((layout.keyNames + layout.maskNames).joined(separator: ", ")) FROM \(layout.name) \
            ORDER BY note
            """)
        var walk = try RowWalk(of: table, in: connection)
        // All that is written for a row is local: a field of an object is watched while it is.
        var (encoder, key, content, unmatched): (RowEncoder, [UInt8], [UInt8], Int64) = (RowEncoder(table), [], [], 0)
        while try notes.step() {
            guard let kind = PendingLayout.Kind(rawValue: Int(notes.integer(at: 1))) else {
                throw .damaged("a note in \(layout.name) is of a kind that this software does not know")
            }
            guard read(&key, notes, at: 2) else { return false }
            content.removeAll(keepingCapacity: true)
            content.append(UInt8(kind.rawValue))
            if kind == .updated { appendMasks(notes, to: &content) }
            if kind == .inserted, let row = try walk?.row(of: notes, keyAt: 2) {
                if encoder.encode(row) { encoder.append(to: &content) }
                try walk?.pass()
            } else {
                unmatched += 1
            }
            try sorter.add(key: key, number: notes.integer(at: 0), content: content)
        }
        self.unmatched = unmatched
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

    private func appendMasks(_ notes: Statement, to content: inout [UInt8]) {
        for index in 0..<layout.maskCount {
            let mask = notes.integer(at: 2 + layout.keys.count + index)
            withUnsafeBytes(of: mask) { content.append(contentsOf: $0) }
        }
    }

    /// All rows of the table.
    private func addRows() throws(StoreError) {
        guard let rowid else { return }
        let rows = try connection.prepare(
            "SELECT \(RowEncoder.columns(of: table)) FROM \(table.name.quoted) ORDER BY \(rowid)")
        var (encoder, key, content): (RowEncoder, [UInt8], [UInt8]) = (RowEncoder(table), [], [])
        while try rows.step() {
            guard read(&key, rows, at: 0), encoder.encode(rows) else { continue }
            content.removeAll(keepingCapacity: true)
            content.append(Self.rowKind)
            encoder.appendEnds(to: &content)
            encoder.append(to: &content)
            try sorter.add(key: key, number: Self.rowNumber, content: content)
        }
    }

    // MARK: What comes out

    /// Visits every noted row once.
    func forEach(_ body: (NotedRow) throws(StoreError) -> Void) throws(StoreError) {
        var row = NotedRow(table, maskCount: layout.maskCount)
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
        var offset = 1
        if content[0] == Self.rowKind {
            for _ in layout.valueColumns {
                row.add(end: content.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                offset += 4
            }
        } else if let kind = PendingLayout.Kind(rawValue: Int(content[0])) {
            row.add(kind, note: record.number)
            if kind == .updated {
                for index in 0..<layout.maskCount {
                    row.add(mask: content.loadUnaligned(fromByteOffset: offset, as: UInt64.self), at: index)
                    offset += 8
                }
            }
        }
        guard offset < content.count, !row.hasRow else { return }
        row.add(row: UnsafeRawBufferPointer(rebasing: content[(offset + 1)...]), isPlain: content[offset] == 1)
    }

    /// The notes of a row as values.
    func touch(_ row: NotedRow) throws(StoreError) -> Touch {
        guard let note = row.noteOfOld else { return row.touch(oldValues: nil) }
        return row.touch(oldValues: try olds?.first([.integer(note)]) ?? [])
    }
}

import ReplicaModel
import SQLiteAccess
import SyncWire

/// A plan of what taking changesets back does to each row that they wrote, made from the log at one moment.
struct UndoPlan {
    /// A row with what becomes of it. There may be hundreds of thousands, so they have their table in common.
    struct Row {
        fileprivate let place: Place
        let key: [Value]
        let undo: RowUndo
        var table: TableState { place.table }
    }

    fileprivate final class Place {
        let table: TableState

        init(_ table: TableState) { self.table = table }
    }

    /// The rows of which something is to be done or to be said, by table and key.
    private(set) var rows: [Row] = []
    /// The changesets that were applied at that moment.
    let applied: VersionVector

    /// The rows that are looked at in one reading of the log, with all that was ever written into them: some 20 MB of
    /// ordinary rows.
    private static let rowsAtOnce = 20_000

    /// - Parameter progress: changesets read and in all.
    init(
        takingBack taken: Set<Dot>, _ transaction: Transaction, progress: (Int, Int) -> Void
    ) throws(StoreError) {
        applied = transaction.state.applied
        let written = try WrittenRows(of: taken.sorted { $0.bits < $1.bits }, transaction).rows
        var others: [Dot] = []
        let counting = try AppliedChangesets(.counting, in: transaction)
        while let dot = try counting.next() {
            if !taken.contains(dot), transaction.state.feed(dot.feed).id.scope == .alliance { others.append(dot) }
        }
        // Nearly all rows of an import nobody else wrote: of those the log says no more, and there may be very many.
        let shared = try WrittenRows(of: others, among: written, transaction, progress: progress).rows
        for table in transaction.state.tables.sorted(by: { $0.name < $1.name }) {
            guard let keys = written[table.id] else { continue }
            let sorted = keys.sorted { $0.lexicographicallyPrecedes($1) }
            let read = transaction.state.quarantined.isEmpty ? shared[table.id] ?? [] : keys
            let undone = try Self.undone(sorted.filter(read.contains), of: table, taken, transaction, progress)
            let tableRows = try transaction.tableRows(of: table)
            let place = Place(table)
            rows.reserveCapacity(rows.count + sorted.count)
            for key in sorted {
                let undo: RowUndo
                if let found = undone[key] {
                    undo = found
                } else {
                    // Without them there would be no such row.
                    let isAlive = try tableRows.record(key)?.clock.isAlive ?? false
                    undo = RowUndo(isAlive ? .remove : .nothing)
                }
                if case .nothing = undo.act, undo.kept == nil { continue }
                rows.append(Row(place: place, key: key, undo: undo))
            }
        }
    }

    /// The fates of rows that others wrote, too, by key.
    ///
    /// - Parameter keys: in ascending order.
    private static func undone(
        _ keys: [[Value]], of table: TableState, _ taken: Set<Dot>, _ transaction: Transaction,
        _ progress: (Int, Int) -> Void
    ) throws(StoreError) -> [[Value]: RowUndo] {
        var out: [[Value]: RowUndo] = [:]
        for start in stride(from: 0, to: keys.count, by: rowsAtOnce) {
            let part = Set(keys[start..<min(start + rowsAtOnce, keys.count)])
            var reader = UndoReader(rows: [table.id: part], transaction: transaction)
            let versions = try reader.read(progress: progress)
            for (key, row) in versions[table.id] ?? [:] {
                out[key] = try row.undo(
                    of: taken, rank: { (dot) throws(StoreError) -> Rank in try transaction.log.rank(of: dot) })
            }
        }
        return out
    }
}

/// Reads all that changesets which count did to some rows.
private struct UndoReader {
    let rows: [Int64: Set<[Value]>]
    let transaction: Transaction
    private var versions: [Int64: [[Value]: RowVersions]] = [:]

    init(rows: [Int64: Set<[Value]>], transaction: Transaction) {
        self.rows = rows
        self.transaction = transaction
    }

    /// The most rows that are looked for by bytes. Few are looked for by the bytes of their keys, which is quicker than
    /// to read every operation.
    private static let needlesMax = 8

    mutating func read(progress: (Int, Int) -> Void) throws(StoreError) -> [Int64: [[Value]: RowVersions]] {
        let keys = rows.values.flatMap { $0 }
        let needles = keys.count <= Self.needlesMax ? keys.map(Self.bytes) : nil
        var contexts = ContextReader(log: transaction.log)
        let total = transaction.state.feeds.reduce(0) { $0 + Int($1.applied) }
        var done = 0
        let applied = try AppliedChangesets(.counting, in: transaction)
        while let dot = try applied.next() {
            done += 1
            progress(done, total)
            guard transaction.state.feed(dot.feed).id.scope == .alliance else { continue }
            let changeset = try transaction.log.logged(dot)
            if let needles { guard try transaction.log.hasBytes(needles, changeset) else { continue } }
            try read(changeset, context: try contexts.context(of: dot))
        }
        return versions
    }

    private static func bytes(of key: [Value]) -> [UInt8] {
        var writer = CBORWriter()
        for value in key { writer.write(value) }
        return writer.bytes
    }

    private mutating func read(_ changeset: LoggedChangeset, context: VersionVector) throws(StoreError) {
        var source = OperationSource(log: transaction.log, changeset: changeset)
        var layout: OperationLayout?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let table) = item {
                    let meant = try transaction.history.layout(of: table, in: context)
                    layout = rows[meant.table.id] == nil ? nil : meant
                } else if let layout {
                    let (id, key) = (layout.table.id, layout.key(source.cursor))
                    guard rows[id]?.contains(key) == true else { continue }
                    let act: RowVersions.Act =
                        switch item {
                        case .insert: .put(layout.cells(item, source.cursor), isInsert: true)
                        case .update: .put(layout.cells(item, source.cursor), isInsert: false)
                        case .delete, .table: .delete
                        }
                    versions[id, default: [:]][key, default: RowVersions(defaults: layout.table.defaults)].append(
                        RowVersions.Version(dot: changeset.dot, context: context, act: act))
                }
            }
        } catch { throw error.ofJudged }
    }
}

import ReplicaModel
import SyncWire

/// Folding a changeset that counts. Inside a transaction only.
extension Replica {
    func folder(of table: TableState) throws(StoreError) -> TableFolder {
        if let known = folders[table.id] { return known }
        let folder = try TableFolder(replica: self, table: table)
        folders[table.id] = folder
        return folder
    }

    /// Folds a changeset that counts into tables and row clocks.
    ///
    /// - Parameter id: of the only table into which it is folded; nil for all.
    func fold(_ changeset: LoggedChangeset, context: VersionVector, into id: Int64? = nil) throws(StoreError) {
        var source = OperationSource(replica: self, changeset: changeset)
        let rows = RowFold(replica: self, dot: changeset.dot, context: context, tableHolds: false)
        var target: (layout: OperationLayout, folder: TableFolder)?
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table(let table) = item {
                    let layout = try layout(of: table, in: context)
                    target = nil
                    if let id, layout.table.id != id { continue }
                    target = (layout, try stopping { () throws(StoreError) in try folder(of: layout.table) })
                } else if let target {
                    try stopping { () throws(StoreError) in
                        try fold(item, source.cursor, rows: rows, layout: target.layout, folder: target.folder)
                    }
                }
            }
        } catch {
            switch error {
            case .store(let error): throw error
            case .illFormed(let sentence): throw .damaged("a changeset that was judged cannot be read again: \(sentence)")
            }
        }
    }

    private func stopping<Result>(_ body: () throws(StoreError) -> Result) throws(OperationStop) -> Result {
        do { return try body() } catch { throw .store(error) }
    }

    private func fold(
        _ item: OperationCursor.Item, _ cursor: OperationCursor, rows: RowFold, layout: OperationLayout, folder: TableFolder
    ) throws(StoreError) {
        switch item {
        case .table: break
        case .insert:
            if try !insertUnknown(cursor, rows: rows, layout: layout, folder: folder) {
                try rows.put(folder, key: layout.key(cursor), cells: layout.cells(item, cursor), isInsert: true)
            }
        case .update: try rows.put(folder, key: layout.key(cursor), cells: layout.cells(item, cursor), isInsert: false)
        case .delete: try rows.delete(folder, key: layout.key(cursor), sealed: nil)
        }
        try trimLedger()
    }

    /// The way of nearly every row of a first exchange: nobody has heard of it, so its clock is one integer and its cells are bound from
    /// the chunk. False if the row is known.
    private func insertUnknown(
        _ cursor: OperationCursor, rows: RowFold, layout: OperationLayout, folder: TableFolder
    ) throws(StoreError) -> Bool {
        let keyCount = layout.table.keyColumns.count
        let clock = folder.insertClock
        let columns = layout.columns.compactMap { $0 }
        guard columns.count == layout.columns.count else { return false }
        let insert = try folder.insert(columns: columns)
        let cells = cursor.cells
        return try cursor.withUnsafeBytes { (bytes) throws(StoreError) -> Bool in
            for index in 0..<keyCount { try clock.bind(cells[index], of: bytes, at: index + 1) }
            try clock.bind(rows.dot.bits, at: keyCount + 1)
            _ = try clock.step()
            guard connection.changes == 1 else { return false }
            for index in cells.indices { try insert.bind(cells[index], of: bytes, at: index + 1) }
            try stepMakingPlain(insert, folder: folder)
            if !folder.links.isEmpty { ledger.appeared(layout.key(cursor), layout.row(cursor), in: folder) }
            if folder.isWatched { ledger.touched(layout.key(cursor), in: folder) }
            return true
        }
    }
}

import ReplicaModel
import SQLiteAccess

/// Makes tables and reports follow from what a transaction did to rows together.
struct Constraints {
    let transaction: Transaction

    /// Makes tables and reports follow from what the present transaction did to rows together. Before it commits.
    func settle() throws(StoreError) {
        while !transaction.dirtyRows.isEmpty {
            try transaction.references.settleReferences()
            try settleTouched()
            try settleCapture()
        }
    }

    /// Bounds what dirty rows hold while one transaction is folded.
    func trimDirtyRows() throws(StoreError) {
        guard transaction.dirtyRows.count > transaction.file.sealing.dirtyRowsMax else { return }
        try transaction.dirtyRows.forget { (row) throws(StoreError) -> Bool in try transaction.references.isThere(row) }
        try settleTouched()
    }

    private func settleTouched() throws(StoreError) {
        for (id, keys) in transaction.dirtyRows.takeTouched().sorted(by: { $0.key < $1.key }) {
            guard let tableRows = try transaction.tableRows(of: id) else { continue }
            try transaction.uniqueIndexes.settleDuplicates(tableRows, keys)
            if !tableRows.table.definition.checks.isEmpty { try settleChecks(tableRows, keys) }
        }
    }

    /// The guards of plain indexes come and go with them.
    private func settleCapture() throws(StoreError) {
        let (altered, isDue) = (transaction.dirtyRows.alteredIndexes, transaction.dirtyRows.isCaptureDue)
        guard !altered.isEmpty || isDue else { return }
        (transaction.dirtyRows.alteredIndexes, transaction.dirtyRows.isCaptureDue) = ([], false)
        if try transaction.capture.isCaptureStale {
            try transaction.capture.refreshCapture()
        } else if !altered.isEmpty {
            try transaction.uniqueIndexes.restoreSchemaVersion()
        }
    }
}

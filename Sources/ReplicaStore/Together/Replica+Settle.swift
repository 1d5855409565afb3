import ReplicaModel

extension Replica {
    /// Makes tables and reports follow from what the present transaction did to rows together. Before it commits.
    func settle() throws(StoreError) {
        guard !ledger.isEmpty else { return }
        try settleReferences()
        try settleTouched()
        try settleCapture()
        ledger = Ledger()
    }

    /// Bounds what a ledger holds while one transaction is folded.
    func trimLedger() throws(StoreError) {
        guard ledger.isLarge else { return }
        try ledger.forget { (row) throws(StoreError) -> Bool in try isThere(row) }
        try settleTouched()
    }

    private func settleTouched() throws(StoreError) {
        for (id, keys) in ledger.takeTouched().sorted(by: { $0.key < $1.key }) {
            guard let folder = try folder(of: id) else { continue }
            try settleDuplicates(folder, keys)
            if !folder.table.definition.checks.isEmpty { try settleChecks(folder, keys) }
        }
    }

    /// The guards of plain indexes come and go with them.
    private func settleCapture() throws(StoreError) {
        guard !ledger.turned.isEmpty || ledger.isCaptureDue else { return }
        if try isCaptureStale { try refreshCapture() } else if !ledger.turned.isEmpty { try restoreSchemaVersion() }
    }
}

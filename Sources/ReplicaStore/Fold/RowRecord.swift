import ReplicaModel

/// What a replica keeps of a row beside the row itself.
struct RowRecord {
    var clock: RowClock
    /// The values of a dead row, so that it can come back whole. Nil while the row is alive.
    var archive: [Value]?

    /// What people should look at, as bits: 1 some cell is in conflict, 2 a delete was answered by an edit that had not seen it.
    /// Nil if nothing.
    var openBits: Int64? {
        guard !clock.registers.isEmpty || !clock.openDeletes.isEmpty, clock.isAlive else { return nil }
        let bits: Int64 = (clock.columnsInConflict.isEmpty ? 0 : 1) | (clock.openDeletes.isEmpty ? 0 : 2)
        return bits == 0 ? nil : bits
    }
}

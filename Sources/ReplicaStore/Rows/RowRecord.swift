import ReplicaModel

/// The clock and the archive that a replica keeps of a row beside the row itself.
struct RowRecord {
    var clock: RowClock
    /// The values of a row that is not in its table, so that it can come back whole. Nil while it is there.
    var archive: [Value]?

    init(clock: RowClock, archive: [Value]?) {
        self.clock = clock
        self.archive = archive
    }

    /// A row that one changeset inserted, and nobody touched since.
    init(base: Dot?, columnCount: Int) {
        self.init(
            clock: RowClock(
                columnCount: columnCount, base: base.map { .init(dot: $0, isKilled: false, value: nil) }, registers: [],
                openDeletes: [],
                earlierInserts: []), archive: nil)
    }

    /// Dead, and in its table all the same, because a visible row refers to it.
    var isKept: Bool { archive == nil && clock.base != nil && !clock.isAlive }

    /// Whether the row is in its table.
    var isVisible: Bool { archive == nil && clock.base != nil }

    /// The marks of what people should look at, as bits: 1 some cell is in conflict, 2 a delete was answered by an edit
    /// that had not seen it, 4 the row is kept, 16 some cell shows what does not count. Nil if nothing.
    var openBits: Int64? {
        let shown: Int64 = isVisible && clock.showsQuarantined ? 16 : 0
        if isKept { return 4 | shown }
        guard !clock.registers.isEmpty || !clock.openDeletes.isEmpty, clock.isAlive else { return nil }
        let bits: Int64 = (clock.columnsInConflict.isEmpty ? 0 : 1) | (clock.openDeletes.isEmpty ? 0 : 2) | shown
        return bits == 0 ? nil : bits
    }
}

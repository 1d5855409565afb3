/// The fate of one row when changesets are taken back.
///
/// The row is folded once as it is, and once as if those changesets had never been. What they show in it gives way to
/// what it would show without them; what somebody wrote over it since, or beside it and is shown, stays.
package struct RowUndo {
    /// The write that takes them back.
    package enum Act {
        case nothing
        /// The row goes: without them it would not be there, and nobody wrote into it since.
        case remove
        /// The row comes back with these values, one for every column beside the key.
        case bringBack([Value])
        /// A restoring of columns, which show again what they showed.
        case restore([(column: Int, value: Value)])
        /// A delete of the row that is still open is answered: the row stays, with what it has.
        case keep
    }

    /// The columns that stay because somebody else's write is in them.
    package struct Kept {
        /// The columns; none where the whole row was deleted by somebody else too.
        package var columns: [Int] = []
        /// The changesets that wrote them, or that deleted it: each once, in the order in which they were found.
        package private(set) var by: [Dot] = []

        mutating func add(_ column: Int?, _ dot: Dot) {
            if let column { columns.append(column) }
            if !by.contains(dot) { by.append(dot) }
        }
    }

    package let act: Act
    /// The work that was in the way; nil where there was none.
    package let kept: Kept?

    package init(_ act: Act, _ kept: Kept = Kept()) {
        self.act = act
        self.kept = kept.by.isEmpty ? nil : kept
    }
}

extension RowVersions {
    /// Computes the row's fate when these changesets are taken back.
    ///
    /// - Parameter rank: what decides among concurrent writes.
    package func undo<Failure>(
        of taken: Set<Dot>, rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> RowUndo {
        let own = versions.filter { taken.contains($0.dot) }
        let present = try row(where: { _ in true }, rank: rank)
        let without = try row(where: { !taken.contains($0.dot) }, rank: rank)
        let hasBegun = own.contains(where: \.isInsert)
        let before = try row(where: { !taken.contains($0.dot) && !isSince(own, $0) }, rank: rank)
        guard present.clock.isAlive else {
            // What others wrote into a row that is taken back with its beginning is no row.
            return without.clock.isAlive && (before.clock.isAlive || !hasBegun)
                ? RowUndo(.bringBack(without.values)) : RowUndo(.nothing, otherDelete(than: own, taken))
        }
        guard without.clock.isAlive else { return RowUndo(.remove) }
        if !before.clock.isAlive, hasBegun {
            // Only the row as a whole could go, and somebody works with it.
            return RowUndo(.nothing, try since(own, taken, present, rank: rank))
        }
        return try perColumn(own, taken, present: present, without: without, rank: rank)
    }

    private func perColumn<Failure>(
        _ own: [Version], _ taken: Set<Dot>, present: Row, without: Row, rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> RowUndo {
        let written = Set(own.flatMap(\.columns))
        var restored: [(column: Int, value: Value)] = []
        var kept = RowUndo.Kept()
        for column in present.values.indices {
            guard let shown = try present.clock.shown(column, rank: rank) else { continue }
            if taken.contains(shown) {
                let value = without.values[column]
                if value != present.values[column] { restored.append((column, value)) }
            } else if written.contains(column) {
                kept.add(column, shown)
            }
        }
        if !restored.isEmpty { return RowUndo(.restore(restored), kept) }
        if present.clock.openDeletes.contains(where: taken.contains) { return RowUndo(.keep, kept) }
        if kept.by.isEmpty, own.contains(where: \.isDelete) {
            kept = try since(own, taken, present, rank: rank)
        }
        return RowUndo(.nothing, kept)
    }

    /// Tells whether the author of a version had seen one of these.
    private func isSince(_ own: [Version], _ version: Version) -> Bool {
        own.contains { version.context.covers($0.dot) }
    }

    /// Finds the columns that others wrote who had seen what is taken back.
    private func since<Failure>(
        _ own: [Version], _ taken: Set<Dot>, _ present: Row, rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> RowUndo.Kept {
        let later = versions.filter { !taken.contains($0.dot) && isSince(own, $0) }
        var kept = RowUndo.Kept()
        for column in present.values.indices {
            guard let shown = try present.clock.shown(column, rank: rank), later.contains(where: { $0.dot == shown })
            else { continue }
            kept.add(column, shown)
        }
        if kept.by.isEmpty { for version in later.suffix(1) { kept.add(nil, version.dot) } }
        return kept
    }

    /// A delete by somebody else which what is taken back had not seen, so that the row is gone without it too.
    private func otherDelete(than own: [Version], _ taken: Set<Dot>) -> RowUndo.Kept {
        var kept = RowUndo.Kept()
        for version in versions where version.isDelete && !taken.contains(version.dot) {
            guard own.contains(where: { !$0.context.covers(version.dot) }) else { continue }
            kept.add(nil, version.dot)
        }
        return kept
    }
}

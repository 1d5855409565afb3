import ReplicaModel
import SQLiteAccess

/// Tables for which people who had not seen each other defined more columns than a table can have: some are shown by
/// nobody. Which they are may change with every definition that comes, so the table is made anew then from the log.
/// Nothing is pending then.
struct CrowdedTables {
    let transaction: Transaction

    /// A table that is empty and has no name yet, beside what it was.
    struct Crowded {
        let id: Int64
        let scratch: Identifier
        let aside: Identifier
        let old: Identifier
        let name: Identifier
        let key: [Identifier]
        /// The columns that a person added to the table, and the objects that a person made on it.
        let ownColumns: [OwnColumn]
        let own: [(name: Identifier, sql: String)]
    }

    /// Whether other columns of a table are shown by the new definition than those of the old one that there still are.
    func isCrowdedOtherwise(_ old: TableState, _ new: MergedTable) -> Bool {
        guard !old.merged.crowdedOut.isEmpty || !new.crowdedOut.isEmpty else { return false }
        let isGone = old.columnSlots.contains { place in !new.columns.contains(where: place.names) }
        return isGone || old.merged.crowdedOut.contains { column in new.columns.contains { $0.isSame(as: column) } }
    }

    /// Makes an empty table of the new definition, with empty clocks.
    func clear(_ old: TableState, for new: MergedTable, _ crowded: inout [Crowded]) throws(StoreError) -> TableState {
        let table = try TableState(id: old.id, merged: new, columnSlots: TableState.columnSlots(of: new))
        try transaction.ownColumns.renameLocal(in: old, for: new.definition)
        let scratch = try transaction.connection.scratchName("caravan_rebuilt_\(old.id)")
        let aside = try transaction.connection.scratchName("caravan_crowded_\(old.id)")
        let own = try transaction.ownObjects.ownObjects(on: old.name)
        let columns = try transaction.ownColumns.addedByHand(in: old.name, beside: old.definition).filter {
            !$0.isGenerated
        }
        try transaction.connection.create(new.definition, named: scratch)
        try transaction.ownColumns.add(columns, to: scratch, holding: old.name)
        try transaction.renames.renameAsText(old.name, to: aside)
        try transaction.connection.run(
            "DELETE FROM caravan_clock_\(old.id); DROP TABLE IF EXISTS caravan_pending_\(old.id)")
        try transaction.connection.rows(
            "UPDATE caravan_table SET places = ?2 WHERE id = ?1",
            [.integer(old.id), .blob(ColumnSlotsBlob.encode(table.columnSlots))])
        crowded.append(
            Crowded(
                id: old.id, scratch: scratch, aside: aside, old: old.name, name: new.name, key: new.definition.key,
                ownColumns: columns, own: own))
        return table
    }

    /// Gives the table its name, once every table has left its own.
    func renameIntoPlace(_ table: Crowded) throws(StoreError) {
        try transaction.renames.renameAsText(table.scratch, to: table.name)
    }

    /// Folds what the log has of the table into it, and puts back what a person had in columns of his own.
    func foldAnew(_ crowded: Crowded) throws(StoreError) {
        guard let table = transaction.state.table(id: crowded.id) else { return }
        var contexts = ContextReader(log: transaction.log)
        let applied = try AppliedChangesets(.notVoid, in: transaction)
        while let dot = try applied.next() {
            guard transaction.state.feed(dot.feed).id.scope == .alliance else { continue }
            try transaction.applier.fold(
                try transaction.log.logged(dot), context: try contexts.context(of: dot), into: crowded.id)
        }
        // Dead rows that something refers to are shown as before.
        for key in try transaction.connection.rows(
            "SELECT \(table.clockKeys) FROM caravan_clock_\(table.id) WHERE state IS NOT NULL")
        {
            transaction.dirtyRows.isWanted(RowRef(table: table.id, key: key))
        }
        try transaction.constraints.settle()
        for column in crowded.ownColumns {
            let isIt = crowded.key.map { "o.\($0.quoted) = \(table.name.quoted).\($0.quoted)" }.joined(
                separator: " AND ")
            try transaction.connection.run(
                """
                UPDATE \(table.name.quoted) SET \(column.name.quoted) = (SELECT o.\(column.name.quoted) FROM \
                \(crowded.aside.quoted) AS o WHERE \(isIt))
                """
            )
        }
        try transaction.connection.run("DROP TABLE \(crowded.aside.quoted)")
        try transaction.ownObjects.remakeOwn(crowded.own)
    }
}

import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncWire

/// Makes the tables what the definitions come to. Nothing is pending while it does.
struct SchemaKeeper {
    let transaction: Transaction

    func define(_ facts: [SchemaFact]) throws(StoreError) {
        guard !facts.isEmpty else { return }
        try transaction.repair.noticeAlteredTexts()
        try note(facts)
        let merged = MergedSchema(transaction.state.facts)
        let pairs = try pairs(in: merged)
        let changed = pairs.filter { $0.old.merged != $0.new }
        let added = merged.tables.filter { transaction.state.table(sameAs: $0) == nil }
        try dropTriggers(for: changed.map(\.old))
        try transaction.setMeta("capture", .null)
        var rebuilt: [Rebuilt] = []
        var crowded: [CrowdedTables.Crowded] = []
        var after: [TableState] = []
        for (old, new) in pairs {
            if old.merged == new {
                after.append(old)
            } else if transaction.crowded.isCrowdedOtherwise(old, new) {
                after.append(try transaction.crowded.clear(old, for: new, &crowded))
            } else {
                after.append(try adapt(old, to: new, rebuilt: &rebuilt))
            }
        }
        // When all have left their names, so that one may have the name that was another's.
        for table in rebuilt { try renameIntoPlace(table) }
        for table in crowded { try transaction.crowded.renameIntoPlace(table) }
        after += try create(added, beside: after)
        transaction.state.tables = after.sorted { $0.name < $1.name }
        transaction.forgetLayouts()
        try learnColumnsKnown()
        for (old, _) in changed {
            if let table = transaction.state.table(id: old.id),
                old.columnSlots == Array(table.columnSlots.prefix(old.columnSlots.count))
            {
                try showNewDefaults(table, old)
            }
        }
        try adaptIndexes(
            to: merged.indexes,
            rebuilt: Set(rebuilt.flatMap { [$0.old, $0.name] } + crowded.flatMap { [$0.old, $0.name] }))
        for table in crowded { try transaction.crowded.foldAnew(table) }
        for (old, _) in changed {
            guard let table = transaction.state.table(id: old.id), old.definition.checks != table.definition.checks
            else { continue }
            try transaction.constraints.settleAllChecks(table)
        }
        try transaction.references.indexReferences()
    }

    private func note(_ facts: [SchemaFact]) throws(StoreError) {
        for fact in facts {
            try transaction.connection.rows(
                "INSERT INTO caravan_definition(dot, number, operation, context) VALUES (?1, ?2, ?3, ?4)",
                [
                    .integer(fact.dot.bits), .integer(Int64(fact.number)), .blob(ControlCodec.encode([fact.operation])),
                    .blob(VectorBlob.encode(fact.context)),
                ])
        }
        transaction.state.facts += facts
    }

    /// The tables that are here, each with what it is by another schema.
    private func pairs(in merged: MergedSchema) throws(StoreError) -> [(old: TableState, new: MergedTable)] {
        let ofBases = Dictionary(grouping: merged.tables, by: \.base)
        var out: [(old: TableState, new: MergedTable)] = []
        for old in transaction.state.tables {
            guard let new = ofBases[old.merged.base]?.first(where: { $0.isSame(as: old.merged) }) else {
                throw .damaged("table \(old.name) has lost its definition")
            }
            out.append((old, new))
        }
        return out
    }

    /// Drops the triggers that name a table that is about to change, or a column of it: its own, and those of the
    /// tables on both ends of its references. They are made anew.
    private func dropTriggers(for tables: [TableState]) throws(StoreError) {
        var ids: Set<Int64> = []
        for table in tables {
            ids.insert(table.id)
            ids.formUnion(transaction.state.references.from(table.id).map(\.target))
            ids.formUnion(transaction.state.references.to(table.id).map(\.source))
        }
        try transaction.capture.dropTriggers(of: ids)
    }

    /// Makes a table anew with its columns in the order of the definition, and what was added by hand behind them.
    /// Nothing else changes.
    ///
    /// - Throws: `schema` where no replicated table has that name.
    func reorder(_ name: Identifier) throws(StoreError) {
        try transaction.repair.noticeAlteredTexts()
        guard let table = transaction.state.table(named: name) else {
            let advice = Nearness.advice(for: name, among: transaction.state.tables.map(\.name))
            throw .schema("there is no replicated table \(name)\(advice): `caravan schema show` lists them")
        }
        try transaction.capture.dropTriggers(of: [table.id])
        try transaction.setMeta("capture", .null)
        try renameIntoPlace(try rebuild(table, as: table))
        try transaction.remaker.renewNotes(of: table)
        transaction.forgetLayouts()
        try adaptIndexes(to: transaction.state.indexes.map(\.definition), rebuilt: [name])
        try transaction.references.indexReferences()
        try transaction.capture.refreshCapture()
    }

    private func create(_ tables: [MergedTable], beside present: [TableState]) throws(StoreError) -> [TableState] {
        guard !tables.isEmpty else { return [] }
        var next = (present.map(\.id).max() ?? 0) + 1
        var taken = try namesTaken()
        var out: [TableState] = []
        for table in tables {
            if taken.contains(table.name.folded) {
                try moveAside(whatHas: table.name)
                taken = try namesTaken()
            }
            out.append(try create(table, id: next))
            next += 1
        }
        return out
    }

    /// The names that something in the file has that is no trigger, in small letters: SQLite, asked for one of them,
    /// goes through all.
    private func namesTaken() throws(StoreError) -> Set<Identifier> {
        Set(
            try transaction.connection.rows("SELECT name FROM sqlite_master WHERE type <> 'trigger'").compactMap {
                $0.first?.identifier?.folded
            })
    }

    private func create(_ new: MergedTable, id: Int64) throws(StoreError) -> TableState {
        let table = try TableState(id: id, merged: new, columnSlots: TableState.columnSlots(of: new))
        try transaction.connection.create(new.definition)
        // What is kept of a table has names of its own, and a person may have made something under one of them.
        for name in ["caravan_open_\(id)", ReplicaFormat.clockName(id: id), PendingLayout(table).name] {
            try moveAside(whatHas: Identifier(name))
        }
        for sql in ReplicaFormat.clockTable(id: id, keyCount: table.keyColumns.count) {
            try transaction.connection.run(sql)
        }
        try transaction.connection.rows(
            "INSERT INTO caravan_table VALUES (?1, ?2, ?3, ?4)",
            [
                .integer(id), .text(new.base), .integer(origin(of: new)),
                .blob(ColumnSlotsBlob.encode(table.columnSlots)),
            ])
        return table
    }

    private func origin(of table: MergedTable) -> Int64 { table.origins.map(\.bits).min() ?? 0 }

    /// Puts aside, so that it is not lost, what somebody made by hand under a name that the alliance uses now. A
    /// trigger may have the name of a table.
    private func moveAside(whatHas name: Identifier) throws(StoreError) {
        let found = try transaction.connection.rows(
            "SELECT type, name FROM sqlite_master WHERE name = ?1 COLLATE NOCASE AND type <> 'trigger'", [.text(name)]
        ).first
        guard let type = found?.first?.identifier, let present = found?.last?.identifier else { return }
        if type == "table" {
            try transaction.ownTables.moveAside(present)
        } else if type == "index", transaction.state.indexes.contains(where: { $0.definition.name.isSame(as: present) })
        {
            // An index of the alliance that gives its name to a table: it is made anew under the name that it has then.
            try transaction.connection.run("DROP INDEX \(present.quoted)")
        } else {
            try transaction.ownObjects.giveWay(present)
        }
    }

    private func adapt(_ old: TableState, to new: MergedTable, rebuilt: inout [Rebuilt]) throws(StoreError)
        -> TableState
    {
        let table = try TableState(
            id: old.id, merged: new, columnSlots: TableState.columnSlots(of: new, after: old.columnSlots))
        if old.definition != new.definition {
            try transaction.ownColumns.renameLocal(in: old, for: new.definition)
            if let added = additions(old.definition, new.definition) {
                for sql in added { try addColumn(sql, to: old, named: new.name) }
            } else {
                rebuilt.append(try rebuild(old, as: table))
            }
            try transaction.connection.run("DROP TABLE IF EXISTS caravan_pending_\(old.id)")
        }
        if table.columnSlots != old.columnSlots {
            try transaction.connection.rows(
                "UPDATE caravan_table SET places = ?2 WHERE id = ?1",
                [.integer(old.id), .blob(ColumnSlotsBlob.encode(table.columnSlots))])
        }
        return table
    }

    private func addColumn(_ sql: String, to old: TableState, named name: Identifier) throws(StoreError) {
        do { try transaction.connection.runOne(sql, under: .addingColumn(to: name)) } catch {
            // With a CHECK SQLite looks at every row, and refuses for what was there before.
            guard case .sqlite(_, let message, _) = error,
                message.hasSuffix("constraint failed") || message.hasPrefix("type mismatch")
            else { throw error }
            throw transaction.fileCheck.misfits(in: old)
        }
    }

    /// The statements that add to a table what its new definition has more, in no time at any size; nil unless the
    /// definition has some columns more and is the same otherwise.
    private func additions(_ old: TableDefinition, _ new: TableDefinition) -> [String]? {
        let names = Set(old.columns.map(\.name))
        let added = new.columns.filter { !names.contains($0.name) }
        let links = new.references.filter { reference in
            reference.columns.count == 1 && added.contains { $0.name == reference.columns[0] }
        }
        let checks = new.checks.filter { !old.checks.contains($0) }
        guard old.name == new.name, old.isStrict == new.isStrict, new.checks.count == old.checks.count + checks.count,
            checks.isEmpty || !added.isEmpty,
            old.columns == new.columns.filter({ names.contains($0.name) }),
            old.references == new.references.filter({ !links.contains($0) }),
            added.allSatisfy({ $0.generated?.isStored != true })
        else { return nil }
        return added.enumerated().map { number, column in
            // A check may speak of several of the new columns: it comes with the last.
            let own = number == added.count - 1 ? checks : []
            return SchemaSQL.addColumn(column, links.filter { $0.columns == [column.name] }, own, to: new.name)
        }
    }

    /// A table that was made anew and has no name yet.
    private struct Rebuilt {
        let scratch: Identifier
        /// The name that its indexes went with.
        let old: Identifier
        let name: Identifier
        /// The objects that a person made on it.
        let own: [(name: Identifier, sql: String)]
    }

    /// Makes a table anew under its definition, with the rows that it had (www.sqlite.org/lang_altertable.html, section
    /// 7).
    private func rebuild(_ old: TableState, as new: TableState) throws(StoreError) -> Rebuilt {
        let objects = try transaction.ownObjects.ownObjects(on: old.name)
        let scratch = try transaction.connection.scratchName("caravan_rebuilt_\(old.id)")
        try transaction.connection.create(new.definition, named: scratch)
        let own = try transaction.ownColumns.addedByHand(in: old.name, beside: old.definition)
        try transaction.ownColumns.add(own, to: scratch, named: old.name, holding: old.name)
        let present = try transaction.ownColumns.columnNames(in: scratch)
        let kept = own.filter { !$0.isGenerated && present.containsSame(as: $0.name) }
        let rowid = try rowidName(of: old, beside: present).map { [(Identifier($0), Identifier($0))] } ?? []
        let pairs =
            rowid + kept.map { ($0.name, $0.name) }
            + old.columnSlots.indices.map { (old.valueColumns[$0].name, new.valueColumns[$0].name) }
            + zip(old.definition.key, new.definition.key)
        do {
            try transaction.connection.run(
                """
                INSERT INTO \(scratch)(\(pairs.map(\.1.quoted).joined(separator: ", "))) SELECT \
                \(pairs.map(\.0.quoted).joined(separator: ", ")) \
                FROM \(old.name.quoted); DROP TABLE \(old.name.quoted)
                """)
        } catch {
            guard case .sqlite(let code, _, _) = error, code & 0xFF == ResultCode.constraintFailed else { throw error }
            throw transaction.fileCheck.misfits(in: old)
        }
        return Rebuilt(scratch: scratch, old: old.name, name: new.name, own: objects)
    }

    /// A name of SQLite's own row number, by which a person's tables may know the rows; nil where the key is it, or
    /// there is none.
    private func rowidName(of table: TableState, beside columns: [Identifier]) throws(StoreError) -> String? {
        guard !table.definition.isWithoutRowid, !table.definition.hasRowNumberAsKey else { return nil }
        let taken = try columns + transaction.ownColumns.columnNames(in: table.name)
        return ["rowid", "_rowid_", "oid"].first { !taken.containsSame(as: Identifier($0)) }
    }

    private func renameIntoPlace(_ table: Rebuilt) throws(StoreError) {
        try moveAside(whatHas: table.name)
        try transaction.renames.renameAsText(table.scratch, to: table.name)
        try transaction.ownObjects.remakeOwn(table.own)
    }

    /// Concurrent definitions may move a default: rows in which nobody wrote the column show the new one.
    private func showNewDefaults(_ table: TableState, _ old: TableState) throws(StoreError) {
        let moved = old.columnSlots.indices.filter {
            old.defaults[$0] != table.defaults[$0] && table.addedColumns.contains($0)
        }
        guard !moved.isEmpty else { return }
        let tableRows = try transaction.tableRows(of: table)
        for key in try transaction.connection.rows("SELECT \(table.clockKeys) FROM caravan_clock_\(table.id)") {
            guard var record = try tableRows.record(key) else { continue }
            let unwritten = moved.filter { record.clock.candidates(of: $0).isEmpty }
            guard record.isVisible else {
                // It may come back, and then as every other replica has it.
                for place in unwritten { record.archive?[place] = table.defaults[place] }
                if record.archive != nil { try tableRows.save(record, key: key) }
                continue
            }
            for place in unwritten {
                let update = try tableRows.update(columns: [place])
                try tableRows.bindKey(key, to: update)
                try update.bind(table.defaults[place], at: key.count + 1)
                _ = try update.step()
            }
        }
    }

    /// Finds, for what not everybody knows, from which changeset on each author did: each feed is read once, and not
    /// before the place in which the first of it was applied here, for nobody can have seen it before.
    private func learnColumnsKnown() throws(StoreError) {
        let origins = transaction.state.addedOrigins.filter { transaction.state.knownSince[$0] == nil }
        for origin in origins { transaction.state.knownSince[origin] = [:] }
        guard !origins.isEmpty else { return }
        for feed in transaction.state.feeds where feed.id.scope != .control && feed.applied > 0 {
            var left = origins.filter { feed.context.covers($0) }
            guard !left.isEmpty else { continue }
            var contexts = ContextReader(log: transaction.log)
            for seq in try firstSeq(of: feed, after: left)...feed.applied {
                let context = try contexts.contextAlone(of: Dot(feed: feed.ordinal, seq: seq))
                for origin in left where context.covers(origin) {
                    try transaction.log.noteKnown(origin, feed.ordinal, from: seq)
                    left.remove(origin)
                }
                if left.isEmpty { break }
            }
        }
    }

    /// The number of the first changeset of a feed that was applied here after one of these control changesets was.
    private func firstSeq(of feed: FeedState, after origins: Set<Dot>) throws(StoreError) -> UInt64 {
        var first = Int64.max
        for origin in origins { first = min(first, try transaction.standings.position(of: origin) ?? 0) }
        // Places in the order of application ascend with the numbers of a feed.
        var (low, high) = (min(feed.after + 1, feed.applied), feed.applied)
        while low < high {
            let middle = low + (high - low) / 2
            let place = try transaction.standings.position(of: Dot(feed: feed.ordinal, seq: middle)) ?? 0
            if place > first { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func adaptIndexes(to wanted: [IndexDefinition], rebuilt: Set<Identifier>) throws(StoreError) {
        let all = Set(wanted)
        for present in transaction.state.indexes
        where !all.contains(present.definition) || rebuilt.contains(present.definition.table) {
            try transaction.connection.run("DROP INDEX IF EXISTS \(present.definition.name.quoted)")
            try transaction.connection.rows(
                "DELETE FROM caravan_index WHERE name = ?1", [.text(present.definition.name)])
            try transaction.connection.rows(
                "DELETE FROM caravan_equal WHERE name = ?1", [.text(present.definition.name)])
        }
        transaction.state.indexes.removeAll {
            !all.contains($0.definition) || rebuilt.contains($0.definition.table)
        }
        let kept = Set(transaction.state.indexes.map(\.definition))
        let new = wanted.filter { !kept.contains($0) }
        guard !new.isEmpty else { return }
        var taken = try namesTaken()
        for index in new {
            if taken.contains(index.name.folded) {
                try moveAside(whatHas: index.name)
                taken = try namesTaken()
            }
            let isPlain = try createIndex(index)
            transaction.state.indexes.append(IndexState(definition: index, isPlain: isPlain))
            try transaction.connection.rows(
                "INSERT INTO caravan_index(name, definition, plain) VALUES (?1, ?2, ?3)",
                [.text(index.name), .blob(ControlCodec.encode([.createIndex(index)])), .integer(isPlain ? 1 : 0)])
        }
        transaction.state.indexes.sort { $0.definition.name < $1.definition.name }
    }

    /// True where rows are equal in a UNIQUE index already: then it is a plain one, and they are listed.
    private func createIndex(_ index: IndexDefinition) throws(StoreError) -> Bool {
        do {
            try transaction.connection.create(index)
            return false
        } catch {
            guard case .sqlite(ResultCode.uniqueFailed, _, _) = error,
                let table = transaction.state.table(named: index.table)
            else { throw error }
            try createRelaxed(index, table)
            return true
        }
    }

    private func createRelaxed(_ index: IndexDefinition, _ table: TableState) throws(StoreError) {
        let plain = IndexDefinition(
            name: index.name, table: index.table, isUnique: false, parts: index.parts, condition: index.condition)
        try transaction.connection.create(plain)
        try transaction.uniqueIndexes.listDuplicates(index, table)
    }

    /// Makes an index that is known as a UNIQUE one a plain one, for rows are equal in it.
    func relaxUnique(_ index: IndexDefinition, _ table: TableState) throws(StoreError) {
        try createRelaxed(index, table)
        for number in transaction.state.indexes.indices where transaction.state.indexes[number].definition == index {
            transaction.state.indexes[number].isPlain = true
        }
        try transaction.connection.rows("UPDATE caravan_index SET plain = 1 WHERE name = ?1", [.text(index.name)])
    }
}

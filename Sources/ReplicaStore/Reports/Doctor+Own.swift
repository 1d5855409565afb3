import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Findings about what a person made in the replica, as far as it needs looking at.
extension Doctor {
    func addOwnFindings(to out: inout FindingList) {
        out.collect("columns made by hand") {
            try SchemaInspection(transaction).ownColumns.map { table, columns in
                .init(
                    kind: "own-columns",
                    message:
                        """
                        \(columns.joined(separator: ", ")) of table \(table.name) was added by hand and is on this \
                        node only: add it with `caravan schema apply` to share it
                        """
                )
            }
        }
        out.collect("computed columns made by hand") { try computedFindings() }
        out.collect("indexes made by hand") {
            try transaction.repair.ownPlainIndexes().map { name in
                .init(
                    kind: "own-indexes",
                    message:
                        """
                        index \(name) was made by hand and is not UNIQUE any more, for other nodes do not know it: add \
                        it with `caravan schema apply`, or drop it
                        """
                )
            }
        }
        out.collect("tables made by hand") { try asideFindings() }
        out.collect("objects made by hand") {
            try transaction.ownObjects.keptTexts().map { name, reason, sql in
                .init(
                    kind: "own-objects",
                    message:
                        """
                        \(name) was made by hand and had to go, for with it this node could not take what others write \
                        (\(reason)): what it was is `\(sql)`; make it so that it comes to something in every row, by \
                        SQLite's own functions
                        """
                )
            }
                + transaction.ownObjects.movedObjects().map { type, name, before in
                    .init(kind: "own-objects", message: Self.movedMessage(type, name, before))
                }
        }
        out.collect("references of tables made by hand") { try ownReferenceFindings() }
        out.collect("full-text indexes") { try virtualTableFindings() }
    }

    private static func movedMessage(_ type: String, _ name: Identifier, _ before: Identifier) -> String {
        guard !before.begins(with: "pragma_") else { return functionMessage(type, name, before) }
        return
            """
            \(type) \(name) was made by hand as \(before), a name that the alliance has come to use: what reads \
            \(before) reads the alliance's now; let it read \(name), or drop that
            """
    }

    private static func functionMessage(_ type: String, _ name: Identifier, _ before: Identifier) -> String {
        """
        \(type) \(name) was made by hand as \(before), under which triggers ask SQLite itself, so that nobody could \
        write: give it a name of your own that does not begin with pragma_, or drop it
        """
    }

    /// Columns that a person made, and that cannot be computed in every row.
    func computedFindings() throws(StoreError) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        for table in transaction.state.tables {
            for column in try transaction.ownColumns.addedByHand(in: table.name, beside: table.definition)
            where column.isGenerated {
                do { try transaction.ownObjects.compute(column.name, of: table.name) } catch {
                    guard case .sqlite(_, let message, _) = error else { throw error }
                    out.append(
                        .init(
                            kind: "own-columns",
                            message:
                                """
                                column \(column.name) of table \(table.name) was made by hand and cannot be computed \
                                in every row (\(message)): the replica itself is whole; drop it by `caravan sql`, or \
                                the next merge or `caravan schema rebuild` that it hinders puts it aside
                                """
                        ))
                }
            }
        }
        return out
    }

    private func asideFindings() throws(StoreError) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        for name in try transaction.ownTables.tablesAside() {
            let message: String
            if case .text(let reason)? = try transaction.meta("aside \(name.text)") {
                message =
                    """
                    table \(name) keeps what somebody entered by hand, for \(String(decoding: reason, as: UTF8.self)): \
                    correct it, enter it with `caravan sql`, and drop \(name)
                    """
            } else if let before = try transaction.ownTables.nameBefore(name), before.begins(with: "pragma_") {
                message = Self.functionMessage("table", name, before)
            } else if let before = try transaction.ownTables.nameBefore(name) {
                message =
                    """
                    virtual table \(name) was made by hand as \(before), and a table in which it keeps its content had \
                    a name that the alliance has come to use: what feeds or reads it in this file goes on; give it a \
                    name of your own with ALTER TABLE, or drop it
                    """
            } else {
                message =
                    """
                    table \(name) is on this node only, under a name as tables made by hand get once the alliance \
                    uses theirs: copy its rows with `caravan sql` if they belong into the table of that name, and drop \
                    it; or give it a name of your own
                    """
            }
            out.append(.init(kind: "own-tables", message: message))
        }
        for item in try transaction.remaker.copiesOfDropped() {
            out.append(
                .init(
                    kind: "own-tables",
                    message:
                        """
                        table \(item.table) was dropped by hand and put back from the log; \(item.copy), which looks \
                        like the copy of a rebuild that did not end, is on this node only (\(item.count) rows that \
                        were entered and not sealed were taken from it, as far as it has them): enter what is missing with `caravan sql`, and \
                        drop \(item.copy)
                        """
                ))
        }
        return out
    }

    /// Tables of a person's own that refer to replicated ones by what is no key of theirs, or to rows that are gone: no
    /// merge looks at them.
    private func ownReferenceFindings() throws(StoreError) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        let found = try transaction.connection.rows(
            """
            SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) WHERE m.type = 'table' \
            AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1
            """
        )
        let replicated = Set(transaction.state.tables.map(\.name.folded))
        for name in found.compactMap({ $0.first?.identifier }) where !replicated.contains(name.folded) {
            do {
                let count = try transaction.connection.rows("PRAGMA foreign_key_check(\(name.quoted))").count
                guard count > 0 else { continue }
                out.append(
                    .init(
                        kind: "own-references",
                        message:
                            """
                            \(count) references of table \(name), which is on this node only, have no row: others \
                            deleted it, and no merge looks at such tables; delete or change them
                            """
                    ))
            } catch {
                guard case .sqlite(_, let message, _) = error else { throw error }
                out.append(
                    .init(
                        kind: "own-references",
                        message:
                            """
                            table \(name), which is on this node only, refers to what is no key (\(message)): programs \
                            that have foreign keys on cannot delete rows while it is there; let it refer to the key, \
                            or drop it
                            """
                    ))
            }
        }
        return out
    }

    /// Virtual tables that triggers on replicated tables keep, or that read one themselves.
    private func virtualTableFindings() throws(StoreError) -> [DoctorFinding] {
        let virtual = try transaction.connection.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"
        )
        guard !virtual.isEmpty else { return [] }
        let catalog = try SchemaCatalog(transaction.connection)
        var triggers: [Identifier: [String]] = [:]
        for table in transaction.state.tables {
            for object in catalog.objects(on: table.name)
            where object.type == "trigger" && !object.name.begins(with: "caravan_") {
                triggers[object.name] = SQLTokens.spelling(object.text)
            }
        }
        return virtual.compactMap { row in
            guard let name = row[0].identifier else { return nil }
            let keepers = triggers.filter { $0.value.contains(name.text.asciiUppercased) }.keys.sorted()
            guard !keepers.isEmpty, case .text(let sql) = row[1] else { return nil }
            let isOfText = SQLTokens.spelling(String(decoding: sql, as: UTF8.self)).contains("FTS5")
            return .init(
                kind: "own-triggers",
                message: isOfText
                    ? Self.missingMessage(ofText: name, keepers) : Self.missingMessage(ofOther: name, keepers))
        }
    }

    private static func missingMessage(ofText name: Identifier, _ keepers: [Identifier]) -> String {
        """
        \(name) is kept by triggers (\(keepers.joined(separator: ", "))), which do not run when changes of other nodes \
        are merged, so it misses those: after a sync rebuild it, for FTS5 with INSERT INTO \(name)(\(name)) VALUES \
        ('rebuild')
        """
    }

    private static func missingMessage(ofOther name: Identifier, _ keepers: [Identifier]) -> String {
        """
        \(name) is kept by triggers (\(keepers.joined(separator: ", "))), which do not run when changes of other nodes \
        are merged, so it misses those: after a sync delete what is in it, and fill it anew from the table that they \
        stand on
        """
    }
}

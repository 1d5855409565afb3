import ReplicaModel
import SQLiteAccess
import SyncWire

/// Finds what is wrong with a replica or soon will be.
struct Doctor {
    let transaction: Transaction

    /// The findings of what is wrong with this replica or soon will be. Each finding stands on its own: what cannot be
    /// looked at hides none of the others.
    func findings() throws(StoreError) -> [DoctorFinding] {
        let counts = try transaction.statusReports.counts()
        var out = FindingList()
        out.collect("the pages of the file") {
            let found = try transaction.fileCheck.fileFindings(inShort: true)
            let damages = found.damage.isEmpty ? try transaction.fileCheck.ownIndexFindings() : found.damage
            let damage = damages.prefix(1).map {
                DoctorFinding(
                    kind: "file", message: "the file of the replica is damaged (\($0)): \(ReplicaReports.damageAdvice)")
            }
            return damage
                + (try transaction.fileCheck.misfitSentences(found.misfits)).map { .init(kind: "misfits", message: $0) }
        }
        out.add(Self.countFindings(counts))
        out.collect("what the disk altered") {
            try transaction.spoilt.spoilt().map { changeset in
                let what =
                    """
                    changeset \(changeset.seq) of \(name(of: changeset.feed.site)) is not what its author signed any \
                    more
                    """
                return .init(
                    kind: "spoilt", message: "\(what), for the disk altered it: \(ReplicaReports.spoiltAdvice)")
            }
        }
        out.collect("what waits") { try waitingFindings() }
        out.collect("feeds that went two ways") { try ForkFindings(transaction: transaction).all() }
        out.add(rosterFindings())
        addSchemaFindings(to: &out)
        return out.all
    }

    private static func countFindings(_ counts: ReplicaCounts) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        if counts.conflicts > 0 {
            out.append(
                .init(
                    kind: "conflicts",
                    message:
                        """
                        \(counts.conflicts) things wait for a person: `caravan conflicts` lists them, `caravan \
                        resolve` settles them
                        """
                ))
        }
        if counts.void > 0 {
            out.append(
                .init(
                    kind: "void",
                    message:
                        """
                        \(counts.void) changesets have no effect: `caravan log` says why, and their author should be \
                        asked
                        """
                ))
        }
        if counts.newer > 0 {
            out.append(
                .init(
                    kind: "newer-software",
                    message:
                        """
                        \(counts.newer) changesets are of newer software and wait, with what builds on them: update \
                        this software
                        """
                ))
        }
        let waiting = counts.waiting - counts.newer - counts.failed
        if waiting > 0 {
            out.append(
                .init(
                    kind: "held",
                    message:
                        """
                        \(waiting) changesets wait for others that they build on: \
                        \(counts.newer > 0 ? "update this software, or " : "")sync with a peer that has those
                        """
                ))
        }
        return out
    }

    private func addSchemaFindings(to out: inout FindingList) {
        addOwnFindings(to: &out)
        for table in transaction.state.tables {
            out.add(Self.definitionFindings(table))
            out.collect("the order of the columns of table \(table.name)") { try orderFindings(table) }
            out.collect("the references of table \(table.name)") {
                try ReferenceFindings(transaction: transaction).of(table)
            }
            out.collect("the rows of table \(table.name)") { try unseenFindings(table) }
            out.collect("the indexes of table \(table.name)") { try indexFindings(table) }
        }
    }

    /// Indexes of expressions, which a program may have written by a function of its own.
    func indexFindings(_ table: TableState) throws(StoreError) -> [DoctorFinding] {
        let computed = try transaction.connection.value(
            """
            SELECT 1 FROM pragma_index_list(?1) AS l WHERE l.partial OR EXISTS (SELECT 1 FROM \
            pragma_index_xinfo(l.name) AS x WHERE x.key AND x.cid = -2) LIMIT 1
            """, [.text(table.name)])
        guard computed != nil else { return [] }
        // What cannot be computed is a finding of its own.
        guard
            let wrong = (try? transaction.fileCheck.wrongs("PRAGMA integrity_check(\(table.name.quoted))"))?.filter(
                Self.isOfIndex)
        else { return [] }
        return wrong.first.map {
            [.init(kind: "indexes", message: "an index of table \(table.name) \(Self.indexAdvice($0))")]
        } ?? []
    }

    /// Whether what SQLite finds wrong is of an index alone: it can be made anew from its table.
    static func isOfIndex(_ finding: String) -> Bool {
        ["missing from index", "wrong # of entries in index", "non-unique entry in index"].contains {
            finding.contains($0)
        }
    }

    private static func indexAdvice(_ finding: String) -> String {
        """
        does not agree with it (\(finding)), as happens where a program brings a function of its own for one of \
        SQLite's, such as lower: `caravan sql 'REINDEX'` makes it anew
        """
    }

    /// Findings of definitions that met and could not become one.
    private static func definitionFindings(_ table: TableState) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        if table.merged.isRenamed {
            out.append(
                .init(
                    kind: "definitions",
                    message:
                        """
                        two tables \(table.merged.base) were defined apart, with other keys, and this one is kept as \
                        \(table.name): copy its rows into the other with `caravan sql` if they belong there
                        """
                ))
        }
        if let first = table.merged.crowdedOut.first {
            out.append(
                .init(
                    kind: "definitions",
                    message:
                        """
                        table \(table.name) has more columns, defined apart, than the \(SchemaLimits.columnsMax) that a \
                        table can have: \(table.merged.crowdedOut.count) of them (\(first.name) and so on) are in the \
                        log and shown by nobody; put what belongs there into a table of its own
                        """
                ))
        }
        for column in table.merged.columns where column.isRenamed {
            out.append(
                .init(
                    kind: "definitions",
                    message:
                        """
                        two columns \(column.declared) of table \(table.name) were defined apart, of other types, and \
                        this one is kept as \(column.name): copy its values into the other with `caravan sql` and \
                        retire it with `caravan schema apply --retire` if they belong there
                        """
                ))
        }
        return out
    }

    private func orderFindings(_ table: TableState) throws(StoreError) -> [DoctorFinding] {
        let wanted = table.definition.columns.map(\.name)
        let shared = try transaction.ownColumns.columnNames(in: table.name).filter(wanted.contains)
        guard shared.count == wanted.count, shared != wanted else { return [] }
        let command = "caravan schema rebuild \(ShellWord.operand(table.name.text))"
        return [
            .init(
                kind: "column-order",
                message:
                    """
                    the columns of table \(table.name) stand in another order than elsewhere: name the columns in \
                    INSERT and SELECT, or run `\(command)`
                    """
            )
        ]
    }

    /// Changesets that newer software wrote: they wait, and what builds on them.
    var newerCount: Int {
        transaction.state.waiting.values.count { if case .newerSoftware = $0.cause { true } else { false } }
    }

    /// Findings of what is held and could not be folded into this replica, of what waits for a branch that is not here,
    /// and of what arrives and does not end.
    private func waitingFindings() throws(StoreError) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        for (feed, waiting) in transaction.state.waiting.sorted(by: { $0.key < $1.key }) {
            let what = "changeset \(waiting.seq) of \(name(of: transaction.state.feed(feed).id.site))"
            if case .otherBranch(let other, let seq) = waiting.cause {
                out.append(
                    .init(
                        kind: "fork",
                        message:
                            """
                            \(what) waits, with what builds on it: it has seen another changeset \(seq) of \
                            \(name(of: other.site)) than the one here: that node's disk was copied or put back, and \
                            both copies wrote; sync with a peer that has the other one
                            """
                    ))
            }
            guard case .failure(let reason, let tries) = waiting.cause else { continue }
            out.append(
                .init(
                    kind: "failed",
                    message:
                        """
                        \(what) cannot be applied on this node (\(reason)), and what builds on it waits; it was tried \
                        \(tries) times and is tried again: if an own table, index or column of this node stands in its \
                        way, drop that; else update this software
                        """
                ))
        }
        for part in try transaction.staging.unfinishedParts() where part.bytes > 0 {
            out.append(
                .init(
                    kind: "unfinished",
                    message:
                        """
                        a changeset of \(name(of: part.feed.site)) has come in part (\(part.bytes >> 20) MiB): sync \
                        with a peer that has the rest; it is dropped when nothing more comes for \
                        \(Staging.keptMilliseconds / 86_400_000) days
                        """
                ))
        }
        return out
    }

    private func name(of site: SiteID) -> String {
        transaction.state.roster.entry(of: site)?.name ?? site.short
    }
}

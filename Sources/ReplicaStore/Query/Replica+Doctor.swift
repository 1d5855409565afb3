import ReplicaModel
import SyncWire

extension Replica {
    /// What is wrong with this replica or soon will be.
    public func findings() throws(StoreError) -> [DoctorFinding] {
        let counts = try counts()
        return try look { () throws(StoreError) in
            var out: [DoctorFinding] = []
            if let damage = try damage(inShort: true).first {
                out.append(.init(kind: "file", message: "the file of the replica is damaged (\(damage)): \(Replica.damageAdvice)"))
            }
            if counts.conflicts > 0 {
                out.append(.init(kind: "conflicts", message: "\(counts.conflicts) things wait for a person: `caravan conflicts` lists them, `caravan resolve` settles them"))
            }
            if counts.void > 0 {
                out.append(.init(kind: "void", message: "\(counts.void) changesets have no effect: `caravan log` says why, and their author should be asked"))
            }
            if counts.newer > 0 {
                out.append(.init(kind: "newer-software", message: "\(counts.newer) changesets are of newer software and wait, with what builds on them: update this software"))
            }
            let waiting = counts.held - counts.newer - counts.failed
            if waiting > 0 {
                out.append(
                    .init(
                        kind: "held",
                        message: "\(waiting) changesets wait for others that they build on: \(counts.newer > 0 ? "update this software, or " : "")sync with a peer that has those"))
            }
            return out + (try waitingFindings()) + (try schemaFindings())
        }
    }

    /// What to do about a replica that is damaged.
    public static let damageAdvice = "restore a backup, or join anew in another folder, which brings back whatever a peer holds"

    /// What SQLite finds wrong with the pages of the file, at most ten things.
    ///
    /// - Parameter inShort: indexes are not compared with their tables, which takes most of the time.
    func damage(inShort: Bool) throws(StoreError) -> [String] {
        try connection.rows(inShort ? "PRAGMA quick_check(10)" : "PRAGMA integrity_check(10)").compactMap { row in
            guard case .text(let bytes)? = row.first else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            return text == "ok" ? nil : text.split(separator: "\n").joined(separator: " ")
        }
    }

    private func schemaFindings() throws(StoreError) -> [DoctorFinding] {
        var out = try handMadeFindings()
        for table in state.tables { out += Self.definitionFindings(table) + (try orderFindings(table)) }
        let dangling = try connection.rows("PRAGMA foreign_key_check").count
        if dangling > 0 {
            let help = "give them one, or run `caravan verify --deep`, and restore a backup if that finds something"
            out.append(.init(kind: "references", message: "\(dangling) references have no row (PRAGMA foreign_key_check lists them): \(help)"))
        }
        return out
    }

    /// What is on this node only.
    private func handMadeFindings() throws(StoreError) -> [DoctorFinding] {
        let columns = try SchemaInspection(self).ownColumns.map { table, columns in
            DoctorFinding(
                kind: "own-columns",
                message: "\(columns.joined(separator: ", ")) of table \(table.name) was added by hand and is on this node only: add it with `caravan schema apply` to share it")
        }
        let indexes = try ownPlainIndexes().map { name in
            DoctorFinding(
                kind: "own-indexes",
                message: "index \(name) was made by hand and is not UNIQUE any more, for other nodes do not know it: add it with `caravan schema apply`, or drop it")
        }
        let tables = try tablesAside().map { name in
            DoctorFinding(
                kind: "own-tables",
                message: "table \(name) was made by hand under a name that the alliance uses and is on this node only: copy its rows with `caravan sql` if they belong there, and drop it")
        }
        return columns + indexes + tables
    }

    /// Where definitions met that could not become one.
    private static func definitionFindings(_ table: TableState) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        if table.merged.isRenamed {
            out.append(
                .init(
                    kind: "definitions",
                    message:
                        "two tables \(table.merged.base) were defined apart, with other keys, and this one is kept as \(table.name): copy its rows into the other with `caravan sql` if they belong there"
                ))
        }
        for column in table.merged.columns where column.isRenamed {
            out.append(
                .init(
                    kind: "definitions",
                    message:
                        "two columns \(column.declared) of table \(table.name) were defined apart, of other types, and this one is kept as \(column.name): copy its values into the other with `caravan sql` and retire it with `caravan schema apply --retire` if they belong there"
                ))
        }
        return out
    }

    private func orderFindings(_ table: TableState) throws(StoreError) -> [DoctorFinding] {
        let wanted = table.definition.columns.map(\.name)
        let shared = try columnNames(in: table.name).filter(wanted.contains)
        guard shared.count == wanted.count, shared != wanted else { return [] }
        let command = "caravan schema rebuild \(ShellWord.operand(table.name.text))"
        return [
            .init(
                kind: "column-order",
                message:
                    "the columns of table \(table.name) stand in another order than elsewhere: name the columns in INSERT and SELECT, or run `\(command)`")
        ]
    }

    /// Changesets that newer software wrote: they wait, and what builds on them.
    var newerCount: Int { state.waiting.values.count { if case .newerSoftware = $0.cause { true } else { false } } }

    /// What is held and could not be folded into this replica, what waits for a branch that is not here, and what arrives and does not end.
    private func waitingFindings() throws(StoreError) -> [DoctorFinding] {
        var out: [DoctorFinding] = []
        for (feed, waiting) in state.waiting.sorted(by: { $0.key < $1.key }) {
            let what = "changeset \(waiting.seq) of \(name(of: state.feed(feed).id.site))"
            if case .otherBranch(let other, let seq) = waiting.cause {
                out.append(
                    .init(
                        kind: "fork",
                        message:
                            "\(what) waits, with what builds on it: it has seen another changeset \(seq) of \(name(of: other.site)) than the one here: that node's disk was copied or put back, and both copies wrote"
                    ))
            }
            guard case .failure(let reason, let tries) = waiting.cause else { continue }
            out.append(
                .init(
                    kind: "failed",
                    message:
                        "\(what) cannot be applied on this node (\(reason)), and what builds on it waits; it was tried \(tries) times and is tried again: if an own table, index or column of this node stands in its way, drop that; else update this software"
                ))
        }
        for part in try unfinishedParts() where part.bytes > 0 {
            out.append(
                .init(
                    kind: "unfinished",
                    message:
                        "a changeset of \(name(of: part.feed.site)) has come in part (\(part.bytes >> 20) MiB): sync with a peer that has the rest; it is dropped when nothing more comes for \(IntakeQuota.unfinishedMillisecondsMax / 86_400_000) days"
                ))
        }
        return out
    }

    private func name(of site: SiteID) -> String { state.roster.record(of: site)?.admission.name ?? site.short }
}

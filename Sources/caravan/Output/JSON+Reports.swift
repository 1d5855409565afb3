import ReplicaModel
import SyncNode

// The reports as JSON, member by member as other programs rely on them.

extension JSON {
    static func vector(_ vector: Vector) -> JSON {
        .object(vector.sorted { $0.key < $1.key }.map { ($0.key.description, .unsigned($0.value)) })
    }

    static func values(_ values: [Value]) -> JSON { .array(values.map { JSON($0) }) }

    static func members(_ values: [Identifier: Value]) -> JSON {
        .object(values.sorted { $0.key < $1.key }.map { ($0.key.text, JSON($0.value)) })
    }

    static func write(_ write: WriteReport) -> [(String, JSON)] {
        [
            ("site", .string(write.site.hex)), ("feed", .string(write.feed.description)), ("seq", .unsigned(write.seq)),
            ("time", .string(Times.rfc3339(write.stamp.milliseconds))),
        ]
    }

    init(_ report: InvitationReport) {
        self = .object([
            ("id", .string(report.id)), ("role", .string(report.role.rawValue)),
            ("state", .string(report.state.rawValue)), ("expires", .string(Times.rfc3339(report.expires))),
            ("by", .optional(report.by?.site.hex)), ("name", .optional(report.by?.name)),
        ])
    }

    init(_ report: ChangesetReport) {
        let operations = report.operations.map { [("operations", JSON.array($0.map { JSON($0) }))] } ?? []
        self = .object(report.head + operations)
    }

    init(_ operation: RowOperation) {
        var out: [(String, JSON)] = [("table", .string(operation.table))]
        switch operation.action {
        case .insert(let values):
            out += [("op", .string("insert")), ("key", .values(operation.key)), ("values", .members(values))]
        case .update(let values):
            out += [("op", .string("update")), ("key", .values(operation.key)), ("values", .members(values))]
        case .delete: out += [("op", .string("delete")), ("key", .values(operation.key))]
        }
        self = .object(out)
    }

    init(_ report: BulkReport) {
        self = .object([
            ("changeset", .optional(report.changeset.map { "\($0.feed):\($0.seq)" })),
            ("settled", .integer(Int64(report.settled))),
            (
                "left",
                .array(
                    report.left.map { left in
                        .object([
                            ("kind", .string(left.report.kindName)), ("table", .string(left.report.table)),
                            ("key", .values(left.report.key)), ("reason", .string(left.reason)),
                        ])
                    })
            ),
        ])
    }

    fileprivate static func roster(_ operation: ControlOperation) -> JSON? {
        switch operation {
        case .found(let name, _): .object([("op", .string("found")), ("name", .string(name))])
        case .admit(let admission): .object([("op", .string("admit"))] + admission.members)
        case .cut(let cut):
            .object(
                [
                    ("op", .string("cut")), ("site", .string(cut.site.hex)), ("role", .optional(cut.role?.rawValue)),
                    ("last", ends(cut.ends)),
                ])
        case .release(let release):
            .object([
                ("op", .string("release")), ("site", .string(release.site.hex)), ("last", ends(release.ends)),
            ])
        case .createTable, .createIndex, .addColumn, .retire: nil
        }
    }

    private static func ends(_ ends: FeedEnds) -> JSON {
        .array(
            ends.heads.sorted { $0.key < $1.key }.map { feed, head in
                .object([
                    ("feed", .string(feed.description)), ("scope", .string(feed.scope.name)),
                    ("seq", .integer(Int64(head.seq))), ("hash", .string(head.hash.bytes.hex)),
                ])
            })
    }

    static func schema(_ operation: ControlOperation) -> JSON? {
        switch operation {
        case .createTable(let table): .object([("op", .string("create-table"))] + table.members)
        case .createIndex(let index): .object([("op", .string("create-index"))] + index.members)
        case .addColumn(let added):
            .object([
                ("op", .string("add-column")), ("table", .string(added.table)),
                ("column", .object(added.column.members)),
            ])
        case .retire(let table, let column):
            .object([("op", .string("retire")), ("table", .string(table)), ("column", .string(column))])
        case .found, .admit, .cut, .release: nil
        }
    }

    init(_ report: ConflictReport) {
        var out = report.head
        switch report.kind {
        case .cell(let column, let shown, let candidates):
            out += [
                ("column", .string(column)), ("shown", JSON(shown)),
                ("candidates", .array(candidates.map { .object($0.members(value: $0.value)) })),
            ]
        case .deletedEdited(let deletes): out.append(("deletes", .array(deletes.map { .object(JSON.write($0)) })))
        case .kept(let referrers):
            let rows = referrers.map { JSON.object([("table", .string($0.table)), ("key", .values($0.key))]) }
            out.append(("referredBy", .array(rows)))
        case .invalid(let constraint): out.append(("constraint", .string(constraint)))
        case .duplicate(let index, let keys):
            out += [("index", .string(index)), ("keys", .array(keys.map { .values($0) }))]
        }
        self = .object(out)
    }

    init(_ peer: PeerReport) {
        self = .object([
            ("name", .string(peer.name)), ("site", .optional(peer.site?.hex)),
            ("addresses", .array(peer.addresses.map { .string($0) })),
            ("lastContact", .optional(peer.lastContact.map(Times.rfc3339))), ("sent", .unsigned(peer.sent)),
            ("durable", .unsigned(peer.durable)), ("applied", .unsigned(peer.applied)),
            ("lacks", .unsigned(peer.lacks)), ("lacksSince", .optional(peer.lacksSince.map(Times.rfc3339))),
            ("ahead", .unsigned(peer.ahead)), ("isRetired", .bool(peer.isRetired)),
            ("skewSeconds", peer.skewSeconds.map { .real($0) } ?? .null), ("lastError", .optional(peer.lastError)),
            ("windows", .array(peer.windows.map { .string($0) })), ("isInWindow", .bool(peer.isInWindow)),
            ("windowsChange", .optional(peer.windowsChange.map(Times.rfc3339))),
            ("limitRate", peer.limitRate.map { .integer(Int64($0)) } ?? .null),
            ("sessions", .array(peer.sessions.map { .object($0.fields) })),
        ])
    }

    init(_ budget: BudgetReport) {
        self = .object([
            ("dayUsed", .integer(Int64(budget.dayUsed))),
            ("dayMax", budget.dayMax.map { .integer(Int64($0)) } ?? .null),
            ("monthUsed", .integer(Int64(budget.monthUsed))),
            ("monthMax", budget.monthMax.map { .integer(Int64($0)) } ?? .null),
        ])
    }

    init(_ clock: MemberClock) {
        self = .object([
            ("site", .string(clock.site.hex)), ("name", .string(clock.name)), ("own", .bool(clock.isOwn)),
            ("keepsTime", .bool(clock.keepsTime)), ("skewSeconds", clock.skewSeconds.map { .real($0) } ?? .null),
            ("lastContact", .optional(clock.lastContact.map(Times.rfc3339))),
        ])
    }

    init(_ status: StatusReport) {
        var out: [(String, JSON)] = [
            ("site", .string(status.site.hex)), ("name", .string(status.name)),
            ("role", .optional(status.role?.rawValue)),
            ("alliance", .string(status.alliance.hex)), ("versionVector", .vector(status.versionVector)),
            ("rows", .object(status.rows.sorted { $0.key < $1.key }.map { ($0.key.text, .integer(Int64($0.value))) })),
            ("changesets", .integer(Int64(status.changesets))), ("pending", .integer(Int64(status.pending))),
            ("waiting", .integer(Int64(status.waiting))),
            ("newer", .integer(Int64(status.newer))), ("failed", .integer(Int64(status.failed))),
            ("void", .integer(Int64(status.void))),
            ("quarantined", .integer(Int64(status.quarantined))), ("conflicts", .integer(Int64(status.conflicts))),
            ("putAside", .array(status.putAside.map { .string($0) })),
            ("diskBytes", .integer(status.diskBytes)),
            ("diskFree", status.diskFree.map { .integer($0) } ?? .null),
            ("unfinished", .array(status.unfinished.map(\.json))),
            ("servers", .array(status.servers.map(\.json))), ("peers", .array(status.peers.map { JSON($0) })),
            ("budget", JSON(status.budget)),
            (
                "retirement",
                status.retirement.map { found in
                    .object([
                        ("by", .array(found.by.map { .string($0) })), ("since", .string(Times.rfc3339(found.since))),
                    ])
                } ?? .null
            ), ("refusals", .object(status.refusals.sorted { $0.key < $1.key }.map { ($0.key, .unsigned($0.value)) })),
        ]
        if let correction = status.clockCorrection {
            out.append(
                (
                    "clockCorrection",
                    .object([("seconds", .real(correction.seconds)), ("keeper", .string(correction.keeper))])
                ))
        }
        if let digest = status.digest { out.append(("digest", .string(digest.hex))) }
        self = .object(out)
    }

    init(_ report: VerifyReport) {
        self = .object([
            ("changesets", .integer(Int64(report.changesets))), ("signatures", .integer(Int64(report.signatures))),
            (
                "findings",
                .array(
                    report.findings.map {
                        .object([
                            ("kind", .string($0.kind)), ("feed", .optional($0.feed?.description)),
                            ("seq", $0.seq.map { .unsigned($0) } ?? .null),
                            ("message", .string($0.message)),
                        ])
                    })
            ),
        ])
    }

    init(_ record: RecordReport, _ links: RecordLinks) {
        self = .object(
            [
                ("table", .string(record.table)), ("key", .values(record.key)), ("values", .members(record.values)),
                (
                    "writers",
                    .object(
                        record.writers.sorted { $0.key < $1.key }.map { ($0.key.text, .object(JSON.write($0.value))) })
                ),
                ("reports", .array(record.reports.map { JSON($0) })),
            ] + links.members)
    }

    init(_ version: VersionReport) {
        var out =
            JSON.write(version.write) + [
                ("name", JSON.optional(version.name)), ("counts", .bool(version.standing == .counts)),
            ]
        switch version.standing {
        case .counts: break
        case .void(let reason), .quarantined(let reason): out.append(("reason", .string(reason)))
        }
        switch version.action {
        case .insert(let values): out += [("op", .string("insert")), ("values", .members(values))]
        case .update(let values): out += [("op", .string("update")), ("values", .members(values))]
        case .delete: out.append(("op", .string("delete")))
        }
        out.append(("concurrentWith", .array(version.concurrentWith.map { .object(JSON.write($0)) })))
        self = .object(out)
    }

    init(_ outcome: SyncOutcome) {
        self = .object([
            ("peer", .string(outcome.peer)), ("site", .optional(outcome.site?.hex)), ("sent", .unsigned(outcome.sent)),
            ("received", .unsigned(outcome.received)), ("applied", .unsigned(outcome.applied)),
            ("error", .optional(outcome.error?.name)), ("message", .optional(outcome.error?.message)),
        ])
    }

    init(_ founding: Founding) {
        self = .object([
            ("site", .string(founding.site.hex)), ("name", .string(founding.name)),
            ("alliance", .string(founding.alliance.hex)),
            ("home", .string(founding.home)), ("tables", .array(founding.tables.map { .string($0) })),
        ])
    }
}

extension ConflictReport {
    /// The members of its JSON that it has whatever its kind is.
    fileprivate var head: [(String, JSON)] {
        [("kind", .string(kindName)), ("table", .string(table)), ("key", .values(key))]
    }
}

extension ConflictReport.Candidate {
    /// The members of its JSON.
    ///
    /// - Parameter value: the whole one; or of a long one the beginning, beside which its length is told.
    fileprivate func members(value: Value) -> [(String, JSON)] {
        let isBeginning = isCut && value.byteCount < byteCount
        return [("value", JSON(value))] + (isBeginning ? [("bytes", .integer(Int64(byteCount)))] : [])
            + JSON.write(write)
    }
}

extension RowName {
    /// The members by which JSON names a row.
    fileprivate var members: [(String, JSON)] { [("table", .string(table)), ("key", .values(key))] }
}

extension Output {
    /// Writes a changeset, one operation after the other: an import has hundreds of thousands.
    static func json(_ changeset: ChangesetReport) {
        let head = JSON.object(changeset.head)
        guard let operations = changeset.operations else { return json(head) }
        part(head.text.utf8.dropLast())
        list("operations", operations) { JSON($0) }
        part("}\n")
    }

    /// Writes a conflict, one value after the other: each may be long, and there may be many.
    ///
    /// - Parameter whole: reads the value of a candidate.
    static func json(_ report: ConflictReport, _ whole: (Int) -> Value?) {
        guard case .cell(let column, _, let candidates) = report.kind, candidates.contains(where: \.isCut) else {
            return json(JSON(report))
        }
        part(JSON.object(report.head + [("column", .string(column))]).text.utf8.dropLast())
        guard let shown = whole(0) else { return part("}\n") }
        part(",\"shown\":" + JSON(shown).text)
        list("candidates", Array(candidates.enumerated())) { place, candidate in
            .object(candidate.members(value: whole(place) ?? candidate.value))
        }
        part("}\n")
    }

    /// Writes what was taken back, one row after the other: of an import it may be hundreds of thousands.
    static func json(_ report: UndoReport) {
        let changeset = report.changeset.map { "\($0.feed):\($0.seq)" }
        part(JSON.object([("changeset", .optional(changeset))]).text.utf8.dropLast())
        list("restored", report.restored) { restored in
            .object(restored.row.members + [("columns", .array(restored.columns.map { .string($0) }))])
        }
        list("kept", report.kept) { kept in
            .object(
                kept.row.members + [
                    ("columns", .array(kept.columns.map { .string($0) })),
                    ("by", .array(kept.by.map { .object(JSON.write($0)) })),
                ])
        }
        list("failed", report.failed) { .object($0.row.members + [("reason", .string($0.reason))]) }
        part("}\n")
    }

    /// Writes a member behind others that is a list, as long as somebody reads.
    private static func list<Item>(_ name: String, _ items: [Item], _ json: (Item) -> JSON) {
        part(",\"\(name)\":[")
        for (index, item) in items.enumerated() {
            guard hasReader else { return }
            part((index > 0 ? "," : "") + json(item).text)
        }
        part("]")
    }
}

extension ChangesetReport {
    /// The members of its JSON without its operations on the people's tables.
    fileprivate var head: [(String, JSON)] {
        let digits = String(stamp.bits, radix: 16)
        var out: [(String, JSON)] = [
            ("feed", .string(feed.description)), ("site", .string(feed.site.hex)),
            ("name", .optional(name)),
            ("scope", .string(feed.scope.name)), ("seq", .unsigned(seq)),
            ("stamp", .string(String(repeating: "0", count: 16 - digits.count) + digits)),
            ("time", .string(Times.rfc3339(stamp.milliseconds))), ("hash", .string(hash.hex)),
            ("signed", .bool(true)),
            ("counts", .bool(standing == .counts)),
        ]
        switch standing {
        case .counts: break
        case .void(let reason), .quarantined(let reason): out.append(("reason", .string(reason)))
        }
        if let context { out.append(("context", .vector(context))) }
        if let control {
            let roster = control.compactMap(JSON.roster)
            let schema = control.compactMap(JSON.schema)
            if !roster.isEmpty || schema.isEmpty { out.append(("roster", .array(roster))) }
            if !schema.isEmpty { out.append(("schema", .array(schema))) }
        }
        return out
    }
}

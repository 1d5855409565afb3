import ReplicaModel
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("What is told of records, and foretold of an exchange, is so")
struct RecordLawTests {
    /// Random histories of three sites that met in part, and what happens at each meeting.
    private func histories(_ seed: Int, meeting: (World, _ site: Int, _ other: Int, _ most: Int) throws -> Void) throws
        -> World
    {
        var random = SeededGenerator(seed)
        let world = try World(schema: RandomSQL.schema, skews: [0, 1, -3_600_000], integerKeys: RandomSQL.integerKeys)
        var sql = RandomSQL(seed: seed)
        for _ in 0..<24 {
            let site = Int.random(in: 0..<3, using: &random)
            if random.chance(65) {
                try world.write(site, sql.statements())
            } else {
                let other = (site + Int.random(in: 1..<3, using: &random)) % 3
                try world.seal(other)
                try meeting(world, site, other, random.chance(50) ? .max : Int.random(in: 1...4, using: &random))
            }
        }
        return world
    }

    @Test("A preview says what taking it then does, and does nothing itself", arguments: 0..<30)
    func preview(seed: Int) throws {
        _ = try histories(seed) { world, site, other, most in
            let replica = world.sites[site].replica
            // The copy that it is tried on is another's file.
            replica.drawIncarnation = { .random(in: .min ... .max) }
            let batch = try world.batch(for: site, from: other, most: most)
            let (tables, remains, seen) = (
                try world.tables(site), try replica.reports.remains(), try world.conflicts(site)
            )
            let preview = try replica.reports.preview(
                batch, lackedByPeer: try world.sites[other].replica.vectors().held)
            #expect(try world.tables(site) == tables, "seed \(seed): nothing is done")
            #expect(try world.conflicts(site) == seen, "seed \(seed): nothing is done")
            #expect(try replica.reports.remains() == remains, "seed \(seed): nothing is done")
            let lacked = try world.batch(for: other, from: site)
            // What waits here is sealed first, and comes from nobody.
            try world.seal(site)
            let conflicts = try world.conflicts(site)
            try world.take(batch, at: site)

            let place = "seed \(seed), site \(site)"
            #expect(
                Self.names(preview.incoming) == Self.names(batch),
                "\(place): changesets")
            #expect(
                Self.names(preview.outgoing) == Self.names(lacked),
                "\(place): changesets")
            let (now, listed) = (try world.tables(site), try world.conflicts(site))
            var changed: [RowName] = []
            for row in Set(tables.keys).union(now.keys).sorted() where tables[row] != now[row] { changed.append(row) }
            #expect(preview.changes.map(\.row) == changed, "\(place): rows that change")
            for change in preview.changes {
                #expect(change.before == tables[change.row], "\(place): \(change.row)")
                #expect(change.after == now[change.row], "\(place): \(change.row)")
            }
            #expect(Self.told(preview.conflicts) == Self.told(listed.subtracting(conflicts)), "\(place): listed")
            #expect(Self.told(preview.settled) == Self.told(conflicts.subtracting(listed)), "\(place): settled")
        }
    }

    private static func names(_ reports: [ChangesetReport]) -> Set<SpecifiedChangeset.ID> {
        Set(reports.map { .init(feed: $0.feed, seq: $0.seq) })
    }

    /// The names of those changesets of a batch that change people's tables.
    private static func names(_ batch: [IncomingChangeset]) -> Set<SpecifiedChangeset.ID> {
        Set(batch.map(\.header.header).filter { $0.feed.scope == .alliance }.map { .init(feed: $0.feed, seq: $0.seq) })
    }

    /// Reports as people read them: what waits is sealed by the copy into a feed of its own.
    private static func told(_ reports: some Sequence<ConflictReport>) -> [String] {
        let who = { (write: WriteReport) in "\(write.site) \(write.stamp)" }
        return reports.map { report in
            switch report.kind {
            case .cell(let column, let shown, let candidates):
                "\(report.table) \(report.key) \(column) \(shown): \(candidates.map { "\($0.value) \(who($0.write))" })"
            case .deletedEdited(let deletes): "\(report.table) \(report.key) deleted: \(deletes.map(who))"
            default: "\(report)"
            }
        }.sorted()
    }

    @Test("A record and its history say of each version what the bare log says", arguments: 30..<60)
    func records(seed: Int) throws {
        let world = try histories(seed) { world, site, other, most in
            try world.take(try world.batch(for: site, from: other, most: most), at: site)
        }
        for site in 0..<3 {
            try world.seal(site)
            let replica = world.sites[site].replica
            var log: [ChangesetReport] = []
            try replica.reports.log(LogFilter(isReversed: true, withContext: true)) { log.append($0) }
            let tables = try world.tables(site)
            let written = Set(log.flatMap { ($0.operations ?? []).map { RowName(table: $0.table, key: $0.key) } })
            #expect(written.isSuperset(of: tables.keys))
            for row in written.sorted() {
                try check(row, log, tables[row], replica, "seed \(seed), site \(site), \(row)")
            }
        }
    }

    private func check(
        _ row: RowName, _ log: [ChangesetReport], _ shown: [Identifier: Value]?, _ replica: Replica, _ place: String
    ) throws {
        // Of operations of one changeset on a row there is one.
        let versions = log.compactMap { changeset in
            changeset.operations?.first { $0.table == row.table && $0.key == row.key }.map {
                (changeset: changeset, action: $0.action)
            }
        }
        let history = try replica.reports.history(table: row.table, key: row.key)
        #expect(history.map(\.write) == versions.map { Self.write($0.changeset) }, "\(place): versions")
        #expect(history.map(\.action) == versions.map(\.action), "\(place): versions")
        for (index, version) in history.enumerated() where index < versions.count {
            let unseen = versions[..<index].filter { !Self.hasSeen(versions[index].changeset, $0.changeset) }
            #expect(
                version.concurrentWith == unseen.map { Self.write($0.changeset) },
                "\(place): not seen by version \(index)")
            #expect(
                version.name == versions[index].changeset.name,
                "\(place): version \(index)")
            #expect(
                version.standing == .counts,
                "\(place): version \(index)")
        }
        guard let record = try replica.reports.record(table: row.table, key: row.key) else {
            #expect(shown == nil, "\(place) is shown, and no record")
            return
        }
        #expect(record.values == shown, "\(place): values")
        let listed = try replica.reports.conflicts().filter { report in
            if case .duplicate(_, let keys) = report.kind { return report.table == row.table && keys.contains(row.key) }
            return report.table == row.table && report.key == row.key
        }
        #expect(Set(record.reports) == Set(listed), "\(place): reports")
        for column in record.values.keys { try checkWriter(of: column, record, versions, place) }
    }

    /// The one who wrote what a column shows wrote just that, and nobody who had seen it wrote the column again.
    private func checkWriter(
        of column: Identifier, _ record: RecordReport,
        _ versions: [(changeset: ChangesetReport, action: RowOperation.Action)], _ place: String
    ) throws {
        let writes = versions.compactMap { version -> (changeset: ChangesetReport, value: Value)? in
            switch version.action {
            case .insert(let values), .update(let values): values[column].map { (version.changeset, $0) }
            case .delete: nil
            }
        }
        guard let writer = record.writers[column] else {
            #expect(writes.isEmpty, "\(place): \(column) was written, and by nobody")
            return
        }
        let write = try #require(
            writes.first { Self.write($0.changeset) == writer }, "\(place): \(column) was not written by its writer")
        #expect(write.value == record.values[column], "\(place): \(column) shows another value")
        #expect(
            !writes.contains { Self.hasSeen($0.changeset, write.changeset) },
            "\(place): \(column) was written after its writer")
        for report in record.reports {
            guard case .cell(column, _, let candidates) = report.kind else { continue }
            #expect(
                candidates.first?.write == writer, "\(place): \(column) is shown by another than the first candidate")
        }
    }

    private static func write(_ changeset: ChangesetReport) -> WriteReport {
        WriteReport(site: changeset.feed.site, feed: changeset.feed, seq: changeset.seq, stamp: changeset.stamp)
    }

    private static func hasSeen(_ later: ChangesetReport, _ earlier: ChangesetReport) -> Bool {
        later.context?[earlier.feed] ?? 0 >= earlier.seq
    }
}

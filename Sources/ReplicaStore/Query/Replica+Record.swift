import ReplicaModel
import SyncWire

extension Replica {
    /// A visible row with who wrote each of its fields; nil if there is none.
    public func record(table name: Identifier, key: [Value]) throws(StoreError) -> RecordReport? {
        try look { () throws(StoreError) -> RecordReport? in
            guard let table = state.table(named: name), key.count == table.keyColumns.count else { return nil }
            let folder = try folder(of: table)
            guard let values = try folder.row(key), let record = try folder.record(key) else { return nil }
            var writers: [Identifier: WriteReport] = [:]
            for (index, column) in table.others.enumerated() {
                if let dot = try shown(record.clock.candidates(of: index)) { writers[column.name] = try write(dot) }
            }
            let names = table.others.map(\.name)
            return RecordReport(
                table: name, key: key, values: Dictionary(uniqueKeysWithValues: zip(names, values)), writers: writers,
                reports: try conflicts(table, key: key) + duplicateReports(table, key: key))
        }
    }

    /// The candidate that is shown: the greatest by (not killed, rank).
    private func shown(_ candidates: [RowClock.Candidate]) throws(StoreError) -> Dot? {
        guard candidates.count > 1 else { return candidates.first?.dot }
        var best: (isLiving: Bool, rank: Rank, dot: Dot)?
        for candidate in candidates {
            let next = (isLiving: !candidate.isKilled, rank: try rank(of: candidate.dot), dot: candidate.dot)
            if let present = best, present.isLiving == next.isLiving ? present.rank > next.rank : present.isLiving { continue }
            best = next
        }
        return best?.dot
    }

    /// Every version of a row, in the order in which this replica applied them. Nothing is indexed by row: the bytes of its key are looked for in
    /// the log, and only changesets that have them are read.
    public func history(table name: Identifier, key: [Value]) throws(StoreError) -> [VersionReport] {
        try look { () throws(StoreError) in
            var writer = CBORWriter()
            for value in key { writer.write(value) }
            let needle = writer.bytes
            var found: [(changeset: LoggedChangeset, standing: Standing, action: RowOperation.Action)] = []
            let rows = try connection.prepare(
                "SELECT feed, seq, standing, reason, body FROM caravan_changeset WHERE position IS NOT NULL ORDER BY position")
            while try rows.step() {
                let dot = Dot(feed: FeedOrdinal(Int(rows.integer(at: 0))), seq: UInt64(rows.integer(at: 1)))
                guard state.feed(dot.feed).id.scope != .control, try hasBytes(needle, body: rows.integer(at: 4)) else { continue }
                let changeset = try logged(dot)
                guard let action = try action(of: changeset, table: name, key: key) else { continue }
                let reason = rows.string(at: 3)
                let standing: Standing =
                    switch rows.integer(at: 2) {
                    case 0: .counts
                    case 1: .void(reason)
                    default: .quarantined(reason)
                    }
                found.append((changeset, standing, action))
            }
            return try versions(found)
        }
    }

    private func versions(
        _ found: [(changeset: LoggedChangeset, standing: Standing, action: RowOperation.Action)]
    ) throws(StoreError) -> [VersionReport] {
        var contexts = ContextReader(replica: self)
        var out: [VersionReport] = []
        for (index, version) in found.enumerated() {
            let context = try contexts.context(of: version.changeset.dot)
            var unseen: [WriteReport] = []
            for earlier in found[..<index] where !context.covers(earlier.changeset.dot) { unseen.append(try write(earlier.changeset.dot)) }
            let report = try write(version.changeset.dot)
            out.append(
                VersionReport(
                    write: report, name: state.roster.record(of: report.site)?.admission.name, standing: version.standing,
                    action: version.action, concurrentWith: unseen))
        }
        return out
    }

    /// Whether some bytes stand in a changeset's chunks, which are cut anywhere.
    private func hasBytes(_ needle: [UInt8], body: Int64) throws(StoreError) -> Bool {
        var number = 0
        var tail: [UInt8] = []
        while true {
            guard let chunk = try chunkIfThere(body: body, number: number) else { return false }
            let bytes = tail + chunk
            if ByteSearch.contains(bytes, needle) { return true }
            tail = Array(bytes.suffix(max(needle.count - 1, 0)))
            number += 1
        }
    }

    private func action(of changeset: LoggedChangeset, table name: Identifier, key: [Value]) throws(StoreError) -> RowOperation.Action? {
        var source = OperationSource(replica: self, changeset: changeset)
        do throws(OperationStop) {
            while let item = try source.next() {
                guard source.cursor.table?.name == name, source.cursor.isKey(key), let operation = source.cursor.operation(item) else { continue }
                return operation.action
            }
        } catch {
            // A void changeset may be one that cannot be read to its end.
            if case .store(let error) = error { throw error }
        }
        return nil
    }
}

/// The whole contexts of changesets: they travel as differences, so each feed is read from its beginning, once.
struct ContextReader {
    let replica: Replica
    private var known: [FeedOrdinal: (seq: UInt64, context: VersionVector)] = [:]

    init(replica: Replica) { self.replica = replica }

    /// Cheapest if the changesets of a feed are asked for in order.
    mutating func context(of dot: Dot) throws(StoreError) -> VersionVector {
        var (seq, context) = known[dot.feed] ?? (0, VersionVector())
        if seq > dot.seq { (seq, context) = (0, VersionVector()) }
        while seq < dot.seq {
            seq += 1
            context[dot.feed] = seq - 1
            for (id, head) in try replica.logged(Dot(feed: dot.feed, seq: seq)).header.contextAdvance {
                if let other = replica.state.ordinals[id] { context[other] = max(context[other], head.seq) }
            }
        }
        known[dot.feed] = (seq, context)
        return context
    }
}

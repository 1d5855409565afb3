import ReplicaModel
import ReplicaSchema
import SQLiteAccess
import SyncWire

/// Control changesets: judged by the roster and the schema of their own context, then folded into both.
struct ControlFold {
    let transaction: Transaction

    /// Judges a control changeset and, if it counts, carries out what it says. Nil if it says what newer software
    /// knows: then it is held, and passed on, until this software is updated.
    func foldControl(_ changeset: LoggedChangeset, context: VersionVector) throws(StoreError) -> Standing? {
        let bytes = try transaction.log.chunks(of: changeset).reduce([], +)
        let operations: [ControlOperation]
        do throws(WireError) { operations = try ControlCodec.decode(bytes) } catch {
            if case .unknownOperation = error {
                // Newer software would ask for the right before anything else.
                if case .refused(let sentence) = controlRight(changeset, [], context: context) {
                    return .void(sentence)
                }
                return nil
            }
            return .void("its operations cannot be read: \(error.sentence)")
        }
        guard UInt64(operations.count) == changeset.header.operationCount else {
            return .void("it announces \(changeset.header.operationCount) operations and has \(operations.count)")
        }
        let depth: Int
        switch controlRight(changeset, operations, context: context) {
        case .refused(let sentence): return .void(sentence)
        case .granted(let admissions): depth = admissions
        }
        let facts = facts(operations, of: changeset, context: context)
        if let refusal = refusal(of: operations, facts, changeset, context: context) { return .void(refusal) }
        try note(operations, of: changeset, context: context, depth: depth)
        // What was defined stays defined, whatever becomes of its author.
        try transaction.schemaKeeper.define(facts)
        transaction.dirtyRows.isCaptureDue = true
        return try transaction.quarantine.standing(of: changeset, context: context)
    }

    /// Keeps what operations say of who belongs.
    ///
    /// - Parameter depth: admissions between the founder and the author.
    func note(
        _ operations: [ControlOperation], of changeset: LoggedChangeset, context: VersionVector, depth: Int
    ) throws(StoreError) {
        let words = operations.filter { operation in
            switch operation {
            case .admit, .cut, .release: true
            case .found, .createTable, .createIndex, .addColumn, .retire: false
            }
        }
        guard !words.isEmpty else { return }
        let seen = transaction.history.controlPart(context)
        try transaction.connection.rows(
            "INSERT OR REPLACE INTO caravan_roster VALUES (?1, ?2, ?3, ?4)",
            [
                .integer(changeset.dot.bits), .blob(ControlCodec.encode(words)), .blob(VectorBlob.encode(seen)),
                .integer(Int64(depth)),
            ])
        let before = transaction.state.roster.judgement
        let record = RosterRecord(
            dot: changeset.dot, feed: changeset.header.feed, hash: changeset.hash, context: seen, depth: depth,
            operations: words)
        transaction.state.roster.add(record)
        try transaction.quarantine.noteEnds(of: record)
        try transaction.quarantine.settle(after: before)
    }

    private func facts(_ operations: [ControlOperation], of changeset: LoggedChangeset, context: VersionVector)
        -> [SchemaFact]
    {
        operations.enumerated().filter { $0.element.isSchema }.map { number, operation in
            SchemaFact(
                dot: changeset.dot, number: number, site: changeset.header.feed.site,
                incarnation: changeset.header.feed.incarnation,
                context: context, operation: operation)
        }
    }

    private enum ControlRight {
        case refused(String)
        /// Admissions between the founder and the author.
        case granted(Int)
    }

    private func controlRight(
        _ changeset: LoggedChangeset, _ operations: [ControlOperation], context: VersionVector
    ) -> ControlRight {
        if changeset.hash == transaction.state.alliance { return .granted(0) }
        if case .found? = operations.first { return .refused("it founds another alliance") }
        guard let entry = transaction.rosterOfThen.entry(of: changeset.header.feed.site, in: context) else {
            return .refused("its author was not a member by the roster that it had seen")
        }
        guard entry.role == .admin else {
            return .refused("its author was not an admin by the roster that it had seen")
        }
        return .granted(entry.depth)
    }

    /// The reason why no control changeset may say this, whoever signs it, judged by the schema and the roster that its
    /// author had seen; nil where one may.
    private func refusal(
        of operations: [ControlOperation], _ facts: [SchemaFact], _ changeset: LoggedChangeset, context: VersionVector
    ) -> String? {
        // Each site is asked for once: a changeset may have tens of thousands of cuts of it.
        var (cut, released): (Set<SiteID>, Set<SiteID>) = ([], [])
        for (index, operation) in operations.enumerated() {
            switch operation {
            case .found where index > 0: return "it founds an alliance twice"
            case .cut(let one) where cut.insert(one.site).inserted:
                if let refusal = refusal(of: one, by: changeset.header.feed.site, context) { return refusal }
            case .release(let release) where released.insert(release.site).inserted:
                if transaction.rosterOfThen.entry(of: release.site, in: context) == nil {
                    return "it releases what a site wrote that nobody had admitted"
                }
            default: break
            }
        }
        return facts.isEmpty ? nil : SchemaGate.refusal(of: facts, after: transaction.history.facts(in: context))
    }

    private func refusal(of cut: Cut, by author: SiteID, _ context: VersionVector) -> String? {
        guard transaction.rosterOfThen.entry(of: cut.site, in: context) != nil else {
            return "it ends the right of a site that nobody had admitted"
        }
        guard cut.site == author else { return nil }
        let others = transaction.state.roster.records.sites.filter { $0 != author }
        let hasAdmin = others.contains { transaction.rosterOfThen.entry(of: $0, in: context)?.isAdmin ?? false }
        return hasAdmin ? nil : "its author was the last admin, and cannot end its own right"
    }
}

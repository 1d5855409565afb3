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
        if let refusal = refusal(of: operations, facts, context: context) { return .void(refusal) }
        for operation in operations {
            guard case .admit(let admission) = operation else { continue }
            let author = changeset.header.feed
            try admit(
                Roster.Record(
                    dot: changeset.dot, incarnation: author.incarnation, hash: changeset.hash, admission: admission,
                    author: author.site, depth: depth))
        }
        try transaction.schemaKeeper.define(facts)
        transaction.dirtyRows.isCaptureDue = true
        return .counts
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
        /// Admissions between the founder and what the author admits.
        case granted(Int)
    }

    private func controlRight(
        _ changeset: LoggedChangeset, _ operations: [ControlOperation], context: VersionVector
    ) -> ControlRight {
        if changeset.hash == transaction.state.alliance { return .granted(0) }
        if case .found? = operations.first { return .refused("it founds another alliance") }
        guard let record = transaction.state.roster.record(of: changeset.header.feed.site, in: context) else {
            return .refused("its author was not a member by the roster that it had seen")
        }
        guard record.admission.role == .admin else {
            return .refused("its author was not an admin by the roster that it had seen")
        }
        return .granted(record.depth + 1)
    }

    /// The reason why no control changeset may say this, whoever signs it, judged by the schema that its author had
    /// seen; nil where one may.
    private func refusal(
        of operations: [ControlOperation], _ facts: [SchemaFact], context: VersionVector
    ) -> String? {
        for (index, operation) in operations.enumerated() {
            if case .found = operation, index > 0 { return "it founds an alliance twice" }
        }
        return facts.isEmpty ? nil : SchemaGate.refusal(of: facts, after: transaction.history.facts(in: context))
    }

    private func admit(_ record: Roster.Record) throws(StoreError) {
        let admission = record.admission
        try transaction.connection.rows(
            "INSERT INTO caravan_member VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            [
                .integer(record.dot.bits), .blob(admission.site.bytes), .text(admission.name),
                .text(admission.role.rawValue),
                admission.institution.map { .text($0) } ?? .null, .integer(admission.keepsTime ? 1 : 0),
                .blob(record.author.bytes), .integer(Int64(record.depth)),
            ])
        transaction.state.roster.add(record)
    }
}

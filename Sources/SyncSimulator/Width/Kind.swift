/// Feature that worlds are to have: a fault, a hand, a feature of the schema, a kind of statement, or something that
/// comes of these. Each is counted where it happens, for what never happens proves nothing.
package enum Kind: Hashable, Sendable, CaseIterable {
    case fault(Fault)
    case hand(Hand)
    case feature(SchemaFeature)
    case statement(WriterSQL.Kind)
    case event(WorldEvent)

    package static var allCases: [Kind] {
        Fault.allCases.map(Kind.fault) + Hand.allCases.map(Kind.hand) + SchemaFeature.allCases.map(Kind.feature)
            + WriterSQL.Kind.allCases.map(Kind.statement)
            + WorldEvent.allCases.map(Kind.event)
    }

    /// The name that the table of a campaign and the article Simulation have for the kind; no two kinds have the same.
    package var name: String {
        switch self {
        case .fault(let fault): fault.rawValue
        case .hand(let hand): hand.rawValue
        case .feature(let feature): feature.rawValue
        case .statement(let kind): kind.rawValue
        case .event(let event): event.rawValue
        }
    }

    /// The sort of thing that the kind is: a fault, a hand, a feature of a schema, a statement or an event.
    package var group: String {
        switch self {
        case .fault: "fault"
        case .hand: "hand"
        case .feature: "schema"
        case .statement: "statement"
        case .event: "event"
        }
    }
}

/// A thing that comes of faults and of what people write. No scenario decides it: it happens, or the worlds are too
/// narrow.
package enum WorldEvent: String, CaseIterable, Sendable {
    /// People wrote one cell apart.
    case cellConflict
    /// A row was deleted and edited apart.
    case deletedEdited
    /// A row was deleted, and a row that somebody wrote apart refers to it.
    case keptRow
    /// A row is kept by one that is only kept itself.
    case keptChain
    /// Two rows that were written apart are equal in a UNIQUE.
    case equalRows
    /// Three or more of them are.
    case thirdEqualRow
    /// A row fails a CHECK, each of whose columns was written by somebody else.
    case failedCheck
    /// Two nodes define apart.
    case concurrentDefinitions
    /// A changeset waits for what its author had seen.
    case waitingChangeset
    /// Waiting changesets come in several parts.
    case waitingInParts
    /// A session begins where an earlier one ended within a changeset.
    case resumedChangeset
    /// A node goes on in another incarnation of its feed.
    case newIncarnation
    /// A node calls a changeset void.
    case voidChangeset
    /// A changeset does not count, for it lies beyond the end of its author's right.
    case quarantinedChangeset
    /// A row shows what does not count, because somebody else built on it.
    case shownQuarantined
    /// People read a log, the history of a record, a record with who wrote it, tables as they were, what an exchange
    /// would bring.
    case readLog, readHistory, readRecord, readPast, readPreview
}

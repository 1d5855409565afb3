import ReplicaModel
import SyncNode

extension JSON {
    init(_ report: BundleReport) {
        self = .object([
            ("file", .string(report.file)), ("alliance", .optional(report.alliance?.hex)),
            ("from", .string(report.from.hex)), ("for", .array(report.recipients.map { .string($0.hex) })),
            ("encrypted", .bool(report.isEncrypted)),
            ("changesets", report.changesets.map { .unsigned($0) } ?? .null),
            ("bytes", .integer(Int64(report.bytes))),
            ("feeds", CarriedFeeds.spans(report.feeds.filter { $0.feed.scope != .control })),
            ("control", CarriedFeeds.spans(report.feeds.filter { $0.feed.scope == .control })),
            ("lacks", CarriedFeeds.spans(report.lacks.filter { $0.feed.scope != .control })),
            ("missing", CarriedFeeds.missing(report.missing, isControl: false)),
            ("missingControl", CarriedFeeds.missing(report.missing, isControl: true)),
        ])
    }

    init(_ taken: BundleImport) {
        self = .object([
            ("held", .unsigned(taken.held)), ("applied", .unsigned(taken.applied)),
            ("waiting", .unsigned(taken.waiting)), ("known", .unsigned(taken.known)),
            ("carried", .integer(Int64(taken.carried))),
            ("putOff", .array(taken.putOff.map { .string($0.message) })),
            ("removed", .array(taken.removed.map { .string($0.message) })),
            ("missing", CarriedFeeds.missing(taken.missing, isControl: false)),
            ("missingControl", CarriedFeeds.missing(taken.missing, isControl: true)),
        ])
    }

    init(_ done: ExchangeReport) {
        func sites(_ sites: [SiteID]) -> JSON { .array(sites.map { .string($0.hex) }) }
        self = .object([
            ("taken", sites(done.takenFrom)), ("written", sites(done.writtenFor)), ("left", sites(done.left)),
            ("bytesNeeded", .integer(Int64(done.bytesNeeded))),
            ("held", .unsigned(done.taken.held)), ("applied", .unsigned(done.taken.applied)),
            ("waiting", .unsigned(done.taken.waiting)), ("passedOn", .integer(Int64(done.passedOn))),
            ("deleted", .integer(Int64(done.deleted))), ("program", .optional(done.program?.name)),
            ("passedOver", .array((done.passedOver + done.ofRetired).map { .string($0.message) })),
            ("putOff", .array(done.taken.putOff.map { .string($0.message) })),
            ("removed", .array(done.taken.removed.map { .string($0.message) })),
            ("missing", CarriedFeeds.missing(done.taken.missing, isControl: false)),
            ("missingControl", CarriedFeeds.missing(done.taken.missing, isControl: true)),
        ])
    }
}

/// Feeds as the JSON of bundles has them.
private enum CarriedFeeds {
    /// The last changeset of each feed that is missing: of roster and schema, or of the records.
    static func missing(_ vector: [FeedID: UInt64], isControl: Bool) -> JSON {
        JSON.object(
            vector.filter { ($0.key.scope == .control) == isControl }.sorted { $0.key < $1.key }.map {
                ($0.key.description, .unsigned($0.value))
            })
    }

    /// Writes spans: of several of one feed the first and the last number; of a feed that went several ways in the file
    /// each way on its own, named with `~` and the hash of its last changeset.
    static func spans(_ spans: [FeedSpan]) -> JSON {
        var out: [(name: String, first: UInt64, last: UInt64)] = []
        var places: [String: Int] = [:]
        for span in spans {
            let name = span.feed.description + (span.way.map { "~" + $0.bytes.hex } ?? "")
            if let place = places[name] {
                out[place].last = span.last
            } else {
                places[name] = out.count
                out.append((name, span.first, span.last))
            }
        }
        return JSON.object(
            out.map { ($0.name, .object([("from", .unsigned($0.first)), ("to", .unsigned($0.last))])) })
    }
}

extension ExchangeReport.Program {
    /// The outcome as JSON has it.
    fileprivate var name: String {
        switch self {
        case .written: "written"
        case .there: "there"
        case .noRoom: "no-room"
        }
    }
}

import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// The changesets that `undo` takes back.
public enum UndoRequest: Sendable {
    /// Named changesets, each as `FEED:SEQ`: the feed as JSON has it or the beginning of it, or the author's name as
    /// `log` shows it.
    case changesets([String])
    /// All that one site wrote from one moment up to another, in milliseconds since 1970: a name, or the beginning of a
    /// site id.
    case site(String, since: Int64, until: Int64)
}

extension NodeRecords {
    /// Takes changesets back by a new one: what is pending is sealed, then what they wrote shows again what it showed,
    /// and that is sealed. What somebody wrote over since stays.
    ///
    /// - Parameters:
    ///   - isDry: whether nothing is written, and only told what would be.
    ///   - progress: changesets of the log read and in all.
    /// - Throws: `usage` for what names no changeset, `notFound` where there is none, `noRight` for a reader, `locked`
    ///   where somebody else writes all the time.
    public func undo(
        _ request: UndoRequest, isDry: Bool, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws(NodeError) -> UndoReport {
        try await node.store { engine in
            let choice = try request.choice(in: engine.replica)
            let undoer = try Undoer(replica: engine.replica, now: Clocks.now.wall)
            var (report, made) = try engine.writingWhole { () throws(StoreError) -> UndoReport? in
                try undoer.undo(choice, isDry: isDry, progress: progress)
            }
            report.changeset = made
            return report
        }
    }

    /// Settles many reports in one changeset, as `settle(_:table:key:)` settles one.
    ///
    /// - Parameters:
    ///   - table: nil for every table.
    ///   - kind: as `conflicts` names it; nil for every kind.
    ///   - isDry: whether nothing is written, and only told what would be.
    /// - Throws: `noRight` for a reader, `locked` where somebody else writes all the time.
    public func settleAll(
        _ resolution: BulkResolution, table: String?, kind: String?, isDry: Bool
    ) async throws(NodeError) -> BulkReport {
        try await settleAll(resolution, table: table, kind: kind, seen: nil, isDry: isDry)
    }

    /// Settles many reports as `settleAll(_:table:kind:isDry:)` does, but for those with a side that was not there when
    /// they were shown.
    ///
    /// - Parameter seen: what was applied then; nil for whatever is there.
    package func settleAll(
        _ resolution: BulkResolution, table: String?, kind: String?, seen: Vector?, isDry: Bool
    ) async throws(NodeError) -> BulkReport {
        try await node.store { engine in
            if let table { _ = try engine.replica.table(table) }
            let resolver = try BulkResolver(replica: engine.replica, now: Clocks.now.wall)
            var (report, made) = try engine.writingWhole { () throws(StoreError) -> BulkReport? in
                try resolver.settle(
                    resolution, table: table.map { Identifier($0) }, kind: kind, seen: seen, isDry: isDry)
            }
            report.changeset = made
            return report
        }
    }

    /// The site that people mean by a name, or by the beginning of its id.
    public func site(named name: String) async throws(NodeError) -> SiteID {
        try await node.store { engine in try MemberNames(engine.replica).author(name) }
    }
}

extension Engine {
    /// Writes something that is to be a changeset of its own: what is pending is sealed before, and then what it wrote.
    ///
    /// - Parameter write: returns nil where somebody else wrote meanwhile; then it is done again.
    /// - Returns: what it returned, and the changeset that was sealed; nil where there was nothing to seal.
    fileprivate func writingWhole<Report>(
        _ write: () throws(StoreError) -> Report?
    ) throws(StoreError) -> (Report, (feed: FeedID, seq: UInt64)?) {
        for _ in 0..<Self.attemptsMax {
            try seal()
            let before = try ownHeads()
            guard let report = try write() else { continue }
            try seal()
            let made = try ownHeads().first { before[$0.key] != $0.value }
            return (report, made.map { (feed: $0.key, seq: $0.value) })
        }
        throw .locked
    }

    /// The most attempts: somebody who writes all the time is waited for as often.
    private static var attemptsMax: Int { 20 }

    /// How far the feeds of this node's tables go.
    fileprivate func ownHeads() throws(StoreError) -> [FeedID: UInt64] {
        try replica.vectors().held.filter { $0.key.site == site && $0.key.scope == .alliance }
    }
}

extension UndoRequest {
    fileprivate func choice(in replica: Replica) throws(NodeError) -> Undoer.Choice {
        switch self {
        case .site(let name, let since, let until):
            return .site(try MemberNames(replica).author(name), since: since, until: until)
        case .changesets(let texts):
            let feeds = try saying { try replica.vectors().held }
            var out: [(feed: FeedID, seq: UInt64)] = []
            for text in texts { out.append(try Self.changeset(text, feeds, replica)) }
            return .changesets(out)
        }
    }

    private static func changeset(
        _ text: String, _ feeds: Vector, _ replica: Replica
    ) throws(NodeError) -> (feed: FeedID, seq: UInt64) {
        guard let colon = text.lastIndex(of: ":"), let seq = UInt64(text[text.index(after: colon)...]),
            seq <= WireLimits.seqMax
        else {
            throw NodeError(
                kind: .usage,
                message: "\(text.escaped()) names no changeset: write FEED:SEQ, as `caravan log` shows them")
        }
        let name = String(text[..<colon])
        if let exact = feeds.keys.sorted().first(where: { $0.description == name && $0.scope == .alliance }) {
            return (exact, seq)
        }
        let site = try MemberNames(replica).author(name)
        let found = feeds.filter { feed, last in
            feed.site == site && feed.scope == .alliance && seq <= last && seq >= feed.branch?.first ?? 1
        }.keys.sorted()
        guard let only = found.first else {
            throw NodeError(kind: .notFound, message: "there is no changeset \(seq) of \(name.escaped()) here")
        }
        guard found.count == 1 else {
            let names = found.map { "\($0):\(seq)" }.joined(separator: ", ")
            throw NodeError(
                kind: .usage,
                message: "\(text.escaped()) can be one of several changesets: \(names); write one of these")
        }
        return (only, seq)
    }
}

import ReplicaModel
import ReplicaStore
import SyncEngine

/// The changesets that `undo` takes back.
public enum UndoRequest: Sendable {
    /// These, each as `FEED:SEQ`: the feed as JSON has it or the beginning of it, or the author's name as `log` shows
    /// it.
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
            let undoer = try saying { try Undoer(replica: engine.replica, now: Clocks.now.wall) }
            for _ in 0..<Self.attemptsMax {
                try engine.seal()
                let before = try engine.ownHeads()
                guard var report = try undoer.undo(choice, isDry: isDry, progress: progress) else { continue }
                guard !isDry else { return report }
                try engine.seal()
                report.changeset = try engine.ownHeads().first { before[$0.key] != $0.value }.map {
                    (feed: $0.key, seq: $0.value)
                }
                return report
            }
            throw StoreError.locked
        }
    }

    /// Somebody who writes all the time is waited for as often.
    private static var attemptsMax: Int { 20 }
}

extension Engine {
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
        guard let colon = text.lastIndex(of: ":"), let seq = UInt64(text[text.index(after: colon)...]) else {
            throw NodeError(
                kind: .usage,
                message: "\(text.escaped()) names no changeset: write FEED:SEQ, as `caravan log` shows them")
        }
        let name = String(text[..<colon])
        if let exact = feeds.keys.sorted().first(where: { $0.description == name && $0.scope == .alliance }) {
            return (exact, seq)
        }
        let site = try MemberNames(replica).author(name)
        let found = feeds.filter { $0.key.site == site && $0.key.scope == .alliance && $0.value >= seq }.keys.sorted()
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

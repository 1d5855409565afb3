import ReplicaModel
import SQLiteAccess
import SyncWire

/// The whole contexts of changesets: they travel as differences, so each feed is read from its beginning, once.
struct ContextReader {
    private let log: ChangesetLog
    private var known: [FeedOrdinal: (seq: UInt64, context: VersionVector)] = [:]

    init(log: ChangesetLog) { self.log = log }

    /// Cheapest if the changesets of a feed are asked for in order.
    mutating func context(of dot: Dot) throws(StoreError) -> VersionVector {
        let kept = known[dot.feed].flatMap { $0.seq > dot.seq ? nil : $0 }
        var (seq, context) = if let kept { kept } else { try beginning(of: dot.feed) }
        while seq < dot.seq {
            seq += 1
            if seq - 1 > log.transaction.state.feed(dot.feed).after { context[dot.feed] = seq - 1 }
            try add(log.logged(Dot(feed: dot.feed, seq: seq)).header.contextAdvance, to: &context)
        }
        known[dot.feed] = (seq, context)
        return context
    }

    /// What a changeset, and those of its feed that were asked for before, name of what their author had seen: all that
    /// came with them, and nothing that came before the first.
    mutating func contextAlone(of dot: Dot) throws(StoreError) -> VersionVector {
        if known[dot.feed] == nil {
            // A way begins with what that behind which it begins had seen.
            known[dot.feed] =
                dot.seq > log.transaction.state.feed(dot.feed).after + 1
                ? (dot.seq - 1, VersionVector()) : try beginning(of: dot.feed)
        }
        return try context(of: dot)
    }

    private func add(_ advance: Context, to context: inout VersionVector) throws(StoreError) {
        for one in advance.list {
            let (id, head) = (one.feed, one.head)
            guard !log.transaction.state.forks.lines.isForked(id) else {
                let named = try log.dot(head.seq, of: id) { HashPrefix($0) == head.hash }
                for part in named.map(log.transaction.state.forks.lines.line) ?? [] {
                    context[part.feed] = max(context[part.feed], part.seq)
                }
                continue
            }
            if let other = log.transaction.state.ordinals[id] { context[other] = max(context[other], head.seq) }
        }
    }

    /// The context with which a way begins: of one that begins behind a changeset of another, what that one had seen,
    /// and itself.
    private func beginning(of way: FeedOrdinal) throws(StoreError) -> (seq: UInt64, context: VersionVector) {
        let after = log.transaction.state.feed(way).after
        guard let point = log.transaction.state.forks.lines.beginning(of: way), point.seq > 0 else {
            return (after, VersionVector())
        }
        var contexts = ContextReader(log: log)
        var context = try contexts.context(of: point)
        context[point.feed] = point.seq
        return (after, context)
    }
}

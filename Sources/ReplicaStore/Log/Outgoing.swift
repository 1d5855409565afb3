import ReplicaModel
import SQLiteAccess
import SyncWire

/// The changesets that a peer lacks, in the order in which they are sent: control first, then what this replica applied
/// in the order in which it did, then what it only holds, feed by feed. The cost is that of what differs.
///
/// It is read a little ahead, each time in a transaction of its own, so that a slow peer keeps none open.
package final class Outgoing {
    /// A step of the stream.
    package enum Item {
        /// `skipped` first chunks are left out, because the peer has them.
        case header([UInt8], signature: [UInt8], skipped: Int)
        case chunk([UInt8])
    }

    /// The reader of a stream, which says how far what the disk altered is left out.
    package enum Reader {
        /// The peer of an exchange, which told what it holds. Of each feed the stream ends before the first that it
        /// lacks and the disk altered.
        case peer
        /// The peer to whom this node shows itself, and which told nothing. What is behind an altered one may be all
        /// that it needs: only the altered ones themselves are left out.
        case judge
        /// The reader of a file that is carried to it. As for a peer; and the ranges are told before.
        case file
        /// The comparison of logs on this machine: nothing is left out.
        case comparison

        /// Whether it is on another node, which told what it holds.
        var isElsewhere: Bool { self == .peer || self == .file }
    }

    /// A feed of which the peer lacks something.
    private struct Pending {
        let run: Run
        let isControl: Bool
        /// The next changeset.
        private(set) var dot: Dot
        private var position: Int64?
        /// The next changeset as the log has it; nil where it is large: there may be a thousand feeds, and whoever
        /// signs headers of megabytes must not have them all lie in memory at once.
        private var entry: LogEntry?

        init(_ run: Run, isControl: Bool, next entry: LogEntry) {
            (self.run, self.isControl, dot) = (run, isControl, entry.dot)
            (position, self.entry) = Self.kept(entry)
        }

        /// Control before the rest, applied before held, then by position or feed.
        var order: (Int, Int, Int64, Int) {
            (isControl ? 0 : 1, position == nil ? 1 : 0, position ?? 0, dot.feed.number)
        }

        mutating func goOn(to entry: LogEntry) {
            dot = entry.dot
            (position, self.entry) = Self.kept(entry)
        }

        func next(in log: ChangesetLog) throws(StoreError) -> LogEntry {
            if let entry { return entry }
            return try Outgoing.entry(dot, in: log)
        }

        private static func kept(_ entry: LogEntry) -> (Int64?, LogEntry?) {
            (entry.position, entry.headerBytes?.count ?? 0 > headerBytesMax ? nil : entry)
        }

        /// A header with the context of a hundred sites has half of that.
        private static let headerBytesMax = 16 << 10
    }

    let replica: Replica
    /// The chunks that the peer has of changesets that came to it in part.
    private let unfinished: [Dot: UInt64]
    private let bytesInMemory: Int
    private var pending: [Pending] = []
    private var present: (changeset: LoggedChangeset, next: Int)?
    /// Items that were read ahead, last first.
    private var ahead: [Item] = []
    /// The operations of the changesets that begin in it, last first.
    private var operationsAhead: [UInt64] = []
    /// Why nothing comes behind what was read ahead.
    private var failure: StoreError?
    /// Changesets given so far, and in all.
    package private(set) var sent = ChangeCount()
    package private(set) var total: UInt64 = 0
    /// The vector that the peer holds once it has taken everything.
    package private(set) var reaches: Vector
    /// The part of it that the peer has from this stream.
    package private(set) var gives: Vector = [:]
    /// The changesets that it gives, ascending; of a file alone.
    package private(set) var ranges: [FeedRange] = []

    /// - Parameters:
    ///   - scopes: only feeds of these; nil for all.
    ///   - ceiling: nothing beyond this vector is given; nil: all that is held.
    ///   - unfinished: of which the peer has some chunks; or none, where its disk altered what it holds.
    ///   - marks: changesets that the peer says it holds, of feeds of which it may hold another way than this replica.
    ///   - bytesInMemory: how large a changeset may be that the peer takes in memory.
    /// - Throws: `spoilt` where the peer has nothing yet and the disk altered the founding changeset.
    init(
        replica: Replica, peer: Vector, scopes: Set<Scope>?, unfinished: [UnfinishedChangeset],
        marks: [FeedHead] = [], for reader: Reader, upTo ceiling: Vector? = nil, bytesInMemory: Int
    ) throws(StoreError) {
        self.replica = replica
        self.bytesInMemory = bytesInMemory
        reaches = peer
        let transaction = try replica.read()
        let state = transaction.state
        let has = try transaction.toldHoldings.covered(by: peer, marks: marks)
        let altered = state.sound.isEmpty ? [:] : try transaction.spoilt.numbers()
        if reader.isElsewhere, !altered.isEmpty, let founding = try transaction.spoilt.founding() {
            // Whoever has nothing yet would take what comes first for the beginning of another alliance.
            let feed = state.feed(founding.feed).id
            guard has.covers(founding) || has[founding.feed] > 0 else { throw .spoilt(feed: feed, seq: founding.seq) }
        }
        let named = unfinished.compactMap { one in state.dot(one.seq, of: one.feed).map { ($0, one.chunks) } }
        self.unfinished = Dictionary(named, uniquingKeysWith: { max($0, $1) })
        // Grouped once: a peer can name a thousand, and a replica know tens of thousands of feeds.
        let asked = Dictionary(grouping: named.filter { $0.1 == 0 }.map(\.0), by: \.feed)
        for feed in state.feeds where feed.held > feed.after && scopes?.contains(feed.id.scope) ?? true {
            // Whoever knows better than this replica would take it for one that passes on what strangers write.
            guard state.roster.knows(feed.id.site) else { continue }
            // What begins behind what is not given joins nothing.
            if reader.isElsewhere, Self.isCutOff(feed, altered, has, state) { continue }
            let run = Run(
                after: max(has[feed.ordinal], feed.after),
                through: ceiling.map { state.reach(of: feed, within: $0) } ?? feed.held,
                altered: altered[feed.ordinal] ?? [], asked: asked[feed.ordinal]?.map(\.seq) ?? [], for: reader)
            guard let first = run.first else { continue }
            total += run.count
            if reader == .file { ranges += try Self.ranges(of: run, feed, in: transaction) }
            for (name, last) in state.parts(of: feed.ordinal, through: run.last) where run.last > 0 {
                // Of what the peer has already no word is to be waited for.
                if last > max(has[feed.ordinal], feed.after) { (reaches[name], gives[name]) = (last, last) }
            }
            let next = try Self.entry(Dot(feed: feed.ordinal, seq: first), in: transaction.log)
            pending.append(Pending(run, isControl: feed.id.scope == .control, next: next))
        }
        ranges.sort()
    }

    /// The changesets of a run, cut where the ways of its feed part, so that each range is of one name everywhere.
    private static func ranges(
        of run: Run, _ way: FeedState, in transaction: Transaction
    ) throws(StoreError) -> [FeedRange] {
        var out: [FeedRange] = []
        for span in run.spans {
            var first = span.lowerBound
            for part in transaction.state.parts(of: way.ordinal, through: span.upperBound) where part.last >= first {
                guard let hash = try transaction.log.hash(of: Dot(feed: way.ordinal, seq: part.last)) else {
                    throw .damaged("the log of \(transaction.file.path) lacks a changeset that it holds")
                }
                out.append(FeedRange(feed: way.id, first: first, last: part.last, end: HashPrefix(hash)))
                first = part.last + 1
            }
        }
        return out
    }

    /// Whether the disk altered something that the peer lacks before the changeset behind which a way begins.
    private static func isCutOff(
        _ feed: FeedState, _ altered: [FeedOrdinal: [UInt64]], _ has: VersionVector, _ state: ReplicaState
    ) -> Bool {
        guard !altered.isEmpty, let point = state.forks.lines.beginning(of: feed.ordinal) else { return false }
        return state.forks.lines.line(to: point).contains { dot in
            altered[dot.feed]?.contains { $0 <= dot.seq && $0 > has[dot.feed] } ?? false
        }
    }

    package static let foundingIsAltered = """
        the changeset that founded the alliance is damaged on the disk of this node: join at another one, or sync this \
        one with another first
        """

    private static func entry(_ dot: Dot, in log: ChangesetLog) throws(StoreError) -> LogEntry {
        guard let entry = try log.entry(dot) else {
            throw .damaged("the log of \(log.transaction.file.path) lacks a changeset that it holds")
        }
        return entry
    }

    /// The next step; nil when all was given.
    ///
    /// - Throws: `spoilt` where the log has something else than its author signed, which no peer is given; it is noted,
    ///   and the next stream ends before it.
    package func next() throws(StoreError) -> Item? {
        if ahead.isEmpty { try readOn() }
        guard let item = ahead.popLast() else { return nil }
        if case .header = item { sent.add(operations: operationsAhead.popLast() ?? 0) }
        return item
    }

    private func readOn() throws(StoreError) {
        if let failure { throw failure }
        let (items, altered) = try readAhead()
        ahead = items.reversed()
        guard let altered else { return }
        try replica.write { try $0.spoilt.list(spoilt: [altered]) }
        let spoilt = StoreError.spoilt(feed: replica.state.name(of: altered), seq: altered.seq)
        failure = spoilt
        if ahead.isEmpty { throw spoilt }
    }

    /// Steps that are read at once, and their bytes: little enough to wait in memory for a peer that takes nothing.
    private static let (stepsAhead, bytesAhead) = (128, 256 << 10)

    /// Returns steps that are sound, and the changeset before which they end because the disk altered it.
    private func readAhead() throws(StoreError) -> (items: [Item], altered: Dot?) {
        let transaction = try replica.read()
        var items: [Item] = []
        var bytes = 0
        while items.count < Self.stepsAhead, bytes < Self.bytesAhead {
            let item: Item
            switch try step(in: transaction.log) {
            case nil: return (items, nil)
            case .altered(let dot)?: return (items, dot)
            case .item(let next)?: item = next
            }
            items.append(item)
            switch item {
            case .header(let header, _, _): bytes += header.count
            case .chunk(let chunk): bytes += chunk.count
            }
        }
        return (items, nil)
    }

    private enum Step {
        case item(Item)
        case altered(Dot)
    }

    private func step(in log: ChangesetLog) throws(StoreError) -> Step? {
        if let (changeset, number) = present {
            let hashes = changeset.header.chunkHashes
            if number < hashes.count {
                present?.next += 1
                let bytes = try log.chunkIfThere(body: changeset.body, number: number)
                guard let bytes, ContentHash.of(bytes) == hashes[number] else { return .altered(changeset.dot) }
                return .item(.chunk(bytes))
            }
            present = nil
        }
        guard let index = pending.indices.min(by: { pending[$0].order < pending[$1].order }) else { return nil }
        let entry = try pending[index].next(in: log)
        let next = try following(pending[index], in: log)
        guard let read = entry.soundHeader, let body = entry.body,
            !needsSignature(entry, before: next, pending[index].run) || read.isSigned
        else { return .altered(entry.dot) }
        let known = unfinished[entry.dot] ?? 0
        let skipped = Int(min(known, UInt64(read.header.chunkHashes.count)))
        operationsAhead.insert(read.header.operationCount, at: 0)
        present = (LoggedChangeset(dot: entry.dot, header: read.header, hash: read.hash, body: body), skipped)
        if let next { pending[index].goOn(to: next) } else { pending.remove(at: index) }
        return .item(.header(read.bytes, signature: read.signature, skipped: skipped))
    }

    private func following(_ feed: Pending, in log: ChangesetLog) throws(StoreError) -> LogEntry? {
        guard let seq = feed.run.following(feed.dot.seq) else { return nil }
        return try Self.entry(Dot(feed: feed.dot.feed, seq: seq), in: log)
    }

    /// Whether no other signature vouches for a changeset: that of the last does for all before it, but nobody takes
    /// through the file what does not follow what is held.
    private func needsSignature(_ entry: LogEntry, before next: LogEntry?, _ run: Run) -> Bool {
        if run.endsPart(entry.dot.seq) { return true }
        guard entry.dot.seq <= run.last else { return false }
        return isLarge(entry) || next.map(isLarge) ?? false
    }

    /// Whether a changeset is too large for the memory of the peer. A header that is too short for the hashes of so
    /// many chunks is not read to say so.
    private func isLarge(_ entry: LogEntry) -> Bool {
        let most = bytesInMemory / WireLimits.chunkBytes
        guard let bytes = entry.headerBytes, bytes.count / Self.hashBytes > most else { return false }
        return entry.header?.header.chunkHashes.count ?? 0 > most
    }

    /// A hash as a header has it.
    private static let hashBytes = 34
}

/// The numbers of the changesets of one feed that a stream gives.
private struct Run {
    /// The number up to which the peer has everything afterwards. Zero if it gets nothing so.
    private(set) var last: UInt64
    private let after: UInt64
    private let leftOut: Set<UInt64>
    /// The numbers behind `last` that the peer asked for, in ascending order.
    private let single: [UInt64]

    /// - Parameters:
    ///   - after: what the peer has.
    ///   - held: what there is.
    ///   - altered: by the disk.
    ///   - asked: what the peer's disk altered.
    init(after: UInt64, through held: UInt64, altered: [UInt64], asked: [UInt64], for reader: Outgoing.Reader) {
        let altered = altered.filter { $0 > after && $0 <= held }
        self.after = after
        switch reader {
        case .peer, .file: (last, leftOut) = (altered.min().map { $0 - 1 } ?? held, [])
        case .judge: (last, leftOut) = (held, Set(altered))
        case .comparison: (last, leftOut) = (held, [])
        }
        while leftOut.contains(last) { last -= 1 }
        last = last > after ? last : 0
        let end = last
        single = asked.filter { $0 > max(after, end) && $0 <= held && !altered.contains($0) }.sorted()
    }

    var first: UInt64? { following(after) }

    var count: UInt64 {
        UInt64(single.count) + (last == 0 ? 0 : last - after - UInt64(leftOut.count { $0 < last }))
    }

    /// The same by first and last, where nothing is left out within it.
    var spans: [ClosedRange<UInt64>] {
        var out = last == 0 ? [] : [after + 1...last]
        for seq in single {
            if let before = out.last, before.upperBound + 1 == seq {
                out[out.count - 1] = before.lowerBound...seq
            } else {
                out.append(seq...seq)
            }
        }
        return out
    }

    func following(_ seq: UInt64) -> UInt64? {
        var next = seq + 1
        while leftOut.contains(next) { next += 1 }
        return next <= last ? next : single.first { $0 > seq }
    }

    /// Whether nothing comes behind this one, or not the next.
    func endsPart(_ seq: UInt64) -> Bool { seq == last || leftOut.contains(seq + 1) }
}

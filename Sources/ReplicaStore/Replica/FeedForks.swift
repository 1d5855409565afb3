import ReplicaModel

/// The feeds of a replica that went two ways.
///
/// Inside, the way that came first stays under the ordinal of its feed, with what is common; each other way has an
/// ordinal of its own, whose changesets begin behind one of another way. To others a replica speaks of *parts*: what is
/// common, and each branch, by names that follow from the changesets alone and not from which came first.
struct FeedForks {
    /// A way that begins behind a changeset of another.
    struct Branching {
        let way: FeedOrdinal
        let parent: FeedOrdinal
        /// The number of that changeset; 0 where nothing is common.
        let after: UInt64
        /// The hash of the first changeset of the way, and of that which the other way has under the same number.
        let first: Bytes32
        let sibling: Bytes32
    }

    /// The changesets of a way that have one name: up to the next part of the way, or its end.
    struct Part {
        let first: UInt64
        let branch: FeedBranch?
    }

    private(set) var ways: [FeedID: [FeedOrdinal]] = [:]
    private(set) var parts: [FeedOrdinal: [Part]] = [:]
    private(set) var lines = FeedLines()

    init() {}

    /// - Parameter branchings: in the order of their ordinals. One of which nothing is held is left out.
    init(_ branchings: [Branching], of feeds: [FeedState]) {
        let living = branchings.filter { feeds[$0.way.number].held > $0.after }
        for branching in living {
            let feed = feeds[branching.way.number].id.base
            if ways[feed] == nil {
                let main = feeds.first { $0.id == feed }?.ordinal ?? branching.parent
                (ways[feed], parts[main]) = ([main], [Part(first: 1, branch: nil)])
            }
            ways[feed]?.append(branching.way)
            lines.add(branching.way, of: feed, behind: Dot(feed: branching.parent, seq: branching.after))
            parts[branching.way] = [
                Part(first: branching.after + 1, branch: .init(first: branching.after + 1, hash: branching.first))
            ]
        }
        for branching in living where feeds[branching.parent.number].held > branching.after {
            let part = Part(
                first: branching.after + 1, branch: .init(first: branching.after + 1, hash: branching.sibling))
            Self.put(part, into: &parts[branching.parent, default: []])
        }
    }

    /// Puts a part in its place, or in that of the one which begins there.
    private static func put(_ part: Part, into parts: inout [Part]) {
        let place = parts.firstIndex { $0.first >= part.first } ?? parts.count
        if place < parts.count, parts[place].first == part.first {
            parts[place] = part
        } else {
            parts.insert(part, at: place)
        }
    }

    var isEmpty: Bool { ways.isEmpty }
}

/// The names of changesets outside this replica.
extension ReplicaState {
    /// The ways of a feed, as headers name it, of which something is held; its ordinal alone where it went one way.
    @inline(__always)
    func ways(of feed: FeedID) -> [FeedOrdinal] {
        if !forks.isEmpty, let ways = forks.ways[feed.base] { return ways }
        return ordinals[feed.base].map { [$0] } ?? []
    }

    /// The feed, or branch of one, that a changeset is of.
    func name(of dot: Dot) -> FeedID {
        let feed = feeds[dot.feed.number].id
        guard !forks.isEmpty, let parts = forks.parts[dot.feed] else { return feed }
        return feed.on(parts.last { $0.first <= dot.seq }?.branch)
    }

    /// A changeset by the name of its feed or branch; nil where the name is not one of this replica's, or the number
    /// none that a changeset can have.
    func dot(_ seq: UInt64, of name: FeedID) -> Dot? {
        guard seq <= Dot.seqMax else { return nil }
        for way in ways(of: name) {
            guard let parts = forks.parts[way] else { return name.branch == nil ? Dot(feed: way, seq: seq) : nil }
            for (index, part) in parts.enumerated() where part.branch == name.branch && part.first <= seq {
                if seq <= end(of: index, among: parts, through: feed(way).held) { return Dot(feed: way, seq: seq) }
            }
        }
        return nil
    }

    /// How far a way goes within a vector, by its names here.
    func reach(of feed: FeedState, within vector: Vector) -> UInt64 {
        var reached: UInt64 = 0
        for part in parts(of: feed.ordinal, through: feed.held) {
            let last = vector[part.name] ?? 0
            reached = max(reached, min(last, part.last))
            if last < part.last { break }
        }
        return reached
    }

    /// The parts of a way up to a changeset, each with its name and its last changeset.
    func parts(of way: FeedOrdinal, through seq: UInt64) -> [(name: FeedID, last: UInt64)] {
        guard !forks.isEmpty, let parts = forks.parts[way] else { return seq > 0 ? [(feed(way).id, seq)] : [] }
        return parts.enumerated().filter { $0.element.first <= seq }.map { index, part in
            (feed(way).id.on(part.branch), end(of: index, among: parts, through: seq))
        }
    }

    /// The last changeset of the part in which one lies.
    func endOfPart(_ dot: Dot) -> UInt64 {
        let next = forks.parts[dot.feed]?.first { $0.first > dot.seq }
        return next.map { $0.first - 1 } ?? feed(dot.feed).held
    }

    private func end(of index: Int, among parts: [FeedForks.Part], through seq: UInt64) -> UInt64 {
        index + 1 < parts.count ? min(parts[index + 1].first - 1, seq) : seq
    }

    /// How far each way goes for others: not behind what the disk altered, on it or before it.
    private var soundEnds: [(feed: FeedState, head: Head)] {
        feeds.compactMap { feed in
            let head = sound[feed.ordinal] ?? Head(seq: feed.held, hash: HashPrefix(feed.hash))
            guard head.seq > feed.after, isSound(before: feed) else { return nil }
            return (feed, head)
        }
    }

    private func isSound(before feed: FeedState) -> Bool {
        guard !sound.isEmpty, let point = forks.lines.beginning(of: feed.ordinal) else { return true }
        return forks.lines.line(to: point).allSatisfy { dot in sound[dot.feed].map { $0.seq >= dot.seq } ?? true }
    }

    /// Sound heads of one scope, or of all: where a feed went two ways, one of each way.
    func heads(scope: Scope?) -> [FeedID: Head] {
        var out: [FeedID: Head] = [:]
        let ends = soundEnds.filter { scope == nil || $0.feed.id.scope == scope }
        let beginnings = forks.isEmpty ? [] : Set(ends.compactMap { forks.lines.beginning(of: $0.feed.ordinal) })
        for (feed, head) in ends {
            let end = Dot(feed: feed.ordinal, seq: head.seq)
            // What another way goes on behind is no head.
            if beginnings.contains(end) { continue }
            out[name(of: end)] = head
        }
        return out
    }

    /// The changesets that this replica tells others that it holds.
    var soundVector: Vector {
        var out: Vector = [:]
        for (feed, head) in soundEnds { note(feed.ordinal, through: head.seq, in: &out) }
        return out
    }

    /// A version vector with its feeds named as they are outside this replica.
    func vector(_ vector: VersionVector) -> Vector {
        var out: Vector = [:]
        for (feed, seq) in vector.entries where feed.number < feeds.count { note(feed, through: seq, in: &out) }
        return out
    }

    private func note(_ way: FeedOrdinal, through seq: UInt64, in vector: inout Vector) {
        for (name, last) in parts(of: way, through: seq) { vector[name] = max(vector[name] ?? 0, last) }
    }

    /// The branches of feeds that went two ways, in ascending order.
    ///
    /// - Parameter site: their author; nil for all.
    func branchNames(of site: SiteID? = nil) -> [FeedID] {
        forks.parts.flatMap { way, parts in
            parts.compactMap { part in part.branch.map { feed(way).id.on($0) } }
        }.filter { site == nil || $0.site == site }.sorted()
    }

    /// Reads anew which ways feeds went, after one was opened or came to nothing.
    mutating func refreshForks() { forks = branchings.isEmpty ? FeedForks() : FeedForks(branchings, of: feeds) }
}

import ReplicaModel
import SQLiteAccess

/// Reads from the tables of the log what a replica knows of it at the beginning of a transaction.
struct LogLoader {
    let connection: Connection

    /// The feeds of which this replica has heard, in the order of their ordinals.
    ///
    /// - Throws: `damaged` where the list has a gap, or cannot be read.
    func feeds(_ branchings: [FeedForks.Branching]) throws(StoreError) -> [FeedState] {
        let ways = Dictionary(branchings.map { ($0.way.number, $0) }, uniquingKeysWith: { first, _ in first })
        let statement = try connection.prepare(
            "SELECT ordinal, site, incarnation, scope, held, hash, applied, context FROM caravan_feed ORDER BY ordinal")
        var out: [FeedState] = []
        while try statement.step() {
            guard let site = SiteID(statement.bytes(at: 1)), statement.integer(at: 0) == out.count else {
                throw .damaged("the list of feeds in \(connection.path) cannot be read")
            }
            let way = ways[out.count]
            // A way that begins behind a changeset of another has its hash behind the name of the scope.
            let scope = statement.string(at: 3).prefix { $0 != "~" }
            out.append(
                FeedState(
                    ordinal: FeedOrdinal(out.count),
                    id: FeedID(
                        site: site, incarnation: Incarnation(UInt64(bitPattern: statement.integer(at: 2))),
                        scope: Scope(String(scope)), branch: way.map { .init(first: $0.after + 1, hash: $0.first) }),
                    after: way?.after ?? 0, held: try statement.count(at: 4),
                    hash: Bytes32(statement.bytes(at: 5)) ?? .zero,
                    applied: try statement.count(at: 6), context: try VectorBlob.decode(statement.bytes(at: 7))))
        }
        guard branchings.allSatisfy({ $0.way.number < out.count && $0.parent.number < out.count }) else {
            throw Self.unreadableBranches(connection.path)
        }
        return out
    }

    /// The ways that begin behind a changeset of another, of which the list of feeds has the hashes alone.
    func branchings() throws(StoreError) -> [FeedForks.Branching] {
        let statement = try connection.prepare(
            "SELECT feed, parent, seq, hash, sibling FROM caravan_branch ORDER BY feed")
        var out: [FeedForks.Branching] = []
        while try statement.step() {
            let (way, parent) = (Int(statement.integer(at: 0)), Int(statement.integer(at: 1)))
            guard (0...0xFFFF).contains(way), (0...0xFFFF).contains(parent), statement.integer(at: 2) >= 0,
                let first = Bytes32(statement.bytes(at: 3)), let sibling = Bytes32(statement.bytes(at: 4))
            else { throw Self.unreadableBranches(connection.path) }
            out.append(
                .init(
                    way: FeedOrdinal(way), parent: FeedOrdinal(parent), after: UInt64(statement.integer(at: 2)),
                    first: first, sibling: sibling))
        }
        return out
    }

    private static func unreadableBranches(_ path: String) -> StoreError {
        .damaged("the list of branches in \(path) cannot be read")
    }

    /// The first changeset of each feed whose author had seen certain control changesets: its seq, by that control
    /// changeset and by feed.
    func knownSince() throws(StoreError) -> [Dot: [FeedOrdinal: UInt64]] {
        let statement = try connection.prepare("SELECT origin, feed, seq FROM caravan_knows")
        var out: [Dot: [FeedOrdinal: UInt64]] = [:]
        while try statement.step() {
            out[Dot(bits: statement.integer(at: 0)), default: [:]][FeedOrdinal(Int(statement.integer(at: 1)))] =
                try statement.count(at: 2)
        }
        return out
    }

    /// The changesets that do not count although they are not void.
    func quarantined() throws(StoreError) -> Set<Dot> {
        // The first term is that of the index, which SQLite does not see in the second; without it the whole log is
        // read.
        let statement = try connection.prepare(
            "SELECT feed, seq FROM caravan_changeset WHERE standing > 0 AND standing = 2")
        var out: Set<Dot> = []
        while try statement.step() {
            out.insert(try statement.dot(feedAt: 0, seqAt: 1))
        }
        return out
    }

    /// The heads before the first changeset that the disk altered, of feeds that have one.
    func sound(_ feeds: [FeedState]) throws(StoreError) -> [FeedOrdinal: Head] {
        let statement = try connection.prepare(
            """
            SELECT s.feed, min(s.seq) - 1, c.hash FROM caravan_spoilt AS s LEFT JOIN caravan_changeset AS c ON c.feed \
            = s.feed AND c.seq = s.seq - 1
            GROUP BY s.feed
            """)
        var out: [FeedOrdinal: Head] = [:]
        while try statement.step() {
            guard statement.integer(at: 0) < feeds.count else { continue }
            let hash = HashPrefix(Bytes32(statement.bytes(at: 2)) ?? .zero)
            out[FeedOrdinal(Int(statement.integer(at: 0)))] = Head(
                seq: UInt64(clamping: statement.integer(at: 1)), hash: hash)
        }
        return out
    }

    /// Whether there is no changeset at all.
    func isEmpty() throws(StoreError) -> Bool {
        try connection.value("SELECT 1 FROM caravan_changeset LIMIT 1") == nil
    }

    /// The place in the order of application that the next changeset is to have.
    func nextPosition() throws(StoreError) -> Int64 {
        guard
            case .integer(let last)? = try connection.value(
                "SELECT max(position) FROM caravan_changeset WHERE position IS NOT NULL")
        else { return 1 }
        guard (0..<1 << 62).contains(last) else {
            throw .damaged("a changeset stands at place \(last) of the log, which cannot be")
        }
        return last + 1
    }

    /// Checks that every changeset is of a feed that is listed.
    func checkNumbers(of feeds: [FeedState]) throws(StoreError) {
        if case .integer(let last)? = try connection.value("SELECT max(feed) FROM caravan_changeset"),
            last >= feeds.count
        {
            throw .damaged("the log of \(connection.path) names feeds that it does not list")
        }
    }

    /// The records of some changesets: the hash, nil where it cannot be read, and the place in the order of
    /// application. Nothing of those that the log does not have.
    func records(of dots: [Dot]) throws(StoreError) -> [Dot: (hash: Bytes32?, position: Int64)] {
        let select = try connection.prepare(
            "SELECT hash, position FROM caravan_changeset WHERE feed = ?1 AND seq = ?2")
        var out: [Dot: (hash: Bytes32?, position: Int64)] = [:]
        for dot in dots where dot.bits >= 0 {
            guard let row = try select.first(dot.place) else { continue }
            let hash: Bytes32? = if case .blob(let bytes) = row[0] { Bytes32(bytes) } else { nil }
            let position: Int64 = if case .integer(let number) = row[1] { number } else { .min }
            out[dot] = (hash, position)
        }
        return out
    }
}

import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// What lies on a stick for a visitor that anybody can read, and how it stays a few files of each writer for one who
/// does not come by.
extension StickExchange {
    /// A bundle for a visitor that was checked from its first byte to its last.
    struct Placed {
        let path: String
        let head: BundleHead
        let bytes: Int
        /// Whether this node wrote it, and may delete it.
        let isOwn: Bool
    }

    /// The bundles that lie there for a visitor and are whole.
    func placed(
        for visitor: Announcement, among found: [Stick.Found], at node: isolated Node
    ) async throws(NodeError) -> [Placed] {
        var out: [Placed] = []
        for found in found {
            guard case .bundle(let head) = found.head, head.recipients == [visitor.site],
                try counts(head, at: node)
            else { continue }
            let isOwn = found.isOurs && head.announcement.site == node.engine.site
            do { try await importer.files.check(found.path, at: node) } catch {
                // One of this node's own that is spoilt is in the way of what is written in its place.
                if isOwn { unlink(found.path) }
                continue
            }
            out.append(Placed(path: found.path, head: head, bytes: found.bytes, isOwn: isOwn))
        }
        return out
    }

    /// Whether a file is taken for brought to whom it is for: its writer belongs, so that its reader will take it, and
    /// it says by hashes what it holds.
    private func counts(_ head: BundleHead, at node: isolated Node) throws(NodeError) -> Bool {
        guard head.tellsWays else { return false }
        let writer = head.announcement.site
        if writer == node.engine.site { return true }
        return try saying { try node.engine.trust(in: writer) == .member }
    }

    /// The vector that a visitor reaches with what it has and what lies on the stick for it already, as far as that is
    /// sound.
    func reach(
        of visitor: Announcement, with placed: [Placed], at node: isolated Node
    ) throws(NodeError) -> Vector {
        var reached = try saying { try CarriedReach.newest(of: visitor, at: node.engine.replica, now: Clocks.now.wall) }
        // Each lets at most all others join; most do in this order.
        let heads = placed.map(\.head).sorted { CarriedHead.bundle($0).goesBefore(.bundle($1)) }
        for _ in heads {
            var isMore = false
            for head in heads {
                for range in try saying({ try BundlePlan(head, reached).joining }) {
                    try saying { try reached.take(range) }
                    isMore = true
                }
            }
            if !isMore { break }
        }
        return try saying { try reached.named() }
    }

    // MARK: Few files

    /// Deletes the bundles of this node's own of which another one has all that a visitor lacks.
    ///
    /// - Returns: what is left.
    func dropNeedless(
        of placed: [Placed], for visitor: Announcement, at node: isolated Node
    ) async throws(NodeError) -> [Placed] {
        let reach = try saying { try CarriedReach.newest(of: visitor, at: node.engine.replica, now: Clocks.now.wall) }
        var left = placed.filter { !$0.isOwn }
        // Of two that have the same, one stays.
        for file in placed.filter(\.isOwn).sorted(by: { $0.head.changesets > $1.head.changesets }) {
            var isNeeded = true
            for other in left where isNeeded {
                isNeeded = try saying { try !Self.isWithin(file.head, other.head, lackedBy: reach) }
            }
            if isNeeded || unlink(file.path) != 0 { left.append(file) }
            await Task.yield()
        }
        return left
    }

    /// Whether a bundle has all of another one that somebody lacks.
    private static func isWithin(
        _ head: BundleHead, _ other: BundleHead, lackedBy reach: CarriedReach
    ) throws(StoreError) -> Bool {
        for range in head.ranges {
            let end = try reach.end(of: range)
            guard end < range.last else { continue }
            let part = FeedRange(feed: range.feed, first: end + 1, last: range.last, end: range.end)
            var isThere = false
            for whole in other.ranges where !isThere { isThere = try reach.isWithin(part, whole) }
            guard isThere else { return false }
        }
        return true
    }

    /// Writes what a visitor lacks into one file with what the youngest files of this node's own have for it, which go
    /// then.
    ///
    /// - Returns: whether there were such, and room.
    mutating func writeMerged(
        _ order: BundleExport.Order, _ placed: [Placed], for visitor: Announcement, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> Bool {
        guard try lacks(order, at: node) else { return false }
        let own = placed.filter(\.isOwn).sorted { $0.head.announcement.written > $1.head.announcement.written }
        var count = Self.youngest(own.map(\.head.changesets), with: try BundleExporter().count(order, at: node))
        while count > 0 {
            let rest = placed.filter { !$0.isOwn } + own.dropFirst(count)
            let free = room(replacing: own.prefix(count).reduce(0) { $0 + $1.bytes })
            var whole = order
            whole.lackedBy = try reach(of: visitor, with: rest, at: node)
            if free >= Self.leastBytes,
                let written = try await attempt(whole, bytesMax: free, at: node, progress: progress),
                let new = written.report
            {
                let one = Placed(path: new.file, head: written.head, bytes: new.bytes, isOwn: true)
                _ = try await dropNeedless(of: placed + [one], for: visitor, at: node)
                return true
            }
            count /= 2
        }
        return false
    }

    /// How many of the youngest files are written anew with more changesets: those that have not many more than what is
    /// younger. So each changeset is written anew for one that does not come by some times less than it doubles, and the
    /// files are few.
    ///
    /// - Parameter counts: the changesets of each, from the youngest file.
    static func youngest(_ counts: [UInt64], with more: UInt64) -> Int {
        var (number, sum) = (0, more)
        for count in counts {
            guard count <= 2 * sum else { break }
            sum += count
            number += 1
        }
        return number
    }

    // MARK: Shares

    /// The bytes that the alliance's files may have while more is written for some members.
    ///
    /// Where several visit a stick each has a share of half of it for certain, and one may have half of what is left of
    /// the other half: else those who do not come by would in time have all of it, and those who do would get nothing.
    func bytesMax(with readers: [SiteID], among found: [Stick.Found]) -> Int {
        let all = stick.bytes + roomOfAll
        var most = 0
        for reader in readers {
            let sites = Set(visitors.keys).union([reader])
            guard sites.count > 1 else { return .max }
            let least = all / (2 * sites.count)
            let pool = all / 2 - bytesBeyond(least, of: sites.subtracting([reader]), among: found)
            most = max(most, least + max(pool, 0) / 2 - Self.bytes(for: reader, among: found))
        }
        return stick.bytes + most
    }

    /// The bytes that the alliance's files have to be allowed for a member's share to have room for more.
    func bytesOfShares(for reader: SiteID, more: Int, among found: [Stick.Found]) -> Int {
        let sites = Set(visitors.keys).union([reader])
        guard sites.count > 1 else { return 0 }
        let least = (stick.bytes + roomOfAll) / (2 * sites.count)
        let beyond = bytesBeyond(least, of: sites.subtracting([reader]), among: found)
        let needed = more + Self.bytes(for: reader, among: found) + beyond / 2
        // Of all, a share has one of twice as many parts as there are sites, and a quarter.
        return needed * 4 * sites.count / (sites.count + 2) + sites.count
    }

    /// The bytes that the files of some have beyond what each has for certain.
    private func bytesBeyond(_ least: Int, of sites: Set<SiteID>, among found: [Stick.Found]) -> Int {
        sites.reduce(0) { $0 + max(Self.bytes(for: $1, among: found) - least, 0) }
    }

    /// The bytes of the files in the alliance's folder that are for somebody.
    private static func bytes(for reader: SiteID, among found: [Stick.Found]) -> Int {
        found.reduce(0) { sum, file in
            let readers: [SiteID] =
                switch file.head {
                case .bundle(let head): head.recipients
                case .sealed(let head): head.recipients
                case .request, .petition: []
                }
            return file.isOurs && readers.contains(reader) ? sum + file.bytes : sum
        }
    }
}

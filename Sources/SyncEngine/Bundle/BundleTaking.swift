import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// Takes the changesets of a bundle whose file was checked from its first byte to its last: through the same intake as
/// a session, in slices, so that others can write in between.
///
/// What lacks its predecessors, and what was written by somebody whom nobody is known to have admitted, is left out,
/// and named as missing.
package final class BundleTaking {
    private let engine: Engine
    private var body: BundleBody
    private var inbox: Inbox
    private let ranges: [FeedRange]
    private let plan: BundlePlan
    /// The lines of headers of which nothing more is taken, by their numbers in the body.
    private var leftOut: Set<Int> = []
    /// Changesets of these that came.
    private var left: UInt64 = 0
    private var isPassing = false
    private var before: MissingBefore
    /// The header that comes next, once what came before it is applied.
    private var waiting: UnverifiedHeader?
    private var isClosed = false
    private var needsFounding: Bool
    /// Why nothing more is taken. What came before stays.
    package private(set) var refusal: Refusal?
    /// Changesets that were left out and wait for others, or for the disk to be put right; known once nothing more is
    /// taken.
    package private(set) var passed: UInt64 = 0
    /// The changeset of each feed before what was left out, where that joins nothing here.
    package var missing: Vector { before.named }
    /// The last changeset of each feed that what was left out had seen and that is not here; known once nothing more is
    /// taken.
    package private(set) var awaited: Vector = [:]

    /// - Parameter now: milliseconds since 1970.
    package init(_ engine: Engine, _ head: BundleHead, now: Int64) throws(StoreError) {
        self.engine = engine
        try engine.replica.exchange.peerHolds(head.announcement.held, says: head.announcement.site)
        body = BundleBody(head)
        before = MissingBefore(engine)
        inbox = Inbox(engine: engine, peer: head.announcement.site, trust: .member, now: now)
        ranges = head.ranges
        plan = try BundlePlan(head, CarriedReach(of: engine.replica))
        needsFounding = try engine.replica.members().isEmpty
    }

    /// Changesets that are newly held, that were applied, and that were held before.
    package var received: UInt64 { inbox.received }
    package var applied: UInt64 { inbox.applied }
    package var known: UInt64 { plan.known }

    /// Whether all was taken but that of which the refusal is: feeds that went two ways, or more of a member than it
    /// may cost in a day.
    package var hasTakenTheRest: Bool { refusal.map { [.fork, .quota].contains($0.code) } ?? true }

    package func append(_ block: [UInt8]) { body.append(block) }

    /// Says that all blocks were appended.
    package func close() { isClosed = true }

    /// Does the next step with what was appended.
    ///
    /// - Returns: whether there is more to do with it.
    /// - Throws: `CarriedFault` where the content is not what was checked, or `StoreError`.
    package func proceed() throws -> Bool {
        guard refusal == nil else { return false }
        if engine.replica.slice.isLeft || inbox.isDue {
            refusal = try inbox.work()
            return refusal == nil
        }
        for _ in 0..<Self.stepItemsMax {
            if let header = waiting {
                waiting = nil
                inbox.reopen()
                try take(header, isFlushed: true)
            } else {
                guard let item = try body.next() else { return try end() }
                switch item {
                case .header(let header): try take(header, isFlushed: false)
                case .chunk: if !isPassing { try add(item) }
                }
            }
            if inbox.isDue || refusal != nil || waiting != nil { break }
        }
        return refusal == nil
    }

    private static let stepItemsMax = 128

    /// Whether there is still something to do once all was read that was appended.
    private func end() throws -> Bool {
        guard isClosed else { return false }
        try body.finish()
        inbox.close()
        if inbox.isDue { return true }
        refusal = try inbox.finish()
        isClosed = false
        passed = max(left, try lackedCount())
        awaited = try before.awaited()
        return false
    }

    /// The changesets of the bundle that are not held and are not what the refusal is about: of what cannot be taken
    /// while the disk has altered something, nothing was counted as it came.
    private func lackedCount() throws(StoreError) -> UInt64 {
        let reach = try CarriedReach(of: engine.replica)
        var count: UInt64 = 0
        for range in ranges where !inbox.isPassedOver(range.feed) { count += range.last - (try reach.end(of: range)) }
        return count
    }

    private func take(_ header: UnverifiedHeader, isFlushed: Bool) throws {
        let (chain, feed) = (body.place.chain, header.header.feed)
        if needsFounding {
            guard header.hash == engine.replica.alliance else { throw CarriedFault.wrongAlliance }
            needsFounding = false
            isPassing = false
            return try add(.header(header))
        }
        if !leftOut.contains(chain) {
            let isOfMember = try before.isMember(feed.site)
            let isJoined = body.place.isFirst ? try engine.replica.forks.isJoined(by: header) : true
            if !isOfMember || !isJoined {
                guard isFlushed else {
                    // What admits the author, or what goes before, may have come just now.
                    inbox.close()
                    waiting = header
                    return
                }
                leftOut.insert(chain)
                if !isJoined { try before.awaitPredecessor(of: header.header) }
            }
        }
        isPassing = leftOut.contains(chain)
        guard isPassing else { return try add(.header(header)) }
        left += 1
        try before.awaitContext(of: header.header)
    }

    private func add(_ item: ChangeItem) throws(StoreError) {
        refusal = try inbox.add(item, skipped: 0)
    }
}

/// Gathers the control changesets with which a bundle begins, to find out whether they admit a writer whom this node
/// does not know.
package struct Introduction {
    private var body: BundleBody
    private var bytes = 0
    private var isOver = false
    private var changesets: [IncomingChangeset] = []

    package init(_ head: BundleHead) { body = BundleBody(head) }

    /// Takes the next block.
    ///
    /// - Returns: whether more is wanted.
    package mutating func take(_ block: [UInt8]) throws(CarriedFault) -> Bool {
        body.append(block)
        while !isOver, let item = try body.next() {
            switch item {
            case .header(let header) where header.header.feed.scope == .control:
                changesets.gather(item)
                bytes += header.bytes.count
            case .header: isOver = true
            case .chunk(let chunk):
                changesets.gather(item)
                bytes += chunk.count
            }
            // As much as is taken of a stranger over a connection.
            if bytes > Inbox.trialBytesMax { isOver = true }
        }
        return !isOver
    }

    /// Judges the writer by them. They are kept if they admit it, and else nothing is.
    package func admits(_ site: SiteID, at engine: Engine, now: Int64) throws(StoreError) -> Bool {
        let whole = changesets.filter { $0.chunks.count == $0.header.header.chunkHashes.count }
        guard !whole.isEmpty else { return false }
        let outcome = try engine.replica.accept(whole, from: site, trust: .stranger, now: now)
        if case .refused = outcome { return false }
        return try !engine.trust(in: site).mustProve
    }
}

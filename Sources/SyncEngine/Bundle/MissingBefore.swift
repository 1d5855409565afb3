import ReplicaModel
import ReplicaStore
import SyncWire

/// The changesets that have to be here before what carried files hold can be taken, as their headers tell.
struct MissingBefore {
    private let engine: Engine
    /// The changeset of each feed before what joins nothing here.
    private(set) var named: Vector = [:]
    /// The last changeset of each feed that contexts name and that was not here when they were read.
    private var contexts: Context = [:]
    /// Authors that are on the roster.
    private var members: Set<SiteID> = []

    init(_ engine: Engine) { self.engine = engine }

    /// Whether the roster has a site, if only with a right that was ended. It is asked once for each that it has.
    mutating func isMember(_ site: SiteID) throws(StoreError) -> Bool {
        if members.contains(site) { return true }
        guard try engine.trust(in: site) != .stranger else { return false }
        members.insert(site)
        return true
    }

    /// Names the changeset before one that joins nothing here.
    mutating func awaitPredecessor(of header: ChangesetHeader) throws(StoreError) {
        note(try engine.replica.forks.nameOfMissing(before: header), header.seq - 1)
    }

    /// Names the changesets that the author of one had seen and that are not here. Of a stranger's, one may admit it.
    mutating func awaitContext(of header: ChangesetHeader) throws(StoreError) {
        for one in header.contextAdvance.list where one.head.seq > contexts[one.feed]?.seq ?? 0 {
            if try !engine.replica.forks.holds(one) { contexts[one.feed] = one.head }
        }
    }

    /// The changesets that contexts name and that are still not here.
    func awaited() throws(StoreError) -> Vector {
        var out: Vector = [:]
        for one in contexts.list where try !engine.replica.forks.holds(one) {
            out[try engine.replica.forks.nameOfMissing(one)] = one.head.seq
        }
        return out
    }

    private mutating func note(_ feed: FeedID, _ seq: UInt64) { named[feed] = max(named[feed] ?? 0, seq) }
}

/// Tells of a bundle, without taking it, what has to be here before all of it can be taken and applied. In bounded
/// memory.
package struct BundleGaps {
    private let engine: Engine
    private var body: BundleBody
    private var before: MissingBefore
    /// The greatest number of each feed that the bundle has.
    private var brought: Vector = [:]
    /// The last header of each line of headers that can be taken once what is missing is here.
    private var ends: [Int: Bytes32] = [:]

    package init(_ head: BundleHead, at engine: Engine) {
        self.engine = engine
        body = BundleBody(head)
        before = MissingBefore(engine)
        for range in head.ranges { brought[range.feed] = max(brought[range.feed] ?? 0, range.last) }
    }

    /// The changeset of each feed before what joins nothing here, by the blocks that were appended.
    package var missing: Vector { before.named }

    /// The last changeset of each feed that contexts in it name, and that is neither here nor in it.
    package func awaited() throws(StoreError) -> Vector {
        var out = try before.awaited()
        for (feed, seq) in out where brought[feed] ?? 0 >= seq { out[feed] = nil }
        return out
    }

    /// Takes the next block.
    package mutating func append(_ block: [UInt8]) throws {
        body.append(block)
        while let item = try body.next() {
            guard case .header(let header) = item else { continue }
            if body.place.isFirst { try begin(header) }
            ends[body.place.chain] = header.hash
            try before.awaitContext(of: header.header)
        }
    }

    private mutating func begin(_ header: UnverifiedHeader) throws(StoreError) {
        let previous = header.header.previous
        // Another part of the bundle may be what it follows.
        if try !engine.replica.forks.isJoined(by: header), !ends.values.contains(previous) {
            try before.awaitPredecessor(of: header.header)
        }
    }
}

import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

extension Engine {
    /// A hello for a peer, of the replica as it is now, and the vector in it. It is written short where the peer is
    /// known to have the same roster.
    func hello(to peer: SiteID, stays: Bool = false, at moment: Moment) throws(StoreError) -> (
        hello: Hello, held: Vector
    ) {
        do { try replica.exchange.retryWaiting(asSoftware: software, now: moment.wall) } catch {
            // What is pending is sealed first. Where that needs what the disk altered, nothing is tried again before
            // that came, and nothing comes without a hello.
            guard case .spoilt = error else { throw error }
        }
        let own = try replica.holdings()
        let control = HeadsDigest.of(own.control)
        let contact = try replica.addressBook.contact(with: peer)
        let branches = own.held.filter { $0.key.branch != nil }
        let common = own.held.filter { $0.key.branch == nil }
        let short = contact?.controlDigest == control ? try rosterEntries(common, of: own) : nil
        let hello = Hello(
            versions: Session.versions, alliance: replica.alliance, site: site, incarnation: replica.incarnation,
            software: software, wallClock: moment.wall, frameBytesMax: UInt64(FrameLimits.frameBytesMax),
            scopes: Inbox.scopes, controlDigest: control, headsDigest: HeadsDigest.of(own.heads),
            held: short.map { .byRoster($0) } ?? .full(common), unfinished: try replica.exchange.unfinished(),
            waiting: own.waiting, stays: stays, branches: branches, marks: try takeMarks(for: peer))
        return (hello, own.held)
    }

    /// Nil where some feed is of a site that the roster does not have, where the roster is not that of the control
    /// changesets that the peer is told of, or has more than positions go.
    private func rosterEntries(_ held: Vector, of own: Holdings) throws(StoreError) -> [HelloVector.RosterEntry]? {
        guard own.isRosterAsTold else { return nil }
        let members = try replica.members()
        guard members.count <= WireLimits.feedsMax else { return nil }
        let positions = Dictionary(
            members.enumerated().map { ($1.site, UInt64($0)) }, uniquingKeysWith: { first, _ in first })
        var out: [HelloVector.RosterEntry] = []
        for (feed, seq) in held.sorted(by: { $0.key < $1.key }) {
            guard let position = positions[feed.site] else { return nil }
            out.append(.init(position: position, incarnation: feed.incarnation, scope: feed.scope, seq: seq))
        }
        return out
    }

    /// The vector of a hello; nil if it was written for another roster than this replica has.
    func resolve(_ hello: Hello) throws(StoreError) -> Vector? {
        guard case .byRoster(let entries) = hello.held else {
            if case .full(let vector) = hello.held { return vector.merging(hello.branches) { $1 } }
            return nil
        }
        let own = try replica.holdings()
        guard own.isRosterAsTold, hello.controlDigest == HeadsDigest.of(own.control) else { return nil }
        let members = try replica.members()
        var out = hello.branches
        for entry in entries {
            guard entry.position < members.count else { return nil }
            let feed = FeedID(
                site: members[Int(entry.position)].site, incarnation: entry.incarnation, scope: entry.scope)
            out[feed] = entry.seq
        }
        return out
    }
}

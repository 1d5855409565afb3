import ReplicaModel
import SQLiteAccess
import SyncWire

/// The peers that a node dials, and what it knows of sites that it met. Local to the node: never sealed.
package struct AddressBook {
    let replica: Replica

    /// The peers that this node dials, in the order of their names.
    package func peers() throws(StoreError) -> [Peer] {
        try replica.read().peerBook.peers()
    }

    /// Replaces the peers by others while nobody else writes; those that stay the same are not written.
    ///
    /// - Parameter body: gives those that there are to be; it may be called again where what was written was undone.
    package func rewritePeers(_ body: ([Peer]) -> [Peer]) throws(StoreError) {
        try replica.write { transaction in
            let book = transaction.peerBook
            let before = try book.peers()
            let after = body(before)
            let names = Set(after.map(\.name))
            for peer in before where !names.contains(peer.name) { try book.removePeer(named: peer.name) }
            for peer in after where !before.contains(peer) { try book.setPeer(peer) }
        }
    }

    /// Notes how the last attempt to reach a peer ended. Whatever somebody else says of it meanwhile stays.
    ///
    /// - Parameters:
    ///   - site: the one that answered, which is kept where none was known.
    ///   - error: why the attempt failed; nil if it did not.
    package func noteAttempt(_ name: String, site: SiteID?, error: String?) throws(StoreError) {
        try replica.write { try $0.peerBook.noteAttempt(name, site: site, error: error) }
    }

    package func contact(with site: SiteID) throws(StoreError) -> Contact? {
        try replica.read().peerBook.contact(with: site)
    }

    /// Records what is known of a site. Of feeds that this replica has not heard of nothing is kept.
    package func setContact(_ contact: Contact, with site: SiteID) throws(StoreError) {
        try replica.write { try $0.peerBook.setContact(contact, with: site) }
    }

    /// Counts refusals.
    ///
    /// - Parameters:
    ///   - site: nil where no key was proven.
    ///   - now: milliseconds since 1970.
    package func countRefusal(
        of site: SiteID?, named name: String, times: UInt64 = 1, because sentence: String, now: Int64
    ) throws(StoreError) {
        try replica.write {
            try $0.peerBook.countRefusal(of: site, named: name, times: times, because: sentence, now: now)
        }
    }

    /// The refusals that were counted, by site and name.
    package func refusals() throws(StoreError) -> [CountedRefusal] {
        try replica.read().peerBook.refusals()
    }

    /// The bytes that went through this node's sockets in each of these periods.
    ///
    /// - Parameter periods: a day as `2026-11-29`, a month as `2026-11`.
    package func traffic(in periods: [String]) throws(StoreError) -> [Int] {
        try replica.read().trafficBook.bytes(in: periods)
    }

    /// Adds bytes that went through this node's sockets to each of these periods.
    package func addTraffic(_ count: Int, to periods: [String]) throws(StoreError) {
        try replica.write { try $0.trafficBook.add(count, to: periods) }
    }

    /// The addresses at which this node last listened, as HOST:PORT.
    package func listenedAt() throws(StoreError) -> [String] {
        try replica.read().invitations.listenedAt()
    }

    package func setListenedAt(_ addresses: [String]) throws(StoreError) {
        try replica.write { try $0.invitations.setListenedAt(addresses) }
    }
}

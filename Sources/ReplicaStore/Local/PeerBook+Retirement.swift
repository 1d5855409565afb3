import ReplicaModel
import SQLiteAccess

/// A peer that refuses this node as one whose right was ended. Local to the node: never sealed.
package struct RefusingPeer: Hashable, Sendable {
    package let site: SiteID
    /// Milliseconds since 1970, of the first time.
    package let since: Int64
}

extension PeerBook {
    private static let retirement = "refuser-"

    /// Notes that a peer refuses this node as retired: since when is kept.
    func noteRetirement(by site: SiteID, now: Int64) throws(StoreError) {
        let name = Self.retirement + site.hex
        guard try transaction.meta(name) == nil else { return }
        try transaction.setMeta(name, .integer(now))
    }

    /// The peers that refuse this node as retired, as far as it has heard, the first to do so first.
    func retirements() throws(StoreError) -> [RefusingPeer] {
        try transaction.connection.rows(
            "SELECT name, value FROM caravan_meta WHERE name GLOB ?1 ORDER BY value, name",
            [.text(Self.retirement + "*")]
        ).compactMap { row in
            guard case .text(let name) = row[0], case .integer(let since) = row[1],
                let site = SiteID(hex: String(decoding: name.dropFirst(Self.retirement.utf8.count), as: UTF8.self))
            else { return nil }
            return RefusingPeer(site: site, since: since)
        }
    }

    /// Forgets them: a peer has exchanged with this node as with a member.
    func forgetRetirements() throws(StoreError) {
        try transaction.connection.rows(
            "DELETE FROM caravan_meta WHERE name GLOB ?1", [.text(Self.retirement + "*")])
    }
}

extension AddressBook {
    /// Notes that a peer refuses this node as one whose right was ended.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func noteRetirement(by site: SiteID, now: Int64) throws(StoreError) {
        try replica.write { try $0.peerBook.noteRetirement(by: site, now: now) }
    }

    /// The peers that refuse this node as retired, as far as it has heard, the first to do so first.
    package func retirements() throws(StoreError) -> [RefusingPeer] { try replica.read().peerBook.retirements() }

    /// Forgets them: a peer has exchanged with this node as with a member.
    package func forgetRetirements() throws(StoreError) {
        guard try !retirements().isEmpty else { return }
        try replica.write { try $0.peerBook.forgetRetirements() }
    }
}

/// The order by which one of several concurrent writes is shown, beside whether it is killed: the greatest (stamp, site
/// id, incarnation, changeset hash).
package struct Rank: Hashable, Comparable, Sendable {
    package let stamp: Stamp
    package let site: SiteID
    package let incarnation: Incarnation
    package let hash: Bytes32

    package init(stamp: Stamp, site: SiteID, incarnation: Incarnation, hash: Bytes32) {
        self.stamp = stamp
        self.site = site
        self.incarnation = incarnation
        self.hash = hash
    }

    package static func < (l: Rank, r: Rank) -> Bool {
        (l.stamp, l.site, l.incarnation, l.hash) < (r.stamp, r.site, r.incarnation, r.hash)
    }
}

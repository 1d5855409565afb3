/// The order by which one of several concurrent writes is shown, beside whether it is killed: the greatest (stamp, site
/// id, incarnation, changeset hash).
public struct Rank: Hashable, Comparable, Sendable {
    public let stamp: Stamp
    public let site: SiteID
    public let incarnation: Incarnation
    public let hash: Bytes32

    public init(stamp: Stamp, site: SiteID, incarnation: Incarnation, hash: Bytes32) {
        self.stamp = stamp
        self.site = site
        self.incarnation = incarnation
        self.hash = hash
    }

    public static func < (l: Rank, r: Rank) -> Bool {
        (l.stamp, l.site, l.incarnation, l.hash) < (r.stamp, r.site, r.incarnation, r.hash)
    }
}

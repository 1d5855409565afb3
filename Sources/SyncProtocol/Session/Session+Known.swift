import ReplicaModel

/// Sessions of surroundings that know of a peer only whether it belongs.
extension Session {
    public init(isDialler: Bool, site: SiteID, peer: SiteID, alliance: Bytes32, knowsPeer: Bool, now: Int64) {
        let trust = knowsPeer ? PeerTrust.member : .stranger
        self.init(isDialler: isDialler, site: site, peer: peer, alliance: alliance, trust: trust, now: now)
    }

    /// Notes that what `take` ordered is durable. `knowsPeer` is read from the roster afterwards.
    public mutating func taken(isLast: Bool, knowsPeer: Bool) -> [Action] {
        taken(isLast: isLast, trust: knowsPeer ? .member : .stranger)
    }
}

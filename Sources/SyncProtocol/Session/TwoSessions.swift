import ReplicaModel

/// Two sessions between the same two sites, each dialled by another of them, of which one is to stay. Both sides decide
/// alike.
package struct TwoSessions: Sendable {
    private let first: Int64
    private let second: Int64

    /// Milliseconds between the beginnings of two sessions of which neither side knew of the other when it dialled: a
    /// dial takes no longer.
    package static let atOnceMax: Int64 = 15_000

    /// - Parameters:
    ///   - first: when the first of them began, in milliseconds of a clock that only goes forward.
    ///   - second: the same of the other.
    package init(ofBegun first: Int64, besides second: Int64) { (self.first, self.second) = (first, second) }

    /// Whether the first one is to stay. Of two that began at the same time that is the one that the greater site id
    /// dialled. Else it is the later one: nobody dials who has a session, so whoever dialled has lost the other.
    ///
    /// - Parameter isAnswered: whether the peer dialled the first one.
    package func staysFirst(isAnswered: Bool, ownSite: SiteID, peer: SiteID) -> Bool {
        guard abs(first - second) <= Self.atOnceMax else { return first > second }
        return isAnswered == (ownSite < peer)
    }
}

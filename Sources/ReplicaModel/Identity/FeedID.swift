/// One unbroken life of a site's replica file: 64 random bits; the first is 0.
public struct Incarnation: Hashable, Comparable, Sendable {
    public let bits: UInt64
    public init(_ bits: UInt64) { self.bits = bits }
    public static let first = Incarnation(0)
    public static func < (l: Incarnation, r: Incarnation) -> Bool { l.bits < r.bits }
}

/// A named part of the records that a set of sites shares. `control` holds roster and schema and is in every replica.
public struct Scope: Hashable, Comparable, Sendable {
    @Bytewise public private(set) var name: String
    public init(_ name: String) { self.name = name }
    public static let control = Scope("control")
    public static let alliance = Scope("alliance")
    public static func < (l: Scope, r: Scope) -> Bool { l.name.utf8.lexicographicallyPrecedes(r.name.utf8) }
}

/// A feed: the changesets of one site, in one incarnation, in one scope, numbered 1, 2, 3 … without a gap.
///
/// Ordered by scope, site, incarnation.
public struct FeedID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let site: SiteID
    public let incarnation: Incarnation
    public let scope: Scope

    public init(site: SiteID, incarnation: Incarnation, scope: Scope) {
        self.site = site
        self.incarnation = incarnation
        self.scope = scope
    }

    /// `<hex public key>`, or `<hex public key>.<hex incarnation>` where the incarnation is not 0. The scope is not in
    /// it.
    public var description: String {
        incarnation == .first ? site.hex : site.hex + "." + String(incarnation.bits, radix: 16)
    }

    public static func < (l: FeedID, r: FeedID) -> Bool {
        if l.scope != r.scope { return l.scope < r.scope }
        return (l.site, l.incarnation) < (r.site, r.incarnation)
    }
}

/// One unbroken life of a site's replica file: 64 random bits; the first is 0.
public struct Incarnation: Hashable, Comparable, Sendable {
    /// The 64 random bits that tell this life of the file from the others; 0 for the first.
    public let bits: UInt64
    /// Takes an incarnation from its 64 bits.
    public init(_ bits: UInt64) { self.bits = bits }
    /// The first incarnation of a site, whose bits are 0. The text of a feed leaves it out.
    public static let first = Incarnation(0)
    public static func < (l: Incarnation, r: Incarnation) -> Bool { l.bits < r.bits }
}

/// A named part of the records that a set of sites shares. `control` holds roster and schema and is in every replica.
public struct Scope: Hashable, Comparable, Sendable {
    /// The name: 1 to 64 small letters of ASCII, digits and hyphens.
    @Bytewise public private(set) var name: String
    /// Makes a scope of a name, which is not checked.
    public init(_ name: String) { self.name = name }
    /// The scope of roster and schema, which every replica has.
    public static let control = Scope("control")
    /// The scope of the people's tables.
    public static let alliance = Scope("alliance")
    public static func < (l: Scope, r: Scope) -> Bool { l.name.utf8.lexicographicallyPrecedes(r.name.utf8) }
}

/// A feed: the changesets of one site, in one incarnation, in one scope, numbered 1, 2, 3 … without a gap.
///
/// Ordered by scope, site, incarnation.
public struct FeedID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The author of every changeset of the feed.
    public let site: SiteID
    /// The life of the author's replica file in which the changesets were sealed.
    public let incarnation: Incarnation
    /// The scope that the changesets are of.
    public let scope: Scope

    /// Names a feed, whether or not anybody has a changeset of it.
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

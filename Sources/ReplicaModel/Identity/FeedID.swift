/// An unbroken life of a site's replica file: 64 random bits; the first is 0.
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

/// A branch of a feed that went two ways, named by the first changeset that is of this way alone.
public struct FeedBranch: Hashable, Comparable, Sendable {
    /// The number of that changeset.
    public let first: UInt64
    /// The hash of that changeset.
    public let hash: Bytes32

    /// Names a branch, whether or not anybody has a changeset of it.
    public init(first: UInt64, hash: Bytes32) {
        self.first = first
        self.hash = hash
    }

    public static func < (l: FeedBranch, r: FeedBranch) -> Bool { (l.first, l.hash) < (r.first, r.hash) }
}

/// A feed: the changesets of one site, in one incarnation, in one scope, numbered 1, 2, 3 … without a gap.
///
/// A feed of which two changesets have one number went two ways. What is common to all is the feed itself; behind the
/// last common changeset each way is a feed of its own, which goes on with the numbers and has the name of a branch.
///
/// Ordered by scope, site, incarnation, branch.
public struct FeedID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The author of every changeset of the feed.
    public let site: SiteID
    /// The life of the author's replica file in which the changesets were sealed.
    public let incarnation: Incarnation
    /// The scope that the changesets are of.
    public let scope: Scope
    /// The way that is meant behind the last changeset that is common to all; nil for what is common, and for a feed
    /// that went one way.
    public let branch: FeedBranch?

    /// Names a feed, whether or not anybody has a changeset of it.
    public init(site: SiteID, incarnation: Incarnation, scope: Scope, branch: FeedBranch? = nil) {
        self.site = site
        self.incarnation = incarnation
        self.scope = scope
        self.branch = branch
    }

    /// The feed as headers name it, which know of no branches.
    package var base: FeedID {
        branch == nil ? self : FeedID(site: site, incarnation: incarnation, scope: scope)
    }

    /// A branch of the feed, or what is common to all its branches.
    package func on(_ branch: FeedBranch?) -> FeedID {
        FeedID(site: site, incarnation: incarnation, scope: scope, branch: branch)
    }

    /// `<hex public key>`, or `<hex public key>.<hex incarnation>` where the incarnation is not 0; for a branch with
    /// `~<hex hash of its first changeset>` behind it. The scope is not in it.
    public var description: String {
        let life = incarnation == .first ? site.hex : site.hex + "." + String(incarnation.bits, radix: 16)
        return branch.map { life + "~" + $0.hash.bytes.hex } ?? life
    }

    /// Whether a text can be the description of a feed.
    package static func canBeDescription(_ text: String) -> Bool {
        let parts = text.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        let life = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard isHex(life[0], of: 64), parts.count < 2 || isHex(parts[1], of: 64) else { return false }
        guard let number = life.dropFirst().first else { return true }
        return number.utf8.count <= 16 && isHex(number, of: number.utf8.count) && number.first != "0"
    }

    private static func isHex(_ text: Substring, of count: Int) -> Bool {
        !text.isEmpty && text.utf8.count == count
            && text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
    }

    public static func < (l: FeedID, r: FeedID) -> Bool {
        if l.scope != r.scope { return l.scope < r.scope }
        if l.site != r.site { return l.site < r.site }
        if l.incarnation != r.incarnation { return l.incarnation < r.incarnation }
        guard let left = l.branch, let right = r.branch else { return l.branch == nil && r.branch != nil }
        return left < right
    }
}

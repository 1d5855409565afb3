/// An entry in the roster that lessens the right of a site, or ends it. It names the changesets that were written under
/// the old right: what lies beyond them, has not seen the cut and needs more than the new right, does not count.
public struct Cut: Hashable, Sendable {
    /// The site whose right is lessened.
    public let site: SiteID
    /// The right from then on; nil where the site belongs no more.
    public let role: Role?
    /// The last changeset of each of the site's feeds that counts under the old right. Of a feed that is absent none
    /// does.
    package let ends: FeedEnds

    /// Makes a cut of these parts, which are not checked.
    package init(site: SiteID, role: Role?, ends: FeedEnds) {
        self.site = site
        self.role = role
        self.ends = ends
    }
}

/// An entry in the roster that lets changesets of a site count again that cuts took away, as far as the release has
/// seen those cuts. Cuts and releases among them stay taken away.
public struct Release: Hashable, Sendable {
    /// The author of the changesets.
    public let site: SiteID
    /// The last changeset of each of the site's feeds that counts again. Of a feed that is absent none does.
    package let ends: FeedEnds

    /// Makes a release of these parts, which are not checked.
    package init(site: SiteID, ends: FeedEnds) {
        self.site = site
        self.ends = ends
    }
}

/// Changesets of one site: of each of its feeds those up to a head.
package struct FeedEnds: Hashable, Sendable {
    package let heads: Context

    /// - Parameter heads: of feeds of one site.
    package init(_ heads: Context) { self.heads = Context(heads.list) }

    /// The ends of one feed, as headers name it: several where it went two ways.
    package func heads(of feed: FeedID) -> [Head] {
        heads.compactMap { $0.key.base == feed.base ? $0.value : nil }
    }
}

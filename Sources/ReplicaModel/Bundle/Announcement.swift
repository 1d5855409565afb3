/// The word of a node of itself, in every file that it gives to a carrier: what it holds, so that others know what it
/// lacks.
package struct Announcement: Hashable, Sendable {
    package var alliance: Bytes32
    /// The node that wrote the file, and signed it.
    package var site: SiteID
    /// A number that is greater in every file that the node writes: by it the newer of two is told. Close to the
    /// milliseconds since 1970, as far as the node's clock is right.
    package var written: UInt64
    /// The number of incarnations that the node has begun: greater in what it says after its replica was put back.
    package var incarnations: UInt64
    /// The software that wrote the file, as a hello names it.
    package var software: String
    /// The vector of what the node holds, as others are told.
    package var held: Vector
    /// Changesets by whose hashes a reader tells which ways of its feeds are held: of each feed and branch the last,
    /// and some of those before it. Ascending. Nil in a file of the first version, which says nothing of ways.
    package var marks: [FeedHead]?
    /// Changesets that the node holds and its disk altered: it asks for them again. Each with 0 chunks.
    package var altered: [UnfinishedChangeset]
    /// Keys to which others can encrypt: the node's own, and those of members that it knows.
    package var cards: [SealingCard]
    /// The ids of encrypted files that the node has opened, the latest of them: whoever carries one need not carry it
    /// on.
    package var taken: [HashPrefix]

    package init(
        alliance: Bytes32, site: SiteID, written: UInt64, incarnations: UInt64 = 0, software: String, held: Vector,
        marks: [FeedHead]? = [], altered: [UnfinishedChangeset] = [], cards: [SealingCard] = [],
        taken: [HashPrefix] = []
    ) {
        self.alliance = alliance
        self.site = site
        self.written = written
        self.incarnations = incarnations
        self.software = software
        self.held = held
        self.marks = marks
        self.altered = altered
        self.cards = cards
        self.taken = taken
    }

    /// The place of the announcement among those of its site, so that the newest is told.
    package var number: Number { Number(incarnations: incarnations, written: written) }

    /// What tells the newer of two announcements of one site.
    package struct Number: Hashable, Sendable {
        package let incarnations: UInt64
        package let written: UInt64

        package init(incarnations: UInt64, written: UInt64) {
            (self.incarnations, self.written) = (incarnations, written)
        }

        /// The order: that of the newest is the greatest. What was said before the replica was put back is older than
        /// what was said since, whatever the numbers of the files, for those went back with it. What is more than a day
        /// ahead of the reader's clock was numbered by a clock that was wrong, and comes before all others: else no
        /// later one would count once that clock was put right.
        ///
        /// - Parameter now: milliseconds since 1970.
        package func order(at now: Int64) -> (UInt64, Int, UInt64) { (incarnations, isAhead(of: now) ? 0 : 1, written) }

        package func isAhead(of now: Int64) -> Bool { written > UInt64(clamping: now) + aheadMax }
    }
}

/// A day: clocks go wrong by some hours where people set a zone.
private let aheadMax: UInt64 = 86_400_000

/// The key to which others encrypt for a site, signed by the site. Whether it is, nobody has looked yet.
package struct SealingCard: Hashable, Sendable {
    package let site: SiteID
    /// An X25519 public key: 32 bytes.
    package let key: [UInt8]
    package let signature: [UInt8]

    package init(site: SiteID, key: [UInt8], signature: [UInt8]) {
        self.site = site
        self.key = key
        self.signature = signature
    }
}

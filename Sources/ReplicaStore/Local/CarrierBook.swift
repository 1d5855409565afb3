import ReplicaModel
import SQLiteAccess
import SyncWire

/// Knowledge from files that were carried here. Local to the node: never sealed.
struct CarrierBook {
    let transaction: Transaction

    /// A number for a file that is written now, greater than that of every file before.
    ///
    /// - Parameter now: milliseconds since 1970.
    func nextNumber(now: Int64) throws(StoreError) -> UInt64 {
        let before: Int64 = if case .integer(let last)? = try transaction.meta("written") { last } else { 0 }
        let next = max(before + 1, now, 1)
        try transaction.setMeta("written", .integer(next))
        return UInt64(next)
    }

    /// Has the next number be greater than that of a file of this node's own, unless a clock gave it that was wrong.
    ///
    /// - Parameter now: milliseconds since 1970.
    func number(above other: Announcement.Number, now: Int64) throws(StoreError) {
        try transaction.incarnations.count(atLeast: other.incarnations)
        guard !other.isAhead(of: now) else { return }
        let before: UInt64 =
            if case .integer(let last)? = try transaction.meta("written") { UInt64(clamping: last) } else { 0 }
        guard before < other.written else { return }
        try transaction.setMeta("written", .integer(Int64(clamping: other.written)))
    }

    /// Keeps what a member says of itself, unless something newer of it is here, and the keys that it passes on.
    ///
    /// - Parameter now: milliseconds since 1970.
    func note(_ announcement: Announcement, now: Int64) throws(StoreError) {
        for card in announcement.cards { try note(card) }
        guard transaction.state.roster.knows(announcement.site), announcement.site != transaction.state.site else {
            return
        }
        guard try isNewest(announcement, now: now) else { return }
        let held = try transaction.toldHoldings.covered(by: announcement)
        let before = try announced(by: announcement.site)?.number.incarnations ?? 0
        if before < announcement.incarnations { try cutContact(with: announcement.site, to: held) }
        try transaction.connection.rows(
            "INSERT OR REPLACE INTO caravan_announced VALUES (?1, ?2, ?3)",
            [
                .blob(announcement.site.bytes), .integer(Self.kept(announcement.number)),
                .blob(VectorBlob.encode(held)),
            ])
    }

    /// Forgets what a site said over a connection beyond what it holds since its replica was put back.
    private func cutContact(with site: SiteID, to held: VersionVector) throws(StoreError) {
        let rows = try transaction.connection.rows(
            "SELECT held FROM caravan_contact WHERE site = ?1 AND held IS NOT NULL", [.blob(site.bytes)])
        guard case .blob(let bytes)? = rows.first?.first else { return }
        var told = try VectorBlob.decode(bytes)
        for (feed, seq) in told.entries where held[feed] < seq { told[feed] = held[feed] }
        try transaction.connection.rows(
            "UPDATE caravan_contact SET held = ?2 WHERE site = ?1",
            [.blob(site.bytes), .blob(VectorBlob.encode(told))])
    }

    /// Whether nothing newer came in a file of whoever wrote an announcement.
    func isNewest(_ announcement: Announcement, now: Int64) throws(StoreError) -> Bool {
        guard let told = try announced(by: announcement.site) else { return true }
        return Self.number(Self.kept(announcement.number)).order(at: now) >= told.number.order(at: now)
    }

    /// A number as the file keeps it: 15 bits of incarnations and 48 of what is near the milliseconds since 1970.
    private static func kept(_ number: Announcement.Number) -> Int64 {
        Int64(min(number.incarnations, 1 << 15 - 1)) << 48 | Int64(min(number.written, 1 << 48 - 1))
    }

    private static func number(_ kept: Int64) -> Announcement.Number {
        Announcement.Number(incarnations: UInt64(kept >> 48), written: UInt64(kept & (1 << 48 - 1)))
    }

    /// The vector that a site said that it holds, in the newest of its files, and the number of that; nil where none
    /// came.
    func announced(by site: SiteID) throws(StoreError) -> (held: Vector, number: Announcement.Number)? {
        let row = try transaction.connection.rows(
            "SELECT held, written FROM caravan_announced WHERE site = ?1", [.blob(site.bytes)]
        ).first
        guard let row, case .blob(let bytes) = row[0], case .integer(let written) = row[1] else { return nil }
        return (transaction.state.vector(try VectorBlob.decode(bytes)), Self.number(max(written, 0)))
    }

    /// Forgets who holds what of a feed behind a changeset from which it has turned out to go two ways: nobody said
    /// which of them.
    func forget(_ way: FeedOrdinal, beyond seq: UInt64) throws(StoreError) {
        for table in ["caravan_announced", "caravan_contact"] {
            for row in try transaction.connection.rows("SELECT site, held FROM \(table) WHERE held IS NOT NULL") {
                guard case .blob(let bytes) = row[1] else { continue }
                var held = try VectorBlob.decode(bytes)
                guard held[way] > seq else { continue }
                held[way] = seq
                try transaction.connection.rows(
                    "UPDATE \(table) SET held = ?2 WHERE site = ?1", [row[0], .blob(VectorBlob.encode(held))])
            }
        }
    }

    /// Keeps the key of a member to which others encrypt, if the member signed it. The first one stays.
    func note(_ card: SealingCard) throws(StoreError) {
        guard transaction.state.roster.knows(card.site),
            try transaction.connection.rows("SELECT 1 FROM caravan_card WHERE site = ?1", [.blob(card.site.bytes)])
                .isEmpty,
            card.isValid
        else { return }
        try transaction.connection.rows(
            "INSERT INTO caravan_card VALUES (?1, ?2, ?3)",
            [.blob(card.site.bytes), .blob(card.key), .blob(card.signature)])
    }

    /// The keys of members whose right was not ended, ascending by site.
    func cards() throws(StoreError) -> [SealingCard] {
        try transaction.connection.rows("SELECT site, key, signature FROM caravan_card ORDER BY site").compactMap {
            guard case .blob(let bytes) = $0[0], let site = SiteID(bytes), case .blob(let key) = $0[1],
                case .blob(let signature) = $0[2], transaction.state.roster.isMember(site)
            else { return nil }
            return SealingCard(site: site, key: key, signature: signature)
        }
    }

    /// Notes that an encrypted file was opened here. The latest are kept.
    func noteOpened(_ id: HashPrefix) throws(StoreError) {
        try transaction.connection.rows("INSERT OR IGNORE INTO caravan_opened(id) VALUES (?1)", [.blob(id.bytes)])
        try transaction.connection.rows(
            "DELETE FROM caravan_opened WHERE number <= (SELECT max(number) FROM caravan_opened) - ?1",
            [.integer(Int64(CarriedLimits.takenMax))])
    }

    /// The ids of encrypted files that were opened here, ascending.
    func opened() throws(StoreError) -> [HashPrefix] {
        try transaction.connection.rows("SELECT id FROM caravan_opened").compactMap {
            if case .blob(let bytes) = $0[0] { HashPrefix(bytes) } else { nil }
        }.sorted()
    }

    /// Notes that this node writes an encrypted file. The latest are kept.
    func noteSealed(_ id: HashPrefix) throws(StoreError) {
        let ids = (try sealed() + [id]).suffix(Self.sealedMax)
        try transaction.setMeta(Self.sealedName, .blob(ids.flatMap(\.bytes)))
    }

    /// The ids of encrypted files that this node wrote, from the first. One that it wrote after the backup which was
    /// put back since is not among them.
    func sealed() throws(StoreError) -> [HashPrefix] {
        guard case .blob(let bytes)? = try transaction.meta(Self.sealedName) else { return [] }
        return stride(from: 0, to: bytes.count, by: 16).compactMap { HashPrefix(bytes[$0...].prefix(16)) }
    }

    private static let sealedName = "sealedFiles"
    private static let sealedMax = 1_024

    /// The last changeset of each feed that is not held and that something held waits for: what comes next in its feed,
    /// or what comes behind that. All that their contexts name, for whatever is left out is another journey.
    func awaited() throws(StoreError) -> Vector {
        var out: Vector = [:]
        for feed in transaction.state.feeds where feed.held > feed.applied {
            if case .changeset(let other, let seq)? = transaction.state.waiting[feed.ordinal]?.cause,
                transaction.toldHoldings.held(of: other) < seq
            {
                out[other] = max(out[other] ?? 0, seq)
            }
            for seq in max(feed.applied, feed.after)..<feed.held {
                let dot = Dot(feed: feed.ordinal, seq: seq + 1)
                // What the disk altered comes again, and is looked at then.
                guard let header = try transaction.log.entry(dot)?.soundHeader?.header else { continue }
                for one in header.contextAdvance.list where try !transaction.log.holds(one) {
                    let name = transaction.toldHoldings.nameOfMissing(one)
                    out[name] = max(out[name] ?? 0, one.head.seq)
                }
            }
        }
        return out
    }
}

import ReplicaModel
import SyncWire

/// Knowledge from files that were carried here, and what this node says of itself in those that it writes.
package struct CarrierNotes {
    let replica: Replica

    /// The word of this node of itself, for a file that it writes now, with a number of its own.
    ///
    /// - Parameters:
    ///   - card: the node's own.
    ///   - now: milliseconds since 1970.
    package func announcement(
        software: String, card: SealingCard, now: Int64
    ) throws(StoreError) -> Announcement {
        let altered = try replica.exchange.unfinished().filter { $0.chunks == 0 }
        return try replica.write { transaction in
            try transaction.incarnations.beginIncarnationIfPutBack()
            var cards = try transaction.carrierBook.cards().filter { $0.site != card.site }
            cards = (cards.prefix(CarrierBook.othersMax) + [card]).sorted { $0.site < $1.site }
            return Announcement(
                alliance: transaction.state.alliance, site: transaction.state.site,
                written: try transaction.carrierBook.nextNumber(now: now),
                incarnations: try transaction.incarnations.count(), software: software,
                held: transaction.state.soundVector,
                marks: try FeedMarks(transaction: transaction).ends(max: FrameLimits.marksMax), altered: altered,
                cards: cards,
                taken: try transaction.carrierBook.opened())
        }
    }

    /// Has the files that this node writes from now on be numbered above one that it wrote before.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func number(above other: Announcement.Number, now: Int64) throws(StoreError) {
        try replica.write { try $0.carrierBook.number(above: other, now: now) }
    }

    /// Keeps what a member says of itself in a file, unless something newer of it is here.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func note(_ announcement: Announcement, now: Int64) throws(StoreError) {
        try replica.write { try $0.carrierBook.note(announcement, now: now) }
    }

    /// The vector of what a site is known to hold: what it said itself over a connection, and in the newest of its
    /// files. Nil where nothing is known.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func knownHeld(by site: SiteID, now: Int64) throws(StoreError) -> Vector? {
        let transaction = try replica.read()
        let announced = try transaction.carrierBook.announced(by: site)
        guard let contact = try transaction.peerBook.contact(with: site) else { return announced?.held }
        // What it said last counts: it may have gone back to a backup.
        if let announced, Int64(clamping: announced.number.written) > contact.lastContact {
            // A number that no clock can have given says nothing of when.
            return announced.number.isAhead(of: now) ? contact.held : announced.held
        }
        return contact.held.merging(announced?.held ?? [:]) { max($0, $1) }
    }

    /// Whether nothing newer came in a file of whoever wrote an announcement.
    package func isNewest(_ announcement: Announcement, now: Int64) throws(StoreError) -> Bool {
        try replica.read().carrierBook.isNewest(announcement, now: now)
    }

    /// The keys of members to which this node can encrypt.
    package func cards() throws(StoreError) -> [SealingCard] { try replica.read().carrierBook.cards() }

    /// Keeps such a key, if its site signed it.
    package func note(_ card: SealingCard) throws(StoreError) { try replica.write { try $0.carrierBook.note(card) } }

    /// Notes that an encrypted file was opened here. Where it is the answer by which this node joins, that has ended.
    package func noteOpened(_ id: HashPrefix) throws(StoreError) {
        try replica.write { transaction in
            try transaction.carrierBook.noteOpened(id)
            try Joining.end(by: .grant(id), in: transaction)
        }
    }

    /// Notes that this node writes an encrypted file, all of which it holds.
    package func noteSealed(_ id: HashPrefix) throws(StoreError) {
        try replica.write { try $0.carrierBook.noteSealed(id) }
    }

    /// The ids of encrypted files that this node wrote, from the first, the latest of them. A replica that was put back
    /// from a backup knows none that was written after that, which may have more than it holds.
    package func sealed() throws(StoreError) -> [HashPrefix] { try replica.read().carrierBook.sealed() }

    /// The ids of encrypted files that were opened here, the latest of them.
    package func opened() throws(StoreError) -> Set<HashPrefix> { Set(try replica.read().carrierBook.opened()) }

    package func hasOpened(_ id: HashPrefix) throws(StoreError) -> Bool {
        try replica.read().carrierBook.opened().contains(id)
    }

    /// The last changeset of each feed that is not held and that something held waits for.
    package func awaited() throws(StoreError) -> Vector { try replica.read().carrierBook.awaited() }
}

extension CarrierBook {
    /// Keys of others in one file.
    fileprivate static let othersMax = 1_000
}

extension Replica {
    package var carrierNotes: CarrierNotes { CarrierNotes(replica: self) }
}

import ReplicaModel
import SQLiteAccess

/// A peer that this node dials. Local to the node: never sealed.
package struct Peer: Hashable, Sendable {
    package var name: String
    /// The site of the peer; nil before the first contact with a peer that was given by address alone.
    package var site: SiteID?
    package var addresses: [String]
    package var lastError: String?
    /// The windows in which it is dialled, each as `02:00-05:00`; at any time where there is none.
    package var windows: [String]
    /// Bytes a second that may go to it, and that may come from it; nil for any.
    package var limitRate: Int?

    package init(
        name: String, site: SiteID?, addresses: [String], lastError: String? = nil, windows: [String] = [],
        limitRate: Int? = nil
    ) {
        self.name = name
        self.site = site
        self.addresses = addresses
        self.lastError = lastError
        self.windows = windows
        self.limitRate = limitRate
    }
}

/// The facts that are known of a site that was met.
package struct Contact: Sendable {
    package var lastContact: Int64
    /// The clock of the peer less ours, in milliseconds.
    package var skew: Int64
    package var controlDigest: Bytes32?
    /// The vectors of what was sent to the site, of what it said that it holds durably, and of what it said that it
    /// applied.
    package var sent: Vector
    package var held: Vector
    package var applied: Vector

    package init(
        lastContact: Int64, skew: Int64, controlDigest: Bytes32?, sent: Vector = [:], held: Vector = [:],
        applied: Vector = [:]
    ) {
        self.lastContact = lastContact
        self.skew = skew
        self.controlDigest = controlDigest
        self.sent = sent
        self.held = held
        self.applied = applied
    }
}

/// The peers that this node dials, and what it knows of sites that it met.
struct PeerBook {
    let transaction: Transaction

    /// The peers in the order of their names.
    func peers() throws(StoreError) -> [Peer] {
        try transaction.connection.rows(
            """
            SELECT name, site, addresses, lastError, windows, rate FROM caravan_peer LEFT JOIN caravan_terms USING \
            (name) ORDER BY name
            """
        ).map { row in
            Peer(
                name: Self.string(row[0]) ?? "", site: Self.site(row[1]), addresses: Self.lines(row[2]),
                lastError: Self.string(row[3]), windows: Self.lines(row[4]),
                limitRate: Self.integer(row[5]))
        }
    }

    /// Adds a peer, or replaces the one of that name.
    func setPeer(_ peer: Peer) throws(StoreError) {
        try transaction.connection.rows(
            "INSERT OR REPLACE INTO caravan_peer VALUES (?1, ?2, ?3, ?4)",
            [
                .text(peer.name), peer.site.map { .blob($0.bytes) } ?? .null,
                .text(peer.addresses.joined(separator: "\n")),
                peer.lastError.map { .text($0) } ?? .null,
            ])
        try transaction.connection.rows("DELETE FROM caravan_terms WHERE name = ?1", [.text(peer.name)])
        guard !peer.windows.isEmpty || peer.limitRate != nil else { return }
        try transaction.connection.rows(
            "INSERT INTO caravan_terms VALUES (?1, ?2, ?3)",
            [
                .text(peer.name), .text(peer.windows.joined(separator: "\n")),
                peer.limitRate.map { .integer(Int64($0)) } ?? .null,
            ])
    }

    /// Notes how the last attempt to reach a peer ended. Whatever else is said of it meanwhile stays.
    ///
    /// - Parameters:
    ///   - site: the one that answered, which is kept where none was known.
    ///   - error: why the attempt failed; nil if it did not.
    func noteAttempt(_ name: String, site: SiteID?, error: String?) throws(StoreError) {
        try transaction.connection.rows(
            "UPDATE caravan_peer SET lastError = ?2, site = coalesce(site, ?3) WHERE name = ?1",
            [.text(name), error.map { .text($0) } ?? .null, site.map { .blob($0.bytes) } ?? .null])
    }

    /// Removes a peer, if there is one of that name.
    func removePeer(named name: String) throws(StoreError) {
        try transaction.connection.rows("DELETE FROM caravan_terms WHERE name = ?1", [.text(name)])
        try transaction.connection.rows("DELETE FROM caravan_peer WHERE name = ?1", [.text(name)])
    }

    func contact(with site: SiteID) throws(StoreError) -> Contact? {
        let row = try transaction.connection.rows(
            "SELECT lastContact, skew, controlDigest, sent, held, applied FROM caravan_contact WHERE site = ?1",
            [.blob(site.bytes)]
        ).first
        guard let row, case .integer(let last) = row[0], case .integer(let skew) = row[1] else { return nil }
        return Contact(
            lastContact: last, skew: skew, controlDigest: Bytes32(Self.bytes(row[2])),
            sent: transaction.state.vector(try VectorBlob.decode(Self.bytes(row[3]))),
            held: transaction.state.vector(try VectorBlob.decode(Self.bytes(row[4]))),
            applied: transaction.state.vector(try VectorBlob.decode(Self.bytes(row[5]))))
    }

    /// Records what is known of a site. Of feeds that this replica has not heard of nothing is kept.
    func setContact(_ contact: Contact, with site: SiteID) throws(StoreError) {
        try transaction.stamps.met(site, skew: contact.skew)
        try transaction.connection.rows(
            "INSERT OR REPLACE INTO caravan_contact VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            [
                .blob(site.bytes), .integer(contact.lastContact), .integer(contact.skew),
                contact.controlDigest.map { .blob($0.bytes) } ?? .null, .blob(try blob(contact.sent)),
                .blob(try blob(contact.held)),
                .blob(try blob(contact.applied)),
            ])
    }

    private func blob(_ vector: Vector) throws(StoreError) -> [UInt8] {
        VectorBlob.encode(try transaction.toldHoldings.covered(by: vector))
    }

    private static func string(_ value: Value) -> String? {
        if case .text(let bytes) = value { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    private static func lines(_ value: Value) -> [String] {
        (string(value) ?? "").split(separator: "\n").map(String.init)
    }

    private static func integer(_ value: Value) -> Int? {
        if case .integer(let number) = value { Int(number) } else { nil }
    }

    private static func bytes(_ value: Value) -> [UInt8] {
        if case .blob(let bytes) = value { bytes } else { [] }
    }

    private static func site(_ value: Value) -> SiteID? { SiteID(bytes(value)) }
}

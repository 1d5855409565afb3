import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("What a replica keeps for its own node")
struct LocalTests {
    @Test("A backup is the replica of one moment, with what waits to be sealed")
    func backup() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0])
        let replica = world.sites[0].replica
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x'), ('2', 'y')"])
        try world.seal(0)
        try world.write(0, ["UPDATE t SET a = 'z' WHERE id = '2'"])
        let path = world.folder.appendingPathComponent("copy.sqlite").path
        var heard: [(Int, Int)] = []
        try replica.admin.backUp(to: path) { heard.append(($0, $1)) }
        try world.write(0, ["DELETE FROM t"])
        #expect(heard.last.map { $0 == $1 && $0 > 0 } == true)
        let copy = try Replica(path: path, valueBytesMax: Replica.valueBytesDefault)
        #expect(
            try world.tables(0, by: copy.connection) == [
                RowName(table: "t", key: [.text("1")]): ["a": .text("x")],
                RowName(table: "t", key: [.text("2")]): ["a": .text("z")],
            ])
        #expect(try copy.read().capture.hasPending())
        #expect(try copy.reports.damage() == nil)
        #expect(throws: StoreError.self) {
            try replica.admin.backUp(to: world.folder.appendingPathComponent("none/copy.sqlite").path) { _, _ in }
        }
    }

    @Test("A joining by a file ends once the file is opened, for good; one by an invitation does not end by a file")
    func joiningByFile() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", skews: [0])
        let replica = world.sites[0].replica
        func id(_ number: Int) throws -> HashPrefix {
            try #require(HashPrefix([UInt8](repeating: 7, count: 14) + [UInt8(number >> 8), UInt8(number & 255)]))
        }
        try replica.joining.begin(by: .grant(id(0)))
        try replica.carrierNotes.noteOpened(id(1))
        #expect(try replica.joining.pending() == .grant(id(0)))
        try replica.carrierNotes.noteOpened(id(0))
        #expect(try replica.joining.pending() == nil)
        for number in 2..<CarriedLimits.takenMax + 10 { try replica.carrierNotes.noteOpened(id(number)) }
        #expect(try !replica.carrierNotes.hasOpened(id(0)))
        #expect(try replica.joining.pending() == nil)
        try replica.joining.begin(by: .invitation)
        try replica.carrierNotes.noteOpened(id(1))
        #expect(try replica.joining.pending() == .invitation)
    }

    @Test("The encrypted files that a node wrote are known to it, the latest of them, and none that a backup knows not")
    func sealed() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", skews: [0])
        let replica = world.sites[0].replica
        func id(_ number: Int) throws -> HashPrefix {
            try #require(HashPrefix([UInt8](repeating: 7, count: 14) + [UInt8(number >> 8), UInt8(number & 255)]))
        }
        #expect(try replica.carrierNotes.sealed().isEmpty)
        try replica.carrierNotes.noteSealed(id(0))
        let path = world.folder.appendingPathComponent("copy.sqlite").path
        try replica.admin.backUp(to: path) { _, _ in }
        for number in 1..<1_030 { try replica.carrierNotes.noteSealed(id(number)) }
        #expect(try replica.carrierNotes.sealed() == (6..<1_030).map(id))
        let copy = try Replica(path: path, valueBytesMax: Replica.valueBytesDefault)
        #expect(try copy.carrierNotes.sealed() == [id(0)])
    }

    @Test("A file is numbered above one that its node wrote before, but for one that a wrong clock numbered")
    func numbered() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", skews: [0])
        let replica = world.sites[0].replica
        let (now, hour): (Int64, UInt64) = (1_800_000_000_000, 3_600_000)
        func next() throws -> UInt64 { try replica.write { try $0.carrierBook.nextNumber(now: now) } }
        func raise(_ written: UInt64, _ incarnations: UInt64 = 0) throws {
            try replica.carrierNotes.number(
                above: Announcement.Number(incarnations: incarnations, written: written), now: now)
        }
        #expect(try next() == UInt64(now))
        try raise(UInt64(now) + 20 * hour)
        #expect(try next() == UInt64(now) + 20 * hour + 1)
        try raise(UInt64(now))
        try raise(UInt64(now) + 25 * hour)
        #expect(try next() == UInt64(now) + 20 * hour + 2)
        try raise(UInt64(now), 3)
        try raise(UInt64(now), 2)
        #expect(try replica.read().incarnations.count() == 3)
    }

    @Test("Bytes are counted by day and month, whoever adds them, and not for ever")
    func traffic() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", skews: [0])
        let book = world.sites[0].replica.addressBook
        #expect(try book.traffic(in: ["2026-11-29", "2026-11"]) == [0, 0])
        try book.addTraffic(5, to: ["2026-11-28", "2026-11"])
        try book.addTraffic(7, to: ["2026-11-29", "2026-11"])
        try book.addTraffic(1, to: ["2026-11-29", "2026-11"])
        #expect(try book.traffic(in: ["2026-11-29", "2026-11"]) == [8, 13])
        #expect(try book.traffic(in: ["2026-11-28", "2026-12"]) == [5, 0])
        for day in 10..<80 { try book.addTraffic(1, to: ["2027-01-\(day)", "2027-01"]) }
        #expect(try book.traffic(in: ["2026-11-29", "2027-01-79"]) == [0, 1])
        #expect(try book.traffic(in: ["2027-01-79", "2027-01-20"]) == [1, 1])
    }

    @Test("Peers are kept by name; of feeds that a replica has not heard of it keeps nothing")
    func peers() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", skews: [0, 0])
        let (replica, other) = (world.sites[0].replica, world.sites[1].replica)
        try replica.addressBook.setPeer(Peer(name: "urumqi", site: other.site, addresses: ["a:1", "b:2"]))
        try replica.addressBook.setPeer(Peer(name: "almaty", site: nil, addresses: []))
        try replica.addressBook.setPeer(
            Peer(name: "urumqi", site: other.site, addresses: ["c:3"], lastError: "refused"))
        #expect(
            try replica.addressBook.peers() == [
                Peer(name: "almaty", site: nil, addresses: []),
                Peer(name: "urumqi", site: other.site, addresses: ["c:3"], lastError: "refused"),
            ])
        let terms = Peer(
            name: "urumqi", site: nil, addresses: ["c:3"], windows: ["02:00-05:00", "22:00-01:00"], limitRate: 4096)
        try replica.addressBook.setPeer(terms)
        #expect(try replica.addressBook.peers().last == terms)
        // An attempt says nothing of addresses and terms, which somebody may have changed meanwhile, nor of a site that
        // is known.
        try replica.addressBook.noteAttempt("urumqi", site: other.site, error: "refused")
        var attempted = terms
        (attempted.site, attempted.lastError) = (other.site, "refused")
        #expect(try replica.addressBook.peers().last == attempted)
        try replica.addressBook.noteAttempt("urumqi", site: SigningKey().site, error: nil)
        attempted.lastError = nil
        #expect(try replica.addressBook.peers().last == attempted)
        try replica.addressBook.removePeer(named: "urumqi")
        try replica.addressBook.setPeer(Peer(name: "urumqi", site: nil, addresses: ["c:3"]))
        #expect(try replica.addressBook.peers().last == Peer(name: "urumqi", site: nil, addresses: ["c:3"]))
        for _ in 0..<2 { try replica.addressBook.removePeer(named: "almaty") }
        #expect(try replica.addressBook.peers().map(\.name) == ["urumqi"])
        #expect(try replica.addressBook.contact(with: other.site) == nil)
        let known = try replica.vectors().held
        let stranger = FeedID(site: SigningKey().site, incarnation: .first, scope: .alliance)
        try replica.addressBook.setContact(
            Contact(
                lastContact: 5, skew: -7, controlDigest: nil, sent: known, held: known.merging([stranger: 3]) { $1 },
                applied: [:]), with: other.site)
        let contact = try #require(try replica.addressBook.contact(with: other.site))
        #expect(contact.lastContact == 5)
        #expect(contact.skew == -7)
        #expect(contact.sent == known)
        #expect(contact.held == known)
        #expect(contact.applied.isEmpty)
    }
}

extension AddressBook {
    fileprivate func setPeer(_ peer: Peer) throws {
        try rewritePeers { peers in peers.filter { $0.name != peer.name } + [peer] }
    }

    fileprivate func removePeer(named name: String) throws {
        try rewritePeers { peers in peers.filter { $0.name != name } }
    }
}

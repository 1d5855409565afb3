import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncEngine
import SyncProtocol
import SyncWire

/// Machine of a world: a disk, a clock, a key, and, while it runs, the production engine on its replica.
package final class SimulatedNode {
    package let index: Int
    package let key: SigningKey
    package let disk: SimulatedDisk
    let mounted: MountedDisk
    private let draws: Draws
    /// The role that its invitation gives.
    let invitedAs: Role
    /// The role that it has by what it applied; a reader's where that has no role for it.
    var role: Role
    /// The first node that had its key; nil where this is it.
    private(set) var origin: Int?
    /// Nil while the machine is off, or has not joined.
    package var engine: Engine?
    /// The engine of a second process on the same replica, now and then.
    var second: Engine?
    /// Programs of people: one that reads, one that writes.
    var reader: RawClient?
    var writer: RawClient?
    /// True while a person's program keeps a transaction open.
    var keepsTransaction = false
    /// The tables as they were read last, and in which version of the file.
    var read: (reader: RawClient, version: [[Value]], tables: Tables)?
    var schedule = DialSchedule(interval: 10_000)
    /// Milliseconds that its clock is ahead of true time.
    var skew: Int64 = 0
    /// The earliest that its clock showed since everything that people wrote was sealed last. What it seals is of no
    /// earlier time.
    var earliestClock = Int64.min
    /// True once it is on the roster, by what it has applied.
    var isMember = false
    /// The request to be let in that it shows to others.
    var request: JoinRequest?
    /// True once it was told that its invitation serves no more: its people ask for another.
    var needsInvitation = false
    /// True once somebody heard the secret that it shows, and showed it in a session of another.
    var isRobbed = false
    /// Raised with every start: a session of an earlier life is dead.
    var life = 0

    /// Version vectors, as they were seen last, in the names that the universe gives.
    package var held: Vector = [:]
    package var applied: Vector = [:]
    /// The same in the names that the replica gives: others where feeds went several ways.
    var said: (held: Vector, applied: Vector) = ([:], [:])
    /// The most of each feed that it ever had.
    var everHeld: Vector = [:]
    var everApplied: Vector = [:]
    /// The vector that was applied when people committed what is not sealed yet; nil if nothing is known to wait.
    var writtenUnder: Vector?
    /// Transactions of people that changed something here, so far.
    var eventCount = 0
    /// Raised when the replica is put back.
    var replicaLife = 0
    /// The backup that is to be put back while the machine is off, and how.
    var returning: (backup: Backup, way: Backup.Way)?
    /// Changesets of which the disk altered what the log has.
    var altered: Set<SpecifiedChangeset.ID> = []
    /// Tables before a program began to commit what it may have committed when the machine stopped.
    var before: Tables?

    init(index: Int, role: Role, random: inout SeededGenerator) {
        self.index = index
        self.role = role
        invitedAs = role
        key = SigningKey(seed: random.bytes(32))
        draws = Draws(of: key.site, index: index)
        disk = SimulatedDisk(number: UInt64(index))
        mounted = MountedDisk(disk)
    }

    /// A machine that begins with what `backup` has of another, and with its key.
    init(index: Int, copying original: SimulatedNode, _ backup: Backup) {
        self.index = index
        role = backup.role
        invitedAs = original.invitedAs
        key = original.key
        origin = original.origin ?? original.index
        draws = Draws(of: key.site, index: index)
        disk = SimulatedDisk(number: UInt64(index))
        mounted = MountedDisk(disk)
        skew = original.skew
        disk.putBack(backup.files, except: nil, isNew: true)
        (writtenUnder, isMember, before) = (backup.writtenUnder, backup.isMember, backup.before)
        has(held: backup.held, applied: backup.applied)
        said = backup.said
        // It was on before, elsewhere.
        life = 1
    }

    package var name: String { "n\(index)" }
    package var replica: Replica? { engine?.replica }
    static let path = "/replica.sqlite"
    var feed: FeedID { FeedID(site: key.site, incarnation: .first, scope: .alliance) }

    /// A connection of another program on this machine. Nothing in it is drawn at random but from the world's seed.
    func client() throws(StoreError) -> RawClient {
        let client = try RawClient(path: Self.path, on: mounted)
        try client.draw(from: { [draws] in draws.next() })
        return client
    }

    /// Opens programs' connections anew.
    func connect() throws(StoreError) {
        reader = try client()
        writer = nil
    }

    func has(held: Vector, applied: Vector) {
        (self.held, self.applied) = (held, applied)
        everHeld.merge(held) { max($0, $1) }
        everApplied.merge(applied) { max($0, $1) }
    }

    func stop() {
        disk.stop()
        (engine, second, reader, writer) = (nil, nil, nil, nil)
        keepsTransaction = false
        life += 1
    }
}

extension SigningKey {
    /// The same 32 bytes give the same key.
    init(seed: [UInt8]) {
        guard let key = try? SigningKey(rawRepresentation: seed) else {
            preconditionFailure("32 bytes are an Ed25519 key")
        }
        self = key
    }
}

import Foundation
import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SyncWire

/// The file of a replica that was just founded, made once in a process and copied for every run. It is the founder's,
/// the first of `FuzzKeys.sites`; the next three are members, two of them admins; the fifth is a stranger.
struct FoundedReplica: Sendable {
    private let bytes: Data
    let alliance: Bytes32
    /// Heads of control: what everybody has seen.
    let control: [FeedID: Head]
    let schema: Schema
    let members: Set<SiteID>

    static let now: Int64 = 1_800_000_000_000
    static let key = FuzzKeys.sites[0]
    static let stranger = FuzzKeys.sites[4]
    /// The secrets of an invitation that lets a site in, and of one that has expired.
    static let secrets: [[UInt8]] = [1, 2].map { [UInt8](repeating: $0, count: FrameLimits.secretBytes) }

    static let schemaSQL = """
        CREATE TABLE item (id TEXT NOT NULL PRIMARY KEY, a, n INTEGER);
        CREATE TABLE part (x INTEGER NOT NULL, y BLOB NOT NULL, item TEXT REFERENCES item(id), u TEXT UNIQUE, PRIMARY \
        KEY (x, y)) WITHOUT ROWID;
        CREATE TABLE fixed (id TEXT NOT NULL PRIMARY KEY, i INT, t TEXT NOT NULL DEFAULT 'd') STRICT;
        CREATE TABLE num (id INTEGER PRIMARY KEY, v TEXT COLLATE NOCASE UNIQUE, parent INTEGER REFERENCES num(id) ON \
        DELETE CASCADE);
        """

    static let template: FoundedReplica = {
        do { return try FoundedReplica() } catch { preconditionFailure("a replica can be founded: \(error)") }
    }()

    private init() throws {
        let folder = ScratchFolder()
        let path = folder.url.appendingPathComponent("replica.sqlite").path
        do {
            let replica = try Replica.create(path: path, site: Self.key.site, alliance: nil)
            replica.key = Self.key
            try replica.admin.found(
                name: "n0", schema: SchemaReader.read(sql: Self.schemaSQL, allowIntegerKey: ["num"]),
                nonce: [UInt8](repeating: 7, count: 16), records: [], now: Self.now)
            for (number, role) in [(1, Role.member), (2, .admin), (3, .admin)] {
                try Self.admit(number, role, to: replica)
            }
            for (secret, lasting) in zip(Self.secrets, [Int64.max, Self.now - 1]) {
                try replica.admin.addInvitation(secret: secret, role: .member, expires: lasting)
            }
            alliance = replica.alliance
            control = try replica.heads(scope: .control)
            schema = try replica.admin.schema()
            members = Set(try replica.members().map(\.site))
        }
        // The last connection took the write-ahead log into the file.
        bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    }

    private static func admit(_ number: Int, _ role: Role, to replica: Replica) throws {
        let secret = [UInt8](repeating: UInt8(100 + number), count: FrameLimits.secretBytes)
        try replica.admin.addInvitation(secret: secret, role: role, expires: now + 1)
        let request = JoinRequest(alliance: replica.alliance, secret: secret, name: "n\(number)")
        _ = try replica.redeem(request, by: FuzzKeys.sites[number].site, now: now)
    }

    /// A copy in `folder`, which the founder seals.
    func replica(in folder: ScratchFolder) throws(StoreError) -> Replica { try Self.open(copy(in: folder)) }

    /// Opens such a copy.
    static func open(_ path: String) throws(StoreError) -> Replica {
        let replica = try Replica(path: path)
        replica.key = key
        return replica
    }

    /// A copy in `folder`: its path.
    func copy(in folder: ScratchFolder) -> String {
        let url = folder.url.appendingPathComponent("replica.sqlite")
        do { try bytes.write(to: url) } catch {
            preconditionFailure("there is room for a replica in \(folder.url.path)")
        }
        return url.path
    }
}

import Dispatch
import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncTransport
import SyncWire

/// A node: one home folder, opened. Everything that touches the replica runs on the node's own thread, one call at a
/// time.
public actor Node {
    public nonisolated let home: NodeHome
    let configuration: Configuration
    let engine: Engine
    let identity: TransportIdentity
    private let executor = NodeExecutor()
    var sessions: [Int: PeerSession] = [:]
    /// The connections of the sessions that others dialled.
    var answered: [Int: Connection] = [:]
    var lastSession = 0

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The name of this software in hello.
    public static let software = "caravan/\(version)"

    /// The version of this software, the one place where it stands.
    public static let version = "0.1"

    private init(home: NodeHome, configuration: Configuration) throws(NodeError) {
        self.home = home
        self.configuration = configuration
        let key = try IdentityFile(path: home.key).read()
        do { identity = try TransportIdentity(privateKey: key.rawRepresentation) } catch { throw NodeError(error) }
        let path = home.replica
        let replica = try saying {
            try Replica(path: path, valueBytesMax: configuration.valueBytesMax ?? Replica.valueBytesDefault)
        }
        guard replica.site == key.site else {
            throw NodeError(
                kind: .exposedKey,
                message: "\(home.key) is not the key of this replica: restore the right one from a copy")
        }
        engine = Engine(
            replica: replica, key: key, software: Self.software, drawIncarnation: { .random(in: .min ... .max) })
    }

    /// Opens the node at `home`.
    public static func open(home: NodeHome) async throws(NodeError) -> Node {
        guard home.hasReplica else { throw NodeError(StoreError.missing(path: home.replica)) }
        home.useOwnDisk()
        for place in Set([home.replica, home.realReplica]) { ScratchFolder.sweep(beside: place) }
        let node = try Node(home: home, configuration: try Configuration.read(home.configuration))
        await node.repair()
        return node
    }

    /// Mends the schema at once, so that what only reads finds its tables, and what waited for this software is looked
    /// at. Where the replica is locked or cannot be written, whoever writes next does it, or says so.
    private func repair() {
        try? engine.replica.admin.repair()
        try? engine.replica.retryWaiting(asSoftware: Self.software, sealingWith: engine.key, now: Clocks.now.wall)
    }

    /// Runs what may fail in the store, and says it in the border's terms.
    func store<Result>(_ body: (Engine) throws -> Result) throws(NodeError) -> Result {
        try saying { try body(engine) }
    }

    func sealPending() throws(NodeError) { try store { engine in try engine.seal() } }
}

/// The clocks of this machine. Nothing below `SyncNode` reads them.
enum Clocks {
    static var now: Moment {
        Moment(
            wall: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)),
            steady: Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000))
    }
}

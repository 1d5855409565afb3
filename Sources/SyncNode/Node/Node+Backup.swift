import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine

/// What `restore` did.
public struct Restoring: Sendable {
    /// Changesets in the backup.
    public let changesets: UInt64
    /// Where the replica is now that was there before; nil if there was none.
    public let replaced: String?
}

extension Node {
    /// Seals, and writes a copy of the replica as of one moment into `file`, which must not be there yet. The key is not in it.
    ///
    /// - Parameter progress: pages done and in all.
    /// - Returns: changesets in the copy.
    public func backUp(to file: String, progress: @escaping @Sendable (Int, Int) -> Void) throws(NodeError) -> UInt64 {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw NodeError(kind: .usage, message: "\(file) is there already: name a file that is not")
        }
        try sealPending()
        // Nobody takes half a copy for a backup.
        let part = file + ".part"
        try? FileManager.default.removeItem(atPath: part)
        guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw NodeError(kind: .readOnly, message: "\(file) cannot be written: check that its folder is there and who owns it")
        }
        do {
            try store { (engine) throws(StoreError) in try engine.replica.backUp(to: part, progress: progress) }
            let count = try saying { () throws(StoreError) in try Replica(path: part).changesetCount() }
            _ = try saying { () throws(StoreError) in try Replica.isInUse(path: part) }
            try NodeHome.move(part, to: file)
            return count
        } catch {
            for suffix in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: part + suffix) }
            throw error
        }
    }

    /// Puts a backup in the place of the replica at `home`, which is kept under another name. The node goes on in a new incarnation.
    ///
    /// - Throws: `notAReplica`, `damaged` or `newerFormat` of the backup, `usage` for another node's, `missing` without the key, `locked` while
    ///   something has the replica open. Then nothing is changed.
    public static func restore(home: NodeHome, from file: String) throws(NodeError) -> Restoring {
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw NodeError(kind: .usage, message: "\(file) is not there, or cannot be read: name a file that `caravan backup` made")
        }
        let key = try IdentityFile(path: home.key).read()
        let copy = home.replica + "-restored"
        try? FileManager.default.removeItem(atPath: copy)
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) } }
        do { try FileManager.default.copyItem(atPath: file, toPath: copy) } catch {
            throw NodeError(kind: .diskFull, message: "\(file) cannot be copied into \(home.path): check that the folder is yours, and that the disk has room")
        }
        let count = try check(copy, of: file, site: key.site)
        let replaced = try setAside(home)
        try NodeHome.move(copy, to: home.replica)
        return Restoring(changesets: count, replaced: replaced)
    }

    private static func check(_ copy: String, of file: String, site: SiteID) throws(NodeError) -> UInt64 {
        let (found, damage, count): (SiteID, String?, UInt64)
        do {
            (found, damage, count) = try saying { () throws(StoreError) in
                let replica = try Replica(path: copy)
                return (replica.site, try replica.damage(), try replica.changesetCount())
            }
        } catch {
            guard error.kind == .notAReplica || error.kind == .damaged else { throw error }
            throw NodeError(kind: error.kind, message: "\(file) is no whole backup of a replica: name another that `caravan backup` made")
        }
        guard found == site else { throw NodeError(kind: .usage, message: "\(file) is a backup of another node: a node is restored from its own") }
        if let damage { throw NodeError(kind: .damaged, message: "\(file) is damaged (\(damage)): restore another backup, or join anew in another folder") }
        // All of it is in the one file once nobody has it open.
        _ = try saying { () throws(StoreError) in try Replica.isInUse(path: copy) }
        return count
    }

    /// Nothing of a replica is thrown away: it may hold what nobody else has.
    private static func setAside(_ home: NodeHome) throws(NodeError) -> String? {
        guard home.hasReplica else { return nil }
        let isInUse: Bool
        // One that cannot be read any more is what backups are for.
        do { isInUse = try Replica.isInUse(path: home.replica) } catch { isInUse = false }
        guard !isInUse else {
            throw NodeError(kind: .locked, message: "something has \(home.replica) open: stop `caravan serve` and close other programs, then try again")
        }
        let aside = "\(home.replica)-replaced-\(Clocks.now.wall)"
        // Under both names until the other takes its place, so that there is a replica at every instant; not every disk can do that.
        if link(home.replica, aside) != 0 { try NodeHome.move(home.replica, to: aside) }
        for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: home.replica + suffix) { try NodeHome.move(home.replica + suffix, to: aside + suffix) }
        return aside
    }
}

extension Replica {
    fileprivate func changesetCount() throws(StoreError) -> UInt64 { try vectors().held.values.reduce(0, +) }
}

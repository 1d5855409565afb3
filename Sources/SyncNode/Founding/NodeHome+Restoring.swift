import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine

/// The outcome of `restore`.
public struct Restoring: Sendable {
    /// Changesets in the backup.
    public let changesets: UInt64
    /// The place of the replica that was there before; nil if there was none.
    public let replaced: String?
    /// The number of invitations that were open in the backup. They are withdrawn, for some may have been used since.
    public let withdrawn: Int
    /// A sentence on what may be missing in the backup, and why; nil if nothing is known to be.
    public let warning: String?
}

extension NodeHome {
    /// Puts a backup in the place of the replica of this home, which is kept under another name. The node goes on in a
    /// new incarnation. Where the replica is a link, what it leads to is replaced, for that is what other programs
    /// have.
    ///
    /// - Throws: `notAReplica`, `damaged` or `newerFormat` of the backup, `usage` for another node's or the replica
    ///   itself, `missing` without the key, `locked` while something has the replica open. Then nothing is changed.
    public func restore(from file: String) throws(NodeError) -> Restoring {
        useOwnDisk()
        let backup = try BackupFile(file)
        let key = try IdentityFile(path: self.key).read()
        let target = realReplica
        guard !backup.isSame(as: target) else {
            throw NodeError(
                kind: .usage, message: "\(file) is the replica itself: name a file that `caravan backup` made")
        }
        let scratch = try saying {
            ScratchFolder.sweep(beside: target)
            return try ScratchFolder(beside: target)
        }
        let copy = scratch.path + "/replica.sqlite"
        try backup.copy(to: copy)
        let (count, isBehind, withdrawn) = try Self.check(copy, of: file, site: key.site)
        let replaced = try Self.setAside(target)
        try Self.move(copy, to: target)
        return Restoring(
            changesets: count, replaced: replaced, withdrawn: withdrawn,
            warning: Self.warning(backup, isBehind: isBehind))
    }

    private static func warning(_ backup: BackupFile, isBehind: Bool) -> String? {
        if isBehind {
            return
                """
                \(backup.name) lacks what was written last: \
                \(backup.lacksLog ? "its -wal file is missing" : "the file beside it that ends in -witness is later")
                """
        }
        guard backup.lacksLog else { return nil }
        return
            """
            \(backup.name) is a copy of a replica without its -wal file: what was written last may be missing in it; \
            `caravan backup` makes whole copies
            """
    }

    private static func check(_ copy: String, of file: String, site: SiteID) throws(NodeError) -> (
        count: UInt64, isBehind: Bool, withdrawn: Int
    ) {
        let (found, damage, count, isBehind, withdrawn): (SiteID, String?, UInt64, Bool, Int)
        do {
            (found, damage, count, isBehind, withdrawn) = try saying {
                let replica = try Replica(path: copy)
                let damage = try replica.reports.damage()
                return (
                    replica.site, damage, try replica.changesetCount(), try replica.exchange.lacksWhatWitnessNames(),
                    damage == nil ? try withdrawInvitations(of: replica) : 0
                )
            }
        } catch {
            guard error.kind == .notAReplica || error.kind == .damaged else { throw error }
            throw NodeError(
                kind: error.kind,
                message: "\(file) is no whole backup of a replica: name another that `caravan backup` made")
        }
        guard found == site else {
            throw NodeError(
                kind: .usage, message: "\(file) is a backup of another node: a node is restored from its own")
        }
        if let damage {
            throw NodeError(
                kind: .damaged,
                message: "\(file) is damaged (\(damage)): restore another backup, or join anew in another folder")
        }
        // All of it is in the one file once nobody has it open.
        _ = try saying { try Replica.isInUse(path: copy) }
        return (count, isBehind, withdrawn)
    }

    /// Withdraws what nobody had used when the backup was made: somebody may have since, and each serves once.
    private static func withdrawInvitations(of replica: Replica) throws(StoreError) -> Int {
        var count = 0
        for invitation in try replica.admin.invitations() where invitation.redeemer == nil {
            count += try replica.admin.withdrawInvitation(invitation.hash, now: Clocks.now.wall) ? 1 : 0
        }
        return count
    }

    /// Moves the present replica out of the way and returns its new name. It is not thrown away: it may hold what
    /// nobody else has.
    private static func setAside(_ replica: String) throws(NodeError) -> String? {
        guard FileManager.default.fileExists(atPath: replica) else { return nil }
        let isInUse: Bool
        // One that cannot be read any more is what backups are for.
        do { isInUse = try Replica.isInUse(path: replica) } catch { isInUse = false }
        guard !isInUse else {
            throw NodeError(
                kind: .locked,
                message: "something has \(replica) open: stop `caravan serve` and close other programs, then try again")
        }
        let aside = "\(replica)-replaced-\(Clocks.now.wall)"
        // Under both names until the other takes its place, so that there is a replica at every instant; not every disk
        // can do that.
        if link(replica, aside) != 0 { try Self.move(replica, to: aside) }
        for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: replica + suffix) {
            try Self.move(replica + suffix, to: aside + suffix)
        }
        return aside
    }
}

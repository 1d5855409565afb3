import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine

extension Node {
    /// Seals, and writes a copy of the replica as of one moment into `file`, which must not be there yet. The key is
    /// not in it.
    ///
    /// - Parameter progress: pages done and in all.
    /// - Returns: changesets in the copy.
    public func backUp(to file: String, progress: @escaping @Sendable (Int, Int) -> Void) throws(NodeError) -> UInt64 {
        guard !file.isEmpty else { throw NodeError(kind: .usage, message: "the backup's file has no name: write one") }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw NodeError(kind: .usage, message: "\(file) is there already: name a file that is not")
        }
        try sealPending()
        // Nobody takes half a copy for a backup.
        let part = file + ".part"
        try? FileManager.default.removeItem(atPath: part)
        guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw NodeError(
                kind: .readOnly, message: "\(file) cannot be written: check that its folder is there and who owns it")
        }
        do {
            try store { engine in try engine.replica.admin.backUp(to: part, progress: progress) }
            let count = try saying { try Replica(path: part).changesetCount() }
            _ = try saying { try Replica.isInUse(path: part) }
            try NodeHome.move(part, to: file)
            return count
        } catch {
            for suffix in ["", "-journal", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: part + suffix)
            }
            throw error
        }
    }
}

extension Replica {
    func changesetCount() throws(StoreError) -> UInt64 { try vectors().held.values.reduce(0, +) }
}

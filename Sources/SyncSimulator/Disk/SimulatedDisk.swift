import ReplicaStore
import SQLiteAccess

/// The disk of one simulated machine, in memory. What was written and not synced may be lost in a crash: each write by
/// itself, whole or in part. What was synced is never lost.
///
/// Injected is only what a node promises to survive. A disk that lies about syncing is planted by tests alone.
package final class SimulatedDisk: Disk {
    private let number: UInt64
    private var files: [String: StoredFile] = [:]
    /// Made so far.
    private var fileCount: UInt64 = 0
    package var wallClock: Int64 = 0
    /// Raised by a crash: what was opened before it is dead.
    private(set) var life = 0
    package private(set) var hasCrashed = false
    /// The machine stops at the write, truncation or sync that makes this 0.
    private var writesUntilCrash: Int?
    /// The write that makes this 0 fails, and those after it as `fault` says.
    private var fault: Fault?
    /// Planted: syncing does nothing.
    package var isLyingAboutSync = false
    /// Writes, truncations and syncs so far.
    package private(set) var writeCount = 0
    /// Whether something failed, as it was told to, since this was last set to false.
    package var hasFailed = false

    /// A disk that fails for some writes and is well again afterwards.
    package struct Fault {
        var kind: DiskFault
        var after: Int
        var lasting: Int
    }

    /// - Parameter number: tells its files from those of every other disk.
    package init(number: UInt64 = 0) { self.number = number }

    package func slept(milliseconds: Int64) {}

    package func open(_ path: String?, isCreating: Bool) throws(DiskFault) -> any DiskFile {
        guard !hasCrashed else { throw .broken }
        guard let path else { return OpenedFile(StoredFile(number: 0), on: self) }
        if let known = files[path] { return OpenedFile(known, on: self) }
        guard isCreating else { throw .missing }
        fileCount += 1
        let file = StoredFile(number: fileCount)
        files[path] = file
        return OpenedFile(file, on: self)
    }

    package func delete(_ path: String) throws(DiskFault) {
        try beginWrite()
        files[path] = nil
    }

    package func exists(_ path: String) -> Bool { files[path] != nil }

    package func identity(of path: String) -> FileIdentity? {
        files[path].map { FileIdentity(device: self.number, number: $0.number, born: 0) }
    }

    /// The machine stops in the midst of the write that is so many writes ahead.
    package func crash(afterWrites count: Int) { writesUntilCrash = count }

    package func fail(_ kind: DiskFault, afterWrites count: Int, lasting: Int) {
        fault = Fault(kind: kind, after: count, lasting: lasting)
    }

    package func repair() { fault = nil }

    package func neverCrash() { writesUntilCrash = nil }

    /// The machine stops: from now on everything that is open fails.
    package func stop() { hasCrashed = true }

    /// The machine is switched on again: what was not synced is lost, or not, as `loss` draws.
    package func restart(losing loss: CrashLoss, using random: inout SeededGenerator) {
        life += 1
        hasCrashed = false
        writesUntilCrash = nil
        fault = nil
        for path in files.keys.sorted() { files[path]?.crash(losing: loss, using: &random) }
    }

    /// The contents of every file by its path, synced or not: as a program that copies the files reads them.
    var image: [String: [UInt8]] { files.mapValues(\.content) }

    /// Puts the files of an image in the place of all others, while the machine is off.
    ///
    /// - Parameters:
    ///   - kept: whose name ends so stays as it is.
    ///   - isNew: the files are other files, as after a copy; else the same with other contents.
    func putBack(_ image: [String: [UInt8]], except kept: String?, isNew: Bool) {
        let isKept = { (path: String) in kept.map { path.hasSuffix($0) } ?? false }
        for path in files.keys where image[path] == nil && !isKept(path) { files[path] = nil }
        for (path, content) in image.sorted(by: { $0.key < $1.key }) where !isKept(path) {
            if isNew || files[path] == nil {
                fileCount += 1
                files[path] = StoredFile(number: fileCount)
            }
            files[path]?.replace(with: content)
        }
    }

    /// Puts one file back to what it was once, while the machine is off. All others stay.
    func putBack(_ path: String, _ content: [UInt8], isNew: Bool) {
        if isNew || files[path] == nil {
            fileCount += 1
            files[path] = StoredFile(number: fileCount)
        }
        files[path]?.replace(with: content)
    }

    /// Called before each change of a file.
    func beginWrite() throws(DiskFault) {
        guard !hasCrashed else { throw .broken }
        writeCount += 1
        if let left = writesUntilCrash {
            writesUntilCrash = left - 1
            if left <= 1 { hasCrashed = true }
        }
        guard var present = fault else { return }
        present.after -= 1
        guard present.after < 0 else {
            fault = present
            return
        }
        present.lasting -= 1
        fault = present.lasting > 0 ? present : nil
        hasFailed = true
        throw present.kind
    }
}

/// The fate of the writes that were not synced when a machine stops.
package enum CrashLoss: Hashable, CaseIterable, Sendable {
    case everything, nothing
    /// Whole writes are there or not, each by itself.
    case some
    /// Sectors of 512 bytes of a write are there or not, each by itself.
    case torn
}

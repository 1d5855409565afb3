import ReplicaStore
import SQLiteAccess

/// The opening of a stored file. Dead once its machine has crashed: then everything fails, and closing does nothing.
final class OpenedFile: DiskFile {
    private let file: StoredFile
    private let disk: SimulatedDisk
    private let life: Int
    private var level: Int32 = 0
    private var sharedSlots: Set<Int> = []
    private var exclusiveSlots: Set<Int> = []
    private var usesShared = false

    init(_ file: StoredFile, on disk: SimulatedDisk) {
        self.file = file
        self.disk = disk
        life = disk.life
        file.openings.append(self)
    }

    private func live() throws(DiskFault) { guard life == disk.life, !disk.hasCrashed else { throw .broken } }

    private var others: [OpenedFile] { file.openings.filter { $0 !== self } }

    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(DiskFault) -> Int {
        try live()
        return file.read(into: bytes, at: offset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(DiskFault) {
        try live()
        try disk.beginWrite()
        file.write(bytes, at: offset)
        try live()
    }

    func truncate(to size: Int) throws(DiskFault) {
        try live()
        try disk.beginWrite()
        file.truncate(to: size)
        try live()
    }

    func sync() throws(DiskFault) {
        try live()
        try disk.beginWrite()
        // A machine that stops in a sync has not synced.
        try live()
        if !disk.isLyingAboutSync { file.sync() }
    }

    var size: Int {
        get throws(DiskFault) {
            try live()
            return file.content.count
        }
    }

    func lock(_ wanted: Int32) throws(DiskFault) -> Bool {
        try live()
        guard wanted > level else { return true }
        let highest = others.map(\.level).max() ?? 0
        let isFree =
            switch wanted {
            case 1: highest < 3
            case 2: highest < 2
            default: highest == 0
            }
        if isFree { level = wanted }
        return isFree
    }

    func unlock(_ wanted: Int32) { level = min(level, wanted) }

    var isReserved: Bool { file.openings.contains { $0.level >= 2 } }

    func sharedRegion(_ number: Int, bytes: Int, isExtending: Bool) throws(DiskFault) -> UnsafeMutableRawPointer? {
        try live()
        usesShared = true
        return file.region(number, bytes: bytes, isExtending: isExtending)
    }

    func lockShared(slots: Range<Int>, isExclusive: Bool) throws(DiskFault) -> Bool {
        try live()
        let isTaken = others.contains { other in
            slots.contains { other.exclusiveSlots.contains($0) || (isExclusive && other.sharedSlots.contains($0)) }
        }
        guard !isTaken else { return false }
        if isExclusive { exclusiveSlots.formUnion(slots) } else { sharedSlots.formUnion(slots) }
        return true
    }

    func unlockShared(slots: Range<Int>) {
        exclusiveSlots.subtract(slots)
        sharedSlots.subtract(slots)
    }

    func leaveShared(isDeleting: Bool) {
        guard life == disk.life else { return }
        usesShared = false
        if isDeleting, !others.contains(where: \.usesShared) { file.forgetShared() }
    }

    func close() {
        level = 0
        (exclusiveSlots, sharedSlots) = ([], [])
        file.openings.removeAll { $0 === self }
    }
}

import ReplicaStore

/// A file of a simulated disk: what was written, and what of it is not durable yet. Shared memory and locks go in a
/// crash.
final class StoredFile {
    private(set) var content: [UInt8] = []
    private var unsynced: [Change] = []
    private var regions: [UnsafeMutableRawBufferPointer] = []
    /// A connection that died may still look at what it had: freed with the file.
    private var abandoned: [UnsafeMutableRawBufferPointer] = []
    var openings: [OpenedFile] = []
    /// Tells it from every other of its disk, whatever it is called.
    let number: UInt64

    init(number: UInt64) { self.number = number }

    /// A write or a truncation, and how to take it back.
    private struct Change {
        let offset: Int
        let old: [UInt8]
        let new: [UInt8]
        let oldSize: Int
        /// Nil for a write.
        let truncatedTo: Int?
    }

    deinit { for region in regions + abandoned { region.deallocate() } }

    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        guard offset < content.count else { return 0 }
        let count = min(bytes.count, content.count - offset)
        content.withUnsafeBytes {
            bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
        }
        return count
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        let end = min(offset + bytes.count, content.count)
        let old = offset < end ? Array(content[offset..<end]) : []
        unsynced.append(Change(offset: offset, old: old, new: Array(bytes), oldSize: content.count, truncatedTo: nil))
        put(Array(bytes)[...], at: offset)
    }

    func truncate(to size: Int) {
        guard size < content.count else { return }
        unsynced.append(
            Change(offset: size, old: Array(content[size...]), new: [], oldSize: content.count, truncatedTo: size))
        content.removeSubrange(size...)
    }

    func sync() { unsynced = [] }

    /// Replaces the contents, durable at once, as somebody else does while nobody has the file open.
    func replace(with content: [UInt8]) {
        forgetShared()
        self.content = content
        unsynced = []
    }

    private func put(_ bytes: ArraySlice<UInt8>, at offset: Int) {
        let end = offset + bytes.count
        if content.count < end { content.append(contentsOf: repeatElement(0, count: end - content.count)) }
        content.replaceSubrange(offset..<end, with: bytes)
    }

    func crash(losing loss: CrashLoss, using random: inout SeededGenerator) {
        forgetShared()
        openings = []
        let changes = unsynced
        unsynced = []
        guard loss != .nothing else { return }
        for change in changes.reversed() { takeBack(change) }
        guard loss != .everything else { return }
        for change in changes where loss == .torn || random.chance(50) {
            if let size = change.truncatedTo {
                if size < content.count, loss == .some || random.chance(50) { content.removeSubrange(size...) }
            } else if loss == .some {
                put(change.new[...], at: change.offset)
            } else {
                for start in stride(from: 0, to: change.new.count, by: Self.sectorBytes) where random.chance(50) {
                    put(change.new[start..<min(start + Self.sectorBytes, change.new.count)], at: change.offset + start)
                }
            }
        }
    }

    private static let sectorBytes = 512

    private func takeBack(_ change: Change) {
        if change.oldSize < content.count { content.removeSubrange(change.oldSize...) }
        put(change.old[...], at: change.offset)
    }

    func region(_ number: Int, bytes: Int, isExtending: Bool) -> UnsafeMutableRawPointer? {
        while regions.count <= number {
            guard isExtending else { return nil }
            let region = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 16)
            region.initializeMemory(as: UInt8.self, repeating: 0)
            regions.append(region)
        }
        return regions[number].baseAddress
    }

    func forgetShared() {
        abandoned += regions
        regions = []
    }
}

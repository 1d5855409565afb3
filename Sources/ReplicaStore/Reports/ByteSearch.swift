import Foundation

enum ByteSearch {
    /// Whether `needle` stands in `bytes`. Looks for its last byte, which varies most in keys, and compares from there.
    static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let last = needle.last, needle.count <= bytes.count else { return needle.isEmpty }
        return bytes.withUnsafeBytes { all in
            needle.withUnsafeBytes { part in
                guard let base = all.baseAddress, let wanted = part.baseAddress else { return false }
                var offset = needle.count - 1
                while offset < all.count, let hit = memchr(base + offset, Int32(last), all.count - offset) {
                    let end = UnsafeRawPointer(hit) - base + 1
                    if memcmp(base + end - needle.count, wanted, needle.count) == 0 { return true }
                    offset = end
                }
                return false
            }
        }
    }
}

extension ChangesetLog {
    /// Whether one of several byte strings stands in a changeset's chunks, which are cut anywhere. Not found in what a
    /// disk altered would be no answer, so that is none.
    func hasBytes(_ needles: [[UInt8]], _ changeset: LoggedChangeset) throws(StoreError) -> Bool {
        let length = needles.map(\.count).max() ?? 0
        var tail: [UInt8] = []
        for number in changeset.header.chunkHashes.indices {
            let bytes = tail + (try chunk(of: changeset, number: number))
            if needles.contains(where: { ByteSearch.contains(bytes, $0) }) { return true }
            tail = Array(bytes.suffix(max(length - 1, 0)))
        }
        return false
    }
}

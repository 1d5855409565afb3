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

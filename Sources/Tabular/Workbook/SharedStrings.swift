import Foundation

/// The texts that the cells of a workbook share, by number. They lie in a file without a name, so that a workbook of
/// any number of texts passes through little memory.
final class SharedStrings {
    private let texts: Int32
    private let ends: Int32
    private var pendingTexts: [UInt8] = []
    private var pendingEnds: [UInt64] = []
    private var size: UInt64 = 0
    private var count = 0
    private var flushed = 0
    /// Texts that were read last, by number, for cells repeat each other.
    private var recent: [Int: [UInt8]] = [:]

    /// Texts of which nothing was kept.
    private var tooLong: Set<Int> = []

    init() throws(TabularError) {
        texts = try Self.nameless()
        ends = try Self.nameless()
    }

    deinit {
        close(texts)
        close(ends)
    }

    private static func nameless() throws(TabularError) -> Int32 {
        var template = Array((NSTemporaryDirectory() + "/caravan-strings-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw .unwritable(path: NSTemporaryDirectory(), reason: String(cString: strerror(errno)))
        }
        unlink(template)
        return descriptor
    }

    func add(_ bounded: BoundedText) throws(TabularError) {
        let text = bounded.text
        if bounded.isTooLong { tooLong.insert(count) }
        pendingTexts += text.utf8
        size += UInt64(text.utf8.count)
        pendingEnds.append(size)
        count += 1
        if pendingTexts.count >= Self.blockBytes || pendingEnds.count >= Self.blockBytes / 8 { try flush() }
    }

    private static let blockBytes = 1 << 16

    private func flush() throws(TabularError) {
        guard pendingTexts.withUnsafeBytes({ Self.append($0, to: texts) }),
            pendingEnds.withUnsafeBytes({ Self.append($0, to: ends) })
        else { throw .unwritable(path: NSTemporaryDirectory(), reason: String(cString: strerror(errno))) }
        flushed = count
        pendingTexts.removeAll(keepingCapacity: true)
        pendingEnds.removeAll(keepingCapacity: true)
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let more = write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { return false }
            done += more
        }
        return true
    }

    /// The text of a number; nil where there is none.
    func text(_ number: Int) throws(TabularError) -> [UInt8]? {
        guard number >= 0, number < count else { return nil }
        if let known = recent[number] { return known }
        if flushed < count { try flush() }
        let from = number == 0 ? 0 : try end(number - 1)
        let text = try Self.read(texts, from: from, count: Int(try end(number) - from))
        if recent.count >= Self.recentMax { recent.removeAll(keepingCapacity: true) }
        if text.count <= Self.recentBytesMax { recent[number] = text }
        return text
    }

    /// Whether the text of a number was longer than a replica takes.
    func isTooLong(_ number: Int) -> Bool { tooLong.contains(number) }

    /// Four mebibytes of texts at most.
    private static let (recentMax, recentBytesMax) = (8_192, 512)

    private func end(_ number: Int) throws(TabularError) -> UInt64 {
        let bytes = try Self.read(ends, from: UInt64(number * 8), count: 8)
        return bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    }

    private static func read(_ descriptor: Int32, from offset: UInt64, count: Int) throws(TabularError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let more = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: done), count - done, off_t(offset) + off_t(done))
            }
            if more < 0, errno == EINTR { continue }
            guard more > 0 else {
                throw .unreadable(path: NSTemporaryDirectory(), reason: String(cString: strerror(errno)))
            }
            done += more
        }
        return bytes
    }
}

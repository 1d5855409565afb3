import Foundation
import SyncNode

/// The items of a JSON list that wait, in memory while they are few, and else in a file without a name.
struct JSONSpool {
    private var pending: [UInt8] = []
    private var file: FileHandle?
    private var isEmpty = true
    private var failure: (any Error)?

    mutating func add(_ item: JSON) {
        if !isEmpty { pending.append(UInt8(ascii: ",")) }
        isEmpty = false
        pending += item.text.utf8
        if pending.count >= Self.blockBytes { flush() }
    }

    private static let blockBytes = 1 << 18

    private mutating func flush() {
        do {
            let file = try self.file ?? Self.nameless()
            self.file = file
            try file.write(contentsOf: pending)
        } catch { failure = error }
        pending.removeAll(keepingCapacity: true)
    }

    private static func nameless() throws -> FileHandle {
        var template = Array((NSTemporaryDirectory() + "/caravan-list-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        unlink(template)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Gives all items as text, with commas between them.
    ///
    /// - Throws: `diskFull` where they could not be kept.
    func forEachBlock(_ take: ([UInt8]) -> Void) throws {
        guard failure == nil else {
            throw NodeError(
                kind: .diskFull,
                message:
                    "what is to be told could not be kept in \(NSTemporaryDirectory()): free some space and try again")
        }
        if let file {
            try file.seek(toOffset: 0)
            while let block = try file.read(upToCount: Self.blockBytes), !block.isEmpty { take(Array(block)) }
        }
        take(pending)
    }
}

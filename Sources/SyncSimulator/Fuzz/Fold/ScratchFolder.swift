import Foundation

/// A folder that goes with this object.
final class ScratchFolder {
    let url: URL

    /// Makes the folder in memory, where the system offers that and no other folder is named: what is fuzzed is not the
    /// disk.
    init() {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let named = FileManager.default.temporaryDirectory
        let isUsual = named.standardized.path == "/tmp"
        let parent = isUsual && FileManager.default.isWritableFile(atPath: memory.path) ? memory : named
        var name = parent.appendingPathComponent("caravan-fuzz-XXXXXX").path.utf8CString.map { $0 }
        guard mkdtemp(&name) != nil else { preconditionFailure("there is room for a folder in \(parent.path)") }
        url = URL(
            fileURLWithPath: String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self),
            isDirectory: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

import Foundation

/// A folder that goes with this object.
final class ScratchFolder {
    let url: URL

    /// In memory, where the system offers that and no other folder is named: what is fuzzed is not the disk.
    init() {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let named = FileManager.default.temporaryDirectory
        let isUsual = named.standardized.path == "/tmp"
        let parent = isUsual && FileManager.default.isWritableFile(atPath: memory.path) ? memory : named
        url = parent.appendingPathComponent("caravan-fuzz-\(UUID().uuidString)")
        do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
            preconditionFailure("there is room for a folder in \(parent.path)")
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

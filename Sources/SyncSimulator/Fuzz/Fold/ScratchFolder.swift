import Foundation

/// A folder that goes with this object.
final class ScratchFolder {
    let url: URL

    /// In memory where the system offers that: what is fuzzed is not the disk.
    init() {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let isNamed = ProcessInfo.processInfo.environment["TMPDIR"] != nil
        let parent = !isNamed && FileManager.default.isWritableFile(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
        url = parent.appendingPathComponent("caravan-fuzz-\(UUID().uuidString)")
        do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
            preconditionFailure("there is room for a folder in \(parent.path)")
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

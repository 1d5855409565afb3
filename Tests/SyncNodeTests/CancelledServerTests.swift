import Foundation
import Synchronization
import Testing

@testable import SyncNode

@Suite("A server that is cancelled before its node can be opened")
struct CancelledServerTests {
    private final class Flag: Sendable {
        private let value = Mutex(false)
        var isSet: Bool { value.withLock { $0 } }
        func set() { value.withLock { $0 = true } }
    }

    @Test("Ends, and waits for a replica no more")
    func ends() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "caravan-cancel-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let home = NodeHome(path: folder.path)
        _ = try await home.found(name: "a", schemaSQL: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: home.replica + end) }
        let hasEnded = Flag()
        let serving = Task {
            defer { hasEnded.set() }
            try await home.serve(options: ServeOptions(listen: "127.0.0.1:0"), onListening: { _ in })
        }
        serving.cancel()
        for _ in 0..<200 where !hasEnded.isSet { try await Task.sleep(for: .milliseconds(50)) }
        #expect(hasEnded.isSet)
    }
}

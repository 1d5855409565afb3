import Foundation
import Testing

@testable import SyncNode

@Suite("What lies on a stick")
struct StickPlacesTests {
    @Test(
        "Files for one who does not come by are few, and each changeset is written anew some times", arguments: 0..<20)
    func youngest(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ most: UInt64) -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state % most + 1
        }
        // From the youngest.
        var files: [UInt64] = []
        var (all, written): (UInt64, UInt64) = (0, 0)
        for _ in 0..<1_000 {
            let more = next(seed % 2 == 0 ? 1 : 40)
            let count = PlacedBundles.youngest(files, with: more)
            let merged = files.prefix(count).reduce(more, +)
            files = [merged] + files.dropFirst(count)
            (all, written) = (all + more, written + merged)
            let doublings = UInt64(64 - all.leadingZeroBitCount)
            #expect(UInt64(files.count) <= doublings)
            #expect(written <= all * (2 * doublings))
            #expect(files.reduce(0, +) == all)
        }
    }

    @Test("A folder whose names cannot be read is not taken for an empty one; one that is not there is")
    func unread() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/caravan-names-\(UUID().uuidString)"
        #expect(try Stick.entries(of: folder) == [])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = folder + "/file"
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        #expect(try Stick.entries(of: folder) == ["file"])
        let error = #expect(throws: NodeError.self) { try Stick.entries(of: file) }
        #expect(error?.kind == .disk)
    }
}

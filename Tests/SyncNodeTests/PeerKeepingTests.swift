import Foundation
import ReplicaStore
import Testing

@testable import SyncNode

@Suite("Peers in config.yaml and in the replica's book")
struct PeerKeepingTests {
    private func with(_ body: (PeerKeeping, NodeHome) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-peers-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let home = NodeHome(path: folder.path)
        _ = try await home.found(name: "a", schemaSQL: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        try await body(PeerKeeping(home: home, replica: try Replica(path: home.replica)), home)
    }

    private func write(_ settings: String, at home: NodeHome) throws {
        try settings.write(toFile: home.configuration, atomically: true, encoding: .utf8)
    }

    @Test("What another command has written meanwhile is taken up, and not what was read before")
    func latest() async throws {
        try await with { keeping, home in
            let early = [PeerSetting(Peer(name: "osh", site: nil, addresses: ["o:1"]))]
            try write("peers: {osh: 'o:1', naryn: 'n:1'}", at: home)
            try keeping.takeUp(early)
            #expect(try keeping.replica.addressBook.peers().map(\.name) == ["naryn", "osh"])
            try write("interval: 60", at: home)
            try keeping.takeUp(early)
            #expect(try keeping.replica.addressBook.peers().map(\.name) == ["naryn", "osh"])
            try write("peers: [", at: home)
            #expect(throws: NodeError.self) { try keeping.takeUp(early) }
            #expect(try keeping.replica.addressBook.peers().map(\.name) == ["naryn", "osh"])
        }
    }

    @Test("What was learned of a peer stays where the file changes what it says of it, and goes with the peer")
    func learned() async throws {
        try await with { keeping, home in
            let book = keeping.replica.addressBook
            try write("peers: {osh: 'o:1'}", at: home)
            try keeping.takeUp(SettingsText(at: home.configuration).peers())
            try book.noteAttempt("osh", site: keeping.replica.site, error: "refused")
            try write("peers: {osh: 'o:2'}", at: home)
            try keeping.takeUp(SettingsText(at: home.configuration).peers())
            let kept = Peer(name: "osh", site: keeping.replica.site, addresses: ["o:2"], lastError: "refused")
            #expect(try book.peers() == [kept])
            try write("peers:", at: home)
            try keeping.takeUp(SettingsText(at: home.configuration).peers())
            #expect(try book.peers() == [])
        }
    }

    @Test("A name of the book that no file can have is written so that it can")
    func colon() async throws {
        try await with { keeping, home in
            try keeping.replica.addressBook.rewritePeers { _ in [Peer(name: "a:b", site: nil, addresses: ["o:1"])] }
            try keeping.set(Peer(name: "osh", site: nil, addresses: ["o:2"]))
            #expect(try keeping.replica.addressBook.peers().map(\.name) == ["a-b", "osh"])
            #expect(try SettingsText(at: home.configuration).peers()?.map(\.name) == ["a-b", "osh"])
        }
    }
}

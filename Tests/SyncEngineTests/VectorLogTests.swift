import Foundation
import NodeFixtures
import ReplicaModel
import ReplicaStore
import Testing

@testable import SyncEngine
@testable import SyncWire

@Suite("The log among the test vectors of the article Protocol")
struct VectorLogTests {
    private struct File: Decodable {
        struct Entry: Decodable {
            let header: String
            let signature: String
            let chunks: [String]
        }
        let log: [Entry]
        let alliance: String
        let headsDigest: String
        let tablesDigest: String

        enum CodingKeys: String, CodingKey {
            case log, alliance
            case headsDigest = "digest of heads"
            case tablesDigest = "digest of tables"
        }
    }

    private func read() throws -> File {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("Sources/SyncNode/Caravan.docc/protocol-vectors.json")
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: file))
    }

    /// Hexadecimal in which `78*1000` is a byte that is there so many times, between bars.
    private func bytes(_ runs: String) throws -> [UInt8] {
        try runs.split(separator: "|").flatMap { piece -> [UInt8] in
            let parts = piece.split(separator: "*")
            let bytes = try #require([UInt8](hex: parts[0]))
            return parts.count == 2 ? Array(repeating: bytes, count: Int(parts[1]) ?? 0).flatMap(\.self) : bytes
        }
    }

    @Test("Six changesets count and one is void; heads and tables come to the digests that another peer computed")
    func log() throws {
        let file = try read()
        let town = try Town()
        let engine = try town.add(alliance: Bytes32(hex: file.alliance))
        let batch = try file.log.map { entry in
            IncomingChangeset(
                header: try UnverifiedHeader(bytes: bytes(entry.header), signature: bytes(entry.signature)),
                chunks: try entry.chunks.map(bytes))
        }
        guard
            case .accepted(held: 7, applied: 7, _) = try engine.replica.accept(batch, now: town.moment.wall)
        else {
            Issue.record("all is held and applied")
            return
        }
        #expect(HeadsDigest.of(try engine.replica.heads()).hex == file.headsDigest)
        #expect(try engine.replica.reports.digest().hex == file.tablesDigest)
        #expect(try engine.replica.reports.counts().void == 1)
        #expect(try town.rows(engine, "SELECT id, a, n FROM item WHERE id < '4' ORDER BY id").count == 2)
    }
}

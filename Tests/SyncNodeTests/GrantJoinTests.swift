import Foundation
import ReplicaModel
import ReplicaStore
import Testing

@testable import SyncNode

@Suite("A join by file that was cut off before anything was taken")
struct GrantJoinTests {
    @Test("The same file finishes it, and the doctor says so meanwhile")
    func again() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/caravan-grant-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (one, other) = (NodeHome(path: folder + "/one"), NodeHome(path: folder + "/other"))
        let founding = try await one.found(name: "one", schemaSQL: NodePair.schema)
        let (request, grant) = (folder + "/request", folder + "/grant")
        let asked = try await other.petition(to: request, name: "other")
        _ = try await Node.open(home: one).bundles.grant(
            request, to: grant, role: .member, withRecords: true, addresses: [])
        // As a join leaves it that is killed while it reads the file.
        _ = try Replica.create(path: other.replica, site: asked.site, alliance: founding.alliance)
        let findings = try await Node.open(home: other).reports.doctor()
        #expect(findings.contains { $0.kind == "joining" })
        let joined = try await other.join(grant: grant)
        #expect(joined.site == asked.site)
        #expect(try await !Node.open(home: other).reports.doctor().contains { $0.kind == "joining" })
        await #expect(throws: NodeError.self) { try await other.join(grant: grant) }
        // It lies there for good, and is not read through again by whoever has opened it.
        let visit = try await Node.open(home: other).bundles.exchange(with: folder, maxBytes: nil, encrypt: false)
        #expect(visit.taken.sites.isEmpty)
        #expect(visit.passedOver.isEmpty)
    }
}

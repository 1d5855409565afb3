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

    /// Two homes and a folder, of which the first has founded an alliance.
    private func homes(_ body: (NodeHome, NodeHome, String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/caravan-grant-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let one = NodeHome(path: folder + "/one")
        _ = try await one.found(name: "one", schemaSQL: NodePair.schema)
        try await body(one, NodeHome(path: folder + "/other"), folder)
    }

    private func grant(_ request: String, to output: String, at home: NodeHome) async throws {
        _ = try await Node.open(home: home).bundles.grant(
            request, to: output, role: .member, withRecords: true, addresses: [])
    }

    @Test("An answer to any petition that a node wrote is taken, and then none is left", arguments: [1, 2, 3])
    func several(answered: Int) async throws {
        try await homes { one, other, folder in
            for number in 1...3 { _ = try await other.petition(to: folder + "/\(number)", name: "other-\(number)") }
            try await grant(folder + "/\(answered)", to: folder + "/grant", at: one)
            #expect(try await other.join(grant: folder + "/grant").name == "other-\(answered)")
            let left = try FileManager.default.contentsOfDirectory(atPath: other.path)
            #expect(!left.contains { $0.hasPrefix("petition") }, "\(left)")
        }
    }

    @Test("Who was let in, and retired before it took the answer, asks again and is let in")
    func retired() async throws {
        try await homes { one, other, folder in
            let asked = try await other.petition(to: folder + "/first", name: "other")
            try await grant(folder + "/first", to: folder + "/grant", at: one)
            _ = try await Node.open(home: one).members.setRole(of: asked.site.hex, to: nil)
            await #expect(throws: NodeError.self) {
                try await grant(folder + "/first", to: folder + "/grant", at: one)
            }
            _ = try await other.petition(to: folder + "/second", name: "other")
            try await grant(folder + "/second", to: folder + "/grant", at: one)
            #expect(try await other.join(grant: folder + "/grant").site == asked.site)
        }
    }

    @Test("Nobody is let in where the answer cannot be written, and a folder that asked founds nothing")
    func unwritten() async throws {
        try await homes { one, other, folder in
            _ = try await other.petition(to: folder + "/request", name: "other")
            await #expect(throws: NodeError.self) {
                try await grant(folder + "/request", to: folder + "/nowhere/grant", at: one)
            }
            #expect(try Replica(path: one.replica).members().count == 1)
            await #expect {
                _ = try await other.found(name: "other", schemaSQL: NodePair.schema)
            } throws: {
                ($0 as? NodeError)?.message.contains("has asked to join an alliance") == true
            }
            try await grant(folder + "/request", to: folder + "/grant", at: one)
            #expect(try await other.join(grant: folder + "/grant").name == "other")
        }
    }
}

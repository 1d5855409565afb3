import Foundation
import Testing

@Suite("Processes that are killed at any instant lose nothing that was acknowledged", .serialized)
struct KillTests {
    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    /// How many processes are killed: few where every commit is tested, thousands where somebody has the time.
    static let kills = number("CARAVAN_KILLS") ?? 30

    private func none(_ faults: [String]) { #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))") }

    @Test(
        "Servers, syncs, writers, sealing and schema changes are killed; everybody meets, and every acknowledged write is everywhere"
    )
    func siege() throws {
        let seed = Self.number("CARAVAN_SEED") ?? Int.random(in: 0..<1_000_000)
        let siege = try Siege(seed: seed)
        var rounds = 0
        while siege.kills < Self.kills {
            try siege.round()
            rounds += 1
            if rounds % 10 == 0 { none(try siege.look()) }
        }
        try siege.relieve()
        none(try siege.faults())
        print(
            "CARAVAN_SEED=\(seed): \(siege.kills) kills in \(rounds) rounds, \(siege.ledger.acknowledged) writes acknowledged, \(siege.columns.added) columns"
        )
        for node in ["a", "b"] { #expect(siege.village.stop(node) == 0) }
    }

    @Test("What judges the siege notices a row, a batch, a shared write, a column and a changeset that are missing")
    func judges() throws {
        let claims: [Write.Place] = [.own("a-0-0"), .shared("s0-0", by: "a"), .many("a-1")]
        let siege = try Siege(seed: 0)
        for place in claims {
            #expect(try siege.village.sqlite("a", Write(place: place, value: "kept").sql).status == 0)
            siege.claim(Write(place: place, value: "kept"))
        }
        try siege.relieve()
        none(try siege.faults())
        let old = siege.village.folder.appendingPathComponent("old.sqlite").path
        try siege.village.sqlite("c", "VACUUM INTO '\(old)'")
        for place in claims {
            siege.claim(Write(place: place, value: "lost"))
            if case .many(let batch) = place {
                try siege.village.sqlite("c", "DELETE FROM many WHERE batch = '\(batch)' AND i = 7")
            }
            #expect(try (siege.ownFaults(at: "c") + siege.sharedFaults()).count == 1, "\(place)")
            siege.claim(Write(place: place, value: "kept"))
        }
        siege.claim(columns: 1)
        #expect(try siege.columnFaults(at: "c").count == 1)
        try siege.relieve()
        none(try siege.look())
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: siege.village.home("c") + "/replica.sqlite" + suffix)
        }
        try FileManager.default.copyItem(atPath: old, toPath: siege.village.home("c") + "/replica.sqlite")
        #expect(try siege.look().count == 2, "c went back, and acknowledged more than it has")
    }

    @Test("A joining that was killed is tried again with the same code", arguments: [5, 20, 60, 120, 250])
    func joining(milliseconds: Int) throws {
        let village = try Village()
        _ = try village.found("a", others: [])
        try village.sqlite("a", "INSERT INTO project(id) VALUES ('p')")
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        let job = try Job(
            .look, at: "b", Shell.command, ["--home", village.home("b"), "join", code, "--name", "b"],
            killedAfter: milliseconds * 1000,
            folder: village.folder)
        #expect(job.settle())
        let again = try village.caravan("b", "join", code, "--name", "b")
        // Whose joining was through before it was killed is told that there is a node, and syncs.
        if again.status != 0 {
            #expect(again.status == 2, "\(again.err)")
            #expect(again.err.contains("holds a node already"), "\(again.err)")
            #expect(try village.caravan("b", "sync").status == 0)
        }
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.caravan("b", "verify").status == 0)
    }
}

import Foundation
import SyncSimulator
import Testing

/// Three nodes of which two serve, plain writers, and a hand that kills any of their processes at any instant.
final class Siege {
    static let nodes = ["a", "b", "c"]
    let village: Village
    private(set) var dice: SeededGenerator
    private(set) var ledger = Acknowledged()
    /// Columns that `schema apply` said that it added, and those that it was killed at.
    private(set) var columns: (added: Int, tried: Int) = (0, 0)
    private(set) var kills = 0
    private(set) var addresses: [String: String] = [:]
    private var writes = 0
    private var reached = Reached()
    private static let sqlite = "/usr/bin/sqlite3"

    init(seed: Int) throws {
        dice = SeededGenerator(seed)
        village = try Village()
        addresses["a"] = try village.found("a", others: ["b", "c"], schema: Write.schema)
        addresses["b"] = try village.serve("b", interval: 1)
        for node in ["a", "c"] { try village.caravan(node, "peer", "add", "b", addresses["b"] ?? "") }
    }

    /// Runs processes at once, each killed at its instant or let through, and perhaps a server too.
    func round() throws {
        let jobs = try (0...dice.below(3)).map { number in try start(number) }
        let falls = dice.chance(30) ? dice.pick(["a", "b"]) : nil
        if let falls {
            usleep(UInt32(dice.instant(upTo: 120_000)))
            if village.fell(falls) { kills += 1 }
        }
        for job in jobs.sorted(by: { $0.killedAfter ?? .max < $1.killedAfter ?? .max }) { settle(job) }
        if let falls { _ = try village.serve(falls, listen: addresses[falls] ?? "", interval: 1) }
    }

    private func settle(_ job: Job) {
        #expect(job.settle(), "\(job.command) ends")
        if job.wasKilled { kills += 1 }
        let isDone = !job.wasKilled && job.status == 0
        #expect(job.wasKilled || !job.hasCrashed, "\(job.command) crashed: \(job.said)")
        if !isDone, !job.wasKilled {
            #expect(Self.mayRefuse(job), "\(job.command) ended with \(job.status): \(job.said)")
        }
        switch job.aim {
        case .write(let write): ledger.note(write, isAcknowledged: isDone)
        case .column(let number):
            columns = (isDone ? max(number, columns.added) : columns.added, max(number, columns.tried))
        case .sync, .look: break
        }
    }

    /// A peer may be down, a replica locked, a room taken: everything else is a fault.
    private static func mayRefuse(_ job: Job) -> Bool {
        switch job.aim {
        case .sync: job.status == 3 && job.said.contains("\"error\":\"unreachable\"")
        case .write: job.said.contains("locked") || job.said.contains("UNIQUE constraint failed: shared.room")
        case .look: job.said.contains("locked")
        // Another, with a column more, was through before it.
        case .column: job.said.contains("locked") || job.said.contains("is missing in the file")
        }
    }

    /// - Parameter number: of the job in its round, so that no two of a round write one place.
    private func start(_ number: Int) throws -> Job {
        let node = dice.pick(Self.nodes)
        switch dice.below(100) {
        case 0..<55: return try write(at: node, number)
        case 55..<75:
            return try caravan(
                .sync, at: node, ["sync", "--json"] + (dice.chance(50) ? [] : [node == "a" ? "b" : "a"]))
        case 75..<90:
            return try caravan(
                .look, at: node,
                dice.pick([["log", "--since", "1s"], ["status"], ["log", "--reverse", "--since", "1s"]]))
        default: return try column()
        }
    }

    private func write(at node: String, _ number: Int) throws -> Job {
        writes += 1
        let place: Write.Place =
            switch dice.below(100) {
            case 0..<6: .many("\(node)-\(writes)")
            case 6..<40: .shared("s\(number)-\(dice.below(3))", by: node)
            default: .own("\(node)-\(number)-\(dice.below(8))")
            }
        let isDelete = if case .own = place { dice.chance(15) } else { false }
        let write = Write(
            place: place, value: isDelete ? nil : "\(node)\(writes)", room: dice.chance(40) ? dice.below(6) : nil,
            width: dice.chance(15) ? Write.widthOfLarge : 60)
        guard dice.chance(50) else { return try caravan(.write(write), at: node, ["sql", write.sql]) }
        return try Job(
            .write(write), at: node, Self.sqlite,
            ["-cmd", ".timeout 5000", village.home(node) + "/replica.sqlite", write.sql],
            killedAfter: dice.chance(60) ? dice.instant(upTo: 16_000) : nil, folder: village.folder)
    }

    /// The schema with one column more than was ever tried: only the admin may.
    private func column() throws -> Job {
        let number = columns.tried + 1
        let added = (1...number).map { ", x\($0) TEXT" }.joined()
        let file = village.folder.appendingPathComponent("schema-\(number).sql")
        try Write.schema.replacingOccurrences(of: "v TEXT);", with: "v TEXT\(added));").write(
            to: file, atomically: true, encoding: .utf8)
        return try caravan(.column(number), at: "a", ["schema", "apply", file.path])
    }

    private func caravan(_ aim: Job.Aim, at node: String, _ arguments: [String]) throws -> Job {
        try Job(
            aim, at: node, Shell.command, ["--home", village.home(node)] + arguments,
            killedAfter: dice.chance(60) ? dice.instant(upTo: 160_000) : nil, folder: village.folder)
    }

    /// Says that a write or a column is there, whoever made it.
    func claim(_ write: Write) { ledger.note(write, isAcknowledged: true) }
    func claim(columns count: Int) { columns.added = count }

    /// Sentences on what went back since it was looked at before.
    func look() throws -> [String] { try reached.faults(of: village) }

    /// Has everybody meet everybody, twice; no process is killed any more.
    func relieve() throws {
        for _ in 0..<2 {
            for (node, peer) in [("c", "a"), ("b", "a"), ("c", "b"), ("a", "b")] {
                let outcome = try village.caravan(node, "sync", addresses[peer] ?? "", "--json")
                #expect(outcome.status == 0, "\(node) syncs with \(peer): \(outcome.err)")
            }
        }
    }
}

import Foundation
import ReplicaModel
import ReplicaStore
import SyncWire

/// Has authors write rows and see each other's, and a replica get what they sealed in any order that keeps feeds
/// whole; at times, and at the end, it is held against the definition.
struct FoldRun {
    private var script: FuzzScript
    private var authors: [FoldAuthor]
    private var delivered: [Int]
    private var replica: Replica
    private let folder = ScratchFolder()
    private var tick: Int64 = 0
    /// Whether the log is verified at the end, which takes as long as all else.
    private let isVerified: Bool

    /// The definition takes time that grows with the cube of these.
    private static let changesetsMax = 40

    static func violation(by bytes: [UInt8]) -> String? {
        do {
            var run = try FoldRun(FuzzScript(bytes))
            return try run.play()
        } catch {
            return "what authors may seal makes the store fail: \(error)"
        }
    }

    private init(_ script: FuzzScript) throws {
        var script = script
        let year: Int64 = 365 * 86_400_000
        let skews: [Int64] = [0, 0, 1, -3_600_000, 5 * year, -5 * year]
        // The second incarnation of a site is an author of its own.
        authors = [(1, 0), (2, 0), (3, 0), (1, 9)].map { site, incarnation in
            FoldAuthor(
                key: FuzzKeys.sites[site], incarnation: Incarnation(incarnation), skew: script.pick(skews), authors: 4)
        }
        delivered = Array(repeating: 0, count: authors.count)
        isVerified = script.below(8) == 1
        replica = try FoundedReplica.template.replica(in: folder)
        self.script = script
    }

    private mutating func play() throws -> String? {
        while !script.isAtEnd, authors.reduce(0, { $0 + $1.sealed.count }) < Self.changesetsMax {
            if let sentence = try step() { return sentence }
        }
        for number in authors.indices where !authors[number].pending.isEmpty { seal(number) }
        return try deliver(rest()) ?? check() ?? (isVerified ? checkLog() : nil)
    }

    private mutating func step() throws -> String? {
        let number = script.below(authors.count)
        switch script.below(8) {
        case 0, 1, 2:
            let author = authors[number]
            let operation = FoldTables.operation(&script) { author.knows($0, among: authors) }
            authors[number].pending[RowName(table: operation.table, key: operation.key)] = operation
        case 3, 4: seal(number)
        case 5: learn(number)
        case 6: return try deliver(some())
        default:
            if script.bool() { replica = try FoundedReplica.open(replica.path) }
            return try check()
        }
        return nil
    }

    private mutating func seal(_ number: Int) {
        tick += Int64(script.below(3))
        authors[number].seal(at: tick, among: authors, number: number)
    }

    /// An author sees some of another's, and so all that these have seen.
    private mutating func learn(_ number: Int) {
        let other = script.below(authors.count)
        let count = min(authors[other].sealed.count, authors[number].seen[other] + 1 + script.below(3))
        guard other != number, count > authors[number].seen[other] else { return }
        let seen = authors[other].sealed[count - 1].seen
        for index in authors.indices where index != number {
            authors[number].seen[index] = max(authors[number].seen[index], seen[index])
        }
        authors[number].seen[other] = count
    }

    /// A batch, in which no feed has a gap.
    private mutating func some() -> [IncomingChangeset] {
        var batch: [IncomingChangeset] = []
        for _ in 0...script.below(4) {
            let number = script.below(authors.count)
            let next = authors[number].sealed.dropFirst(delivered[number]).prefix(1 + script.below(4))
            delivered[number] += next.count
            batch += next.map(\.incoming)
        }
        return batch
    }

    /// The changesets that were not delivered yet, feed by feed; counts them as delivered.
    private mutating func rest() -> [IncomingChangeset] {
        let batch = authors.indices.flatMap { authors[$0].sealed.dropFirst(delivered[$0]).map(\.incoming) }
        delivered = authors.map(\.sealed.count)
        return batch
    }

    private func deliver(_ batch: [IncomingChangeset]) throws -> String? {
        guard !batch.isEmpty else { return nil }
        switch try replica.accept(batch, now: FoundedReplica.now) {
        case .refused(let refusal): return "an honest author's changesets are refused: \(refusal.sentence)"
        case .partly(_, _, _, let beyond): return "honest authors are said to write too much: \(beyond.values.sorted())"
        case .apart(_, _, _, let feeds): return "honest authors' feeds are said to go two ways: \(feeds.sorted())"
        case .accepted(let held, _, let unvouched):
            return held == batch.count && unvouched.isEmpty
                ? nil : "of \(batch.count) signed changesets \(held) are held"
        }
    }

    /// How many of each author are delivered with all that they have seen.
    private var applicable: [Int] {
        var applied = Array(repeating: 0, count: authors.count)
        var grows = true
        while grows {
            grows = false
            for number in authors.indices where applied[number] < delivered[number] {
                guard zip(authors[number].sealed[applied[number]].seen, applied).allSatisfy({ $0 <= $1 }) else {
                    continue
                }
                applied[number] += 1
                grows = true
            }
        }
        return applied
    }

    private func check() throws -> String? {
        let applied = applicable
        let vector = try replica.vectors().applied
        guard authors.indices.allSatisfy({ vector[authors[$0].feed] ?? 0 == UInt64(applied[$0]) }) else {
            return "what has all that it had seen is applied, and nothing else is"
        }
        let changesets = authors.indices.flatMap { authors[$0].sealed.prefix(applied[$0]).map(\.defined) }
        return FoldLaw.violation(of: try FoldView(of: replica), by: changesets)
    }

    private func checkLog() throws -> String? {
        var sentence: String?
        try UserSQL(path: replica.path, isReadOnly: true).run("PRAGMA integrity_check") { _, row in
            if row != [.text("ok")] { sentence = "SQLite finds the file damaged: \(row)" }
        }
        return try sentence ?? replica.reports.verify(progress: { _, _ in }).findings.first?.message
    }
}

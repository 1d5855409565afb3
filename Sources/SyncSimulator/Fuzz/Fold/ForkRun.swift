import Foundation
import ReplicaModel
import ReplicaStore
import SyncWire

/// Has authors write rows and see each other's, and machines of theirs put back to older states write on. Two
/// replicas get what they sealed in two orders: whichever way of a feed came first, both hold and fold every way, and
/// call it the same.
struct ForkRun {
    private var script: FuzzScript
    private var ways: ForkWays
    private var delivered: Set<Bytes32> = []
    private var replica: Replica
    private let folder = ScratchFolder()
    private let otherFolder = ScratchFolder()
    private var tick: Int64 = 0

    /// The definition takes time that grows with the cube of these.
    private static let changesetsMax = 30
    private static let linesMax = 6
    private static let skews: [Int64] = [0, 0, 1, -3_600_000, 157_680_000_000]

    static func violation(by bytes: [UInt8]) -> String? {
        do {
            var run = try ForkRun(FuzzScript(bytes))
            return try run.play()
        } catch {
            return "what authors may seal makes the store fail: \(error)"
        }
    }

    private init(_ script: FuzzScript) throws {
        var script = script
        ways = ForkWays(
            (1...3).map { site in
                let feed = FeedID(site: FuzzKeys.sites[site].site, incarnation: .first, scope: .alliance)
                return .init(key: FuzzKeys.sites[site], feed: feed, skew: script.pick(Self.skews))
            })
        replica = try FoundedReplica.template.replica(in: folder)
        self.script = script
    }

    private mutating func play() throws -> String? {
        while !script.isAtEnd, Set(ways.lines.flatMap { $0.links.map(\.hash) }).count < Self.changesetsMax {
            if let sentence = try step() { return sentence }
        }
        for number in ways.lines.indices where !ways.lines[number].pending.isEmpty { ways.seal(number, at: tick) }
        return try deliver(rest(Array(ways.lines.indices)), to: replica) ?? check(replica) ?? compare()
    }

    private mutating func step() throws -> String? {
        let number = script.below(ways.lines.count)
        switch script.below(9) {
        case 0, 1, 2: ways.note(FoldTables.operation(&script) { _ in true }, by: number)
        case 3, 4:
            tick += Int64(script.below(3))
            ways.seal(number, at: tick)
        case 5 where ways.lines.count < Self.linesMax:
            let other = script.below(ways.lines.count)
            ways.learn(number, from: other, upTo: script.below(ways.lines[other].links.count + 1))
        case 6 where ways.lines.count < Self.linesMax:
            ways.fork(
                number, behind: script.below(ways.lines[number].links.count + 1), skew: script.pick(Self.skews))
        case 5, 6, 7: return try deliver(some(), to: replica)
        default:
            if script.bool() { replica = try FoundedReplica.open(replica.path) }
            return try check(replica)
        }
        return nil
    }

    /// A batch, in which no line has a gap.
    private mutating func some() -> [IncomingChangeset] {
        var batch: [IncomingChangeset] = []
        for _ in 0...script.below(4) {
            let line = ways.lines[script.below(ways.lines.count)]
            let next = line.links.filter { !delivered.contains($0.hash) }.prefix(1 + script.below(4))
            delivered.formUnion(next.map(\.hash))
            batch += next.map(\.incoming)
        }
        return batch
    }

    /// The changesets that were not delivered yet, line by line; counts them as delivered.
    private mutating func rest(_ order: [Int]) -> [IncomingChangeset] {
        var batch: [IncomingChangeset] = []
        for number in order {
            for link in ways.lines[number].links where delivered.insert(link.hash).inserted {
                batch.append(link.incoming)
            }
        }
        return batch
    }

    private func deliver(_ batch: [IncomingChangeset], to replica: Replica) throws -> String? {
        guard !batch.isEmpty else { return nil }
        switch try replica.accept(batch, now: FoundedReplica.now) {
        case .refused(let refusal): return "a member's changesets are refused: \(refusal.sentence)"
        case .partly(_, _, _, let beyond): return "members are said to write too much: \(beyond.values.sorted())"
        case .apart(_, _, _, let feeds): return "what joins what is held is said to join nothing: \(feeds.sorted())"
        case .accepted(let held, _, let unvouched):
            return held == batch.count && unvouched.isEmpty
                ? nil : "of \(batch.count) signed changesets \(held) are held"
        }
    }

    private func check(_ replica: Replica) throws -> String? {
        let held = ways.counts(delivered)
        let applied = ways.applicable(held)
        let vectors = try replica.vectors()
        guard vectors.held.filter({ $0.key.scope == .alliance }) == ways.vector(held, named: held) else {
            return "each way is held, under the name that follows from what is held"
        }
        guard vectors.applied.filter({ $0.key.scope == .alliance }) == ways.vector(applied, named: held) else {
            return "what has all that it had seen is applied, and nothing else is"
        }
        guard Set(try replica.heads(scope: .alliance).list) == ways.heads(held) else {
            return "the heads are the last changesets of each way"
        }
        return FoldLaw.violation(of: try FoldView(of: replica), by: ways.defined(applied, named: held))
    }

    /// Gives another replica the same the other way round, in two batches, and compares.
    private mutating func compare() throws -> String? {
        let other = try FoundedReplica.template.replica(in: otherFolder)
        delivered = []
        let batch = rest(ways.lines.indices.reversed())
        let half = script.below(batch.count + 1)
        if let sentence = try deliver(Array(batch[..<half]), to: other) ?? deliver(Array(batch[half...]), to: other) {
            return sentence
        }
        if let sentence = try check(other) { return sentence }
        guard HeadsDigest.of(try replica.heads()) == HeadsDigest.of(try other.heads()) else {
            return "two replicas that hold the same have other digests of heads"
        }
        guard try replica.reports.digest() == other.reports.digest() else {
            return "two replicas that applied the same have other digests of tables"
        }
        let findings =
            try replica.reports.verify(progress: { _, _ in }).findings
            + other.reports.verify(progress: { _, _ in }).findings
        return findings.first?.message
    }
}

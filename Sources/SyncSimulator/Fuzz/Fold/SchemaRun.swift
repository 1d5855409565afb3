import Foundation
import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SyncWire

/// Two admins sign definitions, the second having seen the first's or not, and two replicas get them in different
/// orders, with rows between: nothing is in their way, and they come to the same.
struct SchemaRun {
    private struct Signed {
        let incoming: IncomingChangeset
        let head: Head
    }

    private var script: FuzzScript
    private var chains: [[Signed]] = [[], []]
    private var writer = SchemaWriter()

    private static let admins = [FuzzKeys.sites[2], FuzzKeys.sites[3]]
    private static let changesetsMax = 8

    static func violation(by bytes: [UInt8]) -> String? {
        do {
            var run = SchemaRun(script: FuzzScript(bytes))
            return try run.play()
        } catch {
            return "what an admin may sign makes the store fail: \(error)"
        }
    }

    private init(script: FuzzScript) { self.script = script }

    private mutating func play() throws -> String? {
        while !script.isAtEnd, chains[0].count + chains[1].count < Self.changesetsMax {
            try sign(by: script.below(2), (0...script.below(2)).map { _ in writer.operation(&script) })
        }
        let rows = FuzzCorpus.author.sealed.map(\.incoming)
        let (first, second) = (chains[0].map(\.incoming), chains[1].map(\.incoming))
        let forward = try SchemaView(after: [first + second, rows])
        let backward = try SchemaView(after: [rows] + second.map { [$0] } + first.map { [$0] })
        return SchemaLaw.violation(of: forward, backward)
    }

    /// - Throws: nothing that a valid script can bring about.
    private mutating func sign(by number: Int, _ operations: [ControlOperation]) throws {
        let bytes = ControlCodec.encode(operations)
        // What the wire refuses is a void changeset, and of that there is a target of its own.
        guard (try? ControlCodec.decode(bytes)) != nil else { return }
        let chunks = Chunking.cut(bytes)
        var context: Context = chains[number].isEmpty ? FoundedReplica.template.control : [:]
        if number == 1, script.bool(), let seen = chains[0].last { context[Self.feed(0)] = seen.head }
        let signed = Self.admins[number].seal(
            ChangesetHeader(
                feed: Self.feed(number), seq: UInt64(chains[number].count + 1),
                previous: chains[number].last?.incoming.header.hash ?? .zero,
                stamp: Stamp(milliseconds: FoundedReplica.now), contextAdvance: context,
                operationCount: UInt64(operations.count),
                chunkHashes: chunks.map { ContentHash.of($0) }))
        let header = try UnverifiedHeader(bytes: signed.bytes, signature: signed.signature)
        let head = Head(seq: signed.header.seq, hash: HashPrefix(signed.hash))
        chains[number].append(Signed(incoming: IncomingChangeset(header: header, chunks: chunks), head: head))
    }

    private static func feed(_ number: Int) -> FeedID {
        FeedID(site: admins[number].site, incarnation: .first, scope: .control)
    }
}

/// The state that a replica came to after some batches.
struct SchemaView: Hashable {
    var schema: Schema
    var digest: Bytes32
    var void: Set<SpecifiedChangeset.ID> = []
    var members: [RosterEntry]
    var applied: Int

    init(after batches: [[IncomingChangeset]]) throws {
        let folder = ScratchFolder()
        let replica = try FoundedReplica.template.replica(in: folder)
        for batch in batches { _ = try replica.accept(batch, now: FoundedReplica.now) }
        let again = try Replica(path: replica.path)
        schema = try again.admin.schema()
        digest = try again.reports.digest()
        members = try again.members()
        applied = try again.vectors().applied.values.reduce(0) { $0 + Int($1) }
        for scope in [Scope.control, .alliance] {
            try again.reports.log(LogFilter(scope: scope)) { report in
                if case .void = report.standing { void.insert(.init(feed: report.feed, seq: report.seq)) }
            }
        }
    }
}

enum SchemaLaw {
    static func violation(of one: SchemaView, _ other: SchemaView) -> String? {
        if one.applied != other.applied { return "another order applies other changesets" }
        if one.void != other.void { return "another order makes other changesets void" }
        if one.members != other.members { return "another order comes to another roster" }
        if one.schema != other.schema { return "another order comes to another schema" }
        return one.digest == other.digest ? nil : "another order comes to other tables"
    }
}

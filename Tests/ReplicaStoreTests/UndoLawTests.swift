import ReplicaModel
import SyncSimulator
import Testing

@testable import ReplicaStore

/// Changesets that are taken back at random, held against what the specification makes of all the others.
@Suite("What is taken back shows what it would show had it never been, and nothing else changes")
struct UndoLawTests {
    private typealias Rows = [RowName: [Identifier: Value]]

    @Test("Random histories of several replicas", arguments: 0..<25)
    func histories(seed: Int) throws {
        var random = SeededGenerator(seed &+ 7_000)
        let skews: [Int64] = (0..<Int.random(in: 1...3, using: &random)).map { _ in random.pick([0, 0, 1, -3_600_000]) }
        let world = try World(schema: RandomSQL.schema, skews: skews, integerKeys: RandomSQL.integerKeys)
        var sql = RandomSQL(seed: seed)
        for _ in 0..<20 {
            let site = random.below(skews.count)
            if random.chance(70) || skews.count == 1 {
                try world.write(site, sql.statements())
                try world.seal(site)
            } else {
                try world.pull(site, from: (site + 1 + random.below(skews.count - 1)) % skews.count)
            }
        }
        for round in 0..<3 {
            let site = random.below(skews.count)
            let place = "seed \(seed), round \(round)"
            try takeBack(try chosen(at: site, world, &random), at: site, world, place, isTwice: random.chance(50))
        }
        try world.meet()
        try world.agree("seed \(seed)")
        #expect(try world.isOne())
    }

    /// One changeset, some, or all that one site wrote.
    private func chosen(at site: Int, _ world: World, _ random: inout SeededGenerator) throws -> [Taken] {
        var all: [Taken] = []
        try world.sites[site].replica.reports.log(LogFilter(isReversed: true)) { report in
            if report.standing == .counts { all.append(Taken(feed: report.feed, seq: report.seq)) }
        }
        guard !all.isEmpty else { return [] }
        let one = random.pick(all)
        return switch random.below(3) {
        case 0: [one]
        case 1: all.filter { $0 == one || random.chance(30) }
        default: all.filter { $0.feed == one.feed }
        }
    }

    private struct Taken: Hashable {
        let feed: FeedID
        let seq: UInt64
    }

    private func undo(
        _ taken: [Taken], at site: Int, _ world: World, isDry: Bool = false
    ) throws -> UndoReport {
        let undoer = try Undoer(replica: world.sites[site].replica, now: World.now + 1000)
        return try #require(
            try undoer.undo(
                .changesets(taken.map { ($0.feed, $0.seq) }), isDry: isDry, progress: { _, _ in }))
    }

    private func takeBack(
        _ taken: [Taken], at site: Int, _ world: World, _ place: String, isTwice: Bool
    ) throws {
        try world.seal(site)
        let before = try world.tables(site)
        let writers = try writers(of: before, at: site, world)
        let (without, deleted, begun) = try without(Set(taken), at: site, world)
        let dry = try undo(taken, at: site, world, isDry: true)
        #expect(try world.tables(site) == before, "\(place): a dry run writes nothing")
        let heads = try world.sites[site].replica.vectors().held
        let report = try undo(taken, at: site, world)
        #expect(dry.restored.map(\.row) == report.restored.map(\.row), "\(place): a dry run tells what will be")
        #expect(dry.failed.map(\.row) == report.failed.map(\.row), "\(place): a dry run tells what cannot be")
        try world.seal(site)
        let after = try world.tables(site)
        let failed = Set(report.failed.map(\.row))
        let kept = Set(report.kept.map(\.row))
        for row in Set(before.keys).union(after.keys) where !failed.contains(row) {
            let isTaken = { (column: Identifier) in
                writers[row]?[column].map { taken.contains(Taken(feed: $0.feed, seq: $0.seq)) } ?? false
            }
            switch (before[row], after[row]) {
            case (let was?, let now?):
                for (column, value) in was {
                    let expected = isTaken(column) && !kept.contains(row) ? without[row]?[column] ?? .null : value
                    let isRight = now[column] == expected || isTaken(column) && now[column] == without[row]?[column]
                    #expect(isRight || kept.contains(row) && now[column] == value, "\(place): \(row) \(column)")
                }
            case (let was?, nil):
                // What somebody else deleted can go without them too: they alone kept it.
                let isOnlyTheirs = was.keys.allSatisfy { isTaken($0) || writers[row]?[$0] == nil }
                #expect(isOnlyTheirs || deleted.contains(row), "\(place): \(row) went")
                #expect(without[row] == nil, "\(place): \(row) would be there without them")
            case (nil, let now): #expect(now == without[row], "\(place): \(row) came back otherwise")
            }
        }
        for row in without.keys where before[row] == nil && !kept.contains(row) && !failed.contains(row) {
            // A row that was taken back with its beginning was never there without it.
            #expect(after[row] != nil || begun.contains(row), "\(place): \(row) did not come back")
        }
        for row in before.keys where without[row] == nil && !kept.contains(row) && !failed.contains(row) {
            #expect(after[row] == nil, "\(place): \(row) did not go")
        }
        guard isTwice, failed.isEmpty else { return }
        let made = try world.sites[site].replica.vectors().held.filter { heads[$0.key] != $0.value }
        guard !made.isEmpty else { return }
        let again = try undo(made.map { Taken(feed: $0.key, seq: $0.value) }, at: site, world)
        try world.seal(site)
        if again.failed.isEmpty { #expect(try world.tables(site) == before, "\(place): an undo is undone") }
    }

    private func writers(of rows: Rows, at site: Int, _ world: World) throws -> [RowName: [Identifier: WriteReport]] {
        var out: [RowName: [Identifier: WriteReport]] = [:]
        for row in rows.keys {
            out[row] = try world.sites[site].replica.reports.record(table: row.table, key: row.key)?.writers
        }
        return out
    }

    /// The rows that the specification makes of all changesets but these, the rows that those delete, and the rows that
    /// these insert.
    private func without(
        _ taken: Set<Taken>, at site: Int, _ world: World
    ) throws -> (rows: Rows, deleted: Set<RowName>, begun: Set<RowName>) {
        var changesets: [SpecifiedChangeset] = []
        var deleted: Set<RowName> = []
        var begun: Set<RowName> = []
        try world.sites[site].replica.reports.log(LogFilter(isReversed: true, withContext: true)) { report in
            let isTaken = taken.contains(Taken(feed: report.feed, seq: report.seq))
            for operation in report.operations ?? [] {
                let row = RowName(table: operation.table, key: operation.key)
                if operation.action == .delete, !isTaken { deleted.insert(row) }
                if case .insert = operation.action, isTaken { begun.insert(row) }
            }
            changesets.append(
                SpecifiedChangeset(
                    id: .init(feed: report.feed, seq: report.seq), hash: report.hash, stamp: report.stamp,
                    context: report.context ?? [:], operations: isTaken ? [] : report.operations ?? []))
        }
        let schema = try world.sites[site].replica.admin.schema()
        let state = MergeSpecification.state(
            of: changesets, tables: schema.tables, indexes: schema.indexes, isJudged: false)
        return (world.shown(state, site), deleted, begun)
    }
}

import ReplicaModel
import SyncSimulator
import Testing

/// Rows of which some changesets are taken back, held against what sets of writes come to by definition.
@Suite("Taking back leaves a row as it would be without what is taken back")
struct RowUndoLawTests {
    private typealias Version = RowVersions.Version

    /// A row by the definition of its cells: no fold, no order but that of contexts.
    private struct Defined {
        var isAlive = false
        var values: [Value]
        /// The writes that are shown, by column.
        var shown: [Int: Dot] = [:]
        var openDeletes: [Dot] = []
    }

    private static let defaults: [Value] = [.null, .text("default"), .integer(7)]

    private static func cells(_ version: Version) -> [(column: Int, value: Value)] {
        switch version.act {
        case .put(let cells, let isInsert): cells + (isInsert ? [(RowClock.keyColumn, .null)] : [])
        case .delete: []
        }
    }

    private static func isDelete(_ version: Version) -> Bool { if case .delete = version.act { true } else { false } }

    private static func isInsert(_ version: Version) -> Bool {
        if case .put(_, isInsert: true) = version.act { true } else { false }
    }

    private static func defined(_ versions: [Version], _ stamps: [Dot: UInt64]) -> Defined {
        var out = Defined(values: defaults)
        let deletes = versions.filter(isDelete)
        for column in -1..<defaults.count {
            let writes = versions.compactMap { version in
                cells(version).first { $0.column == column }.map { (version: version, value: $0.value) }
            }
            let candidates = writes.filter { write in !writes.contains { $0.version.context.covers(write.version.dot) }
            }
            let isLiving = { (dot: Dot) in !deletes.contains { $0.context.covers(dot) } }
            if candidates.contains(where: { isLiving($0.version.dot) }) { out.isAlive = true }
            let best = candidates.max { l, r in
                let (left, right) = (l.version.dot, r.version.dot)
                return isLiving(left) == isLiving(right)
                    ? stamps[left, default: 0] < stamps[right, default: 0] : isLiving(right)
            }
            guard column >= 0, let best else { continue }
            out.values[column] = best.value
            out.shown[column] = best.version.dot
        }
        out.openDeletes = deletes.map(\.dot).filter { dot in !versions.contains { $0.context.covers(dot) } }
        return out
    }

    /// A history of three authors who each see some of the others' writes, in the order in which they wrote.
    private static func history(_ random: inout SeededGenerator) -> (versions: [Version], stamps: [Dot: UInt64]) {
        var versions: [Version] = []
        var stamps: [Dot: UInt64] = [:]
        var seen = [VersionVector](repeating: VersionVector(), count: 3)
        for number in 0..<Int.random(in: 3...12, using: &random) {
            let author = random.below(3)
            if random.chance(35) {
                for (feed, seq) in seen[random.below(3)].entries { seen[author][feed] = max(seen[author][feed], seq) }
            }
            let feed = FeedOrdinal(author + 1)
            let dot = Dot(feed: feed, seq: seen[author][feed] + 1)
            let context = seen[author]
            let present = defined(versions.filter { context.covers($0.dot) }, stamps)
            let value = Value.integer(Int64(100 + number))
            let act: RowVersions.Act
            if !present.isAlive {
                act = .put(defaults.indices.map { ($0, $0 == 1 ? .text("i\(number)") : value) }, isInsert: true)
            } else if random.chance(30) {
                act = .delete
            } else {
                act = .put([(random.below(defaults.count), value)], isInsert: false)
            }
            versions.append(Version(dot: dot, context: context, act: act))
            stamps[dot] = UInt64(random.below(1_000)) * 100 + UInt64(number)
            seen[author][feed] = dot.seq
        }
        return (versions, stamps)
    }

    /// Another order in which a replica may have applied them.
    private static func shuffled(_ versions: [Version], _ random: inout SeededGenerator) -> [Version] {
        var (left, out): ([Version], [Version]) = (versions, [])
        while !left.isEmpty {
            let ready = left.indices.filter { index in
                !left.contains { other in other.dot != left[index].dot && left[index].context.covers(other.dot) }
            }
            out.append(left.remove(at: random.pick(ready)))
        }
        return out
    }

    /// What the row is to be afterwards, and whether something of it is told as kept; nil for a row that is not there.
    private static func expected(
        _ versions: [Version], _ taken: Set<Dot>, _ stamps: [Dot: UInt64]
    ) -> (values: [Value]?, isKept: Bool) {
        let present = defined(versions, stamps)
        let rest = versions.filter { !taken.contains($0.dot) }
        let without = defined(rest, stamps)
        guard without.isAlive else { return (nil, false) }
        let own = versions.filter { taken.contains($0.dot) }
        let unaware = rest.filter { version in !own.contains { version.context.covers($0.dot) } }
        let isNew = own.contains(where: isInsert) && !defined(unaware, stamps).isAlive
        guard present.isAlive else { return (isNew ? nil : without.values, false) }
        if isNew { return (present.values, true) }
        let values = present.values.indices.map { column in
            present.shown[column].map(taken.contains) ?? false ? without.values[column] : present.values[column]
        }
        return (values, false)
    }

    private func outcome(
        _ versions: [Version], _ taken: Set<Dot>, _ stamps: [Dot: UInt64]
    ) -> (values: [Value]?, isKept: Bool) {
        var row = RowVersions(defaults: Self.defaults)
        for version in versions { row.append(version) }
        let undo = row.undo(
            of: taken,
            rank: { (dot) throws(Never) -> Rank in
                Rank(stamp: Stamp(bits: stamps[dot] ?? 0), site: SiteID(.zero), incarnation: .first, hash: .zero)
            })
        let present = Self.defined(versions, stamps)
        var values: [Value]? = present.isAlive ? present.values : nil
        switch undo.act {
        case .nothing, .keep: break
        case .remove: values = nil
        case .bringBack(let brought): values = brought
        case .restore(let cells): for cell in cells { values?[cell.column] = cell.value }
        }
        return (values, undo.kept != nil)
    }

    @Test("Histories of three authors, in two orders", arguments: 0..<400)
    func histories(seed: Int) {
        var random = SeededGenerator(seed &+ 90_000)
        let (versions, stamps) = Self.history(&random)
        let other = Self.shuffled(versions, &random)
        for _ in 0..<4 {
            var taken = Set(versions.map(\.dot).filter { _ in random.chance(30) })
            if taken.isEmpty { taken = [random.pick(versions).dot] }
            let expected = Self.expected(versions, taken, stamps)
            for order in [versions, other] {
                let found = outcome(order, taken, stamps)
                #expect(found.values == expected.values, "seed \(seed), without \(taken): \(order)")
                if expected.isKept { #expect(found.isKept, "seed \(seed), without \(taken): \(order)") }
            }
        }
    }
}

import ReplicaModel
import Testing

@Suite("The row lattice")
struct RowClockTests {
    /// Two sites' feeds, and a third's.
    private static let (a, b, c) = (FeedOrdinal(1), FeedOrdinal(2), FeedOrdinal(3))

    /// A row of two columns, folded step by step; ranks are by stamp, given with each step.
    private struct Row {
        var clock = RowClock(columnCount: 2)
        var shown: [Value] = [.null, .null]
        var stamps: [Dot: UInt64] = [:]

        private func rank(_ dot: Dot) throws(Never) -> Rank {
            Rank(stamp: Stamp(bits: stamps[dot] ?? 0), site: SiteID(.zero), incarnation: .first, hash: .zero)
        }

        mutating func put(_ cells: [Int: Value], isInsert: Bool = false, _ dot: Dot, seen: [Dot] = [], stamp: UInt64) {
            stamps[dot] = stamp
            let present = shown
            let sorted = cells.sorted { $0.key < $1.key }.map { (column: $0.key, value: $0.value) }
            let now = clock.put(
                sorted, isInsert: isInsert, dot: dot, context: Self.context(seen),
                shown: { (column) throws(Never) in present[column] },
                rank: { [self] (dot) throws(Never) in rank(dot) })
            for (cell, value) in zip(sorted, now) { show(value, in: cell.column) }
        }

        mutating func delete(_ dot: Dot, seen: [Dot], stamp: UInt64) {
            stamps[dot] = stamp
            for (column, value) in clock.delete(
                dot: dot, context: Self.context(seen), rank: { [self] (dot) throws(Never) in rank(dot) })
            {
                show(value, in: column)
            }
        }

        private mutating func show(_ value: RowClock.Shown, in column: Int) {
            if case .value(let value) = value { shown[column] = value }
        }

        static func context(_ seen: [Dot]) -> VersionVector {
            seen.reduce(into: VersionVector()) { $0[$1.feed] = max($0[$1.feed], $1.seq) }
        }
    }

    private let insert = Dot(feed: a, seq: 1)
    private let second = Dot(feed: a, seq: 2)
    private let other = Dot(feed: b, seq: 1)
    private let third = Dot(feed: c, seq: 1)

    private func inserted() -> Row {
        var row = Row()
        row.put([0: .integer(1), 1: .integer(2)], isInsert: true, insert, stamp: 10)
        return row
    }

    @Test("A write that saw another replaces it, whatever their stamps")
    func domination() {
        var row = inserted()
        row.put([0: .integer(7)], other, seen: [insert], stamp: 1)
        #expect(row.shown == [.integer(7), .integer(2)])
        #expect(row.clock.columnsInConflict.isEmpty)
    }

    @Test(
        "Of concurrent writes the greatest stamp is shown and the other stays; a write that saw both closes the conflict"
    )
    func concurrency() {
        var row = inserted()
        row.put([0: .integer(7)], second, seen: [insert], stamp: 20)
        row.put([0: .integer(8)], other, seen: [insert], stamp: 15)
        #expect(row.shown[0] == .integer(7))
        #expect(row.clock.columnsInConflict == [0])
        #expect(row.clock.candidates(of: 0).map(\.value) == [.short(.integer(7)), .short(.integer(8))])
        row.put([0: .integer(9)], third, seen: [insert, second, other], stamp: 1)
        #expect(row.shown[0] == .integer(9))
        #expect(row.clock.columnsInConflict.isEmpty)
    }

    @Test("Concurrent writes of one value are no conflict")
    func agreement() {
        var row = inserted()
        row.put([0: .text("x")], second, seen: [insert], stamp: 20)
        row.put([0: .text("x")], other, seen: [insert], stamp: 15)
        #expect(row.clock.columnsInConflict.isEmpty)
        #expect(row.clock.candidates(of: 0).count == 2)
    }

    @Test("A delete spares an edit that its author had not seen, and the row comes with all its columns")
    func sparedEdit() {
        var row = inserted()
        row.delete(other, seen: [insert], stamp: 30)
        #expect(!row.clock.isAlive)
        #expect(row.clock.openDeletes == [other])
        row.put([0: .integer(7)], second, seen: [insert], stamp: 20)
        #expect(row.clock.isAlive)
        #expect(row.clock.openDeletes == [other])
        #expect(row.shown == [.integer(7), .integer(2)])
    }

    @Test("A delete that saw everything kills the row; an insert that saw the delete brings a new one")
    func reinsert() {
        var row = inserted()
        row.delete(second, seen: [insert], stamp: 20)
        #expect(!row.clock.isAlive)
        row.put([0: .integer(5), 1: .integer(6)], isInsert: true, other, seen: [insert, second], stamp: 1)
        #expect(row.clock.isAlive)
        #expect(row.clock.openDeletes.isEmpty)
        #expect(row.shown == [.integer(5), .integer(6)])
        #expect(
            row.clock.hasInsert(coveredBy: Row.context([insert])),
            "an update that saw the first insert is of a row that was there")
    }

    @Test("A killed write is shown only where no living one is, even with the greater stamp")
    func killedWrite() {
        var row = inserted()
        row.put([0: .integer(7)], second, seen: [insert], stamp: 99)
        row.put([0: .integer(8)], other, seen: [insert], stamp: 15)
        #expect(row.shown[0] == .integer(7))
        row.delete(third, seen: [insert, second], stamp: 1)
        #expect(row.shown[0] == .integer(8))
        #expect(row.clock.isAlive)
        #expect(row.clock.columnsInConflict.isEmpty)
    }

    @Test("Two sites that insert one key have one row, whose columns merge alone")
    func twoInserts() {
        var row = inserted()
        row.put([0: .integer(1), 1: .integer(9)], isInsert: true, other, stamp: 20)
        #expect(row.shown == [.integer(1), .integer(9)])
        #expect(row.clock.columnsInConflict == [1])
    }

    @Test("A put of no column answers a delete and writes nothing")
    func keep() {
        var row = inserted()
        row.put([0: .integer(7)], second, seen: [insert], stamp: 20)
        row.delete(other, seen: [insert], stamp: 30)
        row.put([:], third, seen: [insert, second, other], stamp: 40)
        #expect(row.clock.isAlive)
        #expect(row.clock.openDeletes.isEmpty)
        #expect(row.shown == [.integer(7), .integer(2)])
    }
}

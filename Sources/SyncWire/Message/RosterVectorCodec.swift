import ReplicaModel

/// A vector by positions in the roster: a group for each scope, ascending. A group is the scope; an array of the sites
/// passed over and the seq, for each site's first incarnation; and an array of position, incarnation and seq, for each
/// other incarnation. A hundred sites that all wrote take 300 to 600 bytes.
enum RosterVectorCodec {
    typealias Entry = HelloVector.RosterEntry

    static func write(_ entries: [Entry], to writer: inout CBORWriter) {
        let groups = Dictionary(grouping: entries) { $0.scope }.sorted { $0.key < $1.key }
        writer.beginArray(groups.count)
        for (scope, all) in groups {
            let sorted = all.sorted { ($0.position, $0.incarnation) < ($1.position, $1.incarnation) }
            writer.beginArray(3)
            writer.write(text: scope.name)
            writeFirst(sorted.filter { $0.incarnation == .first }, to: &writer)
            writeLater(sorted.filter { $0.incarnation != .first }, to: &writer)
        }
    }

    private static func writeFirst(_ entries: [Entry], to writer: inout CBORWriter) {
        writer.beginArray(entries.count * 2)
        var next: UInt64 = 0
        for entry in entries {
            precondition(entry.position >= next, "a roster has a site once")
            writer.write(unsigned: entry.position - next)
            writer.write(unsigned: entry.seq)
            next = entry.position + 1
        }
    }

    private static func writeLater(_ entries: [Entry], to writer: inout CBORWriter) {
        writer.beginArray(entries.count * 3)
        for entry in entries {
            writer.write(unsigned: entry.position)
            writer.write(unsigned: entry.incarnation.bits)
            writer.write(unsigned: entry.seq)
        }
    }

    /// Reads entries, in the order in which they are written: scope, position, incarnation.
    static func read(_ reader: inout CBORReader) throws(WireError) -> [Entry] {
        var entries: [Entry] = []
        try ScopeGroups.read(&reader, itemsEach: 3) { reader, scope throws(WireError) in
            let group = try readFirst(&reader, of: scope) + readLater(&reader, of: scope)
            guard !group.isEmpty else {
                throw .notDeterministic(offset: reader.offset, reason: ScopeGroups.withoutFeed)
            }
            entries += group.sorted { ($0.position, $0.incarnation) < ($1.position, $1.incarnation) }
        }
        return entries
    }

    private static func readFirst(_ reader: inout CBORReader, of scope: Scope) throws(WireError) -> [Entry] {
        var entries: [Entry] = []
        var next: UInt64 = 0
        for _ in 0..<(try readCount(of: 2, &reader)) {
            let position = next + (try readPosition(&reader))
            next = position + 1
            let seq = try SeqCodec.read(&reader)
            entries.append(Entry(position: position, incarnation: .first, scope: scope, seq: seq))
        }
        return entries
    }

    private static func readLater(_ reader: inout CBORReader, of scope: Scope) throws(WireError) -> [Entry] {
        var entries: [Entry] = []
        for _ in 0..<(try readCount(of: 3, &reader)) {
            let start = reader.offset
            let position = try readPosition(&reader)
            let incarnation = Incarnation(try reader.readUnsigned())
            let isAfter = entries.last.map { ($0.position, $0.incarnation) < (position, incarnation) } ?? true
            guard incarnation != .first, isAfter else {
                throw .notDeterministic(offset: start, reason: "later incarnations that are not in ascending order")
            }
            let seq = try SeqCodec.read(&reader)
            entries.append(Entry(position: position, incarnation: incarnation, scope: scope, seq: seq))
        }
        return entries
    }

    private static func readPosition(_ reader: inout CBORReader) throws(WireError) -> UInt64 {
        try reader.readUnsigned(max: UInt64(WireLimits.feedsMax), "position in the roster")
    }

    /// Reads how many entries of so many numbers each a flat array has.
    private static func readCount(of width: Int, _ reader: inout CBORReader) throws(WireError) -> Int {
        let start = reader.offset
        let count = try reader.readArray(max: WireLimits.feedsMax * width, "feeds")
        guard count.isMultiple(of: width) else { throw .wrongKind(offset: start, expected: "\(width) numbers a feed") }
        return count / width
    }
}

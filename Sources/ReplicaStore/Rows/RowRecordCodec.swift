import ReplicaModel
import SQLiteAccess
import SyncWire

/// The content of a row clock beside its base, as bytes for the `state` column. Local to the replica: no peer ever sees
/// it.
///
///     [is base killed, [open delete …], [earlier insert …], [[column + 1, [candidate …]] …], archive or null]
///
/// A candidate is `[dot, is killed]`, `[dot, is killed, value]` or, where that is long, `[dot, is killed, bytes,
/// SHA-256, beginning]`.
enum RowRecordCodec {
    /// Encodes a record; nil where an unkilled base says all.
    static func encode(_ record: RowRecord) -> [UInt8]? {
        let clock = record.clock
        if clock.base?.isKilled == false, clock.registers.isEmpty, clock.openDeletes.isEmpty,
            clock.earlierInserts.isEmpty,
            record.archive == nil
        {
            return nil
        }
        var writer = CBORWriter()
        writer.beginArray(5)
        writer.write(bool: clock.base?.isKilled ?? false)
        for dots in [clock.openDeletes, clock.earlierInserts] {
            writer.beginArray(dots.count)
            for dot in dots { writer.write(integer: dot.bits) }
        }
        writer.beginArray(clock.registers.count)
        for register in clock.registers {
            writer.beginArray(2)
            writer.write(integer: Int64(register.column + 1))
            writer.beginArray(register.candidates.count)
            for candidate in register.candidates {
                write(candidate, into: &writer)
            }
        }
        if let archive = record.archive {
            writer.beginArray(archive.count)
            for value in archive { writer.write(value) }
        } else {
            writer.writeNull()
        }
        return writer.bytes
    }

    private static func write(_ candidate: RowClock.Candidate, into writer: inout CBORWriter) {
        let values: [Value] =
            switch candidate.value {
            case nil: []
            case .short(let value): [value]
            case .long(let value): [.integer(Int64(value.byteCount)), .blob(value.hash.bytes), value.beginning]
            }
        writer.beginArray(2 + values.count)
        writer.write(integer: candidate.dot.bits)
        writer.write(bool: candidate.isKilled)
        for value in values { writer.write(value) }
    }

    static func decode(_ bytes: [UInt8], base: Dot?, columnCount: Int) throws(StoreError) -> RowRecord {
        do throws(WireError) { return try read(bytes, base: base, columnCount: columnCount) } catch {
            throw .damaged("a row clock cannot be read: \(error.sentence)")
        }
    }

    private static func read(_ bytes: [UInt8], base: Dot?, columnCount: Int) throws(WireError) -> RowRecord {
        var reader = CBORReader(bytes)
        try reader.readArray(exactly: 5)
        let isKilled = try reader.readBool()
        let openDeletes = try dots(&reader)
        let earlierInserts = try dots(&reader)
        var registers: [RowClock.Register] = []
        for _ in 0..<(try reader.readArray(max: Int.max)) {
            try reader.readArray(exactly: 2)
            let column = Int(try reader.readInteger()) - 1
            var candidates: [RowClock.Candidate] = []
            for _ in 0..<(try reader.readArray(max: Int.max)) {
                candidates.append(try candidate(&reader, columnCount: columnCount))
            }
            registers.append(.init(column: column, candidates: candidates))
        }
        var archive: [Value]?
        if !(try reader.readNullIfPresent()) {
            var values: [Value] = []
            for _ in 0..<(try reader.readArray(max: Int.max)) { values.append(try reader.readValue(bytesMax: Int.max)) }
            archive = values
        }
        try reader.finish()
        let clock = RowClock(
            columnCount: columnCount, base: base.map { .init(dot: $0, isKilled: isKilled, value: nil) },
            registers: registers,
            openDeletes: openDeletes, earlierInserts: earlierInserts)
        return RowRecord(clock: clock, archive: archive)
    }

    private static func candidate(
        _ reader: inout CBORReader, columnCount: Int
    ) throws(WireError) -> RowClock.Candidate {
        let parts = try reader.readArray(max: 5)
        let dot = Dot(bits: try reader.readInteger())
        let isKilled = try reader.readBool()
        guard parts > 2 else { return .init(dot: dot, isKilled: isKilled, value: nil) }
        let first = try reader.readValue(bytesMax: Int.max)
        // What was kept whole may be long for a table that has more columns now.
        guard parts == 5 else {
            return .init(dot: dot, isKilled: isKilled, value: CandidateValue(first, columnCount: columnCount))
        }
        guard case .integer(let count) = first, case .blob(let bytes) = try reader.readValue(bytesMax: 32),
            let hash = Bytes32(bytes)
        else { throw .illFormed("a long value without its length and hash") }
        let beginning = try reader.readValue(bytesMax: Int.max)
        let value = LongValue(byteCount: Int(count), hash: hash, beginning: beginning)
        return .init(dot: dot, isKilled: isKilled, value: .long(value))
    }

    private static func dots(_ reader: inout CBORReader) throws(WireError) -> [Dot] {
        var out: [Dot] = []
        for _ in 0..<(try reader.readArray(max: Int.max)) { out.append(Dot(bits: try reader.readInteger())) }
        return out
    }
}

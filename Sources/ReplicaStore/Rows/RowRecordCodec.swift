import ReplicaModel
import SQLiteAccess
import SyncWire

/// The content of a row clock beside its base, as bytes for the `state` column. Local to the replica: no peer ever sees
/// it.
///
///     [is base killed, [open delete …], [earlier insert …], [[column + 1, [[dot, is killed, value or nothing] …]] …],
///     archive or null]
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
                writer.beginArray(candidate.value == nil ? 2 : 3)
                writer.write(integer: candidate.dot.bits)
                writer.write(bool: candidate.isKilled)
                if let value = candidate.value { writer.write(value) }
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
                let parts = try reader.readArray(max: 3)
                let dot = Dot(bits: try reader.readInteger())
                let isKilled = try reader.readBool()
                candidates.append(
                    .init(
                        dot: dot, isKilled: isKilled, value: parts == 3 ? try reader.readValue(bytesMax: Int.max) : nil)
                )
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

    private static func dots(_ reader: inout CBORReader) throws(WireError) -> [Dot] {
        var out: [Dot] = []
        for _ in 0..<(try reader.readArray(max: Int.max)) { out.append(Dot(bits: try reader.readInteger())) }
        return out
    }
}

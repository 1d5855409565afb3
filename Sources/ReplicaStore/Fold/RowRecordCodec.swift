import ReplicaModel
import SyncWire

/// What a row clock holds beside its base, as bytes for the `state` column. Local to the replica: no peer ever sees it.
///
///     [is base killed, [open delete …], [earlier insert …], [[column + 1, [[dot, is killed, value or nothing] …]] …], archive or null]
enum RowRecordCodec {
    /// Nil where an unkilled base says all.
    static func encode(_ record: RowRecord) -> [UInt8]? {
        let clock = record.clock
        if clock.base?.isKilled == false, clock.registers.isEmpty, clock.openDeletes.isEmpty, clock.earlierInserts.isEmpty,
            record.archive == nil
        {
            return nil
        }
        var writer = CBORWriter()
        writer.array(5)
        writer.bool(clock.base?.isKilled ?? false)
        for dots in [clock.openDeletes, clock.earlierInserts] {
            writer.array(dots.count)
            for dot in dots { writer.integer(dot.bits) }
        }
        writer.array(clock.registers.count)
        for register in clock.registers {
            writer.array(2)
            writer.integer(Int64(register.column + 1))
            writer.array(register.candidates.count)
            for candidate in register.candidates {
                writer.array(candidate.value == nil ? 2 : 3)
                writer.integer(candidate.dot.bits)
                writer.bool(candidate.isKilled)
                if let value = candidate.value { writer.value(value) }
            }
        }
        if let archive = record.archive {
            writer.array(archive.count)
            for value in archive { writer.value(value) }
        } else {
            writer.null()
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8], base: Dot?, columnCount: Int) throws(StoreError) -> RowRecord {
        do throws(WireError) { return try read(bytes, base: base, columnCount: columnCount) } catch {
            throw .damaged("a row clock cannot be read: \(error)")
        }
    }

    private static func read(_ bytes: [UInt8], base: Dot?, columnCount: Int) throws(WireError) -> RowRecord {
        var reader = CBORReader(bytes)
        try reader.array(of: 5)
        let isKilled = try reader.bool()
        let openDeletes = try dots(&reader)
        let earlierInserts = try dots(&reader)
        var registers: [RowClock.Register] = []
        for _ in 0..<(try reader.array(max: Int.max)) {
            try reader.array(of: 2)
            let column = Int(try reader.integer()) - 1
            var candidates: [RowClock.Candidate] = []
            for _ in 0..<(try reader.array(max: Int.max)) {
                let parts = try reader.array(max: 3)
                let dot = Dot(bits: try reader.integer())
                let isKilled = try reader.bool()
                candidates.append(.init(dot: dot, isKilled: isKilled, value: parts == 3 ? try reader.value(max: Int.max) : nil))
            }
            registers.append(.init(column: column, candidates: candidates))
        }
        var archive: [Value]?
        if !reader.isNull() {
            var values: [Value] = []
            for _ in 0..<(try reader.array(max: Int.max)) { values.append(try reader.value(max: Int.max)) }
            archive = values
        }
        try reader.finish()
        let clock = RowClock(
            columnCount: columnCount, base: base.map { .init(dot: $0, isKilled: isKilled, value: nil) }, registers: registers,
            openDeletes: openDeletes, earlierInserts: earlierInserts)
        return RowRecord(clock: clock, archive: archive)
    }

    private static func dots(_ reader: inout CBORReader) throws(WireError) -> [Dot] {
        var out: [Dot] = []
        for _ in 0..<(try reader.array(max: Int.max)) { out.append(Dot(bits: try reader.integer())) }
        return out
    }
}

import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

private let tables = [
    TableItem(name: "course", key: ["id"], valueColumns: ["hours", "title"]),
    TableItem(name: "grade", key: ["student", "course"], valueColumns: ["mark"]),
    TableItem(name: "tag", key: ["word"], valueColumns: []),
]

private func someOperations(_ random: inout SeededGenerator, rowsMax: Int = 20) -> [RowOperation] {
    tables.flatMap { table in
        var keys: Set<[Value]> = []
        for _ in 0..<random.below(rowsMax) { keys.insert(table.key.map { _ in random.keyValue() }) }
        return keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
            var values: [Identifier: Value] = [:]
            for column in table.valueColumns { values[column] = random.value() }
            switch random.below(3) {
            case 0: return RowOperation(table: table.name, key: key, action: .insert(values))
            case 1:
                let some = values.filter { _ in random.bool() }
                return RowOperation(table: table.name, key: key, action: .update(some))
            default: return RowOperation(table: table.name, key: key, action: .delete)
            }
        }
    }
}

/// Feeds the bytes in pieces and reads as far as they go after each.
private func read(_ bytes: [UInt8], pieces: (Int) -> Int) throws -> [RowOperation] {
    var cursor = OperationCursor()
    var operations: [RowOperation] = []
    var offset = 0
    while offset < bytes.count {
        let size = min(pieces(offset), bytes.count - offset)
        cursor.extend(by: Array(bytes[offset..<offset + size]))
        while let item = try cursor.next() {
            if let operation = cursor.operation(item) { operations.append(operation) }
        }
        offset += size
    }
    try cursor.finish()
    #expect(cursor.count == UInt64(operations.count))
    return operations
}

/// Reads bytes and writes what they say.
private func writtenAgain(_ bytes: [UInt8]) throws -> [UInt8] {
    var cursor = OperationCursor()
    cursor.append(bytes)
    var writer = OperationWriter()
    while let item = try cursor.next() { write(item, of: cursor, to: &writer) }
    try cursor.finish()
    return writer.finish() ?? []
}

private func write(_ item: OperationCursor.Item, of cursor: OperationCursor, to writer: inout OperationWriter) {
    let rest = cursor.cells.map(cursor.value).dropFirst(cursor.key.count)
    switch item {
    case .table(let table): writer.beginTable(name: table.name, key: table.key, valueColumns: table.valueColumns)
    case .insert: writer.insert(key: cursor.key, values: Array(rest))
    case .update: writer.update(key: cursor.key, columns: zip(cursor.columnIndexes, rest).map { ($0, $1) })
    case .delete: writer.delete(key: cursor.key)
    }
}

@Suite struct OperationTests {
    @Test("operations come back as they were, however their bytes are cut", arguments: 0..<40)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed)
        let operations = someOperations(&random)
        let chunks = OperationCodec.encode(operations, tables: tables)
        let bytes = chunks.flatMap { $0 }
        #expect(try OperationCodec.decode(chunks: chunks) == operations)
        #expect(try read(bytes) { _ in 1 } == operations)
        #expect(try read(bytes) { _ in 1 + random.below(90) } == operations)
    }

    @Test("every chunk but the last has 49,152 bytes, and large values cross chunks")
    func chunks() throws {
        var random = SeededGenerator(7)
        let operations =
            (0..<40).map { id in
                let values: [Identifier: Value] = [
                    "hours": .blob(random.bytes(random.below(9_000))), "title": .text("é"),
                ]
                return RowOperation(table: "course", key: [.integer(Int64(id))], action: .insert(values))
            } + [
                RowOperation(
                    table: "course", key: [.integer(99)], action: .update(["hours": .blob(random.bytes(300_000))]))
            ]
        let chunks = OperationCodec.encode(operations, tables: tables)
        #expect(chunks.count > 5)
        #expect(chunks.dropLast().allSatisfy { $0.count == 49_152 })
        #expect(Chunking.cut(chunks.flatMap { $0 }) == chunks)
        #expect(try OperationCodec.decode(chunks: chunks) == operations)
    }

    @Test("what ends before its end, or goes on behind it, is ill-formed", arguments: 0..<10)
    func truncated(seed: Int) throws {
        var random = SeededGenerator(seed)
        let bytes = OperationCodec.encode(someOperations(&random, rowsMax: 3), tables: tables).flatMap { $0 }
        for count in 0..<bytes.count {
            let part = try? OperationCodec.decode(chunks: Chunking.cut(Array(bytes.prefix(count))))
            guard let part else { continue }
            // A whole number of operations is a good beginning; the header's count tells that it is not all.
            #expect(OperationCodec.encode(part, tables: tables).flatMap { $0 } == Array(bytes.prefix(count)))
        }
        #expect(throws: WireError.self) { try OperationCodec.decode(chunks: [bytes + [0x84]]) }
    }

    @Test("bytes that are accepted are the one encoding of what they say", arguments: 0..<40)
    func altered(seed: Int) throws {
        var random = SeededGenerator(seed)
        let bytes = OperationCodec.encode(someOperations(&random, rowsMax: 4), tables: tables).flatMap { $0 }
        guard !bytes.isEmpty else { return }
        for _ in 0..<300 {
            var other = bytes
            other[random.below(bytes.count)] ^= UInt8(1 << random.below(8))
            guard let again = try? writtenAgain(other) else { continue }
            // Negative zero is the one thing that is read and not written.
            #expect(again == other || other.hex.contains("f98000"))
        }
    }

    private static let table = "840061748161618261626163"

    @Test(
        "what no honest author signs is ill-formed",
        arguments: [
            ("a row without a table", "820301"),
            ("a table without rows", "T"),
            ("a table without rows before another", "T8400617581616180820301"),
            ("the same table twice", "T820301T820302"),
            ("tables out of order", "8400617581616180820301T820301"),
            ("columns out of order", "840061748161618261636162820301"),
            ("a column twice", "84006174816161816161820301"),
            ("a table without a key", "84006174808161628103"),
            ("a table without a name", "84006081616180820301"),
            ("keys out of order", "T820302820301"),
            ("two operations for one row", "T820301830201a0"),
            ("an insert that lacks a column", "T83010102"),
            ("an insert with too many", "T850101020304"),
            ("an update without its map", "T820201"),
            ("an index out of range", "T830201a10205"),
            ("indexes out of order", "T830201a201050005"),
            ("an index twice", "T830201a200050005"),
            ("an unknown number", "T820401"),
            ("a number that is not the shortest", "T82180301"),
            ("a value that is not the shortest", "T82031801"),
            ("a NaN", "T830201a100f97e00"),
            ("text that is not UTF-8", "T820361ff"),
            ("a tag around what is UTF-8", "T8203d95dc04161"),
            ("a value of no class", "T8203f5"),
            ("an integer beyond 64 bits", "T82031bffffffffffffffff"),
            ("no array", "T01"),
        ] as [(String, String)])
    func illFormed(what: String, hex: String) {
        let bytes = [UInt8](
            hex: hex.split(separator: "T", omittingEmptySubsequences: false).joined(separator: Self.table))!
        for size in [1, bytes.count] {
            #expect {
                try read(bytes) { _ in size }
            } throws: {
                if case WireError.illFormed = $0 { true } else { false }
            }
        }
    }

    @Test(
        "a value of more than 64 MiB and an operation of more than 128 are refused by their lengths, before their bytes come"
    )
    func tooLarge() throws {
        var cursor = OperationCursor()
        cursor.append([UInt8](hex: Self.table + "8401" + "01" + "5a04000001")!)
        _ = try cursor.next()
        #expect(throws: WireError.self) { try cursor.next() }
        var several = OperationCursor()
        several.extend(
            by: [UInt8](hex: Self.table + "8401" + "01" + "5a04000000")! + [UInt8](repeating: 7, count: 64 << 20))
        _ = try several.next()
        #expect(try several.next() == nil)
        several.extend(by: [0x5A, 0x04, 0, 0, 0])
        #expect(throws: WireError.self) { try several.next() }
    }

    @Test(
        "a key has at most 4,096 bytes in all, of which an integer has 8", arguments: [(4_088, true), (4_089, false)])
    func largeKey(count: Int, isGood: Bool) {
        var writer = OperationWriter()
        writer.beginTable(name: "t", key: ["k", "l"], valueColumns: [])
        writer.delete(key: [.integer(1), .text(String(repeating: "x", count: count))])
        let chunks = writer.finish().map { [$0] } ?? []
        #expect(((try? OperationCodec.decode(chunks: chunks)) != nil) == isGood)
    }

    @Test("the cursor's order of keys is the order of values", arguments: 0..<50)
    func order(seed: Int) throws {
        var random = SeededGenerator(seed)
        for _ in 0..<50 {
            let keys = (0..<2).map { _ in [random.keyValue(), random.keyValue()] }
            var writer = CBORWriter()
            for value in keys[0] + keys[1] { writer.write(value) }
            let prefix = [UInt8](hex: "84006174826161616280")!
            var bytes = CBORWriter()
            for key in keys {
                bytes.beginArray(3)
                bytes.write(unsigned: 3)
                for value in key { bytes.write(value) }
            }
            let isGood = (try? OperationCodec.decode(chunks: [prefix + bytes.bytes])) != nil
            #expect(isGood == keys[0].lexicographicallyPrecedes(keys[1]))
        }
    }

    @Test("a table of which no row is written leaves no trace")
    func emptyTable() {
        var writer = OperationWriter()
        writer.beginTable(name: "a", key: ["k"], valueColumns: [])
        writer.beginTable(name: "b", key: ["k"], valueColumns: [])
        writer.delete(key: [.integer(1)])
        writer.beginTable(name: "c", key: ["k"], valueColumns: [])
        #expect(writer.finish()?.hex == "84006162" + "81616b" + "80" + "820301")
        #expect(writer.count == 1)
    }

    /// An operation of 150,000 bytes and some, cut behind so many bytes each.
    private func cut(_ sizes: [Int]) -> [[UInt8]] {
        let long = Value.blob([UInt8](repeating: 1, count: 150_000))
        let row = RowOperation(table: "course", key: [.text("k")], action: .insert(["hours": .null, "title": long]))
        var rest = OperationCodec.encode([row], tables: tables).flatMap { $0 }[...]
        let chunks = sizes.map { size in
            defer { rest = rest.dropFirst(size) }
            return Array(rest.prefix(size))
        }
        return chunks + (rest.isEmpty ? [] : [Array(rest)])
    }

    @Test("Chunks are of one size, of 49,152 to 65,536 bytes, but for the last", arguments: [49_152, 50_000, 65_536])
    func sizes(size: Int) throws {
        #expect(try OperationCodec.decode(chunks: cut(Array(repeating: size, count: 150_000 / size))).count == 1)
    }

    @Test(
        "A chunk that is empty, too small, too large or of another size than those before is ill-formed",
        arguments: [
            [49_151, 49_151, 49_151], [65_537, 65_537], [], [0, 65_536, 65_536], [65_536, 0, 65_536],
            [49_152, 65_536, 20_000], [65_536, 49_152, 20_000], [49_152, 49_152],
        ])
    func wronglyCut(sizes: [Int]) throws {
        let chunks = cut(sizes)
        #expect(throws: WireError.illFormed(Chunking.wronglyCut)) { try OperationCodec.decode(chunks: chunks).count }
        #expect(throws: WireError.illFormed(Chunking.wronglyCut)) { try Chunking.join(chunks).count }
    }

    @Test("cells lie in the cursor's buffer, so that they can be bound without a copy")
    func views() throws {
        var cursor = OperationCursor()
        cursor.append(
            OperationCodec.encode(
                [
                    RowOperation(
                        table: "course", key: [.text("k")],
                        action: .insert(["hours": .real(1.5), "title": .text([0xFF])]))
                ],
                tables: tables)[0])
        _ = try cursor.next()
        _ = try cursor.next()
        let (key, hours, title) = (cursor.cells[0], cursor.cells[1], cursor.cells[2])
        #expect(hours.kind == .real)
        #expect(hours.real == 1.5)
        #expect(key.isUTF8)
        #expect(!title.isUTF8)
        cursor.withUnsafeBytes { bytes in
            #expect(Array(bytes[key.offset..<key.offset + key.count]) == Array("k".utf8))
            #expect(Array(bytes[title.offset..<title.offset + title.count]) == [0xFF])
        }
    }
}

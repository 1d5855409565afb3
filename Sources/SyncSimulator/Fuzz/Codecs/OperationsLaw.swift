import ReplicaModel
import SyncWire

/// Operations that decode are encoded as they came, whether read as values or in place.
///
/// The first byte says whether rows are put before the others, so that these lie across the end of a chunk; the second,
/// where that is.
enum OperationsLaw {
    static func violation(by bytes: [UInt8]) -> String? {
        var script = FuzzScript(bytes)
        let isSplit = script.bool()
        let distance = Int(script.byte())
        let content = script.rest()
        return violation(by: Chunking.cut(isSplit ? filler(distance) + content : content))
    }

    private static func violation(by chunks: [[UInt8]]) -> String? {
        guard let operations = try? OperationCodec.decode(chunks: chunks) else { return nil }
        guard let (tables, rows) = walk(chunks) else { return "operations are accepted as values, and not in place" }
        guard rows == operations else { return "operations read in place are others than those read as values" }
        let again = OperationCodec.encode(operations, tables: tables)
        let isSame = chunks.joined().elementsEqual(again.joined())
        return isSame && again.map(\.count) == chunks.map(\.count)
            ? nil : "operations are written otherwise than they were read"
    }

    private static func walk(_ chunks: [[UInt8]]) -> (tables: [TableItem], rows: [RowOperation])? {
        var cursor = OperationCursor()
        var tables: [TableItem] = []
        var rows: [RowOperation] = []
        do {
            for chunk in chunks {
                cursor.append(chunk)
                while let item = try cursor.next() {
                    if case .table(let table) = item { tables.append(table) }
                    guard let row = cursor.operation(item) else { continue }
                    // A real or a null, which no schema lets into a key, is equal to nothing.
                    let isPlain = row.key.allSatisfy { if case .real = $0 { false } else { !$0.isNull } }
                    guard cursor.isKey(row.key) == isPlain else { return nil }
                    rows.append(row)
                }
            }
            try cursor.finish()
        } catch {
            return nil
        }
        return cursor.count == UInt64(rows.count) ? (tables, rows) : nil
    }

    /// A table of two rows that nearly fill a chunk.
    private static func filler(_ distance: Int) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(3)
        writer.write(unsigned: 1)
        writer.write(unsigned: 1)
        writer.write(bytes: [UInt8](repeating: 0, count: distance))
        return largeRow + writer.bytes
    }

    private static let largeRow: [UInt8] = {
        let content = [UInt8](repeating: 0, count: WireLimits.cutBytes - 320)
        let row = RowOperation(table: "a", key: [.integer(0)], action: .insert(["v": .blob(content)]))
        return Array(
            OperationCodec.encode([row], tables: [TableItem(name: "a", key: ["k"], valueColumns: ["v"])]).joined())
    }()
}

/// Control operations that decode are encoded as they came.
enum ControlLaw {
    static func violation(by bytes: [UInt8]) -> String? {
        guard let operations = try? ControlCodec.decode(bytes) else { return nil }
        if ControlCodec.encode(operations) != bytes {
            return "control operations are written otherwise than they were read"
        }
        let inChunks = try? ControlCodec.decode(chunks: Chunking.cut(bytes))
        return inChunks == operations ? nil : "control operations in chunks are others than those in one run"
    }
}

import ReplicaModel

extension OperationCursor {
    /// A table item that was read and can stand in a changeset, with its bytes.
    package struct ReadTable: Sendable {
        package let item: TableItem
        let bytes: [UInt8]
    }

    /// Reads the table item at `position`. Rare and small, so it may allocate.
    mutating func readTable() throws(WireError) -> Item? {
        if let known, isNext(known.bytes) { return try begin(known, at: position + known.bytes.count) }
        var reader = CBORReader(buffer, at: position)
        let item: TableItem
        do {
            item = try Self.tableItem(&reader)
        } catch .truncated {
            guard buffer.count - position <= WireLimits.operationBytesMax else {
                throw .illFormed(RowFault.tooLarge.rawValue)
            }
            needed = buffer.count + 1
            return nil
        } catch {
            throw .illFormed("a table item: \(error.sentence)")
        }
        if let reason = item.refusal { throw .illFormed(reason) }
        return try begin(ReadTable(item: item, bytes: Array(buffer[position..<reader.offset])), at: reader.offset)
    }

    /// Whether what stands at `position` begins with these bytes.
    private func isNext(_ bytes: [UInt8]) -> Bool {
        buffer.count - position >= bytes.count && buffer[position..<position + bytes.count].elementsEqual(bytes)
    }

    private mutating func begin(_ read: ReadTable, at offset: Int) throws(WireError) -> Item {
        let item = read.item
        if let table {
            guard !previousKey.isEmpty else { throw .illFormed("table \(table.name) has no row") }
            guard table.name < item.name else { throw .illFormed("tables that are not in ascending order") }
        }
        known = read
        table = item
        keyCount = item.key.count
        otherCount = item.valueColumns.count
        previousKey.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
        columnIndexes.removeAll(keepingCapacity: true)
        position = offset
        needed = offset + 1
        return .table(item)
    }

    private static func tableItem(_ reader: inout CBORReader) throws(WireError) -> TableItem {
        try reader.readArray(exactly: 4)
        guard try reader.readUnsigned() == 0 else { throw .cannotBeMeant("a table item begins with 0") }
        return TableItem(
            name: Identifier(try reader.readText(max: SchemaLimits.identifierBytesMax, "table name")),
            key: try names(&reader),
            valueColumns: try names(&reader))
    }

    private static func names(_ reader: inout CBORReader) throws(WireError) -> [Identifier] {
        var names: [Identifier] = []
        for _ in 0..<(try reader.readArray(max: SchemaLimits.columnsMax, "columns")) {
            names.append(Identifier(try reader.readText(max: SchemaLimits.identifierBytesMax, "column name")))
        }
        return names
    }
}

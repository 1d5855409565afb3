import ReplicaModel
import SQLiteAccess
import SyncWire

/// The places of a table's columns as bytes for a column: `[[declared name, dot] …]` in CBOR.
enum ColumnSlotsBlob {
    static func encode(_ places: [ColumnSlot]) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(places.count)
        for place in places {
            writer.beginArray(2)
            writer.write(name: place.declared)
            writer.write(integer: place.origin.bits)
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(StoreError) -> [ColumnSlot] {
        do throws(WireError) {
            var reader = CBORReader(bytes)
            var out: [ColumnSlot] = []
            for _ in 0..<(try reader.readArray(max: bytes.count)) {
                try reader.readArray(exactly: 2)
                out.append(
                    ColumnSlot(
                        declared: Identifier(try reader.readText(max: bytes.count)),
                        origin: Dot(bits: try reader.readInteger())))
            }
            return out
        } catch {
            throw .damaged("the columns of a table cannot be read: \(error.sentence)")
        }
    }
}

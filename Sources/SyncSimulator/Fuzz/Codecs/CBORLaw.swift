import ReplicaModel
import SyncWire

/// The law of the CBOR reader: it accepts deterministic CBOR, all of it and nothing else, and what it read is written
/// as it was.
enum CBORLaw {
    static func violation(by bytes: [UInt8]) -> String? {
        var reader = CBORReader(bytes)
        while !reader.isAtEnd {
            let start = reader.offset
            let expected = PlainCBOR.end(of: bytes, from: start)
            var again = reader
            guard (try? reader.skipItem()) != nil else {
                return expected == nil ? nil : "the item at byte \(start) is deterministic CBOR, and is refused"
            }
            guard expected == reader.offset else {
                return
                    """
                    the item at byte \(start) ends at \(expected.map(String.init) ?? "no byte"), and is accepted up to \
                    \(reader.offset)
                    """
            }
            var writer = CBORWriter()
            guard rewrite(&again, &writer) else { continue }
            if again.offset != reader.offset {
                return "the item at byte \(start) has another end for who reads it than for who skips it"
            }
            if !bytes[start..<reader.offset].elementsEqual(writer.bytes) {
                return "the item at byte \(start) is written otherwise than it was read"
            }
        }
        return nil
    }

    /// Reads an item and writes it. False for what no message holds: a number beyond 64 bits with a sign.
    private static func rewrite(_ reader: inout CBORReader, _ writer: inout CBORWriter) -> Bool {
        var next = reader
        if let value = try? next.readValue() {
            writer.write(value)
        } else if let bool = attempt(reader, &next, { try? $0.readBool() }) {
            writer.write(bool: bool)
        } else if let count = attempt(reader, &next, { try? $0.readArray(max: .max) }) {
            writer.beginArray(count)
            for _ in 0..<count { guard rewrite(&next, &writer) else { return false } }
        } else if let count = attempt(reader, &next, { try? $0.readMap(max: .max) }) {
            writer.beginMap(count)
            for _ in 0..<2 * count { guard rewrite(&next, &writer) else { return false } }
        } else {
            return false
        }
        reader = next
        return true
    }

    private static func attempt<Result>(
        _ reader: CBORReader, _ next: inout CBORReader, _ read: (inout CBORReader) -> Result?
    ) -> Result? {
        next = reader
        return read(&next)
    }
}

import ReplicaModel
import SQLiteAccess

/// A version vector as bytes for a column: feed and seq by turns, each as a little-endian base-128 number.
enum VectorBlob {
    static func encode(_ vector: VersionVector) -> [UInt8] {
        var out: [UInt8] = []
        for (feed, seq) in vector.entries {
            append(UInt64(feed.number), to: &out)
            append(seq, to: &out)
        }
        return out
    }

    static func decode(_ bytes: [UInt8]) throws(StoreError) -> VersionVector {
        var vector = VersionVector()
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let feed = number(&rest), let seq = number(&rest), feed <= 0xFFFF else {
                throw .damaged("a version vector in the replica cannot be read")
            }
            vector[FeedOrdinal(Int(feed))] = seq
        }
        return vector
    }

    private static func append(_ number: UInt64, to out: inout [UInt8]) {
        var left = number
        while left >= 0x80 {
            out.append(UInt8(truncatingIfNeeded: left) | 0x80)
            left >>= 7
        }
        out.append(UInt8(left))
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var out: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            out |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return out }
        }
        return nil
    }
}

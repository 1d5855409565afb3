import ReplicaModel

/// The fields of a message, found by number and read once it is known what they are. All of them, also those of later
/// versions, are held to the deterministic encoding.
struct MessageFields {
    private let bytes: [UInt8]
    private var places: [(number: UInt64, start: Int, end: Int)] = []

    /// Reads the map that comes next. A hello has most, 16; messages of later versions may have more.
    init(_ reader: inout CBORReader) throws(WireError) {
        bytes = reader.bytes
        for _ in 0..<(try reader.readMap(max: 64, "fields")) {
            let start = reader.offset
            let number = try reader.readUnsigned()
            if let last = places.last, last.number >= number {
                throw .notDeterministic(offset: start, reason: "fields that are not in ascending order")
            }
            let value = reader.offset
            // Within the message and its map.
            try reader.skipItem(inside: 2)
            places.append((number, value, reader.offset))
        }
    }

    func has(_ number: UInt64) -> Bool { places.contains { $0.number == number } }

    /// Reads a field that must be there, to its end.
    func read<Value>(
        _ number: UInt64, _ read: (inout CBORReader) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        guard let place = places.first(where: { $0.number == number }) else {
            throw .cannotBeMeant("a message without its field \(number)")
        }
        var reader = CBORReader(bytes, at: place.start, end: place.end)
        let value = try read(&reader)
        try reader.finish()
        return value
    }

    func unsigned(_ number: UInt64) throws(WireError) -> UInt64 {
        try read(number) { reader throws(WireError) in try reader.readUnsigned() }
    }

    func bool(_ number: UInt64) throws(WireError) -> Bool {
        try read(number) { reader throws(WireError) in try reader.readBool() }
    }

    func bytes(_ number: UInt64, max: Int, _ what: String) throws(WireError) -> [UInt8] {
        try read(number) { reader throws(WireError) in try reader.readBytes(max: max, what) }
    }

    func bytes32(_ number: UInt64) throws(WireError) -> Bytes32 {
        try read(number) { reader throws(WireError) in try reader.readBytes32() }
    }

    func text(_ number: UInt64, max: Int, _ what: String) throws(WireError) -> String {
        try read(number) { reader throws(WireError) in try reader.readText(max: max, what) }
    }

    /// - Parameter lowest: 1, or 0 where a feed is named of which there is nothing.
    func vector(_ number: UInt64, from lowest: UInt64 = 1) throws(WireError) -> Vector {
        try read(number) { reader throws(WireError) in try VectorCodec.read(&reader, from: lowest) }
    }
}

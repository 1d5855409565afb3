import ReplicaModel

/// Gathers the fields of a message in ascending order of their numbers.
struct FieldWriter {
    private var writer = CBORWriter()
    private var count = 0

    mutating func add(_ number: UInt64, _ write: (inout CBORWriter) -> Void) {
        writer.unsigned(number)
        write(&writer)
        count += 1
    }

    func message(_ type: UInt64) -> [UInt8] {
        var out = CBORWriter()
        out.array(2)
        out.unsigned(type)
        out.map(count)
        out.raw(writer.bytes)
        return out.bytes
    }
}

/// The fields of a message, each as the bytes of its value.
struct FieldReader {
    private var fields: [UInt64: [UInt8]] = [:]

    /// Fields of one message: those of this version and of later ones.
    private static let countMax = 64

    init(_ reader: inout CBORReader) throws(WireError) {
        var last: UInt64?
        for _ in 0..<(try reader.map(max: Self.countMax)) {
            let number = try reader.unsigned()
            if let last, last >= number { throw .malformed("the fields of a message stand in ascending order") }
            last = number
            fields[number] = try reader.item()
        }
    }

    func has(_ number: UInt64) -> Bool { fields[number] != nil }

    func read<Result>(
        _ number: UInt64, _ read: (inout CBORReader) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        guard let bytes = fields[number] else { throw .malformed("field \(number) of a message is missing") }
        var reader = CBORReader(bytes)
        let result = try read(&reader)
        try reader.finish()
        return result
    }

    func unsigned(_ number: UInt64) throws(WireError) -> UInt64 {
        try read(number) { (reader) throws(WireError) in try reader.unsigned() }
    }

    func bytes32(_ number: UInt64) throws(WireError) -> Bytes32 {
        guard let bytes = Bytes32(try read(number) { (reader) throws(WireError) in try reader.blob(max: 32) }) else {
            throw .malformed("field \(number) of a message has 32 bytes")
        }
        return bytes
    }
}

extension CBORReader {
    /// The bytes of the next item, whatever it is.
    mutating func item() throws(WireError) -> [UInt8] {
        let start = position
        try skip()
        return slice(from: start)
    }
}

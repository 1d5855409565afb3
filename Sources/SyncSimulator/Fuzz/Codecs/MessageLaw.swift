import ReplicaModel
import SyncWire

/// A message that decodes is encoded as it came, but for what this version does not know.
enum MessageLaw {
    static func violation(by bytes: [UInt8]) -> String? {
        guard let message = try? MessageCodec.decode(bytes) else { return nil }
        let again = MessageCodec.encode(message)
        if (try? MessageCodec.decode(again)) != message { return "a message does not decode to what was encoded" }
        guard let came = fields(bytes), let went = fields(again) else {
            return "a message that decodes is an array of type and fields"
        }
        guard came.kind == went.kind else { return "a message changes its type" }
        let known = came.fields.filter { isKnown($0.number, of: came.kind) }
        guard known.map(\.number) == went.fields.map(\.number) else {
            return "a message of type \(came.kind) loses a field, or gets one"
        }
        for (read, written) in zip(known, went.fields) where read.bytes != written.bytes {
            // A reason or a code of a later version is read as one of ours.
            let isReplaced =
                switch message {
                case .bye(.done), .error(.unexpected, _): read.number == 0
                default: false
                }
            if !isReplaced {
                return "field \(read.number) of a message of type \(came.kind) is written otherwise than it was read"
            }
        }
        return nil
    }

    /// Numbers of fields by type, as the protocol's article has them.
    private static let knownFields: [UInt64: Range<UInt64>] = [
        1: 0..<17, 3: 0..<0, 5: 0..<3, 7: 0..<0, 9: 0..<1, 11: 0..<2, 13: 0..<2, 2: 0..<0, 15: 0..<1, 17: 0..<2,
    ]

    private static func isKnown(_ number: UInt64, of kind: UInt64) -> Bool {
        knownFields[kind]?.contains(number) ?? false
    }

    private static func fields(_ bytes: [UInt8]) -> (
        kind: UInt64, fields: [(number: UInt64, bytes: ArraySlice<UInt8>)]
    )? {
        var reader = CBORReader(bytes)
        var fields: [(number: UInt64, bytes: ArraySlice<UInt8>)] = []
        do {
            try reader.readArray(exactly: 2)
            let kind = try reader.readUnsigned()
            for _ in 0..<(try reader.readMap(max: .max)) {
                let number = try reader.readUnsigned()
                let start = reader.offset
                try reader.skipItem()
                fields.append((number, bytes[start..<reader.offset]))
            }
            try reader.finish()
            return (kind, fields)
        } catch {
            return nil
        }
    }
}

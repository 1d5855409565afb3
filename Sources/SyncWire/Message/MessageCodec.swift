import ReplicaModel

/// Messages to and from bytes: `[type, {field number: value, …}]`, fields ascending. A receiver passes over fields that it does not know,
/// and over messages of an even type that it does not know; one of an odd type must be understood, so it ends the session.
public enum MessageCodec {
    enum Kind: UInt64 {
        case hello = 1
        case knock = 3
        case join = 5
        case vectorWanted = 7
        case vector = 9
        case changes = 11
        case ack = 13
        case ping = 14
        case bye = 15
        case error = 17
    }

    public static func encode(_ message: Message) -> [UInt8] {
        var fields = FieldWriter()
        let kind: Kind
        switch message {
        case .hello(let hello):
            kind = .hello
            HelloCodec.write(hello, to: &fields)
        case .knock: kind = .knock
        case .join(let request):
            kind = .join
            fields.add(0) { $0.blob(request.alliance.bytes) }
            fields.add(1) { $0.blob(request.secret) }
            fields.add(2) { $0.text(request.name) }
        case .vectorWanted: kind = .vectorWanted
        case .vector(let vector):
            kind = .vector
            fields.add(0) { VectorCodec.write(vector, to: &$0) }
        case .changes(let bytes, let isLast):
            kind = .changes
            fields.add(0) { $0.blob(bytes) }
            fields.add(1) { $0.bool(isLast) }
        case .ack(let held, let applied):
            kind = .ack
            fields.add(0) { VectorCodec.write(held, to: &$0) }
            fields.add(1) { VectorCodec.write(applied, to: &$0) }
        case .ping: kind = .ping
        case .bye(let reason):
            kind = .bye
            fields.add(0) { $0.unsigned(reason.rawValue) }
        case .error(let code, let sentence):
            kind = .error
            fields.add(0) { $0.text(code.rawValue) }
            fields.add(1) { $0.text(sentence) }
        }
        return fields.message(kind.rawValue)
    }

    /// Nil: a message of a later version, which may be passed over.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> Message? {
        var reader = CBORReader(bytes)
        try reader.array(of: 2)
        let number = try reader.unsigned()
        guard let kind = Kind(rawValue: number) else {
            guard number.isMultiple(of: 2) else { throw .malformed("a message of type \(number), which this version does not know") }
            return nil
        }
        let fields = try FieldReader(&reader)
        try reader.finish()
        return try decode(kind, fields)
    }

    private static func decode(_ kind: Kind, _ fields: FieldReader) throws(WireError) -> Message {
        switch kind {
        case .hello: return .hello(try HelloCodec.read(fields))
        case .knock: return .knock
        case .join:
            let alliance = try fields.bytes32(0)
            let secret = try fields.read(1) { (reader) throws(WireError) in try reader.blob(max: 64) }
            let name = try fields.read(2) { (reader) throws(WireError) in try reader.text(max: 64) }
            guard secret.count == 16, !name.isEmpty else { throw .malformed("a join has a secret of 16 bytes and a name") }
            return .join(JoinRequest(alliance: alliance, secret: secret, name: name))
        case .vectorWanted: return .vectorWanted
        case .vector: return .vector(try fields.read(0, VectorCodec.read))
        case .changes:
            let bytes = try fields.read(0) { (reader) throws(WireError) in try reader.blob(max: FrameLimits.changesBytesMax) }
            return .changes(bytes: bytes, isLast: try fields.read(1) { (reader) throws(WireError) in try reader.bool() })
        case .ack: return .ack(held: try fields.read(0, VectorCodec.read), applied: try fields.read(1, VectorCodec.read))
        case .ping: return .ping
        case .bye:
            guard let reason = ByeReason(rawValue: try fields.unsigned(0)) else { throw .malformed("a bye for a reason that is not known") }
            return .bye(reason)
        case .error:
            let name = try fields.read(0) { (reader) throws(WireError) in try reader.text(max: 64) }
            let sentence = try fields.read(1) { (reader) throws(WireError) in try reader.text(max: 4096) }
            return .error(code: ErrorCode(rawValue: name) ?? .unavailable, sentence: sentence)
        }
    }
}

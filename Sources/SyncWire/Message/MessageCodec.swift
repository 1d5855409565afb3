import ReplicaModel

/// A message is an array of its type and a map of its fields by number. Odd types must be understood; an even one that
/// is not known is skipped. Fields that are not known are skipped.
package enum MessageCodec {
    enum Kind {
        static let hello: UInt64 = 1, knock: UInt64 = 3, join: UInt64 = 5, vectorWanted: UInt64 = 7, vector: UInt64 = 9
        static let changes: UInt64 = 11, ack: UInt64 = 13, ping: UInt64 = 2, bye: UInt64 = 15, error: UInt64 = 17
        /// Bytes of a longer message, which `MessageReader` puts together.
        static let part: UInt64 = 19
    }

    /// The message as one run of bytes, however long. What goes over a connection is `frames(of:)`.
    package static func encode(_ message: Message) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(2)
        write(message, to: &writer)
        return writer.bytes
    }

    /// The frames that a message goes in: one, or parts of what is longer than every side accepts.
    package static func frames(of message: Message) -> [[UInt8]] {
        let bytes = encode(message)
        guard bytes.count > FrameLimits.frameBytesMaxLowest else { return [bytes] }
        return stride(from: 0, to: bytes.count, by: FrameLimits.partBytes).map { start in
            let end = min(start + FrameLimits.partBytes, bytes.count)
            var writer = CBORWriter()
            writer.beginArray(2)
            writer.write(unsigned: Kind.part)
            writer.beginMap(2)
            writer.field(0) { $0.write(bytes: bytes[start..<end]) }
            writer.field(1) { $0.write(bool: end == bytes.count) }
            return writer.bytes
        }
    }

    /// Nil: a message of a later version that need not be understood.
    package static func decode(_ bytes: [UInt8]) throws(WireError) -> Message? {
        let (kind, fields) = try open(bytes)
        return try message(kind, fields)
    }

    static func open(_ bytes: [UInt8]) throws(WireError) -> (kind: UInt64, fields: MessageFields) {
        guard bytes.count <= FrameLimits.messageBytesMax else {
            throw .overLimit(what: "message", found: UInt64(bytes.count), limit: UInt64(FrameLimits.messageBytesMax))
        }
        var reader = CBORReader(bytes)
        try reader.readArray(exactly: 2)
        let kind = try reader.readUnsigned()
        let fields = try MessageFields(&reader)
        try reader.finish()
        return (kind, fields)
    }

    static func message(_ kind: UInt64, _ fields: MessageFields) throws(WireError) -> Message? {
        switch kind {
        case Kind.hello: return .hello(try HelloCodec.read(fields))
        case Kind.knock: return .knock
        case Kind.join: return .join(try join(fields))
        case Kind.vectorWanted: return .vectorWanted
        case Kind.vector: return .vector(try fields.vector(0))
        case Kind.changes:
            return .changes(
                bytes: try fields.bytes(0, max: FrameLimits.changesBytesMax, "changes"), isLast: try fields.bool(1))
        case Kind.ack: return .ack(held: try fields.vector(0), applied: try fields.vector(1, from: 0))
        case Kind.ping: return .ping
        case Kind.bye: return .bye(ByeReason(rawValue: try fields.unsigned(0)) ?? .done)
        case Kind.error: return try error(fields)
        case Kind.part: throw .cannotBeMeant("a part of a part, or of nothing")
        default:
            guard kind.isMultiple(of: 2) else { throw .cannotBeMeant("message type \(kind) is of a later version") }
            return nil
        }
    }

    private static func join(_ fields: MessageFields) throws(WireError) -> JoinRequest {
        JoinRequest(
            alliance: try fields.bytes32(0), secret: try fields.read(1, InvitationCodec.readSecret),
            name: try fields.read(2) { reader throws(WireError) in try NameCodec.read(&reader, of: "site") })
    }

    /// Reads a refusal. A code of a later version is `unexpected`; its sentence is for people all the same.
    private static func error(_ fields: MessageFields) throws(WireError) -> Message {
        let name = try fields.text(0, max: 64, "error code")
        let sentence = try fields.text(1, max: FrameLimits.sentenceBytesMax, "sentence")
        return .error(code: ErrorCode(rawValue: name) ?? .unexpected, sentence: sentence)
    }
}

extension MessageCodec {
    /// Writes type and fields.
    private static func write(_ message: Message, to writer: inout CBORWriter) {
        switch message {
        case .hello(let hello):
            writer.begin(Kind.hello, fields: HelloCodec.fieldCount(of: hello))
            HelloCodec.write(hello, to: &writer)
        case .knock: writer.begin(Kind.knock, fields: 0)
        case .join(let request): write(request, to: &writer)
        case .vectorWanted: writer.begin(Kind.vectorWanted, fields: 0)
        case .vector(let vector):
            writer.begin(Kind.vector, fields: 1)
            writer.field(0) { VectorCodec.write(vector, to: &$0) }
        case .changes(let bytes, let isLast):
            writer.begin(Kind.changes, fields: 2)
            writer.field(0) { $0.write(bytes: bytes) }
            writer.field(1) { $0.write(bool: isLast) }
        case .ack(let held, let applied):
            writer.begin(Kind.ack, fields: 2)
            writer.field(0) { VectorCodec.write(held, to: &$0) }
            writer.field(1) { VectorCodec.write(applied, to: &$0) }
        case .ping: writer.begin(Kind.ping, fields: 0)
        case .bye(let reason):
            writer.begin(Kind.bye, fields: 1)
            writer.field(0) { $0.write(unsigned: reason.rawValue) }
        case .error(let code, let sentence):
            writer.begin(Kind.error, fields: 2)
            writer.field(0) { $0.write(text: code.rawValue) }
            writer.field(1) { $0.write(text: sentence.cut(toBytes: FrameLimits.sentenceBytesMax)) }
        }
    }

    private static func write(_ request: JoinRequest, to writer: inout CBORWriter) {
        writer.begin(Kind.join, fields: 3)
        writer.field(0) { $0.write(request.alliance) }
        writer.field(1) { $0.write(bytes: request.secret) }
        writer.field(2) { $0.write(text: request.name) }
    }
}

extension CBORWriter {
    fileprivate mutating func begin(_ kind: UInt64, fields: Int) {
        write(unsigned: kind)
        beginMap(fields)
    }

    /// Writes a field of a message: its number, and what `write` writes.
    mutating func field(_ number: UInt64, _ write: (inout CBORWriter) -> Void) {
        self.write(unsigned: number)
        write(&self)
    }
}

extension String {
    /// The beginning that has at most so many bytes of UTF-8.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var kept = String.UnicodeScalarView()
        var count = 0
        for scalar in unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= limit else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}

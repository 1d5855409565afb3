import ReplicaModel

/// A message is an array of its type and a map of its fields by number. Odd types must be understood; an even one that is not
/// known is skipped. Fields that are not known are skipped.
public enum MessageCodec {
    enum Kind {
        static let hello: UInt64 = 1, knock: UInt64 = 3, join: UInt64 = 5, vectorWanted: UInt64 = 7, vector: UInt64 = 9
        static let changes: UInt64 = 11, ack: UInt64 = 13, ping: UInt64 = 2, bye: UInt64 = 15, error: UInt64 = 17
        /// Bytes of a longer message, which `MessageReader` puts together.
        static let part: UInt64 = 19
    }

    /// The message as one run of bytes, however long. What goes over a connection is `frames(of:)`.
    public static func encode(_ message: Message) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(2)
        writer.write(message)
        return writer.bytes
    }

    /// The frames that a message goes in: one, or parts of what is longer than every side accepts.
    public static func frames(of message: Message) -> [[UInt8]] {
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
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> Message? {
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
        case Kind.hello: return .hello(try fields.hello())
        case Kind.knock: return .knock
        case Kind.join: return .join(try fields.join())
        case Kind.vectorWanted: return .vectorWanted
        case Kind.vector: return .vector(try fields.read(0) { reader throws(WireError) in try reader.readVector() })
        case Kind.changes: return try fields.changes()
        case Kind.ack:
            return .ack(
                held: try fields.read(0) { reader throws(WireError) in try reader.readVector() },
                applied: try fields.read(1) { reader throws(WireError) in try reader.readVector(from: 0) })
        case Kind.ping: return .ping
        case Kind.bye: return .bye(ByeReason(rawValue: try fields.unsigned(0)) ?? .done)
        case Kind.error: return try fields.error()
        case Kind.part: throw .cannotBeMeant("a part of a part, or of nothing")
        default:
            guard kind.isMultiple(of: 2) else { throw .cannotBeMeant("message type \(kind) is of a later version") }
            return nil
        }
    }
}

extension CBORWriter {
    fileprivate mutating func write(_ message: Message) {
        switch message {
        case .hello(let hello):
            begin(MessageCodec.Kind.hello, fields: hello.waiting == nil ? 12 : 13)
            write(hello)
        case .knock: begin(MessageCodec.Kind.knock, fields: 0)
        case .join(let request):
            begin(MessageCodec.Kind.join, fields: 3)
            field(0) { $0.write(request.alliance) }
            field(1) { $0.write(bytes: request.secret) }
            field(2) { $0.write(text: request.name) }
        case .vectorWanted: begin(MessageCodec.Kind.vectorWanted, fields: 0)
        case .vector(let vector):
            begin(MessageCodec.Kind.vector, fields: 1)
            field(0) { $0.write(vector) }
        case .changes(let bytes, let isLast):
            begin(MessageCodec.Kind.changes, fields: 2)
            field(0) { $0.write(bytes: bytes) }
            field(1) { $0.write(bool: isLast) }
        case .ack(let held, let applied):
            begin(MessageCodec.Kind.ack, fields: 2)
            field(0) { $0.write(held) }
            field(1) { $0.write(applied) }
        case .ping: begin(MessageCodec.Kind.ping, fields: 0)
        case .bye(let reason):
            begin(MessageCodec.Kind.bye, fields: 1)
            field(0) { $0.write(unsigned: reason.rawValue) }
        case .error(let code, let sentence):
            begin(MessageCodec.Kind.error, fields: 2)
            field(0) { $0.write(text: code.rawValue) }
            field(1) { $0.write(text: sentence.cut(toBytes: FrameLimits.sentenceBytesMax)) }
        }
    }

    private mutating func begin(_ kind: UInt64, fields: Int) {
        write(unsigned: kind)
        beginMap(fields)
    }

    mutating func field(_ number: UInt64, _ write: (inout CBORWriter) -> Void) {
        self.write(unsigned: number)
        write(&self)
    }
}

extension MessageFields {
    fileprivate func join() throws(WireError) -> JoinRequest {
        JoinRequest(
            alliance: try read(0) { reader throws(WireError) in try reader.readBytes32() },
            secret: try read(1) { reader throws(WireError) in try reader.readSecret() },
            name: try read(2) { reader throws(WireError) in try reader.readName("site") })
    }

    fileprivate func changes() throws(WireError) -> Message {
        .changes(
            bytes: try read(0) { reader throws(WireError) in
                try reader.readBytes(max: FrameLimits.changesBytesMax, "changes")
            },
            isLast: try read(1) { reader throws(WireError) in try reader.readBool() })
    }

    /// A code of a later version is `unexpected`; its sentence is for people all the same.
    fileprivate func error() throws(WireError) -> Message {
        let name = try read(0) { reader throws(WireError) in try reader.readText(max: 64, "error code") }
        let sentence = try read(1) { reader throws(WireError) in
            try reader.readText(max: FrameLimits.sentenceBytesMax, "sentence")
        }
        return .error(code: ErrorCode(rawValue: name) ?? .unexpected, sentence: sentence)
    }
}

extension CBORReader {
    mutating func readSecret() throws(WireError) -> [UInt8] {
        let secret = try readBytes(max: FrameLimits.secretBytes, "secret")
        guard secret.count == FrameLimits.secretBytes else {
            throw .cannotBeMeant("a secret has \(FrameLimits.secretBytes) bytes")
        }
        return secret
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

import ReplicaModel

/// Reads the messages of one direction of a session, frame by frame, and puts together those that come in parts. After
/// an error it is of no more use.
package struct MessageReader: Sendable {
    /// The bytes of the message that is coming in parts; empty between messages.
    private var gathered: [UInt8] = []

    package init() {}

    /// The message that ends with this frame; nil if more of it is to come, or if it need not be understood.
    ///
    /// - Parameter bytesMax: of a message in parts.
    package mutating func take(
        _ frame: [UInt8], bytesMax: Int = FrameLimits.messageBytesMax
    ) throws(WireError) -> Message? {
        let (kind, fields) = try MessageCodec.open(frame)
        guard kind != MessageCodec.Kind.part else { return try take(part: fields, bytesMax: bytesMax) }
        guard gathered.isEmpty || kind.isMultiple(of: 2) else {
            throw .cannotBeMeant("a message within the parts of another")
        }
        return try MessageCodec.message(kind, fields)
    }

    private mutating func take(part fields: MessageFields, bytesMax: Int) throws(WireError) -> Message? {
        let bytes = try fields.bytes(0, max: FrameLimits.partBytes, "part")
        let isLast = try fields.bool(1)
        guard isLast ? !bytes.isEmpty : bytes.count == FrameLimits.partBytes else {
            throw .cannotBeMeant("a part that is shorter than it need be")
        }
        guard gathered.count + bytes.count <= bytesMax else {
            throw .overLimit(what: "message", found: UInt64(gathered.count + bytes.count), limit: UInt64(bytesMax))
        }
        gathered += bytes
        guard isLast else { return nil }
        guard gathered.count > FrameLimits.frameBytesMaxLowest else {
            throw .cannotBeMeant("parts of a message that goes in one frame")
        }
        defer { gathered = [] }
        return try MessageCodec.decode(gathered)
    }
}

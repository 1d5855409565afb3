import NIOCore

/// The limit on a frame's payload unless one is given: 1 MiB, so that a chunk of 64 KiB fits with room and ten peers
/// that are slow to finish a frame cost ten MiB.
package let frameBytesMaxDefault = 1 << 20

/// Cuts a stream of bytes into frames: a length in four bytes, most significant first, then so many bytes.
///
/// A length of 0 or above the limit is refused before a byte of the payload is kept. Memory grows with the bytes that
/// arrive, never with the bytes that are announced.
struct FrameParser {
    private let frameBytesMax: Int
    private var header: [UInt8] = []
    private var payload: [UInt8] = []
    /// Nil while the header is not complete.
    private var length: Int?

    init(frameBytesMax: Int) {
        precondition(1...Int(UInt32.max) ~= frameBytesMax, "a frame's limit fits in the four bytes of its length")
        self.frameBytesMax = frameBytesMax
    }

    /// How many bytes have come of the frame that has begun, of how many, its length's four counted in; of four while
    /// the length is not known. Nil between frames.
    var unfinished: (found: Int, expected: Int)? {
        if let length { return (4 + payload.count, 4 + length) }
        return header.isEmpty ? nil : (header.count, 4)
    }

    /// Takes bytes from `input` up to the end of a frame. Nil if `input` is used up first.
    mutating func take(from input: inout ByteBuffer) throws(TransportError) -> [UInt8]? {
        guard let length = try takeLength(from: &input) else { return nil }
        let wanted = min(length - payload.count, input.readableBytes)
        if payload.isEmpty { payload.reserveCapacity(wanted) }
        input.readWithUnsafeReadableBytes { bytes in
            payload.append(contentsOf: bytes.prefix(wanted))
            return wanted
        }
        guard payload.count == length else { return nil }
        defer {
            payload = []
            self.length = nil
        }
        return payload
    }

    private mutating func takeLength(from input: inout ByteBuffer) throws(TransportError) -> Int? {
        if let length { return length }
        while header.count < 4, let byte = input.readInteger(as: UInt8.self) { header.append(byte) }
        guard header.count == 4 else { return nil }
        let announced = header.reduce(0) { $0 << 8 | Int($1) }
        if announced == 0 { throw .emptyFrame }
        if announced > frameBytesMax { throw .frameTooLarge(found: announced, limit: frameBytesMax) }
        header.removeAll(keepingCapacity: true)
        length = announced
        return announced
    }
}

extension ByteBuffer {
    /// Appends a frame.
    mutating func write(frame: [UInt8]) {
        writeInteger(UInt32(frame.count))
        writeBytes(frame)
    }
}

/// The limits of frames: a frame is a message's length in four bytes, big-endian, and the message.
package enum FrameLimits {
    /// A peer can make us hold no more than this before a frame is looked at.
    package static let frameBytesMax = 1 << 20
    /// The frame that every side accepts, whatever its hello says: twice the largest `changes`. A longer message goes
    /// in parts.
    package static let frameBytesMaxLowest = 131_072
    /// Bytes of a message in each part of it but the last.
    package static let partBytes = 65_536
    /// The bytes of a message that comes in parts. An entry of a vector has at most 53 bytes: two vectors of all feeds
    /// that a replica can number fit.
    package static let messageBytesMax = 8 << 20
    /// The same for a peer that is not on the roster yet.
    package static let strangerMessageBytesMax = 1 << 20
    /// zstd bytes in one `changes`: what a slow link must finish before a `bye` or an `ack` gets through.
    package static let changesBytesMax = 65_536
    /// The most zstd bytes that this side puts into one `changes`: a chunk of text that is half as long compressed goes
    /// in one.
    package static let changesBytesSent = 40_960
    package static let softwareBytesMax = 128
    /// The bytes of an error's sentence. A longer one is cut when it is encoded.
    package static let sentenceBytesMax = 1_024
    package static let secretBytes = 16
    /// Changesets of which a node keeps some chunks.
    package static let unfinishedMax = 1_024
    /// Changesets that a hello marks.
    package static let marksMax = 8_192
}

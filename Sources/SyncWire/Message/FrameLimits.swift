/// The limits of frames: a frame is a message's length in four bytes, big-endian, and the message.
public enum FrameLimits {
    /// A full vector of 16,000 feeds fits; a peer can make us hold no more than this before a message is judged.
    public static let frameBytesMax = 1 << 20
    /// Who accepts less than this could not be sent anything: it is twice the largest `changes`.
    public static let frameBytesMaxLowest = 131_072
    /// zstd bytes in one `changes`: what a slow link must finish before a `bye` or an `ack` gets through.
    public static let changesBytesMax = 65_536
    public static let softwareBytesMax = 128
    /// Of an error's sentence. A longer one is cut when it is encoded.
    public static let sentenceBytesMax = 1_024
    public static let secretBytes = 16
    /// Changesets of which a node keeps some chunks.
    public static let unfinishedMax = 1_024
}

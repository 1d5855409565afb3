/// What is accepted from elsewhere. Every length is held against its limit before anything is taken for it.
public enum WireLimits {
    /// A chunk: small enough to be sent again without regret over a bad link.
    public static let chunkBytes = 65_536
    /// A header names 32 bytes a chunk, so four mebibytes are eight gigabytes of operations in one transaction.
    public static let headerBytesMax = 4 << 20
    /// Feeds that one context may say advanced: more than a replica can number.
    static let contextEntriesMax = 65_536
    /// One operation: some columns at SQLite's own limit of a gigabyte would be meant by nobody.
    static let operationBytesMax = 256 << 20
    /// As SQLite bounds the columns of a table.
    static let columnsMax = 2_000
    static let nameBytesMax = 1_024
    /// Control operations of one changeset.
    static let controlOperationsMax = 100_000
    static let textBytesMax = 1 << 16
}

public enum FrameLimits {
    /// The largest frame.
    public static let frameBytesMax = 1 << 20
    /// Bytes of the stream of changes in one frame.
    public static let changesBytesMax = 1 << 16
}

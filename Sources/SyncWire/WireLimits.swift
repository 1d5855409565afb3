/// The limits that hold on every wire, each with its reason. A length is compared with its limit before anything is
/// allocated for it.
public enum WireLimits {
    /// Every chunk of a changeset but the last has exactly so many bytes: what is lost when a link breaks.
    public static let chunkBytes = 65_536
    /// One hash of 34 bytes names a chunk of 64 KiB, so that 4 MiB of header name 8 GB of operations.
    public static let headerBytesMax = 4 << 20
    /// A text or a blob. Fifteen of them may stand side by side in one cell of SQLite, which holds 1 GB.
    public static let valueBytesMax = 64 << 20
    /// The bytes of a row's key in all: its texts and blobs, and 8 for each integer. A key stands in the table, in the
    /// row's clock and in every index.
    public static let keyBytesMax = 4_096
    /// The bytes of an operation. Two operations, one for its key, and a chunk are in memory at once, and a row of so
    /// many bytes is far from what SQLite can hold. A row that is larger is refused where it is written.
    public static let operationBytesMax = 128 << 20
    /// Control operations are read whole; roster and schema are small.
    public static let controlBytesMax = 16 << 20
    /// SQLite ships with a limit of 2,000, and a node adds some of its own.
    public static let columnsMax = 1_900
    /// The bytes of a name of a table, a column or an index. SQLite has no limit; an identifier longer than this is a
    /// mistake.
    public static let identifierBytesMax = 1_024
    /// The bytes of an expression or a declared type.
    public static let expressionBytesMax = 65_536
    /// The bytes of the name that people give to a node, an institution or an alliance.
    public static let nameBytesMax = 256
    public static let scopeBytesMax = 64
    /// Scopes that one site shares.
    public static let scopesMax = 1_024
    /// The feeds that a dot can number inside one replica.
    public static let feedsMax = 65_536
    /// A dot keeps 47 bits of seq.
    public static let seqMax: UInt64 = 1 << 47 - 1
    /// Arrays, maps and tags that anything lies in. Ours nest at most 6 deep; the rest is for optional fields to come.
    public static let nestingMax = 16
}

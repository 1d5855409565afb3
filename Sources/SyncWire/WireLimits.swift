/// The limits that hold on every wire, each with its reason. A length is compared with its limit before anything is
/// allocated for it.
package enum WireLimits {
    /// The most bytes of a chunk, which older software cut.
    package static let chunkBytes = 65_536
    /// Every chunk of a changeset but the last is cut to exactly so many bytes: what is lost when a link breaks. With
    /// the handshake, the hellos and the header before it one gets over a link that carries 64 KiB, even where nothing
    /// in it can be compressed.
    package static let cutBytes = 49_152
    /// The most bytes of a header: a hash of 34 bytes names a chunk, so that 4 MiB name 6 GB of operations.
    package static let headerBytesMax = 4 << 20
    /// A text or a blob. Fifteen of them may stand side by side in one cell of SQLite, which holds 1 GB.
    package static let valueBytesMax = 64 << 20
    /// A text or a blob in a column that has part in an index, by the schema that its author had: whatever is entered
    /// later is compared with it, and the index keeps it once more.
    package static let indexedBytesMax = 1 << 20
    /// The bytes of a row's key in all: its texts and blobs, and 8 for each integer. A key stands in the table, in the
    /// row's clock and in every index.
    package static let keyBytesMax = 4_096
    /// The bytes of an operation. Two operations, one for its key, and a chunk are in memory at once, and a row of so
    /// many bytes is far from what SQLite can hold. A row that is larger is refused where it is written.
    package static let operationBytesMax = 128 << 20
    /// Control operations are read whole; roster and schema are small.
    package static let controlBytesMax = 16 << 20
    /// The bytes of the name that people give to a node, an institution or an alliance.
    package static let nameBytesMax = 256
    package static let scopeBytesMax = 64
    /// Scopes that one site shares.
    package static let scopesMax = 1_024
    /// The feeds that a dot can number inside one replica.
    package static let feedsMax = 65_536
    /// A dot keeps 47 bits of seq.
    package static let seqMax: UInt64 = 1 << 47 - 1
    /// Arrays, maps and tags that anything lies in. Ours nest at most 6 deep; the rest is for optional fields to come.
    package static let nestingMax = 16
}

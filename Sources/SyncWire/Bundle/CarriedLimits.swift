/// The limits of files that are carried, each with its reason.
package enum CarriedLimits {
    /// The first bytes of a file: `caravan` and the byte at which a DOS program stops to print.
    package static let magic: [UInt8] = Array("caravan\u{1A}".utf8)
    /// The newest version of any kind of file.
    static let version: UInt64 = 2
    /// A vector of all feeds that a replica can number, and as many ranges.
    static let headBytesMax = 16 << 20
    /// Bytes of a block: what is in memory at once beside the head.
    static let blockBytes = 65_536
    /// The bytes by which a block is longer than what is encrypted in it.
    static let tagBytes = 16
    static let recipientsMax = 1_024
    static let cardsMax = 1_024
    /// Encrypted files of which an announcement says that they were opened: the latest of them.
    package static let takenMax = 256
    /// Encrypted files in whose place one comes: the latest of them.
    package static let replacedMax = 128
    static let addressesMax = 64
    static let addressBytesMax = 260
    static let keyBytes = 32
    /// The words with which what is signed begins: a signature of a file is none of anything else.
    static let signedWords = Array("caravan file 1\0".utf8)
    static let cardWords = Array("caravan sealing key 1\0".utf8)
    static let sealedWords = Array("caravan sealed 1\0".utf8)
}

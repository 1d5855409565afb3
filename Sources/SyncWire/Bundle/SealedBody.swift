import ReplicaModel

/// Encrypts the bytes of a bundle's file, block by block, into a file that its recipients alone can read.
package struct SealedFileWriter {
    private let key: ContentKey
    private let headHash: Bytes32
    private var file: CarriedFileWriter
    private var plain: [UInt8] = []
    private var number: UInt64 = 0

    /// - Parameters:
    ///   - head: with the content's key wrapped for each recipient.
    ///   - key: of the content.
    package init(_ head: SealedHead, content key: ContentKey, signedBy signing: SigningKey) {
        self.key = key
        headHash = ContentHash.of(CarriedHeadCodec.encode(.sealed(head)))
        file = CarriedFileWriter(.sealed(head), key: signing)
    }

    package var id: HashPrefix? { file.id }

    package mutating func write(_ bytes: [UInt8]) {
        plain += bytes
        // The last one is known as such at the end alone.
        while plain.count > Self.plainBytes { seal(Self.plainBytes, isLast: false) }
    }

    package mutating func end() {
        seal(plain.count, isLast: true)
        file.end()
    }

    package mutating func takeOutput() -> [UInt8] { file.takeOutput() }

    private mutating func seal(_ count: Int, isLast: Bool) {
        file.write(block: key.seal(plain[..<count], number: number, isLast: isLast, head: headHash))
        plain.removeFirst(count)
        number += 1
    }

    private static let plainBytes = CarriedLimits.blockBytes - CarriedLimits.tagBytes
}

/// Decrypts the blocks of such a file.
package struct SealedFileOpener {
    private let key: ContentKey
    private let headHash: Bytes32
    private var number: UInt64 = 0
    private var held: [UInt8]?

    /// - Parameter headHash: of the file's head, as its reader has it.
    package init(content key: ContentKey, headHash: Bytes32) {
        self.key = key
        self.headHash = headHash
    }

    /// Takes the next block, and gives what was in the one before.
    package mutating func take(_ block: [UInt8]) throws(CarriedFault) -> [UInt8] {
        defer { held = block }
        return try open(isLast: false)
    }

    /// Gives what was in the last block.
    package mutating func finish() throws(CarriedFault) -> [UInt8] { try open(isLast: true) }

    private mutating func open(isLast: Bool) throws(CarriedFault) -> [UInt8] {
        guard let held else {
            guard !isLast else { throw .altered("nothing is encrypted in it") }
            return []
        }
        guard let plain = key.open(held, number: number, isLast: isLast, head: headHash) else {
            throw .altered("block \(number) cannot be decrypted")
        }
        number += 1
        return plain
    }
}

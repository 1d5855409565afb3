import ReplicaModel
import SyncWire

extension CandidateValue {
    /// What a row clock keeps of a value.
    ///
    /// However many stand beside each other in the cells of a row, and however long they are, a clock is read and
    /// written as a whole whenever one more comes: so each changeset has a few hundred kibibytes in it at most.
    ///
    /// - Parameter columnCount: of the table, without those of the key.
    package init(_ value: Value, columnCount: Int) {
        let bytesMax = min(max(Self.rowBytesMax / max(columnCount, 1), Self.beginningBytesMax), Self.bytesMax)
        switch value {
        case .text(let bytes) where bytes.count > bytesMax:
            self = .long(
                LongValue(
                    byteCount: bytes.count, hash: ContentHash.of(bytes), beginning: .text(Self.beginning(ofText: bytes))
                ))
        case .blob(let bytes) where bytes.count > bytesMax:
            let beginning = Array(bytes.prefix(Self.beginningBytesMax))
            self = .long(LongValue(byteCount: bytes.count, hash: ContentHash.of(bytes), beginning: .blob(beginning)))
        default: self = .short(value)
        }
    }

    /// Whole characters, as long as it is UTF-8.
    private static func beginning(ofText bytes: [UInt8]) -> [UInt8] {
        var end = beginningBytesMax
        while end > beginningBytesMax - 3, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(bytes[..<end])
    }

    /// What a person is shown to tell texts apart.
    private static let beginningBytesMax = 256
    /// Nearly all that people write is kept whole.
    private static let bytesMax = 32 << 10
    private static let rowBytesMax = 256 << 10
}

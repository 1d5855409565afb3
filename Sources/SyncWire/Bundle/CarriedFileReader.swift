import ReplicaModel

/// Reads a file that is carried, from its bytes in pieces of any size, in bounded memory: the head, or a block, and
/// what was appended and not read yet. After an error the reader is of no more use.
///
/// Nothing in the file may be believed before `end` came: only then is the signature checked.
package struct CarriedFileReader {
    package enum Part {
        case head(CarriedHead)
        case block([UInt8])
        /// The signature is the writer's, over everything before it. The id is the beginning of the hash that is
        /// signed.
        case end(id: HashPrefix)
    }

    private enum Place { case magic, head, body, signature, over }

    private var place = Place.magic
    private var bytes: [UInt8] = []
    private var offset = 0
    private var hash = RunningHash()
    private var site: SiteID?
    /// The hash of the head's bytes: what is encrypted is bound to it.
    package private(set) var headHash = Bytes32.zero

    package init() {}

    package mutating func append(_ more: [UInt8]) {
        if offset > 0 {
            bytes.removeFirst(offset)
            offset = 0
        }
        bytes += more
    }

    /// The next part; nil if the bytes end before its end: append more.
    package mutating func next() throws(CarriedFault) -> Part? {
        switch place {
        case .magic: return try readMagic() ? next() : nil
        case .head:
            guard let content = try readBytes(max: CarriedLimits.headBytesMax) else { return nil }
            let head = try CarriedHeadCodec.decode(content)
            (place, site, headHash) = (.body, head.site, ContentHash.of(content))
            return .head(head)
        case .body:
            guard let content = try readBytes(max: CarriedLimits.blockBytes) else { return nil }
            if !content.isEmpty { return .block(content) }
            place = .signature
            return try next()
        case .signature: return try readSignature()
        case .over:
            guard offset == bytes.count else { throw .altered("something stands behind its end") }
            return nil
        }
    }

    /// The blocks of a file that is in memory, whose signature holds.
    package static func blocks(of file: [UInt8]) throws(CarriedFault) -> [[UInt8]] {
        var reader = CarriedFileReader()
        reader.append(file)
        var blocks: [[UInt8]] = []
        while let part = try reader.next() { if case .block(let block) = part { blocks.append(block) } }
        try reader.finish()
        return blocks
    }

    /// Says that no more bytes come.
    package func finish() throws(CarriedFault) {
        guard case .over = place, offset == bytes.count else { throw .cut }
    }

    /// Whether the magic is there.
    private mutating func readMagic() throws(CarriedFault) -> Bool {
        let count = min(bytes.count - offset, CarriedLimits.magic.count)
        guard bytes[offset..<offset + count].elementsEqual(CarriedLimits.magic.prefix(count)) else { throw .notOne }
        guard count == CarriedLimits.magic.count else { return false }
        consume(count)
        place = .head
        return true
    }

    private mutating func readSignature() throws(CarriedFault) -> Part? {
        let digest = hash.finish()
        guard let signature = try readBytes(max: SignatureCheck.signatureBytes), let site else { return nil }
        guard SignatureCheck.isValid(signature, of: CarriedLimits.signedWords + digest.bytes, by: site) else {
            throw .altered("its signature is not that of \(site.short)")
        }
        place = .over
        return .end(id: HashPrefix(digest))
    }

    /// A byte string; nil if not all of it is there. Nothing is allocated for a length that is declared.
    private mutating func readBytes(max: Int) throws(CarriedFault) -> [UInt8]? {
        let (start, end) = (offset, bytes.count)
        let head = bytes.withUnsafeBytes { raw in raw.baseAddress.map { CBORHead.read($0, at: start, end: end) } }
        guard let head, head.status != .incomplete else { return nil }
        guard head.status == .whole, head.major == CBORMajor.bytes, head.argument <= UInt64(max) else {
            throw .altered("a byte string of at most \(max) bytes must stand where none does")
        }
        guard end - start - head.size >= Int(head.argument) else { return nil }
        let content = Array(bytes[start + head.size..<start + head.size + Int(head.argument)])
        consume(head.size + content.count)
        return content
    }

    private mutating func consume(_ count: Int) {
        bytes[offset..<offset + count].withUnsafeBytes { hash.update($0) }
        offset += count
    }
}

import ReplicaModel

/// Writes a file that is carried: magic, head, the body in blocks, an empty byte string, and the writer's signature
/// over everything before it. What was written is in memory until it is taken.
package struct CarriedFileWriter {
    private let key: SigningKey
    private var hash = RunningHash()
    private var body: [UInt8] = []
    private var output: [UInt8] = []
    /// The id of the file, once it is ended: the beginning of the hash that is signed.
    package private(set) var id: HashPrefix?

    /// - Precondition: the head is of the key's own site.
    package init(_ head: CarriedHead, key: SigningKey) {
        precondition(head.site == key.site, "a site signs its own files")
        self.key = key
        emit(CarriedLimits.magic)
        emitBytes(CarriedHeadCodec.encode(head)[...])
    }

    /// Writes the next bytes of the body.
    package mutating func write(_ bytes: [UInt8]) {
        body += bytes
        var taken = 0
        while body.count - taken >= CarriedLimits.blockBytes {
            emitBytes(body[taken..<taken + CarriedLimits.blockBytes])
            taken += CarriedLimits.blockBytes
        }
        if taken > 0 { body.removeFirst(taken) }
    }

    /// Writes one block as it is.
    mutating func write(block: [UInt8]) {
        precondition(body.isEmpty, "a body is written in blocks, or in bytes")
        emitBytes(block[...])
    }

    /// Ends the file.
    package mutating func end() {
        if !body.isEmpty { emitBytes(body[...]) }
        body = []
        emitBytes([])
        let digest = hash.finish()
        id = HashPrefix(digest)
        emitBytes(key.sign(CarriedLimits.signedWords + digest.bytes)[...])
    }

    /// Takes the bytes that are ready to be kept.
    package mutating func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    private mutating func emitBytes(_ content: ArraySlice<UInt8>) {
        var writer = CBORWriter()
        writer.write(bytes: content)
        emit(writer.bytes)
    }

    private mutating func emit(_ bytes: [UInt8]) {
        hash.update(bytes)
        output += bytes
    }
}

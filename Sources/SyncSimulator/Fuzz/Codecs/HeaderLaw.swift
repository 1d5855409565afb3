import ReplicaModel
import SyncWire

/// A header that decodes is encoded as it came, and its author could have sealed it.
enum HeaderLaw {
    private static let noSignature = [UInt8](repeating: 0, count: SignatureCheck.signatureBytes)

    static func violation(by bytes: [UInt8]) -> String? {
        guard let read = try? UnverifiedHeader(bytes: bytes, signature: noSignature) else { return nil }
        if written(read.header) != bytes { return "a header is written otherwise than it was read" }
        if read.isSigned { return "a signature of zeros is no signature" }
        return sealing(read.header)
    }

    /// The bytes of a header, written a second time as the protocol's article has it.
    static func written(_ header: ChangesetHeader) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(9)
        begin(header.feed, &writer)
        writer.write(unsigned: header.seq)
        writer.write(bytes: header.previous.bytes)
        writer.write(unsigned: header.stamp.bits)
        writer.beginArray(header.contextAdvance.count)
        for (feed, head) in header.contextAdvance.sorted(by: { $0.key < $1.key }) {
            writer.beginArray(5)
            begin(feed, &writer)
            writer.write(unsigned: head.seq)
            writer.write(bytes: head.hash.bytes)
        }
        writer.write(unsigned: header.operationCount)
        writer.beginArray(header.chunkHashes.count)
        for hash in header.chunkHashes { writer.write(bytes: hash.bytes) }
        return writer.bytes
    }

    private static func begin(_ feed: FeedID, _ writer: inout CBORWriter) {
        writer.write(text: feed.scope.name)
        writer.write(bytes: feed.site.bytes)
        writer.write(unsigned: feed.incarnation.bits)
    }

    /// The same header of a site whose key is here: to seal it stops the process if it cannot be meant.
    private static func sealing(_ header: ChangesetHeader) -> String? {
        let key = FuzzKeys.sites[0]
        let feed = FeedID(site: key.site, incarnation: header.feed.incarnation, scope: header.feed.scope)
        guard !header.contextAdvance.keys.contains(where: { $0.base == feed }) else { return nil }
        let own = ChangesetHeader(
            feed: feed, seq: header.seq, previous: header.previous, stamp: header.stamp,
            contextAdvance: header.contextAdvance,
            operationCount: header.operationCount, chunkHashes: header.chunkHashes)
        let sealed = key.seal(own)
        guard let read = try? UnverifiedHeader(bytes: sealed.bytes, signature: sealed.signature), read.header == own,
            read.isSigned
        else {
            return "a header that was sealed cannot be read"
        }
        return nil
    }
}

/// Keys that are the same in every process.
enum FuzzKeys {
    static let sites: [SigningKey] = (1...5).compactMap { number in
        try? SigningKey(rawRepresentation: [UInt8](repeating: UInt8(number), count: 32))
    }
}

import ReplicaModel
import ReplicaStore
import SyncProtocol

@testable import SyncEngine
@testable import SyncWire

/// Changesets and streams made by hand, so that they may be wrong.
struct Crafted {
    var header: [UInt8]
    var signature: [UInt8]
    var chunks: [[UInt8]]

    init(header: [UInt8], signature: [UInt8], chunks: [[UInt8]]) {
        self.header = header
        self.signature = signature
        self.chunks = chunks
    }

    /// A changeset that inserts one row, with `signer`'s signature, whoever that is.
    init(_ feed: FeedID, seq: UInt64, after previous: Bytes32, row: String, seeing context: Context, signer: SigningKey)
    {
        var operations = OperationWriter()
        operations.beginTable(name: "t", key: ["id"], valueColumns: ["a", "b"])
        operations.insert(key: [.text(row)], values: [.null, .null])
        chunks = operations.finish().map { [$0] } ?? []
        header = HeaderCodec.encode(
            ChangesetHeader(
                feed: feed, seq: seq, previous: previous, stamp: Stamp(milliseconds: 1_800_000_000_000),
                contextAdvance: context, operationCount: 1,
                chunkHashes: chunks.map { ContentHash.of($0) }))
        signature = signer.sign(HeaderCodec.signedMessage(header))
    }

    var hash: Bytes32 { ContentHash.of(header) }

    func write(to writer: ChangeStreamWriter, skipped: Int = 0) {
        writer.write(header: header, signature: signature, skippedChunks: skipped)
        for chunk in chunks.dropFirst(skipped) { writer.write(chunk: chunk) }
    }

    static func stream(_ changesets: [Crafted], skipped: Int = 0) -> [UInt8] {
        let writer = ChangeStreamWriter()
        for changeset in changesets { changeset.write(to: writer, skipped: skipped) }
        return drained(writer)
    }

    static func drained(_ writer: ChangeStreamWriter) -> [UInt8] {
        writer.flush()
        var out: [UInt8] = []
        while let piece = writer.takeOutput() { out += piece }
        return out
    }

    /// Compresses any bytes, as a stream is.
    static func stream(plain: [UInt8], times: Int = 1) -> [UInt8] {
        let compressor = Compressor()
        for _ in 0..<times { compressor.write(plain) }
        compressor.flush()
        var out: [UInt8] = []
        while let piece = compressor.take(max: 1 << 20) { out += piece }
        return out
    }
}

extension ChangeStreamWriter {
    /// Writes a whole stream of a replica.
    func write(_ stream: Outgoing) throws {
        while let item = try stream.next() {
            switch item {
            case .header(let bytes, let signature, _): write(header: bytes, signature: signature)
            case .chunk(let bytes): write(chunk: bytes)
            }
        }
    }
}

import ReplicaModel
import SyncSimulator

@testable import SyncWire

extension SeededGenerator {
    mutating func bytes32() -> Bytes32 { Bytes32(bytes(32))! }

    mutating func name() -> String { String(decoding: Array("n".utf8) + text(), as: UTF8.self) }

    mutating func incarnation() -> Incarnation { bool() ? .first : Incarnation(next() >> UInt64(below(64))) }

    mutating func feed(scope: Scope? = nil) -> FeedID {
        FeedID(site: SiteID(bytes32()), incarnation: incarnation(), scope: scope ?? (bool() ? .control : .alliance))
    }

    mutating func seq() -> UInt64 { UInt64.random(in: 1...(bool() ? 20 : WireLimits.seqMax), using: &self) }

    mutating func heads(_ count: Int, scope: Scope? = nil) -> [FeedID: Head] {
        var heads: [FeedID: Head] = [:]
        for _ in 0..<count { heads[feed(scope: scope)] = Head(seq: seq(), hash: HashPrefix(bytes32())) }
        return heads
    }

    mutating func vector(_ count: Int) -> Vector { heads(count).mapValues(\.seq) }

    /// A header that follows `previous`, which is the zero hash for seq 1.
    mutating func header(of feed: FeedID, seq: UInt64, previous: Bytes32, chunks: [[UInt8]] = []) -> ChangesetHeader {
        ChangesetHeader(
            feed: feed, seq: seq, previous: previous, stamp: Stamp(bits: next()),
            contextAdvance: heads(below(4), scope: .control), operationCount: UInt64(chunks.count),
            chunkHashes: chunks.map { ContentHash.of($0) })
    }

    /// A run of headers of one feed, from the first.
    mutating func run(_ count: Int, key: SigningKey) -> [VerifiedHeader] {
        let feed = FeedID(site: key.site, incarnation: incarnation(), scope: .alliance)
        var run: [VerifiedHeader] = []
        for seq in 1...count {
            let chunks = (0..<below(3)).map { _ in bytes(1 + below(200)) }
            run.append(key.seal(header(of: feed, seq: UInt64(seq), previous: run.last?.hash ?? .zero, chunks: chunks)))
        }
        return run
    }
}

extension VerifiedHeader {
    /// The header as a peer receives it.
    var received: UnverifiedHeader {
        get throws { try UnverifiedHeader(bytes: bytes, signature: signature) }
    }
}

import Foundation

/// The test vectors beside the protocol's article, which another peer made.
struct VectorFile: Decodable {
    struct Key: Decodable {
        let seed: String
        let site: String
    }
    struct Signature: Decodable {
        let site: String
        let message: String
        let signature: String
        let valid: Bool
    }
    struct Bytes: Decodable {
        let value: String?
        let bytes: String
    }
    struct Changeset: Decodable {
        let header: String
        let signature: String
        let hash: String
        let chunks: [String]
        let scope: String
        let site: String
        let incarnation: UInt64
        let seq: UInt64
        let stamp: UInt64
        let chunkHashes: [String]
        let rows: [String]

        enum CodingKeys: String, CodingKey {
            case header, signature, hash, chunks, scope, site, incarnation, seq, stamp, rows
            case chunkHashes = "chunk-hashes"
        }
    }
    struct Parts: Decodable {
        let feeds: Int
        let frames: Int
        let sha256: String

        enum CodingKeys: String, CodingKey {
            case feeds, frames
            case sha256 = "sha-256"
        }
    }
    struct Invited: Decodable {
        let text: String
        let alliance: String
        let inviter: String
        let name: String
        let addresses: [String]
        let secret: String
        let expires: Int64
    }

    let keys: [Key]
    let nobodysKeys: [String]
    let signatures: [Signature]
    let values: [Bytes]
    let items: [String]
    let refused: [String: String]
    let control: [Bytes]
    let log: [Changeset]
    let alliance: String
    let headsDigest: String
    let controlDigest: String
    let roster: [String]
    let messages: [String: String]
    let parts: Parts
    let invitation: Invited

    enum CodingKeys: String, CodingKey {
        case keys, signatures, values, items, refused, control, log, alliance, roster, messages, parts, invitation
        case nobodysKeys = "keys that are nobody's"
        case headsDigest = "digest of heads"
        case controlDigest = "digest of control"
    }

    static func read() throws -> VectorFile {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("Sources/SyncNode/Caravan.docc/protocol-vectors.json")
        return try JSONDecoder().decode(VectorFile.self, from: Data(contentsOf: file))
    }

    /// Hexadecimal in which `78*1000` is a byte that is there so many times, between bars.
    static func bytes(_ runs: String) -> [UInt8]? {
        var out: [UInt8] = []
        for piece in runs.split(separator: "|") {
            let parts = piece.split(separator: "*")
            guard let bytes = [UInt8](hex: parts[0]) else { return nil }
            for _ in 0..<(parts.count == 2 ? Int(parts[1]) ?? 0 : 1) { out += bytes }
        }
        return out
    }
}

import ReplicaModel
import SQLiteAccess
import SyncWire

/// Every node's log has each changeset bit for bit as every other node's has it, whatever their disks did to it:
/// header, recorded hash and chunks. A signature may be wrong where a later one vouches for its changeset.
package struct SoundLogs {
    /// A node's log with its chunks as they are hashed, however its file keeps them, in an order that all nodes share.
    static func rows(_ reader: RawClient) throws(StoreError) -> [[Value]] {
        let packer = ChunkPacker()
        return try reader.rows(query).map { row in
            guard case .text(let chunks)? = row.last else { return row }
            let plain = chunks.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { digits in
                packer.unpack([UInt8](hex: String(decoding: digits, as: UTF8.self)) ?? []).hex
            }
            return row.dropLast() + [.text(plain.joined(separator: ","))]
        }
    }

    private static let query = """
        SELECT f.site, f.incarnation, f.scope, c.seq, c.hash, c.header,
            (SELECT group_concat(hex(bytes)) FROM (SELECT bytes FROM caravan_chunk WHERE id >> 24 = c.body ORDER BY id))
        FROM caravan_changeset AS c JOIN caravan_feed AS f ON f.ordinal = c.feed ORDER BY 1, 2, 3, 4
        """

    static func check(_ logs: [(node: String, rows: [[Value]])]) throws(Violation) {
        guard let first = logs.first else { return }
        for log in logs.dropFirst() where log.rows != first.rows {
            let row = zip(log.rows, first.rows).first { $0 != $1 }?.0
            let place = row.map { "changeset \($0[3]) of \($0[2])" } ?? "what one has and the other has not"
            throw Violation("sound logs", "the logs of \(log.node) and \(first.node) differ in \(place)")
        }
    }
}

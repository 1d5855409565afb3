import ReplicaModel
import SQLiteAccess
import SyncWire

/// A changeset as its row in the log has it, held against nothing: a disk may have altered any of it.
struct LogEntry {
    let dot: Dot
    let headerBytes: [UInt8]?
    let signature: [UInt8]?
    /// The hash that was recorded when the changeset came.
    let recordedHash: Bytes32?
    /// The number of its chunks.
    let body: Int64?
    /// The place in the order of application; nil for a changeset that is not applied.
    let position: Int64?

    /// The columns that make one, in this order, behind those of `dot`.
    static let columns = "header, signature, hash, body, position"

    /// - Parameter row: a row of a statement that selects `columns`.
    init(_ dot: Dot, _ row: Statement) {
        self.dot = dot
        headerBytes = if case .blob(let bytes) = row.value(at: 0) { bytes } else { nil }
        signature = if case .blob(let bytes) = row.value(at: 1) { bytes } else { nil }
        recordedHash = if case .blob(let bytes) = row.value(at: 2) { Bytes32(bytes) } else { nil }
        body = if case .integer(let number) = row.value(at: 3) { number } else { nil }
        position = if case .integer(let number) = row.value(at: 4) { number } else { nil }
    }

    /// The header as it can be read; nil if it cannot.
    var header: UnverifiedHeader? {
        guard let headerBytes, let signature else { return nil }
        return try? UnverifiedHeader(bytes: headerBytes, signature: signature)
    }

    /// The header, if it has the hash that was recorded.
    var soundHeader: UnverifiedHeader? {
        guard let header, header.hash == recordedHash else { return nil }
        return header
    }
}

extension Dot {
    /// The number of the feed and the seq, as the tables of the log have them.
    var place: [Value] { [.integer(Int64(feed.number)), .integer(Int64(seq))] }
}

import Synchronization
import SyncTransport

/// Counts clients that never came to a session. Whoever floods a node with those costs it a number, not a write to its
/// replica.
final class RefusalTally: Sendable {
    struct Entry: Sendable {
        var count: UInt64
        /// Why the last one was.
        var sentence: String
    }

    private let entries = Mutex<[String: Entry]>([:])

    func note(_ error: TransportError) {
        entries.withLock { entries in
            let count = entries[error.countedAs]?.count ?? 0
            entries[error.countedAs] = Entry(count: count + 1, sentence: error.sentence)
        }
    }

    /// The counts since this was last asked, by name.
    func take() -> [String: Entry] {
        entries.withLock { entries in
            defer { entries = [:] }
            return entries
        }
    }
}

extension TransportError {
    /// The name under which refusals are counted.
    fileprivate var countedAs: String {
        switch self {
        case .tooManyConnections, .gaveWay: "too-many-connections"
        case .timeout: "handshake-timeout"
        case .badCertificate: "bad-certificate"
        default: "handshake"
        }
    }
}

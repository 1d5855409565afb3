import ReplicaModel
import SQLiteAccess

/// A way to join.
package enum JoiningWay: Hashable, Sendable {
    /// An exchange with whoever invited it.
    case invitation
    /// The answer to its petition, a file with this id.
    case grant(HashPrefix)
}

/// The mark in a replica that its node has begun to join and not finished: it was killed, or the link broke. The same
/// join goes on in it.
package struct Joining {
    let replica: Replica

    /// The way in which the node is joining; nil once it was in sync, or has opened the whole answer.
    package func pending() throws(StoreError) -> JoiningWay? {
        let transaction = try replica.read()
        switch try transaction.meta(Self.name) {
        case .text: return .invitation
        case .blob(let bytes):
            guard let id = HashPrefix(bytes), try !transaction.carrierBook.opened().contains(id) else { return nil }
            return .grant(id)
        default: return nil
        }
    }

    /// Whether this node belongs, and has all with which it was to begin.
    package func isOver() throws(StoreError) -> Bool {
        guard try pending() == nil else { return false }
        return try replica.member(replica.site)?.role != nil
    }

    /// Sets the mark.
    package func begin(by way: JoiningWay) throws(StoreError) {
        try replica.write { try $0.setMeta(Self.name, Self.value(of: way)) }
    }

    private static func value(of way: JoiningWay) -> Value {
        switch way {
        case .invitation: .text("invitation")
        case .grant(let id): .blob(id.bytes)
        }
    }

    /// Takes the mark away, where there is one.
    package func end() throws(StoreError) {
        guard try replica.read().meta(Self.name) != nil else { return }
        try replica.write { transaction in
            _ = try transaction.connection.rows("DELETE FROM caravan_meta WHERE name = ?1", [.text(Self.name)])
        }
    }

    /// Takes the mark away, where it says that way.
    static func end(by way: JoiningWay, in transaction: Transaction) throws(StoreError) {
        _ = try transaction.connection.rows(
            "DELETE FROM caravan_meta WHERE name = ?1 AND value = ?2", [.text(name), value(of: way)])
    }

    private static let name = "joining"
}

extension Replica {
    package var joining: Joining { Joining(replica: self) }
}

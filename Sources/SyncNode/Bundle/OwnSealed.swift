import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// An encrypted file of this node's own on a stick.
struct OwnSealed {
    let path: String
    let id: HashPrefix
    let replaces: [HashPrefix]
    let bytes: Int

    /// Encrypted files that this node wrote for a visitor before, and of which it has everything still: one that it
    /// does not remember was written before a backup was put back, and what its disk has altered since may be whole
    /// there.
    static func all(
        for visitor: Announcement, among found: [Stick.Found], at node: isolated Node
    ) throws(NodeError) -> [OwnSealed] {
        let replica = node.engine.replica
        let known = try saying { try replica.exchange.spoilt().isEmpty ? Set(try replica.carrierNotes.sealed()) : [] }
        return found.compactMap { found in
            guard case .sealed(let head) = found.head, found.isOurs, head.site == node.engine.site,
                head.recipients == [visitor.site], let id = StickExchange.id(found.name), known.contains(id)
            else { return nil }
            return OwnSealed(path: found.path, id: id, replaces: head.replaces, bytes: found.bytes)
        }
    }

    /// The files in whose place one comes that has all which a visitor lacks: these, and those in whose place they
    /// came, for somebody may carry one of them who was not by meanwhile.
    static func replaced(by old: [OwnSealed], at node: isolated Node) throws(NodeError) -> [HashPrefix] {
        let all = Set(old.flatMap { [$0.id] + $0.replaces })
        let known = try saying { try node.engine.replica.carrierNotes.sealed() }
        return known.filter { all.contains($0) }.suffix(CarriedLimits.replacedMax).sorted()
    }
}

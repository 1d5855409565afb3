import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// Keeps what is known of a peer for `status` and for the next hello. Sent, durable at the peer and applied by it are
/// three numbers.
extension PeerSession {
    func noteSent(_ reaches: Vector) throws(StoreError) {
        try change { $0.noteSent(reaches, after: lacked ?? [:]) }
    }

    func noteAck(held: Vector, applied: Vector) throws(StoreError) {
        let control = try engine.replica.heads(scope: .control)
        try change {
            $0.noteAck(
                held: held, applied: applied, isPartial: areAcksPartial, control: sharesControl ? control : nil)
        }
    }

    /// Notes that both sides hold the same: of control too, so the next hello may be short.
    func noteDone() throws(StoreError) {
        if purpose == .exchange { try engine.replica.addressBook.forgetRetirements() }
        let hello = session.peerHello
        let own = try engine.replica.soundVector()
        sharesControl = sharesControl || isControlExplained(own)
        let control =
            sharesControl ? HeadsDigest.of(try engine.replica.heads(scope: .control)) : hello?.controlDigest
        let isEqual = hello?.headsDigest == HeadsDigest.of(try engine.replica.heads())
        try change {
            $0.controlDigest = control
            $0.noteDone(
                isEqual ? own : nil, said: lacked ?? [:], came: streamed.came, isApplied: hello?.waiting == 0)
        }
    }

    /// Whether the two began with other numbers of control, so that other digests are no wonder. Where the numbers were
    /// the same, a feed of control went two ways, and hellos that name their vectors in full are to show it.
    private func isControlExplained(_ own: Vector) -> Bool {
        let lacked = lacked ?? [:]
        return streamed.came.keys.contains { $0.scope == .control }
            || own.contains { $0.key.scope == .control && $0.value > lacked[$0.key] ?? 0 }
    }

    func change(_ edit: (inout Contact) -> Void) throws(StoreError) {
        var contact =
            try engine.replica.addressBook.contact(with: peer)
            ?? Contact(lastContact: moment.wall, skew: 0, controlDigest: nil)
        contact.lastContact = moment.wall
        contact.skew = skew
        edit(&contact)
        try engine.replica.addressBook.setContact(contact, with: peer)
    }
}

import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// Keeps what is known of a peer for `status` and for the next hello. Sent, durable at the peer and applied by it are
/// three numbers.
extension PeerSession {
    func noteSent(_ reaches: Vector, at moment: Moment) throws(StoreError) {
        try change(at: moment) { $0.sent.merge(reaches) { max($0, $1) } }
    }

    func noteAck(held: Vector, applied: Vector, at moment: Moment) throws(StoreError) {
        try change(at: moment) {
            if areAcksPartial {
                $0.held.merge(held) { max($0, $1) }
                $0.applied.merge(applied) { max($0, $1) }
            } else {
                ($0.held, $0.applied) = (held, applied)
            }
            $0.sent.merge(held) { max($0, $1) }
        }
    }

    /// Both sides hold the same: of control too, so the next hello may be short. Where nothing waits at the peer, it
    /// has applied what it holds: it acknowledges only what came in this session.
    func noteDone(at moment: Moment) throws(StoreError) {
        let control = HeadsDigest.of(try engine.replica.heads(scope: .control))
        let hello = session.peerHello
        let own = try engine.replica.soundVector()
        let isEqual = hello?.headsDigest == HeadsDigest.of(try engine.replica.heads())
        try change(at: moment) {
            $0.controlDigest = control
            if isEqual {
                $0.held = own
                $0.sent = own
            }
            guard hello?.waiting == 0 else { return }
            // One that was put back may have applied more once: of it all is known now.
            if isEqual { $0.applied = own } else { $0.applied.merge(lacked ?? [:]) { max($0, $1) } }
        }
    }

    func change(at moment: Moment, _ edit: (inout Contact) -> Void) throws(StoreError) {
        var contact =
            try engine.replica.addressBook.contact(with: peer)
            ?? Contact(lastContact: moment.wall, skew: 0, controlDigest: nil)
        contact.lastContact = moment.wall
        contact.skew = skew
        edit(&contact)
        try engine.replica.addressBook.setContact(contact, with: peer)
    }
}

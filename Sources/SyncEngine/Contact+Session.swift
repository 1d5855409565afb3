import ReplicaModel
import ReplicaStore
import SyncWire

/// How what is known of a site grows in the course of a session.
extension Contact {
    /// Notes that this side's stream has ended.
    ///
    /// - Parameters:
    ///   - reaches: what the peer holds once it has taken all of it.
    ///   - said: what the peer said that it holds: where the session breaks off, it is known all the same what is still to
    ///     come from there.
    mutating func noteSent(_ reaches: Vector, after said: Vector) {
        sent.merge(reaches) { max($0, $1) }
        held.merge(said) { max($0, $1) }
    }

    /// The peer has acknowledged something, or pushed it.
    ///
    /// - Parameters:
    ///   - isPartial: whether it named only what came since both held the same.
    ///   - control: the heads of control here: of what either pushed meanwhile some may have been of control. Nil where
    ///     the two did not begin with the same.
    mutating func noteAck(held: Vector, applied: Vector, isPartial: Bool, control: [FeedID: Head]?) {
        if isPartial {
            self.held.merge(held) { max($0, $1) }
            self.applied.merge(applied) { max($0, $1) }
        } else {
            (self.held, self.applied) = (held, applied)
        }
        sent.merge(held) { max($0, $1) }
        guard let control, control.allSatisfy({ self.held[$0.key] ?? 0 >= $0.value.seq }) else { return }
        controlDigest = HeadsDigest.of(control)
    }

    /// Notes that both sides hold the same.
    ///
    /// - Parameters:
    ///   - own: what is held here, where the peer said that it holds the same before anything was exchanged.
    ///   - said: what the peer said that it holds.
    ///   - came: what it streamed, and so holds, also of feeds of which nobody here had heard when it said hello.
    ///   - isApplied: whether nothing waits at the peer, so that it has applied what it holds: it acknowledges only what
    ///     came in this session.
    mutating func noteDone(_ own: Vector?, said: Vector, came: Vector, isApplied: Bool) {
        if let own { (held, sent) = (own, own) }
        held.merge(came) { max($0, $1) }
        sent.merge(came) { max($0, $1) }
        guard isApplied else { return }
        // One that was put back may have applied more once: of it all is known now.
        if let own { applied = own } else { applied.merge(said) { max($0, $1) } }
        applied.merge(came) { max($0, $1) }
    }
}

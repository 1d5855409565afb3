import ReplicaModel

/// How far a session has come. Each case holds what only that phase has.
enum Phase: Sendable {
    /// The peer is a stranger, and nothing was said to it.
    case silent
    /// The peer is a stranger, and was asked by a knock to show that it belongs.
    case knocked(Proof)
    /// The peer is known, and its hello is not there.
    case greeting(Greeting)
    /// The peer was a stranger when it said hello, and is known by now: this side's hello is ordered.
    case answering(Hello)
    /// Both hellos are there.
    case exchanging(Exchange)
    /// No event has any effect.
    case ended(peerHello: Hello?, isPeerKnown: Bool)
}

/// What a stranger has shown of itself.
struct Proof: Sendable {
    var hello: Hello?
    /// Bytes of its control changesets.
    var byteCount = 0
}

/// What passed with a known peer before its hello.
struct Greeting: Sendable {
    /// What a peer that knocked is shown: all control changesets.
    enum Introduction: Sendable {
        case unasked
        /// It is ordered, and its last frame is not sent.
        case streaming
        case over
    }

    /// This side's hello, once it is sent.
    var own: OwnHello?
    var introduction = Introduction.unasked
}

/// What this side's hello said that it holds.
struct OwnHello: Sendable {
    /// The digest of the heads.
    let heads: Bytes32
    let held: Vector
}

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
    /// The two hellos are there.
    case exchanging(Exchange)
    /// No event has any effect.
    case ended(peerHello: Hello?)
}

/// The things that a stranger has shown of itself.
struct Proof: Sendable {
    var hello: Hello?
    /// Bytes of control changesets.
    var byteCount = 0
}

/// The state of a session with a known peer before its hello.
struct Greeting: Sendable {
    /// The stream of all control changesets, which a peer is shown that knocked.
    enum Introduction: Sendable {
        case unasked
        /// The stream is ordered, and its last frame is not sent.
        case streaming
        case over
    }

    /// The hello of this side, once it is sent.
    var own: OwnHello?
    var introduction = Introduction.unasked
}

/// The part of this side's hello that it goes by later.
struct OwnHello: Sendable {
    /// The digest of the heads.
    let heads: Bytes32
    let held: Vector
    /// Whether it asks for something behind `held`.
    let asks: Bool
    /// Whether it says that this side stays.
    let stays: Bool
}

import ReplicaModel

/// The part of a session in which each side streams what the other lacks, and acknowledges what it got.
struct Exchange: Sendable {
    /// The state of this side's stream.
    enum Sending: Sendable {
        /// The vector of the peer's hello is being read.
        case resolving
        /// The peer was asked for its vector, and has not told it.
        case vectorWanted
        case streaming
        /// The last frame is sent.
        case ended
    }

    /// The state of the peer's stream.
    enum Receiving: Sendable {
        case streaming
        /// The end of the stream is taken, and not acknowledged.
        case ended
        case acknowledged
    }

    let peerHello: Hello
    /// The vector that this side's hello named.
    let ownHeld: Vector
    /// Whether the digests of the two hellos are the same.
    let areHeadsEqual: Bool
    /// Whether one of the two asks for something that its vector does not say.
    let asks: Bool
    /// Whether the peer knocked before its hello.
    let wasIntroduced: Bool
    /// Whether both sides stay once all is exchanged.
    let stays: Bool
    /// True while both sides hold what either has, as far as is known, and both have said so.
    private(set) var isSettled = false
    private var sending: Sending
    private var receiving: Receiving
    private var hasSentVector = false
    /// Whether the peer has acknowledged something, or nothing was to be sent to it.
    private var hasReceivedAck: Bool
    /// The vector that the peer said last that it holds.
    private(set) var acked: Vector = [:]
    /// The vector that the peer said last that it applied, of the feeds of which that is not what it holds.
    private var ackedApplied: Vector = [:]
    /// The vector that the peer holds for all that this side knows: it said so, was sent it, or sent it itself.
    private(set) var known: Vector
    /// The changesets that were streamed and are not acknowledged, also of streams before the last: of each feed, what
    /// the peer holds once it has taken them.
    private var owed: Vector = [:]
    /// The vector of what was looked through for something that the peer lacks: not all of it may be given.
    private var offered: Vector = [:]

    init(_ own: OwnHello, _ peerHello: Hello, wasIntroduced: Bool) {
        areHeadsEqual = own.heads == peerHello.headsDigest
        asks = own.asks || peerHello.asks
        let isEqual = areHeadsEqual && !asks
        self.peerHello = peerHello
        ownHeld = own.held
        self.wasIntroduced = wasIntroduced
        stays = own.stays && peerHello.stays
        known = areHeadsEqual ? own.held : [:]
        sending = isEqual ? .ended : .resolving
        receiving = isEqual ? .acknowledged : .streaming
        hasReceivedAck = isEqual
    }

    /// Whether the digests of the two hellos differed, or something is asked for, and the peer's vector is to be read.
    var isResolving: Bool { if case .resolving = sending { true } else { false } }

    /// The vector that the peer applied, as far as it said: no more than it holds, whatever it says.
    var applied: Vector {
        var out = acked
        for (feed, seq) in ackedApplied { if let held = known[feed] { out[feed] = min(seq, held) } }
        return out
    }

    /// Whether both sides have said their last.
    var haveStreamsEnded: Bool {
        guard case .ended = sending, receiving != .streaming else { return false }
        return true
    }

    /// Whether both streams have ended, and each side has acknowledged all of the other's.
    var isDone: Bool {
        guard case .ended = sending, receiving == .acknowledged else { return false }
        return hasReceivedAck && owed.isEmpty
    }

    /// Forgets what the peer said of feeds that this side has not heard of.
    mutating func forget(feedsBut isKnown: (FeedID) -> Bool) {
        acked = acked.filter { isKnown($0.key) }
        known = known.filter { isKnown($0.key) }
    }

    /// Notes that the vector was asked for. Once is enough, and a vector may be large.
    mutating func tellVector() throws(Refusal) {
        guard !hasSentVector else { throw .vectorWantedEarly }
        hasSentVector = true
    }

    /// Notes that the peer's vector could not be read, and is asked for.
    mutating func askForVector() { sending = .vectorWanted }

    /// Begins this side's stream with the vector that the peer told.
    mutating func receivedVector(_ vector: Vector) throws(Refusal) {
        // Asked for once both hellos are there, so never of a stranger, to whom nothing may be streamed.
        guard case .vectorWanted = sending else { throw .unexpected("a vector that nobody asked for") }
        guard acked.allSatisfy({ vector[$0.key] ?? 0 >= $0.value }) else {
            throw Refusal(.shrinkingVector, "the peer's vector is less than what it acknowledged before")
        }
        beginStream(lackedBy: vector)
    }

    /// Begins the stream of what a peer with this vector lacks.
    mutating func beginStream(lackedBy vector: Vector) {
        acked = vector
        known.merge(vector) { max($0, $1) }
        sending = .streaming
    }

    /// Whether this side may stream again, and holds something of what the peer asked for that was not offered to it.
    func hasNews(_ held: Vector) -> Bool {
        guard stays, case .ended = sending else { return false }
        return held.contains { feed, seq in
            seq > max(known[feed] ?? 0, offered[feed] ?? 0) && peerHello.scopes.contains(feed.scope)
        }
    }

    /// Whether this side has looked through more for its streams than it holds.
    func hasStreamed(moreThan held: Vector) -> Bool {
        offered.contains { feed, seq in seq > held[feed] ?? 0 }
    }

    /// Begins another stream, of what this side has got since the last.
    mutating func push(_ held: Vector) {
        offered = held
        (sending, hasReceivedAck, isSettled) = (.streaming, false, false)
    }

    mutating func settle() { isSettled = true }

    mutating func streamed(reaching reaches: Vector) {
        // What the peer was known to hold it need not acknowledge.
        owed.merge(reaches.filter { $0.value > known[$0.key] ?? 0 }) { $1 }
        sending = .ended
        known.merge(reaches) { max($0, $1) }
    }

    /// Notes that more of the peer's stream comes.
    mutating func streams() {
        guard stays, receiving == .acknowledged else { return }
        (receiving, isSettled) = (.streaming, false)
    }

    /// - Parameter came: the greatest number of each feed that came in the peer's stream.
    mutating func taken(isLast: Bool, came: Vector) {
        known.merge(came) { max($0, $1) }
        if isLast, receiving == .streaming { receiving = .ended }
    }

    mutating func acknowledged() {
        if receiving == .ended { receiving = .acknowledged }
    }

    mutating func receivedAck(held: Vector, applied: Vector) throws(Refusal) {
        for (feed, seq) in held {
            guard acked[feed] ?? 0 <= seq else {
                let sentence = "the peer said that it holds \(acked[feed] ?? 0) of a feed and now says \(seq)"
                throw Refusal(.shrinkingVector, sentence)
            }
            acked[feed] = seq
            known[feed] = max(known[feed] ?? 0, seq)
            if seq >= owed[feed] ?? .max { owed[feed] = nil }
        }
        ackedApplied.merge(applied) { $1 }
        hasReceivedAck = true
    }
}

extension Refusal {
    static let vectorWantedEarly = unexpected("a vector was asked for before both hellos, or twice")
}

import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// Carries one session out on the replica: frames go in, frames come out, and between them promises are kept.
///
/// What comes in is never held up by what goes out: an event leaves what it orders in a queue, from which `next` takes
/// it when the connection has room. So two sides that both have much to say never wait for each other.
package final class PeerSession {
    package enum Output: Sendable {
        case frame([UInt8])
        /// The end of the session. All frames before it were given.
        case end(SessionEnd)
    }

    /// Entries of acks of feeds that this side has not heard of: as many as two vectors have. A peer can invent any
    /// number, and each costs work; honest ones are of what it got elsewhere meanwhile.
    private static let unheardOfMax = 2 * WireLimits.feedsMax
    private var unheardOf = 0

    /// The purpose of a session.
    package enum Purpose: Sendable {
        case exchange
        /// Only to see what an exchange would bring: nothing is sent, and nothing that comes is kept.
        case look
    }

    let engine: Engine
    let purpose: Purpose
    /// Whether this side stays once all is exchanged, if the peer does.
    private let stays: Bool
    /// Whether both sides once held what either had.
    package private(set) var hasSettled = false
    /// Whether the peer's acks name only what came since both held the same.
    private(set) var areAcksPartial = false
    /// The changesets that the peer would send, where that is all that is wanted.
    package internal(set) var seen: [IncomingChangeset] = []
    var session: Session
    private var messages = MessageReader()
    let reader: ChangeStreamReader
    let pieces = StreamPieces()
    var inbox: Inbox
    /// The frame of the peer's stream that is being taken; nil while none is.
    var taking: TakenFrame?
    var streamed = StreamedFeeds()
    /// Whether nothing of the alliance is here yet: its founding changeset comes first.
    var needsFounding: Bool
    /// The vector that the peer said that it holds; nil before it did, or where both hold the same.
    package private(set) var lacked: Vector?
    private var outgoing: (stream: Outgoing, isIntroduction: Bool)?
    /// The clocks as of the last event.
    var moment: Moment { didSet { inbox.now = moment.wall } }
    private(set) var queue = OutputQueue()
    /// Why the session is over; nil while it is not. What it still has to say is in `next`.
    package private(set) var end: SessionEnd?
    /// Changesets that this side sends, in all; 0 before it is known.
    package private(set) var toSend: UInt64 = 0
    private var sentBefore = ChangeCount()
    private(set) var told = ToldVectors(held: [:])
    /// Feeds of which the peer was told that a part of a changeset is here.
    private var unfinished: [FeedID] = []
    /// The vectors that the peer acknowledged, and the replica has not noted yet.
    private(set) var unnoted: (held: Vector, applied: Vector)?
    /// The peer's clock less ours, when its hello came.
    private(set) var skew: Int64 = 0
    /// Whether the peer has the control changesets that are here, as its hello said, or as follows from what was
    /// exchanged.
    var sharesControl = false

    /// - Parameters:
    ///   - trust: as ``Engine/trust(in:joining:)`` tells it.
    ///   - stays: this side stays once all is exchanged, if the peer does.
    package init(
        engine: Engine, peer: SiteID, isDialler: Bool, trust: PeerTrust, for purpose: Purpose = .exchange,
        stays: Bool = false, at moment: Moment
    ) throws(StoreError) {
        self.engine = engine
        self.purpose = purpose
        self.stays = stays
        self.moment = moment
        needsFounding = try engine.replica.members().isEmpty
        session = Session(
            isDialler: isDialler, site: engine.site, peer: peer, alliance: engine.replica.alliance, trust: trust,
            now: moment.steady)
        reader = ChangeStreamReader()
        inbox = Inbox(engine: engine, peer: peer, trust: trust, now: moment.wall)
    }

    deinit { engine.tellsNoMore(of: unfinished) }

    package var peer: SiteID { session.peer }
    var forks: ForkWatch { ForkWatch(engine: engine, peer: peer, now: moment.wall) }
    /// Whether the peer is on the roster, or was dialled with an invitation.
    package var isPeerKnown: Bool { session.isPeerKnown }
    package var sent: ChangeCount { sentBefore + (outgoing?.stream.sent ?? ChangeCount()) }
    package var received: UInt64 { inbox.received }
    package var applied: UInt64 { inbox.applied }

    /// The connection stands.
    package func start(joining request: JoinRequest? = nil, at moment: Moment) throws(StoreError) {
        self.moment = moment
        try carryOut(session.started(joining: request))
    }

    /// A frame came, and all is done that is to be done with it.
    package func received(_ frame: [UInt8], at moment: Moment) throws(StoreError) {
        try accept(frame, at: moment)
        while try proceed(at: moment) {}
    }

    /// A frame came. What it brings of the peer's stream is taken step by step, by `proceed`.
    package func accept(_ frame: [UInt8], at moment: Moment) throws(StoreError) {
        self.moment = moment
        while taking != nil { _ = try proceed(at: moment) }
        let limit = session.isPeerKnown ? FrameLimits.messageBytesMax : FrameLimits.strangerMessageBytesMax
        var message: Message?
        do { message = try messages.take(frame, bytesMax: limit) } catch {
            return try refuse(error.code, "a message cannot be read: \(error.sentence)", at: moment)
        }
        if case .ack(let held, let applied)? = message {
            let known = (
                held: try engine.replica.exchange.known(held), applied: try engine.replica.exchange.known(applied)
            )
            unheardOf += held.count + applied.count - known.held.count - known.applied.count
            message = .ack(held: known.held, applied: known.applied)
        }
        guard let message else { return }
        guard unheardOf <= Self.unheardOfMax else {
            return try refuse(.tooMuch, "acknowledged again and again was what nobody here has heard of", at: moment)
        }
        guard !queue.isOverfull else {
            return try refuse(
                .tooMuch, "more than \(OutputQueue.bytesMax) bytes were asked for and not taken", at: moment)
        }
        if case .hello(let hello) = message {
            skew = ClockOffset.between(hello.wallClock, and: moment.wall)
            sharesControl = hello.controlDigest == HeadsDigest.of(try engine.replica.heads(scope: .control))
        }
        try carryOut(session.received(message, at: moment.steady))
        // Told also where no exchange comes of the hello.
        guard case .hello = message, purpose == .exchange, session.isPeerKnown else { return }
        if ClockOffset.isReported(skew) { try change { _ in } }
    }

    /// Time passes.
    ///
    /// - Parameter waitingSince: when this side began to wait for the peer's next frame, by the steady clock; nil while
    ///   it works on one.
    package func tick(at moment: Moment, waitingSince: Int64?) throws(StoreError) {
        try noteAcks(at: moment)
        try carryOut(session.tick(at: moment.steady, waitingSince: waitingSince))
    }

    /// Time passes, all of it in waiting for the peer.
    package func tick(at moment: Moment) throws(StoreError) {
        try noteAcks(at: moment)
        try carryOut(session.tick(at: moment.steady))
    }

    /// Notes what the peer acknowledged: now and then, and when the session ends, for each time costs a transaction and
    /// the peer says how often.
    package func noteAcks(at moment: Moment) throws(StoreError) {
        self.moment = moment
        try noteAcks()
    }

    private func noteAcks() throws(StoreError) {
        guard let acks = unnoted else { return }
        unnoted = nil
        try noteAck(held: acks.held, applied: acks.applied)
    }

    /// Refuses what came, for a reason that lies below messages.
    package func refuse(_ code: ErrorCode, _ sentence: String, at moment: Moment) throws(StoreError) {
        self.moment = moment
        try carryOut(session.refuse(code, sentence))
    }

    /// Stops this side: what is left to say is bye.
    package func stop(_ reason: ByeReason = .stopping, at moment: Moment) throws(StoreError) {
        self.moment = moment
        try carryOut(session.stop(reason))
    }

    /// The output that is to be sent next, or the end; nil while there is nothing. What was ordered comes before this
    /// side's stream, so that an ack never waits for a long one.
    package func next(at moment: Moment) throws(StoreError) -> Output? {
        if let first = queue.next() { return first }
        guard end == nil else { return nil }
        self.moment = moment
        if let frame = try nextOfStream() { return .frame(frame) }
        // The stream may have ended the session.
        return queue.isEmpty ? nil : try next(at: moment)
    }

    private func nextOfStream() throws(StoreError) -> [UInt8]? {
        guard let (stream, isIntroduction) = outgoing else { return nil }
        let (bytes, isLast): ([UInt8], Bool)
        do { (bytes, isLast) = try pieces.next(of: stream) } catch {
            try stopStreaming(because: error)
            return nil
        }
        if isLast {
            sentBefore = sent
            outgoing = nil
            // What is pushed later is noted with its ack.
            if !hasSettled { try noteSent(stream.reaches) }
            try carryOut(session.streamed(isIntroduction: isIntroduction, reaches: stream.reaches))
        }
        return MessageCodec.encode(.changes(bytes: bytes, isLast: isLast))
    }

    /// Ends the session where the disk altered what comes next: that is given to nobody, and the next session goes on
    /// without it.
    private func stopStreaming(because error: StoreError) throws(StoreError) {
        guard case .spoilt(let feed, let seq) = error else { throw error }
        outgoing = nil
        try carryOut(
            session.refuse(
                .unavailable, "changeset \(seq) of feed \(feed) is damaged on the disk of this node: try again"))
    }

    func carryOut(_ actions: [Session.Action]) throws(StoreError) {
        var rest = actions[...]
        while let action = rest.popFirst() { rest = (try carryOut(action) + rest)[...] }
    }

    private func carryOut(_ action: Session.Action) throws(StoreError) -> [Session.Action] {
        switch action {
        case .send(let message): queue.add(message)
        case .sendHello: return try sendHello()
        case .resolve(let hello):
            let vector = try engine.resolve(hello)
            if let vector { try forks.expectBranches(of: vector, in: &streamed) }
            return session.resolved(vector)
        case .stream(let vector, let scopes): try beginStream(lackedBy: vector, introducing: scopes)
        case .push(let vector): try beginPush(lackedBy: vector)
        case .settled: return try settle()
        case .take(let bytes, let isLast, let trust):
            reader.append(bytes)
            inbox.trust = trust
            taking = TakenFrame(isLast: isLast, trust: trust)
        case .acknowledge where purpose == .look: return session.stop(.stopping)
        case .acknowledge:
            // What came was taken under what was pending, which is sealed now.
            try engine.replica.exchange.witness()
            let sound = try engine.replica.soundVector()
            let came = streamed.takeUnacknowledged()
            guard !forks.misnames(told, now: sound), !forks.misnames(came, told, to: session.peerHello) else {
                return session.refuse(ForkWatch.wentTwoWays)
            }
            let (held, applied) = told.advance(to: sound, try engine.replica.vectors().applied, came: came)
            streamed.senderKnows(held)
            queue.add(.ack(held: held, applied: applied))
            return session.acknowledged()
        case .redeem(let request): return try redeem(request)
        case .sendVector: try sendVector()
        case .record(let held, let applied):
            try engine.replica.exchange.peerHolds(held, says: peer)
            unnoted = (held, applied)
        case .end(let end):
            try noteAcks()
            if end == .done, !hasSettled { try noteDone() }
            self.end = end
            queue.add(end)
            try forks.note(end, apart: inbox.apart)
        }
        return []
    }

    /// - Parameter introduction: its scopes; nil: all that both sides share.
    private func beginStream(lackedBy vector: Vector, introducing introduction: Set<Scope>?) throws(StoreError) {
        try engine.replica.exchange.peerHolds(vector, says: peer)
        try engine.sealWhereSound()
        let known = try engine.replica.exchange.known(vector)
        session.forget { known[$0] != nil }
        lacked = known
        // Who only looks sends an introduction to whom does not know it, and else nothing.
        let shared = purpose == .look ? [] : Set(session.peerHello?.scopes ?? [])
        let stream: Outgoing
        do {
            stream = try engine.replica.outgoing(
                lackedBy: known, scopes: introduction ?? shared, unfinished: session.peerHello?.unfinished ?? [],
                marks: introduction == nil ? session.peerHello?.marks ?? [] : [],
                for: introduction == nil ? .peer : .judge, bytesInMemory: engine.memory.changesetBytes)
        } catch {
            guard case .spoilt = error else { throw error }
            return try carryOut(session.refuse(.unavailable, Outgoing.foundingIsAltered))
        }
        try give(stream, isIntroduction: introduction != nil)
    }

    private func give(_ stream: Outgoing, isIntroduction: Bool) throws(StoreError) {
        // What is sealed may be sent once the witness names it, or a replica that is put back would seal another in its
        // place.
        try engine.replica.exchange.witness()
        outgoing = (stream, isIntroduction)
        streamed.senderKnows(stream.gives)
        toSend = sentBefore.changesets + stream.total
    }

    /// Begins a stream of what this side has got since the last: nothing of it is arriving at the peer in part.
    private func beginPush(lackedBy vector: Vector) throws(StoreError) {
        try engine.sealWhereSound()
        let stream = try engine.replica.outgoing(
            lackedBy: vector, scopes: Set(session.peerHello?.scopes ?? []), bytesInMemory: engine.memory.changesetBytes)
        try give(stream, isIntroduction: false)
    }

    private func settle() throws(StoreError) -> [Session.Action] {
        if !hasSettled {
            try noteAcks()
            try noteDone()
            (hasSettled, areAcksPartial) = (true, session.wereHeadsEqual)
        } else {
            // What the peer pushed it need not acknowledge.
            unnoted = session.peerHas
        }
        // What came to be held here while this side streamed.
        let held = try engine.replica.soundVector()
        return told.exceeds(held) ? session.part() : session.holds(held)
    }

    private func sendHello() throws(StoreError) -> [Session.Action] {
        try engine.sealWhereSound()
        let (hello, held) = try engine.hello(to: session.peer, stays: stays, at: moment)
        unfinished = hello.unfinished.map(\.feed)
        engine.tells(of: unfinished)
        queue.add(.hello(hello))
        told = ToldVectors(held: held)
        streamed.begin(above: held)
        forks.expectMarked(hello, holding: held, in: &streamed)
        return session.helloSent(heads: hello.headsDigest, held: held, asks: hello.asks, stays: stays)
    }

    /// Sends what this replica holds now, from which the peer streams. It can be less than the hello said, where it was
    /// found meanwhile that the disk altered something: what follows is told and counted from here.
    private func sendVector() throws(StoreError) {
        let held = try engine.replica.soundVector()
        told = ToldVectors(held: held)
        streamed.begin(above: held)
        queue.add(.vector(held))
    }

    private func redeem(_ request: JoinRequest) throws(StoreError) -> [Session.Action] {
        switch try engine.replica.redeem(request, by: session.peer, now: moment.wall) {
        case .admitted: session.redeemed()
        case .refused(let refusal): session.refuse(refusal)
        }
    }
}

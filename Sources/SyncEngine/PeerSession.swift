import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// One session, carried out on the replica: frames go in, frames come out, and between them promises are kept.
public final class PeerSession {
    public enum Output: Sendable {
        case frame([UInt8])
        /// There is something to `pull`.
        case stream
        case end(SessionEnd)
    }

    let engine: Engine
    var session: Session
    let reader: ChangeStreamReader
    private let writer: ChangeStreamWriter
    var inbox: Inbox
    private var outgoing: (stream: Outgoing, isIntroduction: Bool)?
    private var moment: Moment
    private var outputs: [Output] = []
    /// Changesets that this side sends, in all; 0 before it is known.
    public private(set) var toSend: UInt64 = 0
    private var sentBefore: UInt64 = 0
    private var told = ToldVectors(held: [:])
    /// The peer's clock less ours, when its hello came.
    private(set) var skew: Int64 = 0

    /// - Parameter isTrusted: the peer's key is that of the invitation being redeemed.
    public init(engine: Engine, peer: SiteID, isDialler: Bool, isTrusted: Bool, at moment: Moment) throws(StoreError) {
        self.engine = engine
        self.moment = moment
        let isMember = try engine.replica.isMember(peer)
        session = Session(
            isDialler: isDialler, site: engine.site, peer: peer, alliance: engine.replica.alliance, knowsPeer: isTrusted || isMember,
            now: moment.steady)
        reader = ChangeStreamReader()
        writer = ChangeStreamWriter()
        inbox = Inbox(engine: engine)
    }

    public var peer: SiteID { session.peer }
    public var sent: UInt64 { sentBefore + (outgoing?.stream.sent ?? 0) }
    public var received: UInt64 { inbox.received }
    public var applied: UInt64 { inbox.applied }

    /// The connection stands.
    public func start(joining request: JoinRequest? = nil, at moment: Moment) throws(StoreError) -> [Output] {
        try carryOut(session.started(joining: request), at: moment)
    }

    /// A frame came.
    public func received(_ frame: [UInt8], at moment: Moment) throws(StoreError) -> [Output] {
        let message: Message?
        do { message = try MessageCodec.decode(frame) } catch {
            return try carryOut(session.refuse(.badMessage, "a message cannot be read: \(error)"), at: moment)
        }
        guard let message else { return [] }
        if case .hello(let hello) = message { skew = hello.wallClock - moment.wall }
        return try carryOut(session.received(message, at: moment.steady), at: moment)
    }

    public func tick(at moment: Moment) throws(StoreError) -> [Output] {
        try carryOut(session.tick(at: moment.steady), at: moment)
    }

    /// This side stops.
    public func stop(at moment: Moment) throws(StoreError) -> [Output] {
        try carryOut(session.stop(.stopping), at: moment)
    }

    /// The next frame of this side's stream, to be sent before what it orders; nil when there is none.
    public func pull(at moment: Moment) throws(StoreError) -> (frame: [UInt8], then: [Output])? {
        guard let (stream, isIntroduction) = outgoing else { return nil }
        var isExhausted = false
        while writer.outputCount < FrameLimits.changesBytesMax, !isExhausted {
            switch try stream.next() {
            case .header(let bytes, let signature): writer.write(header: bytes, signature: signature)
            case .chunk(let bytes): writer.write(chunk: bytes)
            case nil:
                writer.flush()
                isExhausted = true
            }
        }
        let bytes = writer.takeOutput(max: FrameLimits.changesBytesMax) ?? []
        let isLast = isExhausted && writer.outputCount == 0
        let frame = MessageCodec.encode(.changes(bytes: bytes, isLast: isLast))
        guard isLast else { return (frame, []) }
        sentBefore += stream.sent
        outgoing = nil
        try noteSent(stream.reaches, at: moment)
        return (frame, try carryOut(session.streamed(isIntroduction: isIntroduction, reaches: stream.reaches), at: moment))
    }

    private func carryOut(_ actions: [Session.Action], at moment: Moment) throws(StoreError) -> [Output] {
        self.moment = moment
        var queue = actions[...]
        while let action = queue.popFirst() { queue = (try carryOut(action) + queue)[...] }
        defer { outputs = [] }
        return outputs
    }

    private func carryOut(_ action: Session.Action) throws(StoreError) -> [Session.Action] {
        switch action {
        case .send(let message): outputs.append(.frame(MessageCodec.encode(message)))
        case .sendHello: return try sendHello()
        case .resolve(let hello):
            return session.resolved(try engine.resolve(hello))
        case .stream(let vector, let scopes):
            try engine.seal()
            let stream = try engine.replica.outgoing(lackedBy: vector, scopes: scopes)
            outgoing = (stream, scopes != nil)
            toSend = sentBefore + stream.total
            outputs.append(.stream)
        case .take(let bytes, let isLast, let isControlOnly):
            return try take(bytes, isLast: isLast, isControlOnly: isControlOnly)
        case .acknowledge:
            let now = try engine.replica.vectors()
            let (held, applied) = told.advance(to: now.held, now.applied)
            outputs.append(.frame(MessageCodec.encode(.ack(held: held, applied: applied))))
            return session.acknowledged()
        case .redeem(let request): return try redeem(request)
        case .sendVector: outputs.append(.frame(MessageCodec.encode(.vector(try engine.replica.vectors().held))))
        case .record(let held, let applied): try noteAck(held: held, applied: applied, at: moment)
        case .end(let end):
            if end == .done { try noteDone(at: moment) }
            outputs.append(.end(end))
        }
        return []
    }

    private func sendHello() throws(StoreError) -> [Session.Action] {
        try engine.seal()
        let hello = try engine.hello(to: session.peer, at: moment)
        outputs.append(.frame(MessageCodec.encode(.hello(hello))))
        told = ToldVectors(held: try engine.replica.vectors().held)
        return session.helloSent(heads: hello.headsDigest)
    }

    private func redeem(_ request: JoinRequest) throws(StoreError) -> [Session.Action] {
        switch try engine.replica.redeem(request, by: session.peer, with: engine.key, now: moment.wall) {
        case .admitted: session.redeemed()
        case .refused(let code, let sentence): session.refuse(code, sentence)
        }
    }

    private func take(_ bytes: [UInt8], isLast: Bool, isControlOnly: Bool) throws(StoreError) -> [Session.Action] {
        reader.append(bytes)
        while true {
            let item: ChangeItem?
            do { item = try reader.next() } catch { return session.refuse(error.code, "the stream of changes: \(error)") }
            guard let item else { break }
            if isControlOnly, case .header(let header) = item, header.header.feed.scope != .control {
                return session.refuse(.stranger, "a node that is not on the roster may show control changesets only")
            }
            if let (code, sentence) = try inbox.add(item, now: moment.wall) { return session.refuse(code, sentence) }
        }
        if isLast, let (code, sentence) = try inbox.flush(now: moment.wall) { return session.refuse(code, sentence) }
        guard isLast || inbox.hasKept else { return [] }
        inbox.hasKept = false
        return session.taken(isLast: isLast, knowsPeer: try engine.replica.isMember(session.peer))
    }
}

import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncWire

/// A hostile peer in a session on a replica that was just founded: the bytes say who it is and what it sends.
struct PeerRun {
    private var script: FuzzScript
    private let words: FuzzWords
    private let session: PeerSession
    private let replica: Replica
    private let folder: ScratchFolder
    private let trust: PeerTrust
    private var moment = Moment(wall: FoundedReplica.now, steady: 0)
    /// Whether the peer showed what lets the stranger in.
    private var hasProof = false
    private var hasBegunStream = false
    private var hasEnded = false

    static func violation(by bytes: [UInt8]) -> String? {
        do { return try outcome(of: bytes).violation } catch { return "a peer makes the store fail: \(error)" }
    }

    /// The outcome of a session: the law that was broken, how it ended, and how many changesets of a member are held
    /// after it, on whatever ways.
    static func outcome(of bytes: [UInt8]) throws -> (violation: String?, end: SessionEnd?, held: UInt64) {
        var run = try PeerRun(FuzzScript(bytes))
        let violation = try run.play()
        let ways = try run.replica.vectors().held.filter { $0.key.base == PeerChangesets.feed }
        // The numbers of a branch go on with those of what is common.
        let held = ways.reduce(0) { $0 + $1.value - (($1.key.branch?.first ?? 1) - 1) }
        return (violation, run.session.end, held)
    }

    private init(_ script: FuzzScript) throws {
        var script = script
        let isDialler = script.bool()
        let isStranger = script.bool()
        let isInvited = isDialler && isStranger && script.bool()
        let peer = isStranger ? FoundedReplica.stranger.site : FuzzKeys.sites[1].site
        let template = FoundedReplica.template
        words = FuzzWords(own: FoundedReplica.key.site, peer: peer, alliance: template.alliance)
        folder = ScratchFolder()
        replica = try Replica(path: template.copy(in: folder))
        var drawn: UInt64 = 0
        let engine = Engine(
            replica: replica, key: FoundedReplica.key, software: "fuzz",
            drawIncarnation: {
                drawn += 1
                return drawn
            })
        trust = isInvited ? .invited : try engine.trust(in: peer)
        session = try PeerSession(engine: engine, peer: peer, isDialler: isDialler, trust: trust, at: moment)
        try session.start(joining: isInvited ? words.join(&script) : nil, at: moment)
        self.script = script
    }

    private mutating func play() throws -> String? {
        while !script.isAtEnd, !hasEnded {
            if let sentence = try step() { return sentence }
        }
        return try drain() ?? PeerLaw.violation(by: replica, mayKnow: hasProof ? FoundedReplica.stranger.site : nil)
    }

    private mutating func step() throws -> String? {
        switch script.below(16) {
        case 0: try session.received(script.run(), at: moment)
        case 1, 2, 3, 4:
            let message = words.message(&script)
            if case .join(let request) = message, request.secret == FoundedReplica.secrets[0] { hasProof = true }
            try session.received(MessageCodec.encode(message), at: moment)
        case 5:
            moment = Moment(wall: moment.wall, steady: moment.steady + Int64(script.byte()) * 500)
            try session.tick(at: moment)
        case 6, 7, 8: return try drain()
        case 9: try session.received(MessageCodec.encode(.hello(words.hello(&script))), at: moment)
        default: try session.received(MessageCodec.encode(.changes(bytes: stream(), isLast: script.bool())), at: moment)
        }
        return nil
    }

    /// The next bytes of the peer's stream of changes.
    private mutating func stream() -> [UInt8] {
        var plain: [UInt8] = []
        for _ in 0...script.below(4) {
            guard script.below(4) != 0 else {
                plain += script.run()
                continue
            }
            let changeset = script.pick(PeerChangesets.all)
            if changeset.isProof { hasProof = true }
            plain += changeset.plain(&script)
        }
        defer { hasBegunStream = true }
        return (hasBegunStream ? [] : RawFrame.head) + RawFrame.blocks(of: plain)
    }

    /// Takes what the node says.
    private mutating func drain() throws -> String? {
        while let output = try session.next(at: moment) {
            if hasEnded { return "a session that has ended says nothing more" }
            switch output {
            case .end: hasEnded = true
            case .frame(let frame):
                guard let message = try? MessageCodec.decode(frame) else { return "the node says what nobody can read" }
                let isStranger = trust.mustProve && !hasProof
                if isStranger, !PeerLaw.mayHear(message) { return "a stranger is told of the replica: \(message)" }
            }
        }
        return nil
    }
}

import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

/// A frame of the peer's stream of which something is still to be taken.
struct TakenFrame {
    let isLast: Bool
    /// How far the peer was trusted when it came.
    let trust: PeerTrust
}

/// Taking what the peer streams, in steps between which other sessions have their turn: a frame can decode to ten
/// thousand times its size.
extension PeerSession {
    /// Items of the stream in one step, and their bytes.
    private static let stepItemsMax = 128
    private static let stepBytesMax = 1 << 20

    /// Whether the next step takes the write lock of the replica: for what came, or for what a slice left, in whatever
    /// session or process.
    package var isDue: Bool {
        // What a stranger shows is looked through in memory first; and who only looks changes nothing.
        guard purpose == .exchange, session.isPeerKnown, taking?.trust.mustProve != true else { return false }
        return engine.replica.slice.isLeft || taking != nil && end == nil && inbox.isDue
    }

    /// The next step with the frame that came last: true while there is more to do with it.
    package func proceed(at moment: Moment) throws(StoreError) -> Bool {
        self.moment = moment
        if isDue {
            guard let refusal = try inbox.work() else { return true }
            try carryOut(session.refuse(refusal))
        }
        guard let frame = taking, end == nil else {
            taking = nil
            return false
        }
        guard let actions = try step(frame) else { return true }
        taking = nil
        try carryOut(actions)
        return false
    }

    /// Keeps what came whole, where the connection broke before the session's end. What is not decoded yet of the last
    /// frame goes: it may be any amount, and here nobody else would have a turn meanwhile.
    package func broke(at moment: Moment) throws(StoreError) {
        guard end == nil, purpose == .exchange, session.isPeerKnown else { return }
        self.moment = moment
        try inbox.keep()
    }

    /// Takes the next items of a frame.
    ///
    /// - Returns: what the session decides once nothing is left of the frame; nil while there is more to take.
    private func step(_ frame: TakenFrame) throws(StoreError) -> [Session.Action]? {
        var bytes = 0
        for _ in 0..<Self.stepItemsMax {
            let item: ChangeItem?
            do { item = try reader.next() } catch {
                return session.refuse(error.code, "the stream of changes: \(error.sentence)")
            }
            guard let item else {
                if frame.isLast, reader.isBetweenChangesets { inbox.close() }
                guard !isDue else { return nil }
                return try finish(frame)
            }
            if let refusal = try take(item, trust: frame.trust) {
                return session.refuse(refusal)
            }
            bytes += item.byteCount
            if bytes >= Self.stepBytesMax || isDue { break }
        }
        return nil
    }

    /// Takes one item of the peer's stream.
    ///
    /// - Returns: the refusal of the peer; nil where nothing speaks against the item.
    private func take(_ item: ChangeItem, trust: PeerTrust) throws(StoreError) -> Refusal? {
        if case .header(let header) = item, let refusal = refusal(of: header, trust: trust) {
            return refusal
        }
        guard try forks.mayTake(item, in: &streamed) else {
            return Refusal(.tooMuch, "the same changesets came again and again, though this side holds them")
        }
        guard purpose == .exchange || trust.mustProve else {
            seen.gather(item)
            return nil
        }
        let skipped = if case .header = item { reader.nextChunk } else { 0 }
        return try inbox.add(item, skipped: skipped)
    }

    private func refusal(of header: UnverifiedHeader, trust: PeerTrust) -> Refusal? {
        if trust.mustProve, header.header.feed.scope != .control {
            return Refusal(.stranger, "a node that is not on the roster may show control changesets only")
        }
        // Nothing can stand before it, so that whoever has it sends it first.
        if needsFounding, header.hash != session.alliance { return Self.otherAlliance }
        needsFounding = false
        return nil
    }

    private static let otherAlliance = Refusal(
        .wrongAlliance, "the peer's control changesets do not begin with the one that founded this alliance"
    )

    private static let stillAltered =
        "what came cannot take the place of what the disk of this node has altered: try again"

    /// Whether something came that this side has all the same not as its author signed it: the peer would wait for the
    /// word that it has. Of what a stranger shows there is no such word.
    private func lacksWhatCame(trust: PeerTrust) throws(StoreError) -> Bool {
        guard purpose == .exchange, !trust.mustProve, !inbox.hasPassedOver else { return inbox.hasPassedOver }
        guard try !engine.replica.exchange.spoilt().isEmpty else { return false }
        return streamed.reachBeyond(try engine.replica.soundVector())
    }

    /// Ends what a frame brought, of which all is taken.
    private func finish(_ frame: TakenFrame) throws(StoreError) -> [Session.Action] {
        if frame.isLast {
            guard reader.isBetweenChangesets else {
                return session.refuse(.badChangeset, "the changes end within a changeset")
            }
            if needsFounding { return session.refuse(Self.otherAlliance) }
            if let refusal = try inbox.finish() {
                guard refusal.code == .stranger, try engine.trust(in: session.peer) == .retired else {
                    return session.refuse(refusal)
                }
                return session.refuse(.retired)
            }
            if try lacksWhatCame(trust: frame.trust) {
                return session.refuse(.unavailable, Self.stillAltered)
            }
            streamed.endStream()
        }
        let hasKept = inbox.takeKept()
        guard frame.isLast || hasKept else { return [] }
        let trust = try inbox.hasProven ? .member : engine.trust(in: session.peer)
        return session.taken(isLast: frame.isLast, trust: trust, came: streamed.came)
    }
}

extension ChangeItem {
    fileprivate var byteCount: Int {
        switch self {
        case .header(let header): header.bytes.count
        case .chunk(let bytes): bytes.count
        }
    }
}

import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

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
        guard purpose == .exchange, session.isPeerKnown, taking?.isControlOnly != true else { return false }
        return engine.replica.slice.isLeft || taking != nil && end == nil && inbox.isDue
    }

    /// The next step with the frame that came last: true while there is more to do with it.
    package func proceed(at moment: Moment) throws(StoreError) -> Bool {
        self.moment = moment
        if isDue {
            guard let refusal = try inbox.work(now: moment.wall) else { return true }
            try carryOut(session.refuse(refusal), at: moment)
        }
        guard let frame = taking, end == nil else {
            taking = nil
            return false
        }
        guard let actions = try step(isLast: frame.isLast, isControlOnly: frame.isControlOnly) else { return true }
        taking = nil
        try carryOut(actions, at: moment)
        return false
    }

    /// Keeps what came whole, where the connection broke before the session's end. What is not decoded yet of the last
    /// frame goes: it may be any amount, and here nobody else would have a turn meanwhile.
    package func broke(at moment: Moment) throws(StoreError) {
        guard end == nil, purpose == .exchange, session.isPeerKnown else { return }
        try inbox.keep(now: moment.wall)
    }

    /// Nil if there is more to take.
    private func step(isLast: Bool, isControlOnly: Bool) throws(StoreError) -> [Session.Action]? {
        var bytes = 0
        for _ in 0..<Self.stepItemsMax {
            let item: ChangeItem?
            do { item = try reader.next() } catch {
                return session.refuse(error.code, "the stream of changes: \(error.sentence)")
            }
            guard let item else {
                if isLast, reader.isBetweenChangesets { inbox.close() }
                guard !isDue else { return nil }
                return try finish(isLast: isLast, isControlOnly: isControlOnly)
            }
            if let refusal = try take(item, isControlOnly: isControlOnly) {
                return session.refuse(refusal)
            }
            bytes += item.byteCount
            if bytes >= Self.stepBytesMax || isDue { break }
        }
        return nil
    }

    /// Nil if all is well, or why the peer is refused.
    private func take(_ item: ChangeItem, isControlOnly: Bool) throws(StoreError) -> Refusal? {
        if case .header(let header) = item, let refusal = refusal(of: header, isControlOnly: isControlOnly) {
            return refusal
        }
        guard try forks.mayTake(item, in: &streamed) else {
            return Refusal(.tooMuch, "the same changesets came again and again, though this side holds them")
        }
        guard purpose == .exchange || isControlOnly else {
            see(item)
            return nil
        }
        let skipped = if case .header = item { reader.nextChunk } else { 0 }
        return try inbox.add(item, skipped: skipped, isTrial: isControlOnly, now: moment.wall)
    }

    private func refusal(of header: UnverifiedHeader, isControlOnly: Bool) -> Refusal? {
        if isControlOnly, header.header.feed.scope != .control {
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

    private func see(_ item: ChangeItem) {
        switch item {
        case .header(let header): seen.append(IncomingChangeset(header: header, chunks: []))
        case .chunk(let bytes):
            guard let last = seen.popLast() else { return }
            seen.append(IncomingChangeset(header: last.header, chunks: last.chunks + [bytes]))
        }
    }

    private static let stillAltered =
        "what came cannot take the place of what the disk of this node has altered: try again"

    /// Whether something came that this side has all the same not as its author signed it: the peer would wait for the
    /// word that it has. Of what a stranger shows there is no such word.
    private func lacksWhatCame(isControlOnly: Bool) throws(StoreError) -> Bool {
        guard purpose == .exchange, !isControlOnly, !inbox.hasPassedOver else { return inbox.hasPassedOver }
        guard try !engine.replica.spoilt().isEmpty else { return false }
        return streamed.reachBeyond(try engine.replica.soundVector())
    }

    /// The bytes that came are taken.
    private func finish(isLast: Bool, isControlOnly: Bool) throws(StoreError) -> [Session.Action] {
        if isLast {
            guard reader.isBetweenChangesets else {
                return session.refuse(.badChangeset, "the changes end within a changeset")
            }
            if needsFounding { return session.refuse(Self.otherAlliance) }
            let prover = isControlOnly ? session.peer : nil
            if let refusal = try inbox.finish(provingItself: prover, now: moment.wall) {
                guard refusal.code == .stranger, try engine.trust(in: session.peer) == .retired else {
                    return session.refuse(refusal)
                }
                return session.refuse(.retired)
            }
            if try lacksWhatCame(isControlOnly: isControlOnly) {
                return session.refuse(.unavailable, Self.stillAltered)
            }
            streamed.endStream()
        }
        guard isLast || inbox.hasKept else { return [] }
        inbox.hasKept = false
        let trust = try inbox.hasProven ? .member : engine.trust(in: session.peer)
        return session.taken(isLast: isLast, trust: trust, came: streamed.came)
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

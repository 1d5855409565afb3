import ReplicaModel
import ReplicaStore
import SyncWire

/// Gathers what a peer streams into slices of bounded size, and hands them to the replica: many small changesets in
/// one transaction, one that is too large for memory through the file.
///
/// Whoever adds asks first whether the inbox is due, and if so has it work: each time one transaction, so that others
/// can write in between.
package struct Inbox {
    static let batchChangesetsMax = 1_000
    /// The most bytes that a site that is not on the roster may show, decoded: they are in memory until the site has
    /// proven that it belongs.
    package static let trialBytesMax = 16 << 20

    /// How far the stream has come, and what may be done with it.
    private enum Phase {
        /// The peer has to prove itself: nothing is handed over before `finish`, and then all of it.
        case trial(PeerTrust)
        /// A slice is handed over when it is full.
        case gathering
        /// The stream has said its last: what is gathered is handed over however little it is.
        case closing
    }

    /// The changeset of which chunks are arriving.
    private enum Arriving {
        case nothing
        /// A changeset in memory, as far as it came.
        case inMemory(UnverifiedHeader, chunks: [[UInt8]], bytes: Int)
        /// A changeset that goes through the file, the chunks that came and are not kept there yet, and the count of
        /// those still to come.
        case throughFile(StagedChangeset, chunks: [[UInt8]], left: Int)
        /// The count of chunks still to come that need not be kept: their changeset is held, or is passed over.
        case skipped(left: Int)
    }

    private let engine: Engine
    /// The site that gives what is added.
    private let peer: SiteID
    /// Milliseconds since 1970, as of the last event.
    var now: Int64
    private var phase: Phase
    private var arriving = Arriving.nothing
    private var complete: [IncomingChangeset] = []
    /// Bytes and weight of these.
    private var completeBytes = 0
    private var weight = 0
    /// The changesets that were handed over before a signature came that vouches for them, and those that follow.
    private var unvouched = Unvouched()
    /// Changesets that are newly held.
    private(set) var received: UInt64 = 0
    /// Changesets that were applied.
    private(set) var applied: UInt64 = 0
    /// Authors of whom more came than they may cost in a day, with what it was. What comes of them is passed over, so
    /// that nobody else's work waits.
    private var beyond: [SiteID: String] = [:]
    /// Feeds of which something came that its author signed and that joins nothing here: they went two ways, and what
    /// comes of them is passed over in this session.
    private(set) var apart: Set<FeedID> = []
    /// Whether something came, was not kept, and must come again.
    private(set) var hasPassedOver = false
    /// Whether a site that is not on the roster showed what would put it there, and nothing of that was kept.
    private(set) var hasProven = false
    /// Whether something was made durable that nobody has asked about.
    private var hasKept = false

    init(engine: Engine, peer: SiteID, trust: PeerTrust, now: Int64) {
        self.engine = engine
        self.peer = peer
        self.now = now
        phase = trust.mustProve ? .trial(trust) : .gathering
    }

    /// How far the peer is trusted that gives what is added next.
    var trust: PeerTrust {
        get { if case .trial(let trust) = phase { trust } else { .member } }
        set {
            if newValue.mustProve {
                phase = .trial(newValue)
            } else if trust.mustProve {
                phase = .gathering
            }
        }
    }

    /// Bytes of whole changesets in memory that are not handed over.
    var wholeBytes: Int { completeBytes + unvouched.bytes }

    /// Bytes in memory of a changeset that is arriving.
    var arrivingBytes: Int {
        switch arriving {
        case .nothing, .skipped: 0
        case .inMemory(_, _, let bytes): bytes
        case .throughFile(_, let chunks, _): chunks.reduce(0) { $0 + $1.count }
        }
    }

    /// Whether what comes of a feed is passed over in this session.
    func isPassedOver(_ feed: FeedID) -> Bool {
        !Self.scopes.contains(feed.scope) || beyond[feed.site] != nil || apart.contains(feed)
    }

    /// The scopes of which this software takes something. Of another nobody was asked for anything: it would be kept as
    /// void, and passed on to nobody.
    static let scopes: [Scope] = [.control, .alliance]

    /// Tells whether something was made durable since this was asked last.
    mutating func takeKept() -> Bool {
        defer { hasKept = false }
        return hasKept
    }

    // MARK: Adding

    /// Takes the next item of the peer's stream.
    ///
    /// - Parameter skipped: of a header: how many of its first chunks the sender left out.
    /// - Returns: the refusal of the peer; nil where nothing speaks against the item.
    mutating func add(_ item: ChangeItem, skipped: Int) throws(StoreError) -> Refusal? {
        if trust.mustProve, wholeBytes + arrivingBytes > Self.trialBytesMax {
            return Refusal(.tooMuch, "a site that is not on the roster may show at most \(Self.trialBytesMax) bytes")
        }
        switch item {
        case .header(let header) where isPassedOver(header.header.feed):
            skip(header.header.chunkHashes.count - skipped)
        case .header(let header) where skipped > 0:
            guard !trust.mustProve else { return Self.leftOut }
            return try resume(header, skipped: skipped)
        case .header(let header):
            arriving = .inMemory(header, chunks: [], bytes: 0)
            completeIfWhole()
        case .chunk(let chunk):
            add(chunk)
            completeIfWhole()
        }
        return nil
    }

    private mutating func add(_ chunk: [UInt8]) {
        let before = arriving
        // Given up first, so that the chunks are added to in place.
        arriving = .nothing
        switch before {
        case .nothing: break
        case .skipped(let left): skip(left - 1)
        case .inMemory(let header, var chunks, let bytes):
            chunks.append(chunk)
            arriving = .inMemory(header, chunks: chunks, bytes: bytes + chunk.count)
        case .throughFile(let changeset, var chunks, let left):
            chunks.append(chunk)
            arriving = .throughFile(changeset, chunks: chunks, left: left - 1)
        }
    }

    private mutating func skip(_ left: Int) { arriving = left > 0 ? .skipped(left: left) : .nothing }

    private mutating func completeIfWhole() {
        guard case .inMemory(let header, let chunks, _) = arriving, chunks.count == header.header.chunkHashes.count
        else { return }
        arriving = .nothing
        let changeset = IncomingChangeset(header: header, chunks: chunks)
        complete.append(changeset)
        completeBytes += changeset.byteCount
        weight += ApplySlice.weight(of: changeset.header.header)
    }

    // MARK: Work

    /// Whether there is work to do on the replica before anything is added.
    var isDue: Bool {
        let isClosing: Bool
        switch phase {
        case .trial: return false
        case .gathering: isClosing = false
        case .closing: isClosing = true
        }
        return engine.replica.slice.isLeft || isFull || isLarge || areChunksDue
            || isClosing && !complete.isEmpty
    }

    private var isFull: Bool {
        weight >= engine.replica.slice.weightMax || completeBytes >= engine.memory.batchBytes
            || complete.count >= Self.batchChangesetsMax
    }

    /// Whether the changeset that is arriving has become too large for memory.
    private var isLarge: Bool {
        guard case .inMemory(_, _, let bytes) = arriving else { return false }
        return bytes > engine.memory.changesetBytes
    }

    private var areChunksDue: Bool {
        guard case .throughFile(_, let chunks, let left) = arriving else { return false }
        return left == 0 || !chunks.isEmpty && chunks.count >= engine.memory.batchBytes / WireLimits.chunkBytes
    }

    /// Does what is due, as far as goes in one turn with the replica.
    ///
    /// - Returns: the refusal of the peer, where what was due speaks against it.
    mutating func work() throws(StoreError) -> Refusal? {
        if engine.replica.slice.isLeft {
            applied += UInt64(try engine.replica.exchange.applyMore(now: now))
            hasKept = true
            return nil
        }
        let isClosing = if case .closing = phase { true } else { false }
        // What came before goes first.
        if !complete.isEmpty, isFull || isClosing || isLarge { return try handOver() }
        return try isLarge ? beginStaging() : stageChunks()
    }

    /// Notes that the stream has said its last: what is gathered is due.
    mutating func close() { if case .gathering = phase { phase = .closing } }

    /// Notes that more comes all the same: what was due is done.
    mutating func reopen() { if case .closing = phase { phase = .gathering } }

    /// Ends what `close` began. Nothing may be left without a signature that vouches for it; and of a peer that has to
    /// prove itself nothing is kept, unless what it showed puts it on the roster.
    ///
    /// - Returns: the refusal of the peer; nil where all that came is kept.
    mutating func finish() throws(StoreError) -> Refusal? {
        reopen()
        if trust.mustProve, let refusal = try handOver() { return refusal }
        if let left = unvouched.first { return .notSigned(left.header) }
        if let first = beyond.min(by: { $0.key < $1.key }) { return Refusal(.quota, first.value) }
        return apart.min().map { .apart($0) }
    }

    /// Keeps what came before the connection broke: whole changesets, and the whole chunks of one that was arriving, so
    /// that the next session goes on behind them. What no signature vouches for is not kept.
    mutating func keep() throws(StoreError) {
        guard !trust.mustProve, try handOverAll() == nil else { return }
        if case .inMemory(_, let chunks, _) = arriving, !chunks.isEmpty {
            guard try beginStaging() == nil else { return }
        }
        if case .throughFile(var changeset, let chunks, _) = arriving, !chunks.isEmpty {
            try engine.replica.exchange.stage(chunks, of: &changeset, now: now)
        }
        arriving = .nothing
    }

    // MARK: Handing over

    /// Hands over a slice of what is gathered, or for a trial all of it. What no signature vouches for yet is put
    /// aside: a later one of its feed may.
    private mutating func handOver() throws(StoreError) -> Refusal? {
        guard !complete.isEmpty else { return nil }
        let trust = self.trust
        let slice = Array(complete.prefix(trust.mustProve ? complete.count : sliceCount))
        complete.removeFirst(slice.count)
        for changeset in slice { completeBytes -= changeset.byteCount }
        weight = complete.reduce(0) { $0 + ApplySlice.weight(of: $1.header.header) }
        guard !hasPassedOver else {
            try engine.replica.exchange.replaceSpoilt(from: slice)
            return nil
        }
        guard let batch = unvouched.sift(slice) else {
            let header = slice[0].header.header
            return WireError.brokenChain(feed: header.feed, seq: header.seq).refusal
        }
        guard !batch.isEmpty else { return refusalOfUnvouched }
        let refusal = try note { (inbox) throws(StoreError) in
            try inbox.engine.replica.accept(batch, from: inbox.peer, trust: trust, now: inbox.now)
        }
        if hasPassedOver, trust.mustProve { try judge(by: slice) }
        return refusal
    }

    /// Judges the peer by what it showed although nothing of that can be kept before something is sealed, and that not
    /// without what the disk altered: this peer may be the only one that has it.
    private mutating func judge(by batch: [IncomingChangeset]) throws(StoreError) {
        do { hasProven = try engine.replica.exchange.wouldAdmit(peer, by: batch, now: now) } catch {
            guard case .spoilt = error else { throw error }
            return
        }
        hasPassedOver = false
    }

    /// How many go in one slice: at least one. One author's changeset is not split.
    private var sliceCount: Int {
        var (count, weight) = (0, 0)
        for changeset in complete {
            weight += ApplySlice.weight(of: changeset.header.header)
            guard weight <= engine.replica.slice.weightMax || count == 0 else { break }
            count += 1
        }
        return count
    }

    private mutating func handOverAll() throws(StoreError) -> Refusal? {
        while !complete.isEmpty {
            if let refusal = try handOver() { return refusal }
        }
        return nil
    }

    /// Notes the outcome of taking a batch. What comes is passed over while something is pending that cannot be sealed
    /// without what the disk altered, but for what takes the place of that.
    private mutating func note(_ take: (Inbox) throws(StoreError) -> IntakeOutcome) throws(StoreError) -> Refusal? {
        do { return note(try take(self)) } catch {
            guard case .spoilt = error else { throw error }
            hasPassedOver = true
            unvouched = Unvouched()
            return nil
        }
    }

    private mutating func note(_ outcome: IntakeOutcome) -> Refusal? {
        switch outcome {
        case .refused(let refusal): return refusal
        case .accepted(let held, let applied, let unvouched): return note(held, applied, unvouched)
        case .partly(let held, let applied, let unvouched, let beyond):
            self.beyond.merge(beyond) { $1 }
            self.unvouched.remove { beyond[$0.site] != nil }
            return note(held, applied, unvouched.filter { beyond[$0.header.header.feed.site] == nil })
        case .apart(let held, let applied, let unvouched, let feeds):
            apart.formUnion(feeds)
            self.unvouched.remove { feeds.contains($0) }
            // What was gathered of them goes, too.
            complete.removeAll { changeset in
                guard feeds.contains(changeset.header.header.feed) else { return false }
                completeBytes -= changeset.byteCount
                weight -= ApplySlice.weight(of: changeset.header.header)
                return true
            }
            return note(held, applied, unvouched.filter { !feeds.contains($0.header.header.feed) })
        }
    }

    private mutating func note(_ held: Int, _ applied: Int, _ unvouched: [IncomingChangeset]) -> Refusal? {
        received += UInt64(held)
        self.applied += UInt64(applied)
        hasKept = true
        // Beside what waits already, where one came through the file meanwhile.
        for changeset in unvouched { self.unvouched.add(changeset) }
        return refusalOfUnvouched
    }

    /// The refusal of what no signature vouches for where it is more than is put aside.
    private var refusalOfUnvouched: Refusal? {
        let isMore = unvouched.bytes >= engine.memory.changesetBytes || unvouched.count > Unvouched.countMax
        guard isMore else { return nil }
        return unvouched.first.map { .notSigned($0.header) }
    }

    // MARK: Through the file

    private mutating func beginStaging() throws(StoreError) -> Refusal? {
        guard case .inMemory(let header, let chunks, _) = arriving else { return nil }
        arriving = .nothing
        // What came before it may just have shown that nothing more is taken of its feed.
        guard !isPassedOver(header.header.feed) else {
            skip(header.header.chunkHashes.count - chunks.count)
            return nil
        }
        let outcome = try engine.replica.exchange.beginStaging(
            header, from: peer, now: now, keeping: engine.awaited)
        return try go(on: header, outcome, left: header.header.chunkHashes.count - chunks.count) {
            (inbox, changeset, left) throws(StoreError) in
            var changeset = changeset
            try inbox.engine.replica.exchange.stage(chunks, of: &changeset, now: inbox.now)
            inbox.arriving = .throughFile(changeset, chunks: [], left: left)
            return nil
        }
    }

    private static let leftOut = Refusal(
        .badChangeset, "chunks were left out that this side does not have")

    /// Goes on with a changeset of which a session that was cut left chunks here.
    private mutating func resume(_ header: UnverifiedHeader, skipped: Int) throws(StoreError) -> Refusal? {
        if let refusal = try handOverAll() { return refusal }
        let isTold = engine.awaited.contains { $0.base == header.header.feed }
        let resumed = try engine.replica.exchange.resumeStaging(
            header, from: peer, skipped: skipped, isTold: isTold, now: now)
        guard let outcome = resumed else {
            return Self.leftOut
        }
        return try go(on: header, outcome, left: header.header.chunkHashes.count - skipped) {
            (inbox, changeset, left) throws(StoreError) in
            guard left == 0 else {
                inbox.arriving = .throughFile(changeset, chunks: [], left: left)
                return nil
            }
            return try inbox.finishStaging(changeset)
        }
    }

    /// Goes on with a changeset that was to go through the file.
    ///
    /// - Parameters:
    ///   - left: how many of its chunks are still to come.
    ///   - begin: called where there is room for it.
    private mutating func go(
        on header: UnverifiedHeader, _ outcome: StagingOutcome, left: Int,
        begin: (inout Inbox, StagedChangeset, Int) throws(StoreError) -> Refusal?
    ) throws(StoreError) -> Refusal? {
        switch outcome {
        case .begun(let changeset): return try begin(&self, changeset, left)
        case .refused(let refusal) where refusal.code == .quota: beyond[header.header.feed.site] = refusal.sentence
        case .refused(let refusal) where refusal.code == .fork: apart.insert(header.header.feed)
        // Whoever admitted its author may have done so on the way that the next exchange looks for.
        case .refused(let refusal) where refusal.code == .stranger && apart.contains { $0.scope == .control }: break
        // It may follow what was passed over.
        case .refused(let refusal): if !hasPassedOver { return refusal }
        case .held: break
        }
        skip(left)
        return nil
    }

    /// Keeps the chunks that came; once all did, holds and applies their changeset.
    private mutating func stageChunks() throws(StoreError) -> Refusal? {
        guard case .throughFile(var changeset, let chunks, let left) = arriving else { return nil }
        if !chunks.isEmpty {
            try engine.replica.exchange.stage(chunks, of: &changeset, now: now)
            arriving = .throughFile(changeset, chunks: [], left: left)
            return nil
        }
        guard left == 0 else { return nil }
        arriving = .nothing
        return try finishStaging(changeset)
    }

    private mutating func finishStaging(_ changeset: StagedChangeset) throws(StoreError) -> Refusal? {
        try note { (inbox) throws(StoreError) in
            try inbox.engine.replica.exchange.finishStaging(changeset, now: inbox.now)
        }
    }
}

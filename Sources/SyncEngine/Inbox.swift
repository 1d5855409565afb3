import ReplicaModel
import ReplicaStore
import SyncWire

/// Gathers what a peer streams into slices of bounded size, and hands them to the replica: many small changesets in
/// one transaction, one that is too large for memory through the file.
///
/// Whoever adds asks first whether the inbox is due, and if so has it work: each time one transaction, so that others can
/// write in between.
package struct Inbox {
    static let batchChangesetsMax = 1_000
    /// The most bytes that a site that is not on the roster may show, decoded: they are in memory until the site has
    /// proven that it belongs.
    package static let trialBytesMax = 16 << 20

    private let engine: Engine
    private var complete: [IncomingChangeset] = []
    private var bytes = 0
    /// The changesets at the beginning of `complete` that were handed over, and for which no signature vouches yet, and
    /// their bytes.
    private var unvouched = (count: 0, bytes: 0)
    /// The weight of the others.
    private var weight = 0
    /// Whether the stream has said its last, so that what is gathered is handed over however little it is.
    private var isClosing = false
    /// Bytes in memory and not handed over: of whole changesets, and of one that is arriving.
    var wholeBytes: Int { bytes }
    var arrivingBytes: Int { present?.bytes ?? chunks.reduce(0) { $0 + $1.count } }
    private var present: (header: UnverifiedHeader, chunks: [[UInt8]], bytes: Int)?
    private var staging: (changeset: StagedChangeset?, left: Int)?
    /// Changesets that are newly held, and that were applied.
    private(set) var received: UInt64 = 0
    private(set) var applied: UInt64 = 0
    /// Authors of whom more came than they may cost in a day, with what it was. What comes of them is passed over, so
    /// that nobody else's work waits.
    private var beyond: [SiteID: String] = [:]
    /// Feeds of which something came that its author signed and that joins nothing here: they went two ways, and what
    /// comes of them is passed over in this session.
    private(set) var apart: Set<FeedID> = []
    /// The count of chunks that are left of a changeset that is passed over.
    private var passedChunks = 0
    /// Whether what comes of a feed is passed over in this session.
    func isPassedOver(_ feed: FeedID) -> Bool { beyond[feed.site] != nil || apart.contains(feed) }
    /// Something came, was not kept, and must come again.
    private(set) var hasPassedOver = false
    /// Whether a site that is not on the roster showed what would put it there, and nothing of that was kept.
    private(set) var hasProven = false
    /// Something was made durable since this was last set to false.
    var hasKept = false

    init(engine: Engine) { self.engine = engine }

    /// Nil if all is well, or why the peer is refused.
    ///
    /// - Parameters:
    ///   - skipped: of a header: how many of its first chunks the sender left out.
    ///   - isTrial: of a site that is not on the roster: nothing is kept before `finish` says that it belongs.
    mutating func add(_ item: ChangeItem, skipped: Int, isTrial: Bool, now: Int64) throws(StoreError) -> Refusal? {
        self.isTrial = isTrial
        if isTrial, bytes + (present?.bytes ?? 0) > Self.trialBytesMax {
            return Refusal(.tooMuch, "a site that is not on the roster may show at most \(Self.trialBytesMax) bytes")
        }
        switch item {
        case .header(let header) where isPassedOver(header.header.feed):
            passedChunks = header.header.chunkHashes.count - skipped
            return nil
        case .chunk where passedChunks > 0:
            passedChunks -= 1
            return nil
        case .header(let header) where skipped > 0:
            guard !isTrial else { return Self.leftOut }
            return try resume(header, skipped: skipped, now: now)
        case .header(let header): present = (header, [], 0)
        case .chunk(let chunk):
            guard staging == nil else {
                gather(chunk)
                return nil
            }
            present?.chunks.append(chunk)
            present?.bytes += chunk.count
        }
        completeIfWhole()
        return nil
    }

    private mutating func completeIfWhole() {
        guard let whole = present, whole.chunks.count == whole.header.header.chunkHashes.count else { return }
        present = nil
        let changeset = IncomingChangeset(header: whole.header, chunks: whole.chunks)
        complete.append(changeset)
        bytes += changeset.byteCount
        weight += ApplySlice.weight(of: changeset.header.header)
    }

    // MARK: Work

    /// Whether there is work to do on the replica before anything is added.
    var isDue: Bool {
        guard !isTrial else { return false }
        return engine.replica.slice.isLeft || isFull || isPresentLarge || areChunksDue
            || isClosing && complete.count > unvouched.count
    }

    private var isFull: Bool {
        weight >= engine.replica.slice.weightMax || bytes - unvouched.bytes >= engine.memory.batchBytes
            || complete.count - unvouched.count >= Self.batchChangesetsMax
    }

    private var isPresentLarge: Bool {
        guard let present, present.bytes > engine.memory.changesetBytes else { return false }
        return present.chunks.count < present.header.header.chunkHashes.count
    }

    private var areChunksDue: Bool {
        guard let staging, staging.changeset != nil else { return false }
        return staging.left == 0
            || !chunks.isEmpty && chunks.count >= engine.memory.batchBytes / WireLimits.chunkBytes
    }

    /// Does what is due, as far as goes in one turn with the replica. Nil if all is well, or why the peer is refused.
    mutating func work(now: Int64) throws(StoreError) -> Refusal? {
        if engine.replica.slice.isLeft {
            applied += UInt64(try engine.replica.admin.applyMore(sealingWith: engine.key, now: now))
            hasKept = true
            return nil
        }
        // What came before goes first.
        if complete.count > unvouched.count, isFull || isClosing || isPresentLarge { return try handOver(now: now) }
        return try isPresentLarge ? beginStaging(now: now) : stageChunks(now: now)
    }

    /// The stream has said its last: what is gathered is due.
    mutating func close() { isClosing = true }

    /// More comes all the same: what was due is done.
    mutating func reopen() { isClosing = false }

    /// Ends what `close` began. Nothing may be left without a signature that vouches for it.
    ///
    /// - Parameter site: one that was not on the roster: unless what it showed puts it there, nothing of it is kept.
    mutating func finish(provingItself site: SiteID?, now: Int64) throws(StoreError) -> Refusal? {
        isClosing = false
        if isTrial, let refusal = try handOver(provingItself: site, now: now) { return refusal }
        if let left = complete.first {
            return Refusal(
                .badSignature,
                "changeset \(left.header.header.seq) of feed \(left.header.header.feed) is not signed by its author"
            )
        }
        if let first = beyond.min(by: { $0.key < $1.key }) { return Refusal(.quota, first.value) }
        return apart.min().map { .apart($0) }
    }

    /// Hands over a slice of what is gathered, or for a trial all of it. What no signature vouches for yet stays: a later
    /// one of its feed may.
    private mutating func handOver(provingItself site: SiteID? = nil, now: Int64) throws(StoreError) -> Refusal? {
        guard !complete.isEmpty else { return nil }
        let slice = Array(complete.prefix(isTrial ? complete.count : sliceCount))
        complete.removeFirst(slice.count)
        unvouched = (0, 0)
        for changeset in slice { bytes -= changeset.byteCount }
        weight = complete.reduce(0) { $0 + ApplySlice.weight(of: $1.header.header) }
        guard !hasPassedOver else {
            try engine.replica.replaceSpoilt(from: slice)
            return nil
        }
        let refusal = try note { (engine) throws(StoreError) in
            try engine.replica.accept(slice, provingItself: site, sealingWith: engine.key, now: now)
        }
        if hasPassedOver, let site { try judge(site, by: slice, now: now) }
        return refusal
    }

    /// Judges a site by what it showed although nothing of that can be kept before something is sealed, and that not
    /// without what the disk altered: this site may be the only one that has it.
    private mutating func judge(_ site: SiteID, by batch: [IncomingChangeset], now: Int64) throws(StoreError) {
        do { hasProven = try engine.replica.reports.wouldAdmit(site, by: batch, now: now) } catch {
            guard case .spoilt = error else { throw error }
            return
        }
        hasPassedOver = false
    }

    /// How many go in one slice: at least one that was not handed over before. One author's changeset is not split.
    private var sliceCount: Int {
        var (count, weight) = (unvouched.count, 0)
        for changeset in complete.dropFirst(unvouched.count) {
            weight += ApplySlice.weight(of: changeset.header.header)
            guard weight <= engine.replica.slice.weightMax || count == unvouched.count else { break }
            count += 1
        }
        return count
    }

    private mutating func handOverAll(now: Int64) throws(StoreError) -> Refusal? {
        while complete.count > unvouched.count {
            if let refusal = try handOver(now: now) { return refusal }
        }
        return nil
    }

    /// Notes the outcome of taking a batch. What comes is passed over while something is pending that cannot be sealed
    /// without what the disk altered, but for what takes the place of that.
    private mutating func note(_ take: (Engine) throws(StoreError) -> IntakeOutcome) throws(StoreError) -> Refusal? {
        do { return note(try take(engine)) } catch {
            guard case .spoilt = error else { throw error }
            hasPassedOver = true
            return nil
        }
    }

    private mutating func note(_ outcome: IntakeOutcome) -> Refusal? {
        switch outcome {
        case .refused(let refusal): return refusal
        case .accepted(let held, let applied, let unvouched): return note(held, applied, unvouched)
        case .partly(let held, let applied, let unvouched, let beyond):
            self.beyond.merge(beyond) { $1 }
            return note(held, applied, unvouched.filter { beyond[$0.header.header.feed.site] == nil })
        case .apart(let held, let applied, let unvouched, let feeds):
            apart.formUnion(feeds)
            // What was gathered of them goes, too.
            complete.removeAll { changeset in
                guard feeds.contains(changeset.header.header.feed) else { return false }
                bytes -= changeset.byteCount
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
        // Before what was not handed over; and beside what waits already, where one came through the file meanwhile.
        complete.insert(contentsOf: unvouched, at: 0)
        let added = unvouched.reduce(0) { $0 + $1.byteCount }
        bytes += added
        self.unvouched = (self.unvouched.count + unvouched.count, self.unvouched.bytes + added)
        guard let first = unvouched.first?.header.header else { return nil }
        let isTooMuch = added >= engine.memory.changesetBytes || unvouched.count >= Self.batchChangesetsMax
        return isTooMuch
            ? Refusal(.badSignature, "changeset \(first.seq) of feed \(first.feed) is not signed by its author") : nil
    }

    /// Keeps what came before the connection broke: whole changesets, and the whole chunks of one that was arriving, so
    /// that the next session goes on behind them. What no signature vouches for is not kept.
    mutating func keep(now: Int64) throws(StoreError) {
        guard !isTrial else { return }
        if let part = present, !part.chunks.isEmpty {
            guard try handOverAll(now: now) == nil, try beginStaging(now: now) == nil else { return }
        } else {
            guard try handOverAll(now: now) == nil else { return }
        }
        if var changeset = staging?.changeset, !chunks.isEmpty {
            try engine.replica.stage(chunks, of: &changeset, now: now)
        }
        (present, staging, chunks) = (nil, nil, [])
    }

    /// The rest of a changeset of which no more is taken today.
    private mutating func pass(_ header: UnverifiedHeader, left: Int, because sentence: String) {
        beyond[header.header.feed.site] = sentence
        passedChunks = left
    }

    private mutating func beginStaging(now: Int64) throws(StoreError) -> Refusal? {
        guard let large = present else { return nil }
        present = nil
        let left = large.header.header.chunkHashes.count - large.chunks.count
        switch try engine.replica.beginStaging(large.header, now: now, keeping: engine.awaited) {
        case .refused(let refusal) where refusal.code == .quota:
            pass(large.header, left: left, because: refusal.sentence)
        case .refused(let refusal) where refusal.code == .fork:
            apart.insert(large.header.header.feed)
            passedChunks = left
        // It may follow what was passed over.
        case .refused where hasPassedOver: staging = (nil, left)
        case .refused(let refusal): return refusal
        case .held: staging = (nil, left)
        case .begun(var staged):
            try engine.replica.stage(large.chunks, of: &staged, now: now)
            staging = (staged, left)
        }
        return nil
    }

    private static let leftOut = Refusal(
        .badChangeset, "chunks were left out that this side does not have")

    /// Goes on with a changeset of which a session that was cut left chunks here.
    private mutating func resume(_ header: UnverifiedHeader, skipped: Int, now: Int64) throws(StoreError) -> Refusal? {
        if let refusal = try handOverAll(now: now) { return refusal }
        let left = header.header.chunkHashes.count - skipped
        switch try engine.replica.resumeStaging(header, skipped: skipped, now: now) {
        case nil: return Self.leftOut
        case .refused(let refusal)? where refusal.code == .quota:
            pass(header, left: left, because: refusal.sentence)
        case .refused(let refusal)? where refusal.code == .fork:
            apart.insert(header.header.feed)
            passedChunks = left
        case .refused? where hasPassedOver: staging = left > 0 ? (nil, left) : nil
        case .refused(let refusal)?: return refusal
        case .held?: staging = left > 0 ? (nil, left) : nil
        case .begun(let staged)?:
            guard left == 0 else {
                staging = (staged, left)
                return nil
            }
            return try note { (engine) throws(StoreError) in
                try engine.replica.finishStaging(staged, sealingWith: engine.key, now: now)
            }
        }
        return nil
    }

    /// The next chunk of a changeset that goes through the file, or that is here already.
    private mutating func gather(_ chunk: [UInt8]) {
        guard let staging else { return }
        let left = staging.left - 1
        if staging.changeset != nil { chunks.append(chunk) }
        self.staging = left == 0 && staging.changeset == nil ? nil : (staging.changeset, left)
    }

    /// Keeps the chunks that came; once all did, holds and applies their changeset.
    private mutating func stageChunks(now: Int64) throws(StoreError) -> Refusal? {
        guard let (changeset, left) = staging, var changeset else { return nil }
        if !chunks.isEmpty {
            try engine.replica.stage(chunks, of: &changeset, now: now)
            (chunks, staging) = ([], (changeset, left))
            return nil
        }
        guard left == 0 else { return nil }
        staging = nil
        return try note { (engine) throws(StoreError) in
            try engine.replica.finishStaging(changeset, sealingWith: engine.key, now: now)
        }
    }

    private var chunks: [[UInt8]] = []
    private(set) var isTrial = false
}

extension IncomingChangeset {
    fileprivate var byteCount: Int { header.bytes.count + chunks.reduce(0) { $0 + $1.count } }
}

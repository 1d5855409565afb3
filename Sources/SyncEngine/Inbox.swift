import ReplicaModel
import ReplicaStore
import SyncWire

/// Gathers what a peer streams into batches of bounded size, and hands them to the replica: many small changesets in
/// one transaction, one that is too large for memory through the file.
package struct Inbox {
    static let batchChangesetsMax = 1_000
    /// The most bytes that a site that is not on the roster may show, decoded: they are in memory until the site has
    /// proven that it belongs.
    package static let trialBytesMax = 16 << 20

    private let engine: Engine
    private var complete: [IncomingChangeset] = []
    private var bytes = 0
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
    /// The count of chunks that are left of a changeset that is passed over.
    private var passedChunks = 0
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
        case .header(let header) where beyond[header.header.feed.site] != nil:
            passedChunks = header.header.chunkHashes.count - skipped
            return nil
        case .chunk where passedChunks > 0:
            passedChunks -= 1
            return nil
        case .header(let header) where skipped > 0:
            guard !isTrial else { return Self.leftOut }
            return try resume(header, skipped: skipped, now: now)
        case .header(let header):
            present = (header, [], 0)
            return try completeIfWhole(now: now)
        case .chunk(let chunk):
            if staging != nil { return try stage(chunk, now: now) }
            present?.chunks.append(chunk)
            present?.bytes += chunk.count
            if !isTrial, let header = present?.header, present?.bytes ?? 0 > engine.memory.changesetBytes,
                present?.chunks.count ?? 0 < header.header.chunkHashes.count
            {
                return try beginStaging(now: now)
            }
            return try completeIfWhole(now: now)
        }
    }

    private mutating func completeIfWhole(now: Int64) throws(StoreError) -> Refusal? {
        guard let whole = present, whole.chunks.count == whole.header.header.chunkHashes.count else { return nil }
        present = nil
        complete.append(IncomingChangeset(header: whole.header, chunks: whole.chunks))
        bytes += whole.bytes + whole.header.bytes.count
        guard !isTrial, bytes >= engine.memory.batchBytes || complete.count >= Self.batchChangesetsMax else {
            return nil
        }
        return try flush(now: now)
    }

    /// The stream has said its last: hands over what is gathered, of which nothing may be left without a signature that
    /// vouches for it.
    ///
    /// - Parameter site: one that was not on the roster: unless what it showed puts it there, nothing of it is kept.
    mutating func finish(provingItself site: SiteID?, now: Int64) throws(StoreError) -> Refusal? {
        if let refusal = try flush(provingItself: site, now: now) { return refusal }
        if let left = complete.first {
            return Refusal(
                .badSignature,
                "changeset \(left.header.header.seq) of feed \(left.header.header.feed) is not signed by its author"
            )
        }
        return beyond.min { $0.key < $1.key }.map { Refusal(.quota, $0.value) }
    }

    /// Hands over what is gathered. What no signature vouches for yet stays: a later one of its feed may.
    private mutating func flush(provingItself site: SiteID? = nil, now: Int64) throws(StoreError) -> Refusal? {
        guard !complete.isEmpty else { return nil }
        let batch = complete
        complete = []
        bytes = 0
        guard !hasPassedOver else {
            try engine.replica.replaceSpoilt(from: batch)
            return nil
        }
        let refusal = try note { (engine) throws(StoreError) in
            try engine.replica.accept(batch, provingItself: site, sealingWith: engine.key, now: now)
        }
        if hasPassedOver, let site { try judge(site, by: batch, now: now) }
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
        case .refused(let code, let sentence): return Refusal(code, sentence)
        case .accepted(let held, let applied, let unvouched): return note(held, applied, unvouched)
        case .partly(let held, let applied, let unvouched, let beyond):
            self.beyond.merge(beyond) { $1 }
            return note(held, applied, unvouched.filter { beyond[$0.header.header.feed.site] == nil })
        }
    }

    private mutating func note(_ held: Int, _ applied: Int, _ unvouched: [IncomingChangeset]) -> Refusal? {
        received += UInt64(held)
        self.applied += UInt64(applied)
        hasKept = true
        // Beside what waits already, where one came through the file meanwhile.
        complete += unvouched
        bytes += unvouched.reduce(0) { $0 + $1.header.bytes.count + $1.chunks.reduce(0) { $0 + $1.count } }
        guard let first = unvouched.first?.header.header else { return nil }
        let isTooMuch = bytes >= engine.memory.changesetBytes || unvouched.count >= Self.batchChangesetsMax
        return isTooMuch
            ? Refusal(.badSignature, "changeset \(first.seq) of feed \(first.feed) is not signed by its author") : nil
    }

    /// Keeps what came before the connection broke: whole changesets, and the whole chunks of one that was arriving, so
    /// that the next session goes on behind them. What no signature vouches for is not kept.
    mutating func keep(now: Int64) throws(StoreError) {
        guard !isTrial else { return }
        if let part = present, !part.chunks.isEmpty {
            guard try beginStaging(now: now) == nil else { return }
        } else {
            guard try flush(now: now) == nil else { return }
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
        if let refusal = try flush(now: now) { return refusal }
        guard let large = present else { return nil }
        present = nil
        let left = large.header.header.chunkHashes.count - large.chunks.count
        switch try engine.replica.beginStaging(large.header, now: now, keeping: engine.awaited) {
        case .refused(.quota, let sentence): pass(large.header, left: left, because: sentence)
        // It may follow what was passed over.
        case .refused where hasPassedOver: staging = (nil, left)
        case .refused(let code, let sentence): return Refusal(code, sentence)
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
        if let refusal = try flush(now: now) { return refusal }
        let left = header.header.chunkHashes.count - skipped
        switch try engine.replica.resumeStaging(header, skipped: skipped, now: now) {
        case nil: return Self.leftOut
        case .refused(.quota, let sentence)?: pass(header, left: left, because: sentence)
        case .refused? where hasPassedOver: staging = left > 0 ? (nil, left) : nil
        case .refused(let code, let sentence)?: return Refusal(code, sentence)
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

    private mutating func stage(_ chunk: [UInt8], now: Int64) throws(StoreError) -> Refusal? {
        guard var (changeset, left) = staging else { return nil }
        left -= 1
        chunks.append(chunk)
        if var staged = changeset {
            if chunks.count >= engine.memory.batchBytes / WireLimits.chunkBytes || left == 0 {
                try engine.replica.stage(chunks, of: &staged, now: now)
                chunks = []
            }
            changeset = staged
        } else {
            chunks = []
        }
        staging = left == 0 ? nil : (changeset, left)
        guard left == 0, let changeset else { return nil }
        return try note { (engine) throws(StoreError) in
            try engine.replica.finishStaging(changeset, sealingWith: engine.key, now: now)
        }
    }

    private var chunks: [[UInt8]] = []
    private(set) var isTrial = false
}

import ReplicaModel
import ReplicaStore
import SyncWire

/// Makes the file of a bundle, piece by piece, in bounded memory. Before it begins, what is pending is sealed, and the
/// witness names it.
package final class BundleExport {
    /// The content of the file that is wanted, and its readers.
    package struct Order: Sendable {
        /// The sites for which it is; none: for anyone.
        package var recipients: [SiteID] = []
        /// The vector of what they hold.
        package var lackedBy: Vector = [:]
        /// Changesets that they hold and their disks altered.
        package var altered: [UnfinishedChangeset] = []
        /// The scopes of the feeds; nil for all.
        package var scopes: Set<Scope>?
        /// The vector beyond which nothing is given; nil: all that is held.
        package var ceiling: Vector?
        package var grant: Grant?
        /// The keys of those who alone can read it; nil: anyone can.
        package var cards: [SealingCard]?
        /// Of what is encrypted: the ids of earlier files in whose place it comes, ascending.
        package var replaces: [HashPrefix] = []

        package init() {}
    }

    package let head: BundleHead
    private let stream: Outgoing
    private let forks: ReplicaForks
    private let writer = ChangeStreamWriter()
    private var inner: CarriedFileWriter
    private var outer: SealedFileWriter?
    private var isEnded = false
    private var present: (feed: FeedID, seq: UInt64)?
    /// The vector that a reader holds after the whole changesets that were given so far.
    package private(set) var given: Vector
    /// Whether something had begun that is not whole yet.
    package var isWithinChangeset: Bool { present != nil }

    /// - Throws: `spoilt` where the disk altered what the file cannot do without; it is noted, and the next export ends
    ///   before it.
    package init(_ engine: Engine, _ order: Order, now: Int64) throws(StoreError) {
        try engine.seal()
        let announcement = try engine.announcement(now: now)
        forks = engine.replica.forks
        stream = try engine.replica.outgoing(
            lackedBy: order.lackedBy, scopes: order.scopes, unfinished: order.altered, for: .file,
            upTo: order.ceiling, bytesInMemory: engine.memory.changesetBytes)
        head = BundleHead(
            announcement: announcement, recipients: order.recipients.sorted(), ranges: stream.ranges,
            grant: order.grant)
        given = order.lackedBy
        inner = CarriedFileWriter(.bundle(head), key: engine.key)
        guard let cards = order.cards else { return }
        let content = ContentKey()
        let keys = cards.sorted { $0.site < $1.site }.compactMap {
            content.wrapped(for: $0, in: announcement.alliance, by: engine.site)
        }
        precondition(!keys.isEmpty, "an encrypted file is for somebody")
        outer = SealedFileWriter(
            SealedHead(
                alliance: announcement.alliance, site: engine.site, written: announcement.written,
                software: announcement.software, keys: keys, replaces: order.replaces),
            content: content, signedBy: engine.key)
    }

    /// Changesets given so far, and in all.
    package var sent: UInt64 { stream.sent.changesets }
    package var total: UInt64 { stream.total }
    /// Changesets of which everything was given.
    package var done: UInt64 { sent - (isWithinChangeset ? 1 : 0) }
    /// The id of the file, once all was given.
    package var id: HashPrefix? { outer?.id ?? inner.id }

    /// The vector that a reader holds after so many changesets, or after all, of which no bytes are made. Nothing can
    /// be written after this.
    package func given(after count: UInt64) throws(StoreError) -> Vector {
        var taken: UInt64 = 0
        while let item = try stream.next() {
            guard case .header(let bytes, let signature, _) = item else { continue }
            endChangeset()
            if taken == count { return given }
            taken += 1
            present = try name(of: bytes, signature)
        }
        endChangeset()
        return given
    }

    /// The next bytes of the file; nil when all were given.
    package func next() throws(StoreError) -> [UInt8]? {
        while !isEnded {
            if try !writeItems() {
                inner.end()
                isEnded = true
            }
            let bytes = passOn()
            if !bytes.isEmpty { return bytes }
        }
        return nil
    }

    /// Whether there is more. Some items are written to the stream, and what comes of it to the file.
    private func writeItems() throws(StoreError) -> Bool {
        var isMore = true
        while writer.outputCount < FrameLimits.changesBytesMax, isMore {
            switch try stream.next() {
            case .header(let bytes, let signature, _):
                endChangeset()
                writer.write(header: bytes, signature: signature)
                present = try name(of: bytes, signature)
            case .chunk(let bytes): writer.write(chunk: bytes)
            case nil:
                endChangeset()
                writer.end()
                isMore = false
            }
        }
        while let bytes = writer.takeOutput() { inner.write(bytes) }
        return isMore
    }

    private func name(of bytes: [UInt8], _ signature: [UInt8]) throws(StoreError) -> (feed: FeedID, seq: UInt64)? {
        guard let header = try? UnverifiedHeader(bytes: bytes, signature: signature) else { return nil }
        let feed = header.header.feed
        return (forks.isForked(feed) ? try forks.name(of: header) : feed, header.header.seq)
    }

    private func endChangeset() {
        guard let (feed, seq) = present else { return }
        given[feed] = max(given[feed] ?? 0, seq)
        present = nil
    }

    private func passOn() -> [UInt8] {
        guard outer != nil else { return inner.takeOutput() }
        outer?.write(inner.takeOutput())
        if isEnded { outer?.end() }
        return outer?.takeOutput() ?? []
    }
}

extension Engine {
    /// The key to which others encrypt for this node.
    package var sealingKey: SealingKey { SealingKey(of: key) }

    /// The word of this node of itself, for a file that it writes now.
    package func announcement(now: Int64) throws(StoreError) -> Announcement {
        try replica.carrierNotes.announcement(software: software, card: sealingKey.card, now: now)
    }

    /// The file that holds that alone.
    package func request(now: Int64) throws(StoreError) -> [UInt8] {
        try seal()
        var file = CarriedFileWriter(.request(try announcement(now: now)), key: key)
        file.end()
        return file.takeOutput()
    }
}

import ReplicaModel

/// Reads the changesets of a bundle, from the blocks of its file, and holds them against what its head names. In
/// bounded memory.
package struct BundleBody {
    private let reader = ChangeStreamReader()
    private var chains: RangeChains
    /// The place of the present header in the ranges of the bundle.
    package private(set) var place = RangeChains.Place(chain: 0, isFirst: false)

    package init(_ head: BundleHead) { chains = RangeChains(head.ranges) }

    package func append(_ block: [UInt8]) { reader.append(block) }

    /// The next item; nil if the bytes end before its end: append more.
    package mutating func next() throws(CarriedFault) -> ChangeItem? {
        let item: ChangeItem?
        do { item = try reader.next() } catch { throw .altered(error.sentence) }
        if case .header(let header)? = item {
            guard reader.nextChunk == 0 else { throw .altered("chunks are left out in it") }
            guard let found = chains.add(header) else {
                throw .altered(
                    """
                    changeset \(header.header.seq) of feed \(header.header.feed) is not what its head says comes next
                    """)
            }
            place = found
        }
        return item
    }

    /// Says that no more blocks come.
    package func finish() throws(CarriedFault) {
        guard reader.isBetweenChangesets, reader.isBetweenFrames, chains.isEmpty else {
            throw .altered("it has fewer changesets than its head says")
        }
    }
}

/// Checks a carried file from its first byte to its last: that it is whole, that its writer signed it, and that a
/// bundle has what its head says. In bounded memory, and nothing of it is kept.
package struct CarriedCheck {
    private var file = CarriedFileReader()
    private var body: BundleBody?
    package private(set) var head: CarriedHead?
    private var id: HashPrefix?

    package init() {}

    /// Takes the next bytes of the file.
    package mutating func take(_ bytes: [UInt8]) throws(CarriedFault) {
        file.append(bytes)
        while let part = try file.next() {
            switch part {
            case .head(let head):
                self.head = head
                if case .bundle(let head) = head { body = BundleBody(head) }
            case .block(let block): try take(block: block)
            case .end(let id): self.id = id
            }
        }
    }

    private mutating func take(block: [UInt8]) throws(CarriedFault) {
        switch head {
        case .bundle?:
            body?.append(block)
            while try body?.next() != nil {}
        case .sealed?: break
        case .request?, .petition?, nil: throw .altered("something stands behind its head")
        }
    }

    /// Says that no more bytes come.
    ///
    /// - Returns: the head, which is the writer's, and the id of the file.
    package func finish() throws(CarriedFault) -> (head: CarriedHead, id: HashPrefix) {
        try file.finish()
        try body?.finish()
        guard let head, let id else { throw .cut }
        return (head, id)
    }
}

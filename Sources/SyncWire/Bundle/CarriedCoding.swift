import ReplicaModel

/// The lists in the heads of carried files. Each is strictly ascending, so that it has one encoding.
enum CarriedCoding {
    static func write(sites: [SiteID], to writer: inout CBORWriter) {
        writer.beginArray(sites.count)
        for site in sites { writer.write(site.key) }
    }

    static func readSites(_ reader: inout CBORReader) throws(WireError) -> [SiteID] {
        try readList(&reader, max: CarriedLimits.recipientsMax, by: \.self, SiteID.init(from:))
    }

    static func write(_ ranges: [FeedRange], to writer: inout CBORWriter) {
        writer.beginArray(ranges.count)
        for range in ranges {
            writer.beginArray(range.end == nil ? 5 : 6)
            range.feed.write(to: &writer)
            writer.write(unsigned: range.first)
            writer.write(unsigned: range.last)
            if let end = range.end { writer.write(bytes: end.bytes) }
        }
    }

    /// - Parameter version: of the file: in the first one a range says nothing of its end.
    static func readRanges(_ reader: inout CBORReader, version: UInt64) throws(WireError) -> [FeedRange] {
        var ranges: [FeedRange] = []
        for _ in 0..<(try reader.readArray(max: WireLimits.feedsMax, "ranges")) {
            let start = reader.offset
            try reader.readArray(exactly: version == 1 ? 5 : 6)
            let range = FeedRange(
                feed: try FeedID(from: &reader), first: try SeqCodec.read(&reader), last: try SeqCodec.read(&reader),
                end: version == 1 ? nil : try readPrefix(&reader))
            guard range.first <= range.last else { throw .cannotBeMeant("a range that ends before it begins") }
            guard ranges.last.map({ $0 < range }) ?? true else {
                throw .notDeterministic(offset: start, reason: "ranges that are not in ascending order")
            }
            ranges.append(range)
        }
        return ranges
    }

    static func write(_ card: SealingCard, to writer: inout CBORWriter) {
        writer.beginArray(3)
        writer.write(card.site.key)
        writer.write(bytes: card.key)
        writer.write(bytes: card.signature)
    }

    static func readCard(_ reader: inout CBORReader) throws(WireError) -> SealingCard {
        try reader.readArray(exactly: 3)
        return SealingCard(
            site: try SiteID(from: &reader), key: try readBytes(&reader, count: CarriedLimits.keyBytes),
            signature: try readBytes(&reader, count: SignatureCheck.signatureBytes))
    }

    static func write(_ cards: [SealingCard], to writer: inout CBORWriter) {
        writer.beginArray(cards.count)
        for card in cards { write(card, to: &writer) }
    }

    static func readCards(_ reader: inout CBORReader) throws(WireError) -> [SealingCard] {
        try readList(&reader, max: CarriedLimits.cardsMax, by: \.site, readCard)
    }

    static func write(_ ids: [HashPrefix], to writer: inout CBORWriter) {
        writer.beginArray(ids.count)
        for id in ids { writer.write(bytes: id.bytes) }
    }

    static func readTaken(_ reader: inout CBORReader) throws(WireError) -> [HashPrefix] {
        try readList(&reader, max: CarriedLimits.takenMax, by: \.self, readPrefix)
    }

    static func readReplaced(_ reader: inout CBORReader) throws(WireError) -> [HashPrefix] {
        try readList(&reader, max: CarriedLimits.replacedMax, by: \.self, readPrefix)
    }

    private static func readPrefix(_ reader: inout CBORReader) throws(WireError) -> HashPrefix {
        guard let prefix = HashPrefix(try readBytes(&reader, count: 16)) else {
            throw .wrongKind(offset: reader.offset, expected: "16 bytes")
        }
        return prefix
    }

    static func write(_ grant: Grant, to writer: inout CBORWriter) {
        writer.beginArray(3)
        writer.write(bytes: grant.secret)
        writer.write(text: grant.name)
        writer.write(texts: grant.addresses)
    }

    static func readGrant(_ reader: inout CBORReader) throws(WireError) -> Grant {
        try reader.readArray(exactly: 3)
        return Grant(
            secret: try InvitationCodec.readSecret(&reader), name: try NameCodec.read(&reader, of: "site"),
            addresses: try reader.readMany(max: CarriedLimits.addressesMax) { reader throws(WireError) in
                try reader.readText(max: CarriedLimits.addressBytesMax, "address")
            })
    }

    static func write(_ keys: [WrappedKey], to writer: inout CBORWriter) {
        writer.beginArray(keys.count)
        for key in keys {
            writer.beginArray(3)
            writer.write(key.site.key)
            writer.write(bytes: key.encapsulated)
            writer.write(bytes: key.wrapped)
        }
    }

    static func readKeys(_ reader: inout CBORReader) throws(WireError) -> [WrappedKey] {
        let keys = try readList(&reader, max: CarriedLimits.recipientsMax, by: \.site) { reader throws(WireError) in
            try reader.readArray(exactly: 3)
            return WrappedKey(
                site: try SiteID(from: &reader), encapsulated: try readBytes(&reader, count: CarriedLimits.keyBytes),
                wrapped: try readBytes(&reader, count: CarriedLimits.keyBytes + CarriedLimits.tagBytes))
        }
        guard !keys.isEmpty else { throw .cannotBeMeant("an encrypted file for nobody") }
        return keys
    }

    private static func readBytes(_ reader: inout CBORReader, count: Int) throws(WireError) -> [UInt8] {
        let bytes = try reader.readBytes(max: count)
        guard bytes.count == count else { throw .wrongKind(offset: reader.offset, expected: "\(count) bytes") }
        return bytes
    }

    /// Reads an array that is strictly ascending by a part of its items.
    private static func readList<Item, Key: Comparable>(
        _ reader: inout CBORReader, max: Int, by key: (Item) -> Key,
        _ read: (inout CBORReader) throws(WireError) -> Item
    ) throws(WireError) -> [Item] {
        var items: [Item] = []
        for _ in 0..<(try reader.readArray(max: max, "list")) {
            let start = reader.offset
            let item = try read(&reader)
            if let last = items.last, key(last) >= key(item) {
                throw .notDeterministic(offset: start, reason: "a list that is not in ascending order")
            }
            items.append(item)
        }
        return items
    }
}

import ReplicaModel
import ReplicaStore
import SyncWire

/// A changeset as it is sent, and as the definition takes it.
struct FoldChangeset {
    let incoming: IncomingChangeset
    let defined: DefinedChangeset
    /// For each author, how many of its changesets this one has seen.
    let seen: [Int]
}

/// Somebody who writes rows, without a replica: what it has seen is a number for each author.
struct FoldAuthor {
    let key: SigningKey
    let feed: FeedID
    /// Milliseconds that its clock is ahead.
    let skew: Int64
    var seen: [Int]
    private(set) var sealed: [FoldChangeset] = []
    var pending: [RowName: RowOperation] = [:]
    private var toldBefore: [Int]

    init(key: SigningKey, incarnation: Incarnation, skew: Int64, authors: Int) {
        self.key = key
        self.skew = skew
        feed = FeedID(site: key.site, incarnation: incarnation, scope: .alliance)
        seen = Array(repeating: 0, count: authors)
        toldBefore = seen
    }

    /// Seals what is pending.
    ///
    /// - Parameter authors: all of them, of which this is one.
    mutating func seal(at tick: Int64, among authors: [FoldAuthor], number: Int) {
        let chunks = OperationCodec.encode(Array(pending.values), tables: FoldTables.items)
        let header = ChangesetHeader(
            feed: feed, seq: UInt64(sealed.count + 1), previous: sealed.last?.defined.hash ?? .zero,
            stamp: Stamp(milliseconds: FoundedReplica.now + skew + tick), contextAdvance: advance(among: authors, number: number),
            operationCount: UInt64(pending.count), chunkHashes: chunks.map { ContentHash.of($0) })
        let signed = key.seal(header)
        guard let read = try? UnverifiedHeader(bytes: signed.bytes, signature: signed.signature) else {
            preconditionFailure("what was sealed can be read")
        }
        seen[number] = sealed.count
        let defined = DefinedChangeset(
            id: .init(feed: feed, seq: header.seq), hash: read.hash, stamp: header.stamp,
            context: Dictionary(uniqueKeysWithValues: zip(authors.map(\.feed), seen.map { UInt64($0) })),
            operations: Array(pending.values), isVoid: pending.values.contains(where: FoldTables.isIllFormed))
        sealed.append(FoldChangeset(incoming: IncomingChangeset(header: read, chunks: chunks), defined: defined, seen: seen))
        toldBefore = seen
        seen[number] = sealed.count
        pending = [:]
    }

    private func advance(among authors: [FoldAuthor], number: Int) -> Context {
        var advance = sealed.isEmpty ? FoundedReplica.template.control : [:]
        for (index, author) in authors.enumerated() where index != number && seen[index] > toldBefore[index] {
            advance[author.feed] = Head(seq: UInt64(seen[index]), hash: HashPrefix(author.sealed[seen[index] - 1].defined.hash))
        }
        return advance
    }
}

/// The tables of the founded replica, and rows in them.
enum FoldTables {
    static let definitions = FoundedReplica.template.schema.tables.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

    static let items = definitions.map { table in
        TableItem(name: table.name, key: table.key, others: table.others.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    /// Whether the schema refuses a value of the operation.
    static func isIllFormed(_ operation: RowOperation) -> Bool {
        guard let table = definitions.first(where: { $0.name == operation.table }) else { return true }
        let isKeyRefused = zip(table.key, operation.key).contains { name, value in
            table.column(name)?.refusal(of: value, isStrict: table.isStrict, isKey: true) != nil
        }
        switch operation.action {
        case .delete: return isKeyRefused
        case .insert(let values), .update(let values):
            return isKeyRefused
                || values.contains { table.column($0.key)?.refusal(of: $0.value, isStrict: table.isStrict, isKey: false) != nil }
        }
    }

    /// Few keys and few values, so that everything meets.
    static func operation(_ script: inout FuzzScript) -> RowOperation {
        let index = script.below(items.count)
        let item = items[index]
        let key = item.key.map { keyValue(definitions[index].column($0)?.type ?? "", &script) }
        let kind = script.below(8)
        if kind == 0 { return RowOperation(table: item.name, key: key, action: .delete) }
        let isInsert = kind < 4
        let mask = script.byte()
        var values: [String: Value] = [:]
        for (place, name) in item.others.enumerated() where isInsert || mask & 1 << UInt8(place) != 0 {
            values[name] = value(definitions[index].column(name)?.type ?? "", &script)
        }
        return RowOperation(table: item.name, key: key, action: isInsert ? .insert(values) : .update(values))
    }

    private static func keyValue(_ type: String, _ script: inout FuzzScript) -> Value {
        switch type {
        case "INTEGER": .integer(Int64(script.below(3)))
        case "BLOB": script.pick([.blob([]), .blob([0xFF]), .text("1")])
        default: script.pick([.text("a"), .text("é"), .text([0x78, 0xFF])])
        }
    }

    /// Mostly of the column's type, so that most changesets count.
    private static func value(_ type: String, _ script: inout FuzzScript) -> Value {
        let choice = script.byte()
        if choice >= 250 { return any[Int(choice) - 250] }
        let fitting = type == "TEXT" ? texts : type == "" ? any : integers
        return fitting[Int(choice) % fitting.count]
    }

    private static let any: [Value] = [.null, .integer(-1), .real(1.5), .text("x\0y"), .blob([0, 1]), .real(.infinity)]
    private static let integers: [Value] = [.integer(0), .integer(1), .integer(2), .null, .integer(.max)]
    private static let texts: [Value] = [.text("a"), .text("A"), .text("é"), .text([0x78, 0xFF]), .null, .text("")]
}

import ReplicaModel
import ReplicaStore
import SyncWire

/// A changeset of a chain, as it is sent and as the specifications take it.
struct RosterChangeset {
    let incoming: IncomingChangeset
    let id: SpecifiedChangeset.ID
    /// The counts of changesets of each chain that its author had seen.
    let seen: [Int]
    /// The vector of all feeds that its author had seen.
    let context: Vector
    let control: [ControlOperation]
    let rows: [RowOperation]

    var head: Head { Head(seq: id.seq, hash: HashPrefix(incoming.header.hash)) }

    /// Nil where it is of rows.
    var specifiedControl: SpecifiedControl? {
        guard id.feed.scope == .control else { return nil }
        return SpecifiedControl(id: id, hash: incoming.header.hash, context: context, operations: control)
    }
}

/// The feed of one life of a site in one scope.
struct RosterChain {
    let feed: FeedID
    let key: SigningKey
    var sealed: [RosterChangeset] = []
}

/// Sites with what each of their lives has seen and signed.
struct RosterAlliance {
    /// The numbers of the chains of one life, and how many changesets of each chain it has seen.
    struct Life {
        let site: Int
        let control: Int
        let rows: Int
        var seen: [Int]
    }

    private(set) var chains: [RosterChain] = []
    private(set) var lives: [Life] = []
    private var tick: Int64 = 0

    /// The first is the founder. One site lives twice.
    private static let incarnations: [(site: Int, incarnation: UInt64)] = [
        (0, 0), (1, 0), (2, 0), (2, 9), (3, 0), (4, 0),
    ]

    init() {
        let count = Self.incarnations.count
        for (number, life) in Self.incarnations.enumerated() {
            let key = FuzzKeys.sites[life.site]
            for scope in [Scope.control, .alliance] {
                let feed = FeedID(site: key.site, incarnation: Incarnation(life.incarnation), scope: scope)
                chains.append(RosterChain(feed: feed, key: key))
            }
            let seen = Array(repeating: 0, count: count * 2)
            lives.append(Life(site: life.site, control: number * 2, rows: number * 2 + 1, seen: seen))
        }
        found()
    }

    var founding: IncomingChangeset { chains[0].sealed[0].incoming }

    var count: Int { chains.reduce(0) { $0 + $1.sealed.count } }

    private mutating func found() {
        var operations: [ControlOperation] = [.found(name: "n0", nonce: Array(repeating: 7, count: 16))]
        operations += [(0, Role.admin), (1, .admin), (2, .member)].map { .admit(Self.admission(of: $0, $1)) }
        operations += FoldTables.definitions.map { .createTable($0) }
        operations += FoundedReplica.template.schema.indexes.map { .createIndex($0) }
        seal(operations, [], on: 0, by: 0)
        for number in lives.indices { lives[number].seen[0] = 1 }
    }

    private static func admission(of site: Int, _ role: Role) -> Admission {
        Admission(site: FuzzKeys.sites[site].site, name: "n\(site)", role: role, institution: nil, keepsTime: false)
    }

    // MARK: Signing

    /// Mostly what the author has the right to.
    mutating func sealControl(by life: Int, _ script: inout FuzzScript) {
        guard let place = place(of: life), place.role == .admin || script.below(32) == 1 else { return }
        let operations = (0...(script.below(4) == 1 ? 1 + script.below(3) : 0)).map { _ in operation(by: life, &script)
        }
        seal(operations, [], on: lives[life].control, by: life)
    }

    mutating func sealRows(by life: Int, _ script: inout FuzzScript) {
        guard let place = place(of: life), place.role?.mayWrite == true || script.below(32) == 1 else { return }
        var rows: [RowName: RowOperation] = [:]
        for _ in 0...script.below(3) {
            let row = FoldTables.operation(&script, isKnown: { hasSeen(life, insertOf: $0) })
            rows[RowName(table: row.table, key: row.key)] = row
        }
        seal([], Array(rows.values), on: lives[life].rows, by: life)
    }

    private mutating func operation(by life: Int, _ script: inout FuzzScript) -> ControlOperation {
        let site = script.below(FuzzKeys.sites.count)
        switch script.below(5) {
        case 0, 1: return .admit(Self.admission(of: site, script.pick([.admin, .admin, .member, .reader])))
        case 2: return .release(Release(site: FuzzKeys.sites[site].site, ends: ends(of: site, by: life, &script)))
        default:
            let role: Role? = script.pick([nil, nil, .reader, .member])
            return .cut(Cut(site: FuzzKeys.sites[site].site, role: role, ends: ends(of: site, by: life, &script)))
        }
    }

    /// Mostly what the life has seen, else less, or nothing; at times what it has not seen, or what nobody wrote.
    private func ends(of site: Int, by life: Int, _ script: inout FuzzScript) -> FeedEnds {
        var heads: Context = [:]
        for (number, chain) in chains.enumerated() where chain.feed.site == FuzzKeys.sites[site].site {
            let seen = lives[life].seen[number]
            let isBeyond = script.below(8) == 7
            let count = script.below(3) == 1 ? script.below((isBeyond ? chain.sealed.count : seen) + 1) : seen
            guard count > 0 else { continue }
            let head = chain.sealed[count - 1].head
            let isInvented = script.below(8) == 7
            heads[chain.feed] = isInvented ? Head(seq: head.seq, hash: HashPrefix(Bytes32.zero)) : head
        }
        return FeedEnds(heads)
    }

    /// Nil for a stranger: what those write is not taken at all.
    private func place(of life: Int) -> SpecifiedRoster.Place? {
        let seen = lives[life].seen
        let controls = chains.indices.flatMap { chains[$0].sealed.prefix(seen[$0]).compactMap(\.specifiedControl) }
        return RosterSpecification(of: controls).roster().place(of: FuzzKeys.sites[lives[life].site].site)
    }

    private func hasSeen(_ life: Int, insertOf row: RowName) -> Bool {
        chains.indices.contains { number in
            chains[number].sealed.prefix(lives[life].seen[number]).flatMap(\.rows).contains { operation in
                guard case .insert = operation.action else { return false }
                return operation.table == row.table && operation.key == row.key
            }
        }
    }

    private mutating func seal(_ control: [ControlOperation], _ rows: [RowOperation], on number: Int, by life: Int) {
        let chain = chains[number]
        tick += 1
        var seen = lives[life].seen
        if chain.feed.scope == .control {
            for other in chains.indices where chains[other].feed.scope != .control { seen[other] = 0 }
        }
        let before = chain.sealed.last?.seen ?? Array(repeating: 0, count: chains.count)
        var advance: Context = [:]
        for other in chains.indices where other != number && seen[other] > before[other] {
            advance[chains[other].feed] = chains[other].sealed[seen[other] - 1].head
        }
        let chunks =
            chain.feed.scope == .control
            ? Chunking.cut(ControlCodec.encode(control)) : OperationCodec.encode(rows, tables: FoldTables.items)
        let header = ChangesetHeader(
            feed: chain.feed, seq: UInt64(chain.sealed.count + 1),
            previous: chain.sealed.last?.incoming.header.hash ?? .zero,
            stamp: Stamp(milliseconds: FoundedReplica.now + tick), contextAdvance: advance,
            operationCount: UInt64(max(control.count, rows.count)), chunkHashes: chunks.map { ContentHash.of($0) })
        let signed = chain.key.seal(header)
        guard let read = try? UnverifiedHeader(bytes: signed.bytes, signature: signed.signature) else {
            preconditionFailure("what was sealed can be read")
        }
        let context = zip(chains, seen).reduce(into: [:]) { $0[$1.0.feed] = UInt64($1.1) }
        chains[number].sealed.append(
            RosterChangeset(
                incoming: IncomingChangeset(header: read, chunks: chunks), id: .init(feed: chain.feed, seq: header.seq),
                seen: seen, context: context.filter { $0.value > 0 }, control: control, rows: rows))
        lives[life].seen[number] = chains[number].sealed.count
    }

    // MARK: Seeing

    /// A life sees some of another's, and so all that these have seen.
    mutating func learn(_ life: Int, from other: Int, _ script: inout FuzzScript) {
        guard life != other else { return }
        for number in [lives[other].control, lives[other].rows] {
            let present = lives[life].seen[number]
            let count = min(chains[number].sealed.count, present + 1 + script.below(3))
            guard count > present else { continue }
            let seen = chains[number].sealed[count - 1].seen
            for index in chains.indices where index != lives[life].control && index != lives[life].rows {
                lives[life].seen[index] = max(lives[life].seen[index], seen[index])
            }
            lives[life].seen[number] = count
        }
    }
}

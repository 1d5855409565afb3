import ReplicaModel
import ReplicaStore
import SyncWire

/// Authors some of whose feeds went several ways: each way is a line of changesets from the first on, of which it may
/// share the beginning with others. Which changesets are before which, and how ways are called, is told here from the
/// lines alone.
struct ForkWays {
    /// A changeset as it is sent, with what its author had seen: of each line that there was then, how many.
    struct Link {
        let incoming: IncomingChangeset
        let operations: [RowOperation]
        let isIllFormed: Bool
        let seen: [Int]
        var hash: Bytes32 { incoming.header.hash }
    }

    struct Line {
        let key: SigningKey
        let feed: FeedID
        /// Milliseconds that its clock is ahead.
        var skew: Int64
        var links: [Link] = []
        /// The numbers of other lines' changesets that it has seen, by line.
        var seen: [Int: Int] = [:]
        var pending: [RowName: RowOperation] = [:]
    }

    private(set) var lines: [Line]

    init(_ lines: [Line]) { self.lines = lines }

    /// A machine is put back to an older state, and goes on: another line, which has seen what that changeset had.
    mutating func fork(_ number: Int, behind count: Int, skew: Int64) {
        var line = lines[number]
        line.links = Array(line.links.prefix(count))
        line.skew = skew
        line.pending = [:]
        line.seen = [:]
        for (index, seen) in (line.links.last?.seen ?? []).enumerated() where index != number && seen > 0 {
            line.seen[index] = seen
        }
        lines.append(line)
    }

    mutating func note(_ operation: RowOperation, by number: Int) {
        lines[number].pending[RowName(table: operation.table, key: operation.key)] = operation
    }

    mutating func setSkew(_ skew: Int64, of number: Int) { lines[number].skew = skew }

    /// A line sees some of another one's, and so all that these have seen. An author that sees another way of its own
    /// feed goes on in a new incarnation.
    mutating func learn(_ number: Int, from other: Int, upTo count: Int) {
        guard other != number, count > 0, count <= lines[other].links.count else { return }
        var all = lines[other].links[count - 1].seen
        all[other] = count
        // What is common to both lines an author has seen as its own.
        let news = all.enumerated().filter { index, seen in
            index != number && seen > lines[number].seen[index] ?? 0 && seen > common(number, index)
        }
        var learner = number
        if news.contains(where: { lines[$0.offset].feed == lines[number].feed }) { learner = newLife(of: number) }
        for (index, seen) in news { lines[learner].seen[index] = max(lines[learner].seen[index] ?? 0, seen) }
    }

    /// Begins another line of an author, in a new incarnation, that has seen all that this one has.
    private mutating func newLife(of number: Int) -> Int {
        let old = lines[number]
        let feed = FeedID(
            site: old.feed.site, incarnation: Incarnation(UInt64(100 + lines.count)), scope: old.feed.scope)
        var line = Line(key: old.key, feed: feed, skew: old.skew)
        line.seen = old.seen
        if !old.links.isEmpty { line.seen[number] = old.links.count }
        lines.append(line)
        return lines.count - 1
    }

    /// The number of changesets that two lines have in common.
    func common(_ one: Int, _ other: Int) -> Int {
        guard lines[one].feed == lines[other].feed else { return 0 }
        return zip(lines[one].links, lines[other].links).prefix { $0.hash == $1.hash }.count
    }

    /// Seals what is pending.
    mutating func seal(_ number: Int, at tick: Int64) {
        let line = lines[number]
        let rows = Array(line.pending.values)
        let chunks = OperationCodec.encode(rows, tables: FoldTables.items)
        let header = ChangesetHeader(
            feed: line.feed, seq: UInt64(line.links.count + 1), previous: line.links.last?.hash ?? .zero,
            stamp: Stamp(milliseconds: FoundedReplica.now + line.skew + tick), contextAdvance: advance(of: number),
            operationCount: UInt64(rows.count), chunkHashes: chunks.map { ContentHash.of($0) })
        let signed = line.key.seal(header)
        guard let read = try? UnverifiedHeader(bytes: signed.bytes, signature: signed.signature) else {
            preconditionFailure("what was sealed can be read")
        }
        var seen = lines.indices.map { line.seen[$0] ?? 0 }
        seen[number] = line.links.count
        lines[number].links.append(
            Link(
                incoming: IncomingChangeset(header: read, chunks: chunks), operations: rows,
                isIllFormed: rows.contains(where: FoldTables.isIllFormed), seen: seen))
        lines[number].pending = [:]
    }

    /// The heads that the line has seen since its last changeset, and that this one had not.
    private func advance(of number: Int) -> Context {
        let line = lines[number]
        let before = line.links.last.map { covered(by: $0) } ?? []
        var heads = line.links.isEmpty ? FoundedReplica.template.control.list : []
        for (index, count) in line.seen.sorted(by: { $0.key < $1.key }) where index < lines.count {
            guard count <= lines[index].links.count else { continue }
            let link = lines[index].links[count - 1]
            let own = lines[number].links.contains { $0.hash == link.hash }
            if !before.contains(link.hash), !own {
                heads.append(
                    FeedHead(lines[index].feed, Head(seq: UInt64(count), hash: HashPrefix(link.hash))))
            }
        }
        return Context(Array(Set(heads)))
    }

    /// The hashes of all that a changeset had seen.
    private func covered(by link: Link) -> Set<Bytes32> {
        Set(link.seen.enumerated().flatMap { index, count in lines[index].links.prefix(count).map(\.hash) })
    }
}

/// The words of a replica that has the first changesets of each line.
extension ForkWays {
    /// The name of a changeset where as many of each line are held: behind the last changeset that is common with
    /// another line that goes on, a branch by the first that is not.
    func name(_ number: Int, _ index: Int, among counts: [Int]) -> FeedID {
        let points = lines.indices.filter { $0 != number && lines[$0].feed == lines[number].feed }.compactMap { other in
            let common = common(number, other)
            return common < counts[number] && common < counts[other] && common <= index ? common : nil
        }
        guard let point = points.max() else { return lines[number].feed }
        return lines[number].feed.on(.init(first: UInt64(point + 1), hash: lines[number].links[point].hash))
    }

    /// The vector of what is held of each line.
    func vector(_ counts: [Int], named held: [Int]) -> Vector {
        var out: Vector = [:]
        for number in lines.indices {
            for index in 0..<counts[number] {
                let name = name(number, index, among: held)
                out[name] = max(out[name] ?? 0, UInt64(index + 1))
            }
        }
        return out
    }

    /// The last changesets of those lines that are held, each way's own.
    func heads(_ counts: [Int]) -> Set<FeedHead> {
        let ends = lines.indices.filter { number in
            counts[number] > 0
                && !lines.indices.contains { other in
                    counts[other] > counts[number] && common(number, other) >= counts[number]
                }
        }
        return Set(
            ends.map { number in
                FeedHead(
                    lines[number].feed,
                    Head(
                        seq: UInt64(counts[number]),
                        hash: HashPrefix(lines[number].links[counts[number] - 1].hash)))
            })
    }

    /// The number of changesets that are held of each line, where these are held.
    func counts(_ held: Set<Bytes32>) -> [Int] {
        lines.map { line in line.links.prefix { held.contains($0.hash) }.count }
    }

    /// The number that is applied of each line: what has all applied that it had seen.
    func applicable(_ held: [Int]) -> [Int] {
        var applied = lines.map { _ in 0 }
        var grows = true
        while grows {
            grows = false
            for number in lines.indices where applied[number] < held[number] {
                let link = lines[number].links[applied[number]]
                guard link.seen.enumerated().allSatisfy({ $0.offset == number || $0.element <= applied[$0.offset] })
                else {
                    continue
                }
                applied[number] += 1
                grows = true
            }
        }
        return applied
    }

    /// The applied changesets, as the definition takes them.
    func defined(_ applied: [Int], named held: [Int]) -> [SpecifiedChangeset] {
        var out: [Bytes32: SpecifiedChangeset] = [:]
        for number in lines.indices {
            for (index, link) in lines[number].links.prefix(applied[number]).enumerated() where out[link.hash] == nil {
                let seen = lines.indices.map { $0 < link.seen.count ? link.seen[$0] : 0 }
                out[link.hash] = SpecifiedChangeset(
                    id: .init(feed: name(number, index, among: held), seq: UInt64(index + 1)), hash: link.hash,
                    stamp: link.incoming.header.header.stamp, context: vector(seen, named: held),
                    operations: link.operations, isVoid: link.isIllFormed)
            }
        }
        return out.values.sorted { $0.hash < $1.hash }
    }
}

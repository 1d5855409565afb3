import ReplicaModel
import SyncWire

/// Every changeset that anybody ever sealed, as its author's log had it at once: the bare set that all replicas are
/// held against. It is read from the signed bytes, and contexts are added up here, so nothing of it is what a replica
/// made of them.
package struct Universe {
    package struct Entry {
        let defined: SpecifiedChangeset
        /// The context over all scopes: as `defined.context` has it, control with it.
        let context: Vector
        let scope: Scope
        let chunkCount: Int
        /// Why it must be void; nil if it is an honest author's.
        let crime: String?
        /// The operations on roster and schema, of a changeset of scope control.
        var control: [ControlOperation] = []
    }

    private(set) var entries: [SpecifiedChangeset.ID: Entry] = [:]
    /// The names of feeds, where they went several ways.
    private(set) var ways = Ways()
    /// Names of all changesets in the order in which they were sealed, which is a causal one.
    private(set) var order: [SpecifiedChangeset.ID] = []
    /// Whether anybody ever ended a right.
    private(set) var hasCuts = false
    /// Ascending by stamp.
    private var stamps: [(stamp: Stamp, id: SpecifiedChangeset.ID)] = []
    /// Crimes by the hash of the changeset that will commit them.
    private var crimes: [Bytes32: String] = [:]

    package subscript(id: SpecifiedChangeset.ID) -> Entry? { entries[id] }

    /// The author's software signs what must be void.
    mutating func expect(_ crime: String, of hash: Bytes32) { crimes[hash] = crime }

    /// Changesets that are in a prefix of every feed.
    package func changesets(in vector: Vector, scope: Scope) -> [SpecifiedChangeset] {
        order.compactMap { id in
            guard let entry = entries[id], entry.scope == scope, vector[id.feed] ?? 0 >= id.seq else { return nil }
            return entry.defined
        }
    }

    package func voidCount(in vector: Vector) -> Int {
        order.count { id in entries[id]?.crime != nil && vector[id.feed] ?? 0 >= id.seq }
    }

    /// A changeset that its own author's replica has newly.
    mutating func add(_ header: UnverifiedHeader, chunks: [[UInt8]]) throws(Violation) -> Entry {
        guard header.isSigned else {
            let id = SpecifiedChangeset.ID(feed: header.header.feed, seq: header.header.seq)
            throw Violation("authenticity", "\(id.name) is in its author's log without its signature")
        }
        let crime = crimes[header.hash]
        let context = try context(of: header.header)
        let id = ways.name(header.header, header.hash)
        let operations = id.feed.scope == .control ? [] : try operations(chunks, id, mayFail: crime != nil)
        let entry = Entry(
            defined: SpecifiedChangeset(
                id: id, hash: header.hash, stamp: header.header.stamp,
                context: context.filter { $0.key.scope == id.feed.scope }, operations: operations,
                isVoid: crime != nil),
            context: context, scope: id.feed.scope, chunkCount: chunks.count, crime: crime,
            control: id.feed.scope == .control ? (try? ControlCodec.decode(chunks: chunks)) ?? [] : [])
        hasCuts = hasCuts || entry.control.contains { if case .cut = $0 { true } else { false } }
        entries[id] = entry
        order.append(id)
        stamps.insert((entry.defined.stamp, id), at: firstStamp { $0 > entry.defined.stamp })
        return entry
    }

    /// Removes a changeset and all that follow it in its feed.
    mutating func remove(from id: SpecifiedChangeset.ID) {
        for lost in order where lost.feed == id.feed && lost.seq >= id.seq {
            entries[lost] = nil
            ways.forget(lost)
        }
        order.removeAll { $0.feed == id.feed && $0.seq >= id.seq }
        stamps.removeAll { $0.id.feed == id.feed && $0.id.seq >= id.seq }
    }

    /// Changesets with a stamp within the range, ascending by it.
    func changesets(stamped range: ClosedRange<Stamp>) -> [SpecifiedChangeset.ID] {
        stamps[firstStamp { $0 >= range.lowerBound }..<firstStamp { $0 > range.upperBound }].map(\.id)
    }

    private func firstStamp(where isBeyond: (Stamp) -> Bool) -> Int {
        var (low, high) = (0, stamps.count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(stamps[middle].stamp) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func operations(_ chunks: [[UInt8]], _ id: SpecifiedChangeset.ID, mayFail: Bool) throws(Violation)
        -> [RowOperation]
    {
        do { return try OperationCodec.decode(chunks: chunks) } catch {
            guard mayFail else {
                throw Violation("authenticity", "\(id.name), which an honest node sealed, cannot be read: \(error)")
            }
            return []
        }
    }

    /// Adds up what its author says that it had seen, with what goes before it in its own feed.
    private func context(of header: ChangesetHeader) throws(Violation) -> Vector {
        var context: Vector = [:]
        if header.seq > 1 {
            let before = ways.all(header.seq - 1, of: header.feed)
            guard !before.isEmpty else {
                throw Violation(
                    "authenticity",
                    "\(header.feed.scope.name) of \(header.feed.site.short) has a gap before \(header.seq)")
            }
            guard let id = ways[header.previous], before.contains(id), let previous = entries[id] else {
                throw Violation(
                    "authenticity",
                    "changeset \(header.seq) of \(header.feed.site.short) does not follow the one before it")
            }
            context = previous.context
            ways.add(id, to: &context)
        }
        for (feed, head) in header.contextAdvance {
            guard !ways.all(head.seq, of: feed).isEmpty else {
                throw Violation(
                    "true contexts",
                    """
                    changeset \(header.seq) of \(header.feed.site.short) names changeset \(head.seq) of \
                    \(feed.site.short), which nobody ever sealed
                    """
                )
            }
            guard let seen = ways.find(head, of: feed) else {
                throw Violation(
                    "true contexts",
                    """
                    changeset \(header.seq) of \(header.feed.site.short) names changeset \(head.seq) of \
                    \(feed.site.short) by another hash
                    """
                )
            }
            ways.add(seen, to: &context)
        }
        return context
    }
}

extension SpecifiedChangeset.ID {
    /// The changeset in words, as sentences and the trace name it.
    var name: String {
        let life = feed.incarnation == .first ? "" : ".\(String(feed.incarnation.bits, radix: 16).prefix(5))"
        let way = feed.branch.map { "~\($0.hash.bytes.hex.prefix(5))" } ?? ""
        return "changeset \(seq) of \(feed.scope.name) of \(feed.site.short.prefix(9))\(life)\(way)"
    }
}

extension Universe {
    func chunkCount(in vector: Vector) -> Int {
        order.reduce(0) { $0 + (vector[$1.feed] ?? 0 >= $1.seq ? entries[$1]?.chunkCount ?? 0 : 0) }
    }
}

extension Universe {
    /// Whether another feed of its scope has something that its author had not seen, and that had not seen it.
    func hasConcurrent(_ entry: Entry) -> Bool {
        order.contains { id in
            id.feed.scope == entry.scope && id.feed.site != entry.defined.id.feed.site
                && entry.context[id.feed] ?? 0 < id.seq
        }
    }
}

extension Universe {
    /// The changesets of a prefix of every feed that do not count although they are not void, by the specification of
    /// the roster.
    package func quarantined(in vector: Vector) -> Set<SpecifiedChangeset.ID> {
        guard hasCuts else { return [] }
        let there = order.compactMap { id in vector[id.feed] ?? 0 >= id.seq ? entries[id] : nil }
        let controls = there.filter { $0.scope == .control }.map { entry in
            SpecifiedControl(
                id: entry.defined.id, hash: entry.defined.hash,
                context: entry.context.filter { $0.key.scope == .control }, operations: entry.control)
        }
        let specification = RosterSpecification(of: controls)
        let roster = specification.roster()
        return Set(
            there.filter { entry in
                entry.crime == nil && !specification.void.contains(entry.defined.id)
                    && roster.isQuarantined(entry.defined.id, context: entry.context)
            }.map(\.defined.id))
    }
}

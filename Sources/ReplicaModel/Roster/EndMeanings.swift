/// The meanings of the ends of cuts and releases: which changesets they name, and which others have the numbers of
/// these, as far as they are applied, or covered by a context.
package struct EndMeanings: Hashable, Sendable {
    /// The changesets that have the number of an end in its feed.
    package struct Meaning: Hashable, Sendable {
        /// The one that the end names; nil where that is not here.
        let named: Dot?
        /// Those of another hash.
        let others: [Dot]

        package init(named: Dot?, others: [Dot]) {
            self.named = named
            self.others = others
        }

        var isEmpty: Bool { named == nil && others.isEmpty }

        func covered(by context: VersionVector) -> Meaning {
            Meaning(named: named.flatMap { context.covers($0) ? $0 : nil }, others: others.filter(context.covers))
        }

        func isWhole(in context: VersionVector) -> Bool {
            named.map(context.covers) ?? true && others.allSatisfy(context.covers)
        }
    }

    private let lines: FeedLines
    private var meanings: [FeedHead: Meaning] = [:]
    /// The context by which is judged; nil where that is by all that is applied.
    private var context: VersionVector?

    /// - Parameter lines: of the feeds that went two ways.
    package init(_ lines: FeedLines = FeedLines()) { self.lines = lines }

    /// Says what an end means.
    package mutating func set(_ head: FeedHead, _ meaning: Meaning) { meanings[head] = meaning.isEmpty ? nil : meaning }

    /// The same of an end in a feed that did not go two ways. Whether changesets may lie within ends otherwise than
    /// before: there the one that an end names says nothing, and another one under its number takes all meaning from
    /// it.
    package mutating func learn(_ head: FeedHead, _ meaning: Meaning) -> Bool {
        let hadOthers = !(meanings[head]?.others.isEmpty ?? true)
        set(head, meaning)
        return hadOthers || !meaning.others.isEmpty || isForked(head.feed)
    }

    /// The same as far as a context goes: what lies beyond it nobody can have who judges by it.
    package func covered(by context: VersionVector) -> EndMeanings {
        var out = EndMeanings(lines)
        for (head, meaning) in meanings { out.set(head, meaning.covered(by: context)) }
        out.context = context
        return out
    }

    /// Whether ends of control feeds mean the same as far as a context goes. May be false where they do.
    package func areWhole(in context: VersionVector) -> Bool {
        lines.isEmpty
            && meanings.allSatisfy { head, meaning in
                head.feed.scope != .control || meaning.isWhole(in: context)
            }
    }

    /// Whether a feed went two ways, as far as is judged.
    func isForked(_ feed: FeedID) -> Bool {
        context.map { lines.isForked(feed, in: $0) } ?? lines.isForked(feed)
    }

    /// The last changeset within ends, of each feed of which they mean something. Not for feeds that went two ways.
    func reach(of ends: FeedEnds) -> [FeedID: UInt64] {
        var out: [FeedID: UInt64] = [:]
        for (feed, head) in ends.heads where meanings[FeedHead(feed, head)]?.others.isEmpty ?? true {
            out[feed.base] = max(out[feed.base] ?? 0, head.seq)
        }
        return out
    }

    /// Whether a changeset lies within ends. Where its feed has another changeset under the number of an end, that end
    /// means nothing of it. Of a feed that went two ways an end means what lies on the line to the changeset that it
    /// names.
    func reach(_ dot: Dot, of feed: FeedID, by ends: FeedEnds) -> Bool {
        let heads = ends.heads(of: feed)
        guard !heads.isEmpty else { return false }
        let isForked = isForked(feed)
        return heads.contains { head in
            let meaning = meanings[FeedHead(feed, head)]
            guard isForked else { return dot.seq <= head.seq && meaning?.others.isEmpty ?? true }
            return meaning?.named.map { lines.line(to: $0, has: dot) } ?? false
        }
    }
}

import ReplicaModel
import ReplicaStore
import SyncEngine

extension BundleImporter {
    /// Takes files.
    ///
    /// - Returns: those that are refused because nobody has let their writers in, as far as is known here.
    func take(
        _ files: [String], into all: inout BundleImport, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> [(file: String, refusal: NodeError)] {
        var strangers: [(file: String, refusal: NodeError)] = []
        for file in files {
            do throws(NodeError) {
                let outcome = try await take(file, at: node, progress: progress)
                all.add(outcome)
                if let refusal = outcome.refusal { all.refusals.append(refusal) }
            } catch {
                // What is wrong with this node is wrong for every file.
                guard [.refused, .usage].contains(error.kind) else { throw error }
                if Self.isOfStranger(error) { strangers.append((file, error)) } else { all.refusals.append(error) }
            }
        }
        return strangers
    }

    /// Takes what waited for what came, and tells what is still missing.
    func settle(_ all: inout BundleImport, at node: isolated Node) async throws(NodeError) {
        let kept = try await takeKept(at: node)
        all.held += kept.held
        all.applied += kept.applied
        (all.putOff, all.removed) = (kept.putOff, all.removed + kept.removed)
        let (waiting, held) = try saying {
            (try node.engine.replica.holdings().waiting, try node.engine.replica.carrierNotes.awaited())
        }
        all.waiting = waiting + kept.waiting
        let awaited = kept.awaited.merging(held) { max($0, $1) }
        all.missing = try missing(before: kept.missing, awaited: awaited, with: waitingRanges, at: node)
    }

    func inspect(_ name: String, at node: isolated Node) async throws(NodeError) -> BundleReport {
        let file = try await files.arrive(name, at: node)
        if case .sealed(let head) = file.head, head.recipients.contains(node.engine.site) {
            let opened = try await files.open(file, head, at: node)
            return try await report(on: opened, sealedFor: head.recipients, at: node)
        }
        return try await report(on: file, sealedFor: nil, at: node)
    }

    private func report(
        on file: ArrivedFile, sealedFor sealed: [SiteID]?, at node: isolated Node
    ) async throws(NodeError) -> BundleReport {
        var (recipients, changesets): ([SiteID], UInt64?) = ([], 0)
        var (feeds, lacks, missing): ([FeedRange], [FeedRange], Vector) = ([], [], [:])
        switch file.head {
        case .bundle(let head):
            (recipients, changesets, feeds) = (head.recipients, head.changesets, head.ranges)
            if head.announcement.alliance == node.engine.replica.alliance {
                let plan = try saying { try BundlePlan(head, CarriedReach(of: node.engine.replica)) }
                lacks = plan.lacks
                // What is held may wait for something, too.
                missing = try await self.missing(of: head, in: file, at: node)
            }
        case .sealed(let head): (recipients, changesets) = (head.recipients, nil)
        case .request, .petition: break
        }
        let isRequest = if case .request = file.head { true } else { false }
        return BundleReport(
            file: file.name, bytes: file.bytes, alliance: file.head.alliance, from: file.head.site,
            recipients: sealed ?? recipients, isEncrypted: sealed != nil || changesets == nil, isRequest: isRequest,
            changesets: changesets, feeds: FeedSpan.spans(of: feeds), lacks: FeedSpan.spans(of: lacks), missing: missing
        )
    }

    private func missing(
        of head: BundleHead, in file: ArrivedFile, at node: isolated Node
    ) async throws(NodeError) -> Vector {
        var gaps = BundleGaps(head, at: node.engine)
        try await files.eachBlock(of: file, at: node) { block throws(NodeError) in
            try saying(of: file.name) { try gaps.append(block) }
            return true
        }
        let awaited = try saying { try gaps.awaited() }
        return try missing(before: gaps.missing, awaited: awaited, with: head.ranges + waitingRanges, at: node)
    }
}

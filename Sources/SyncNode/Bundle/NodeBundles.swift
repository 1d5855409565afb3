import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// Sync by file, for places without a network.
public struct NodeBundles: Sendable {
    let node: Node

    /// The part of the log that goes into a bundle.
    public enum Extent: Sendable {
        /// All that these lack: names of members, beginnings of site ids, or files that they wrote.
        case to([String])
        /// All that is beyond a version vector, by feed as JSON names it.
        case since([String: UInt64])
        case all
    }

    /// Seals, and writes a bundle. What stood in its place stays until it is whole.
    ///
    /// - Parameters:
    ///   - encrypt: only those that `extent` names can read it.
    ///   - progress: changesets done and in all.
    /// - Throws: `usage` or `notFound` where somebody cannot be meant, or has given no key to encrypt to.
    public func export(
        to file: String, _ extent: Extent, encrypt: Bool,
        progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }
    ) async throws(NodeError) -> BundleReport {
        try await node.export(to: file, extent, encrypt: encrypt, progress: progress)
    }

    /// Takes bundles, encrypted or not, and announcements, in any order. Each is checked from its first byte to its last
    /// before anything of it is taken.
    public func take(
        _ files: [String], progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }
    ) async throws(NodeError) -> BundleImport {
        var all = BundleImport()
        for file in files {
            do { all.add(try await node.take(file, progress: progress)) } catch {
                // What is wrong with this node is wrong for every file.
                guard [.refused, .usage].contains(error.kind) else { throw error }
                all.refusals.append(error)
            }
        }
        try await node.settle(&all)
        return all
    }

    /// Tells what a file holds, and what this node lacks of it. Nothing of it is taken.
    public func inspect(_ file: String) async throws(NodeError) -> BundleReport { try await node.inspect(file) }

    /// Writes what this node has into a file, from which others see what it lacks.
    public func request(to file: String) async throws(NodeError) {
        let bytes = try await node.store { engine in try engine.request(now: Clocks.now.wall) }
        let output = try OutputFile(file)
        try output.write(bytes)
        try output.finish()
    }
}

extension Node {
    /// Takes what waited for what came, and tells what is still missing.
    func settle(_ all: inout BundleImport) async throws(NodeError) {
        let kept = try await takeKept()
        all.held += kept.held
        all.applied += kept.applied
        let (waiting, awaited) = try saying {
            (try engine.replica.holdings().waiting, try engine.replica.awaited())
        }
        all.waiting = waiting + kept.waiting
        all.missing = kept.missing.merging(awaited) { max($0, $1) }
    }

    func inspect(_ name: String) async throws(NodeError) -> BundleReport {
        let shelf = BundleShelf(home)
        let scratch = try shelf.scratch()
        let file = try await arrive(name, in: scratch)
        if case .sealed(let head) = file.head, head.recipients.contains(engine.site) {
            let opened = try await open(file, head, in: scratch)
            return try report(on: opened, sealedFor: head.recipients)
        }
        return try report(on: file, sealedFor: nil)
    }

    private func report(on file: ArrivedFile, sealedFor sealed: [SiteID]?) throws(NodeError) -> BundleReport {
        var (recipients, changesets): ([SiteID], UInt64?) = ([], 0)
        var (feeds, lacks, missing): ([FeedRange], [FeedRange], Vector) = ([], [], [:])
        switch file.head {
        case .bundle(let head):
            (recipients, changesets, feeds) = (head.recipients, head.changesets, head.ranges)
            if head.announcement.alliance == engine.replica.alliance {
                let plan = BundlePlan(head, held: try saying { try engine.replica.vectors().held })
                (lacks, missing) = (plan.lacks, plan.missing)
            }
        case .sealed(let head): (recipients, changesets) = (head.recipients, nil)
        case .request, .petition: break
        }
        let isRequest = if case .request = file.head { true } else { false }
        return BundleReport(
            file: file.name, bytes: file.bytes, alliance: file.head.alliance, from: file.head.site,
            recipients: sealed ?? recipients, isEncrypted: sealed != nil || changesets == nil, isRequest: isRequest,
            changesets: changesets, feeds: feeds.map(FeedSpan.init), lacks: lacks.map(FeedSpan.init), missing: missing)
    }
}

import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// The outcome of looking once more at the files that wait at a node.
struct ShelfOutcome {
    var held: UInt64 = 0
    var applied: UInt64 = 0
    /// Changesets that go on waiting in them.
    var waiting: UInt64 = 0
    var missing: Vector = [:]
    /// Why files go on waiting that lack nothing, or are kept although they cannot be read now.
    var putOff: [NodeError] = []
    /// Why files were deleted that no node takes any more.
    var removed: [NodeError] = []
}

extension BundleImporter {
    /// Takes what waits on the shelf, as long as that brings something, and drops what is here by now, or is not what
    /// was put there. What is refused for a reason that may pass goes on waiting.
    ///
    /// - Throws: what is wrong with this node. All that waited is still there then.
    func takeKept(at node: isolated Node) async throws(NodeError) -> ShelfOutcome {
        var all = ShelfOutcome()
        while true {
            let before = all.held
            (all.waiting, all.missing, all.putOff) = (0, [:], [])
            for kept in shelf.kept() where kept.isWaiting { try await take(kept, into: &all, at: node) }
            guard all.held > before else { break }
        }
        all.missing = try less(all.missing, what: waitingRanges, at: node)
        return all
    }

    /// The ranges of the files that wait.
    var waitingRanges: [FeedRange] {
        shelf.kept().filter(\.isWaiting).flatMap { kept -> [FeedRange] in
            guard case .bundle(let head)? = Stick.head(of: kept.path)?.0 else { return [] }
            return head.ranges
        }
    }

    /// The rest of what is missing once other files are taken: of each feed the last changeset that neither is held nor
    /// lies in a file.
    func less(_ missing: Vector, what ranges: [FeedRange], at node: isolated Node) throws(NodeError) -> Vector {
        guard !missing.isEmpty else { return [:] }
        let held = try saying { try node.engine.replica.vectors().held }
        return missing.reduce(into: [:]) { out, entry in
            let (feed, least) = (entry.key, held[entry.key] ?? 0)
            var last = entry.value
            let own = ranges.filter { $0.feed == feed }
            while last > least, let range = own.first(where: { ($0.first...$0.last).contains(last) }) {
                last = range.first - 1
            }
            // Where files have all of it and do not join, the feed went two ways, and numbers tell nothing.
            out[feed] = last > least ? last : entry.value
        }
    }

    private func take(
        _ kept: BundleShelf.Kept, into all: inout ShelfOutcome, at node: isolated Node
    ) async throws(NodeError) {
        let outcome: CarriedOutcome
        do throws(NodeError) { outcome = try await takeAgain(kept, at: node) } catch {
            // Another process may have dropped it meanwhile.
            guard FileManager.default.fileExists(atPath: kept.path) else { return }
            guard [.refused, .usage, .disk].contains(error.kind) else { throw error }
            guard Self.isSpoilt(error) else { return all.putOff.append(error) }
            // It must not hold up all that comes later.
            shelf.remove(kept)
            return all.removed.append(error)
        }
        if outcome.waiting == 0, outcome.refusal == nil { shelf.remove(kept) }
        if let refusal = outcome.refusal { all.putOff.append(refusal) }
        all.held += outcome.held
        all.applied += outcome.applied
        all.waiting += outcome.waiting
        all.missing.merge(outcome.missing) { max($0, $1) }
    }

    /// Takes a file where it lies: this node's disk has it already, and may have no room for it twice.
    private func takeAgain(
        _ kept: BundleShelf.Kept, at node: isolated Node
    ) async throws(NodeError) -> CarriedOutcome {
        // The disk may have altered it since.
        let (head, id) = try await files.check(kept.path, at: node)
        guard case .bundle(let bundle) = head else {
            throw NodeError(CarriedFault.altered("it is another file than a moment ago"), of: kept.path)
        }
        let plan = try saying { try BundlePlan(bundle, CarriedReach(of: node.engine.replica)) }
        if plan.isHeld, bundle.tellsWays { return CarriedOutcome() }
        let file = ArrivedFile(name: kept.path, path: kept.path, head: head, id: id, bytes: kept.bytes)
        do throws(NodeError) {
            return try await take(file, bundle, keeps: false, at: node, progress: { _, _ in })
        } catch {
            guard error.kind == .refused, !Self.isSpoilt(error) else { throw error }
            let waiting = plan.lacks.reduce(0) { $0 + $1.last - $1.first + 1 }
            return CarriedOutcome(waiting: waiting, refusal: error)
        }
    }

    /// Whether a file is refused for what is in it, so that it will be at any time. A writer who is not known or whose
    /// right was ended, and a member of whom too much came today, may be taken later.
    private static func isSpoilt(_ error: NodeError) -> Bool { error.kind == .refused && spoilt.contains(error.name) }

    private static let spoilt: Set<String> = {
        let faults: [CarriedFault] = [
            .notOne, .cut, .altered(""), .otherKind(found: "", wanted: ""), .wrongAlliance, .notForUs,
        ]
        let codes: [ErrorCode] = [.badFrame, .badMessage, .badChangeset, .badSignature, .brokenChain]
        return Set(faults.map(\.name) + codes.map(\.rawValue))
    }()
}

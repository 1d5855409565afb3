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
    /// The changeset of each feed before what joins nothing here.
    var missing: Vector = [:]
    /// The last changeset of each feed that what waits in them had seen and that is not here.
    var awaited: Vector = [:]
    /// Why files go on waiting that lack nothing, or are kept although they cannot be read now.
    var putOff: [NodeError] = []
    /// Why files were deleted that no node takes any more.
    var removed: [NodeError] = []
}

/// A file that waits, while all of them are looked at.
private struct WaitingFile {
    let kept: BundleShelf.Kept
    /// Nil where it cannot be read.
    let head: BundleHead?
    /// How many changesets were newly held when it was looked at last; nil where nobody has looked.
    var triedAt: UInt64?
    /// The outcome of that look.
    var outcome = CarriedOutcome()
    /// Whether it waits no more.
    var isGone = false

    init(kept: BundleShelf.Kept) {
        self.kept = kept
        head = if case .bundle(let head)? = Stick.head(of: kept.path)?.0 { head } else { nil }
    }

    /// Tells why it goes on waiting.
    func tell(_ all: inout ShelfOutcome) {
        if let refusal = outcome.refusal { all.putOff.append(refusal) }
        all.waiting += outcome.waiting
        all.missing.merge(outcome.missing) { max($0, $1) }
        all.awaited.merge(outcome.awaited) { max($0, $1) }
    }
}

extension BundleImporter {
    /// Takes what waits on the shelf, as long as that brings something, and drops what is here by now, or is not what
    /// was put there. What is refused for a reason that may pass goes on waiting.
    ///
    /// - Throws: what is wrong with this node. All that waited is still there then.
    func takeKept(at node: isolated Node) async throws(NodeError) -> ShelfOutcome {
        var all = ShelfOutcome()
        // In the order of what they need, so that most are looked at once.
        var files: [WaitingFile] = shelf.kept().filter(\.isWaiting).map { WaitingFile(kept: $0) }
        files.sort { l, r in
            guard let left = l.head, let right = r.head else { return l.head == nil && r.head != nil }
            return CarriedHead.bundle(left).goesBefore(.bundle(right))
        }
        var isMore = true
        while isMore {
            let before = all.held
            for index in files.indices where try isToTry(files[index], at: node, held: all.held) {
                try await take(&files[index], into: &all, at: node)
            }
            // What joins nothing is looked at once, for what it waits for.
            if all.held == before {
                for index in files.indices where files[index].triedAt == nil {
                    try await take(&files[index], into: &all, at: node)
                }
            }
            isMore = all.held > before
        }
        for file in files where !file.isGone { file.tell(&all) }
        return all
    }

    /// Whether something of a file may be taken that could not be taken before.
    private func isToTry(_ file: WaitingFile, at node: isolated Node, held: UInt64) throws(NodeError) -> Bool {
        guard !file.isGone, file.triedAt.map({ $0 < held }) ?? true else { return false }
        guard let head = file.head, head.tellsWays else { return true }
        let plan = try saying { try BundlePlan(head, CarriedReach(of: node.engine.replica)) }
        return plan.isHeld || !plan.joining.isEmpty
    }

    /// The ranges of the files that wait.
    var waitingRanges: [FeedRange] {
        shelf.kept().filter(\.isWaiting).flatMap { kept -> [FeedRange] in
            guard case .bundle(let head)? = Stick.head(of: kept.path)?.0 else { return [] }
            return head.ranges
        }
    }

    /// All that is missing, less what other files have that wait: of each feed the last changeset that neither is held
    /// nor lies in a file.
    ///
    /// - Parameters:
    ///   - before: the changesets before what joins nothing here.
    ///   - awaited: what contexts name.
    func missing(
        before: Vector, awaited: Vector, with ranges: [FeedRange], at node: isolated Node
    ) throws(NodeError) -> Vector {
        guard !before.isEmpty || !awaited.isEmpty else { return [:] }
        let held = try saying { try node.engine.replica.vectors().held }
        let own = Dictionary(grouping: ranges, by: \.feed)
        func rest(of feed: FeedID, through seq: UInt64) -> UInt64? {
            let least = held[feed] ?? 0
            var last = seq
            while last > least, let range = own[feed]?.first(where: { ($0.first...$0.last).contains(last) }) {
                last = range.first - 1
            }
            return last > least ? last : nil
        }
        var out: Vector = [:]
        // Where files have all of it and do not join, the feed went two ways, and numbers tell nothing.
        for (feed, seq) in before { out[feed] = rest(of: feed, through: seq) ?? seq }
        // What waits in a file waits for something that is named there.
        for (feed, seq) in awaited {
            if let last = rest(of: feed, through: seq) { out[feed] = max(out[feed] ?? 0, last) }
        }
        return out
    }

    private func take(
        _ file: inout WaitingFile, into all: inout ShelfOutcome, at node: isolated Node
    ) async throws(NodeError) {
        file.triedAt = all.held
        let outcome: CarriedOutcome
        do throws(NodeError) { outcome = try await takeAgain(file.kept, at: node) } catch {
            // Another process may have dropped it meanwhile.
            file.isGone = !FileManager.default.fileExists(atPath: file.kept.path)
            if file.isGone { return }
            guard [.refused, .usage, .disk].contains(error.kind) else { throw error }
            guard Self.isSpoilt(error) else {
                file.outcome = CarriedOutcome(refusal: error)
                return
            }
            // It must not hold up all that comes later.
            shelf.remove(file.kept)
            file.isGone = true
            return all.removed.append(error)
        }
        if outcome.waiting == 0, outcome.refusal == nil {
            shelf.remove(file.kept)
            file.isGone = true
        }
        file.outcome = outcome
        all.held += outcome.held
        all.applied += outcome.applied
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
            return try await take(file, bundle, keeps: false, at: node, progress: { _ in })
        } catch {
            guard error.kind == .refused, !Self.isSpoilt(error) else { throw error }
            let waiting = plan.lacks.reduce(0) { $0 + $1.last - $1.first + 1 }
            return CarriedOutcome(waiting: waiting, refusal: error)
        }
    }

    /// Whether a file is refused because nobody is known to have let its writer in.
    static func isOfStranger(_ error: NodeError) -> Bool {
        error.kind == .refused && error.name == CarriedFault.stranger("").name
    }

    /// Whether a file is refused because it is none, is cut, or is not what its writer signed.
    static func isWorthless(_ error: NodeError) -> Bool { error.kind == .refused && worthless.contains(error.name) }

    private static let worthless = Set([CarriedFault.notOne, .cut, .altered("")].map(\.name))

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

import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// The visit of a stick at a node: takes what is there for the node, writes what those lack who announced themselves
/// there, and the node's own announcement.
struct StickExchange {
    let stick: Stick
    let importer: BundleImporter
    /// Bytes that the alliance's files may have on the stick.
    let bytesMax: Int
    let encrypts: Bool
    /// The program that is put on the stick besides; nil for none.
    let program: OwnProgram?
    var report = ExchangeReport()
    /// The newest announcement of each other member that is on the stick.
    var visitors: [SiteID: Announcement] = [:]
    /// Bytes that the alliance's files may have while those for one visitor are written.
    var bytesMaxNow = Int.max
    /// The encrypted files that need not be carried on, by what this node carries.
    private var replaced = ReplacedFiles()

    init(
        _ root: String, bytesMax: Int, encrypts: Bool, withProgram: Bool, at node: isolated Node
    ) async throws(NodeError) {
        program = withProgram ? try await OwnProgram() : nil
        stick = try Stick(root, of: node.engine.replica.alliance)
        importer = try BundleImporter(node.home)
        self.bytesMax = bytesMax
        self.encrypts = encrypts
    }

    mutating func run(
        at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> ExchangeReport {
        try saying { try node.engine.seal() }
        do throws(NodeError) {
            stick.sweep()
            try stick.deleteSpoilt(of: node.engine.site)
            try await takeAll(at: node, progress: progress)
            try await leave(at: node, progress: progress)
            try stick.settle()
        } catch {
            // What is there is to be whole all the same.
            try? stick.settle()
            // Who brings a stick that cannot be written hears what came with it all the same.
            guard !report.isBlank else { throw error }
            report.failure = error
        }
        return report
    }

    /// Writes what others lack.
    private mutating func leave(
        at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) {
        try await meetVisitors(at: node)
        try stick.prepare()
        try await deleteSuperseded(at: node)
        try await numberOn(at: node)
        try announce(at: node)
        // The latest to come by first.
        for visitor in visitors.values.sorted(by: { ($0.written, $0.site) > ($1.written, $1.site) }) {
            try await write(for: visitor, at: node, progress: progress)
        }
        try await passOn(at: node)
        if let program {
            let visit = self
            report.program = try await stick.program.put(program, room: { visit.roomOfAll }, at: node)
        }
    }

    // MARK: Taking

    private mutating func takeAll(
        at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) {
        for path in try stick.unreadable() {
            do { try await importer.files.check(path, at: node) } catch {
                report.passedOver.append(await deleting(path, after: error, at: node))
            }
        }
        replaced = ReplacedFiles(by: importer.shelf)
        // What others need comes first: what comes out of order waits, and is looked at again.
        var left = try stick.found(of: node.engine.replica.alliance).sorted { $0.head.goesBefore($1.head) }
        while true {
            let before = report.taken.held
            let strangers = try await take(left, at: node, progress: progress)
            try await importer.settle(&report.taken, at: node)
            guard !strangers.isEmpty, report.taken.held > before else {
                report.passedOver += strangers.map(\.refusal)
                return
            }
            // What came may have let them in.
            left = strangers.map(\.found)
        }
    }

    /// Takes files.
    ///
    /// - Returns: those that are refused because nobody has let their writers in, as far as is known here.
    private mutating func take(
        _ files: [Stick.Found], at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> [(found: Stick.Found, refusal: NodeError)] {
        var strangers: [(found: Stick.Found, refusal: NodeError)] = []
        for found in files where found.head.site != node.engine.site {
            guard try await isWanted(found, at: node) else { continue }
            do {
                let outcome = try await importer.take(found.path, at: node, progress: progress)
                report.taken.add(outcome)
                if let refusal = outcome.refusal { report.passedOver.append(refusal) }
                if outcome.held + outcome.waiting > 0, let site = outcome.site, !report.takenFrom.contains(site) {
                    report.takenFrom.append(site)
                }
            } catch {
                guard [.refused, .usage, .disk].contains(error.kind) else { throw error }
                let isRetired = try saying { try node.engine.trust(in: found.head.site) == .retired }
                if BundleImporter.isOfStranger(error) {
                    strangers.append((found, error))
                } else if isRetired {
                    report.ofRetired.append(error)
                    try await refuseForGood(found, at: node)
                } else {
                    report.passedOver.append(await deleting(found.path, after: error, at: node))
                }
            }
        }
        return strangers
    }

    /// Has nobody carry on what is encrypted to this node by somebody whose right was ended: it is not opened here any
    /// more. Should its writer be let in again, it writes again what is lacked here.
    private func refuseForGood(_ found: Stick.Found, at node: isolated Node) async throws(NodeError) {
        guard case .sealed(let head) = found.head, head.recipients.contains(node.engine.site),
            Self.id(found.name) != nil, let id = try? await importer.files.check(found.path, at: node).id
        else { return }
        try saying { try node.engine.replica.carrierNotes.noteOpened(id) }
    }

    /// Deletes a file of the alliance's that could not be taken, where the stick has spoilt it for certain: no node
    /// takes it, and whoever has what was in it writes it again.
    ///
    /// - Returns: what is said of it.
    private func deleting(_ path: String, after error: NodeError, at node: isolated Node) async -> NodeError {
        guard stick.isNamedByUs(path) else { return error }
        if !Stick.isFolder(path) {
            guard BundleImporter.isWorthless(error) else { return error }
            // What is encrypted in it may be wrong, and the file whole; or it was read wrong once.
            do {
                try await importer.files.check(path, at: node)
                return error
            } catch { guard BundleImporter.isWorthless(error) else { return error } }
        }
        guard Stick.clear(path) else { return error }
        return NodeError(
            kind: error.kind, name: error.name,
            message: "\(error.message); it was deleted: whoever has what was in it writes it again")
    }

    /// Whether something of a file may be new here, by what its head says.
    private func isWanted(_ found: Stick.Found, at node: isolated Node) async throws(NodeError) -> Bool {
        switch found.head {
        case .request, .petition: return false
        case .bundle(let head):
            // What a file of the first version holds is told by its headers alone.
            guard head.tellsWays else { return true }
            return try saying { try !BundlePlan(head, CarriedReach(of: node.engine.replica)).isHeld }
        case .sealed(let head):
            guard let id = Self.id(found.name) else {
                guard head.recipients.contains(node.engine.site) else { return found.isOurs }
                // A grant may lie there for ever. What is wrong with it is said by whoever takes it.
                guard let id = try? await importer.files.check(found.path, at: node).id else { return true }
                return try saying { try !node.engine.replica.carrierNotes.hasOpened(id) }
            }
            // What lies beside the folder somebody put there for one reader, such as a grant.
            guard head.recipients.contains(node.engine.site) else {
                // Nobody begins to carry what somebody wrote whose right was ended.
                guard try saying({ try node.engine.trust(in: head.site) }) != .retired else { return false }
                return found.isOurs && !importer.shelf.carries(id) && replaced.successors(of: id, head).isEmpty
            }
            return try saying { try !node.engine.replica.carrierNotes.hasOpened(id) }
        }
    }

    /// The id of an encrypted file, as its name has it.
    static func id(_ name: String) -> HashPrefix? {
        guard name.hasPrefix("sealed-"), name.hasSuffix(Stick.suffix) else { return nil }
        return [UInt8](hex: name.dropFirst("sealed-".count).dropLast(Stick.suffix.count)).flatMap { HashPrefix($0) }
    }

    private mutating func meetVisitors(at node: isolated Node) async throws(NodeError) {
        let now = Clocks.now.wall
        for found in try stick.found(of: node.engine.replica.alliance) where found.head.site != node.engine.site {
            guard case .request = found.head else { continue }
            // Of whoever belongs no more nothing is written there any more, and nothing has to be said each time.
            guard try saying({ try node.engine.trust(in: found.head.site) }) != .retired else { continue }
            do {
                let file = try await importer.files.arrive(found.path, at: node)
                try await importer.judge(file, at: node)
                guard case .request(let said) = file.head else { continue }
                try saying {
                    try node.engine.replica.exchange.peerHolds(said.held, says: said.site)
                    try node.engine.replica.carrierNotes.note(said, now: now)
                }
                if let other = visitors[said.site],
                    said.number.order(at: now) < other.number.order(at: now)
                {
                    continue
                }
                visitors[said.site] = said
            } catch {
                guard [.refused, .usage, .disk].contains(error.kind) else { throw error }
                report.passedOver.append(await deleting(found.path, after: error, at: node))
            }
        }
    }

    // MARK: Making room

    /// Deletes what everybody has for whom it was written, as far as they said so on this stick, and what another file
    /// came in the place of.
    private mutating func deleteSuperseded(at node: isolated Node) async throws(NodeError) {
        let reach = try reachOfAll(at: node)
        let opened = try saying { try node.engine.replica.carrierNotes.opened() }
        let own = node.engine.site
        replaced = ReplacedFiles(by: importer.shelf)
        for kept in importer.shelf.kept() where !kept.isWaiting {
            guard let id = kept.id, case .sealed(let head)? = Stick.head(of: kept.path)?.0 else { continue }
            let readers = try readers(among: head.recipients, at: node)
            if hasArrived(id, at: readers, own: own, opened: opened) || !replaced.successors(of: id, head).isEmpty {
                importer.shelf.remove(kept)
            }
        }
        let all = try stick.found(of: node.engine.replica.alliance)
        let there = Set(all.filter(\.isOurs).compactMap { Self.id($0.name) })
        for found in all where found.isOurs {
            let isOver: Bool
            switch found.head {
            case .bundle(let head):
                let readers = try readers(among: head.recipients, at: node)
                isOver = try saying { try !head.recipients.isEmpty && Self.isHeld(head, by: readers, reach) }
            case .sealed(let head):
                guard let id = Self.id(found.name) else { continue }
                let readers = try readers(among: head.recipients, at: node)
                // A stick may have had no room for what this node carries instead.
                isOver =
                    hasArrived(id, at: readers, own: own, opened: opened)
                    || !replaced.successors(of: id, head).isDisjoint(with: there)
            case .request, .petition: isOver = false
            }
            if isOver, unlink(found.path) == 0 { report.deleted += 1 }
        }
    }

    /// The holdings of this node, and of everybody who announced something on this stick.
    private func reachOfAll(at node: isolated Node) throws(NodeError) -> [SiteID: CarriedReach] {
        let replica = node.engine.replica
        return try saying {
            var reach = [node.engine.site: try CarriedReach(of: replica)]
            for visitor in visitors.values { reach[visitor.site] = try CarriedReach(of: visitor, at: replica) }
            return reach
        }
    }

    /// Those for whom a file is, but for whoever belongs no more: nobody waits for what those lack.
    private func readers(among sites: [SiteID], at node: isolated Node) throws(NodeError) -> [SiteID] {
        var out: [SiteID] = []
        for site in sites where try saying({ try node.engine.trust(in: site) }) != .retired { out.append(site) }
        return out
    }

    /// Whether all of these hold all of a bundle, as far as they said so on this stick.
    private static func isHeld(
        _ head: BundleHead, by readers: [SiteID], _ reach: [SiteID: CarriedReach]
    ) throws(StoreError) -> Bool {
        for site in readers {
            guard let reach = reach[site] else { return false }
            for range in head.ranges { guard try reach.has(range) else { return false } }
        }
        return true
    }

    /// Whether all of these have opened an encrypted file it, as far as they said so on this stick.
    private func hasArrived(_ id: HashPrefix, at sites: [SiteID], own: SiteID, opened: Set<HashPrefix>) -> Bool {
        sites.allSatisfy { site in
            site == own ? opened.contains(id) : visitors[site]?.taken.contains(id) ?? false
        }
    }

    /// Numbers what is written now above what this node wrote there before a backup was put back: others go by the
    /// newest.
    private func numberOn(at node: isolated Node) async throws(NodeError) {
        let place = stick.announcement(of: node.engine.site)
        guard Stick.head(of: place) != nil, let file = try? await importer.files.check(place, at: node),
            case .request(let said) = file.head, said.site == node.engine.site
        else { return }
        try saying { try node.engine.replica.carrierNotes.number(above: said.number, now: Clocks.now.wall) }
    }

    private mutating func announce(at node: isolated Node) throws(NodeError) {
        let bytes = try saying { try node.engine.request(now: Clocks.now.wall) }
        let output = try OutputFile(stick.announcement(of: node.engine.site), for: .anyone)
        try output.write(bytes)
        try output.finish()
    }
}

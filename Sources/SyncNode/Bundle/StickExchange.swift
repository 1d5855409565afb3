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
    private var visitors: [SiteID: Announcement] = [:]

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
        at node: isolated Node, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> ExchangeReport {
        try saying { try node.engine.seal() }
        do throws(NodeError) {
            stick.deleteSpoilt(of: node.engine.site)
            try await takeAll(at: node, progress: progress)
            try await leave(at: node, progress: progress)
        } catch {
            // Who brings a stick that cannot be written hears what came with it all the same.
            guard !report.isBlank else { throw error }
            report.failure = error
        }
        stick.settle()
        return report
    }

    /// Writes what others lack.
    private mutating func leave(
        at node: isolated Node, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) {
        try await meetVisitors(at: node)
        try stick.prepare()
        try await deleteSuperseded(at: node)
        try announce(at: node)
        // The latest to come by first.
        for visitor in visitors.values.sorted(by: { ($0.written, $0.site) > ($1.written, $1.site) }) {
            try await write(for: visitor, at: node, progress: progress)
        }
        try passOn()
        if let program {
            let visit = self
            report.program = try await stick.program.put(program, room: { visit.roomOfAll }, at: node)
        }
    }

    // MARK: Taking

    private mutating func takeAll(
        at node: isolated Node, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) {
        for path in stick.unreadable() {
            do { _ = try await importer.files.arrive(path, at: node) } catch { report.passedOver.append(error) }
        }
        let alliance = node.engine.replica.alliance
        for found in stick.found(of: alliance) where found.head.site != node.engine.site {
            guard try isWanted(found, at: node) else { continue }
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
                if isRetired { report.ofRetired.append(error) } else { report.passedOver.append(error) }
            }
        }
        try await importer.settle(&report.taken, at: node)
    }

    /// Whether something of a file may be new here, by what its head says.
    private func isWanted(_ found: Stick.Found, at node: isolated Node) throws(NodeError) -> Bool {
        switch found.head {
        case .request, .petition: return false
        case .bundle(let head):
            // What a file of the first version holds is told by its headers alone.
            guard head.tellsWays else { return true }
            return try saying { try !BundlePlan(head, CarriedReach(of: node.engine.replica)).isHeld }
        case .sealed(let head):
            guard let id = Self.id(found.name) else {
                return found.isOurs || head.recipients.contains(node.engine.site)
            }
            // What lies beside the folder somebody put there for one reader, such as a grant.
            guard head.recipients.contains(node.engine.site) else { return found.isOurs && !importer.shelf.carries(id) }
            return try saying { try !node.engine.replica.carrierNotes.hasOpened(id) }
        }
    }

    /// The id of an encrypted file, as its name has it.
    private static func id(_ name: String) -> HashPrefix? {
        guard name.hasPrefix("sealed-"), name.hasSuffix(Stick.suffix) else { return nil }
        return [UInt8](hex: name.dropFirst("sealed-".count).dropLast(Stick.suffix.count)).flatMap { HashPrefix($0) }
    }

    private mutating func meetVisitors(at node: isolated Node) async throws(NodeError) {
        for found in stick.found(of: node.engine.replica.alliance) where found.head.site != node.engine.site {
            guard case .request = found.head else { continue }
            // Of whoever belongs no more nothing is written there any more, and nothing has to be said each time.
            guard try saying({ try node.engine.trust(in: found.head.site) }) != .retired else { continue }
            do {
                let file = try await importer.files.arrive(found.path, at: node)
                try await importer.judge(file, at: node)
                guard case .request(let said) = file.head else { continue }
                try saying {
                    try node.engine.replica.exchange.peerHolds(said.held, says: said.site)
                    try node.engine.replica.carrierNotes.note(said)
                }
                if said.written >= visitors[said.site]?.written ?? 0 { visitors[said.site] = said }
            } catch {
                guard [.refused, .usage, .disk].contains(error.kind) else { throw error }
                report.passedOver.append(error)
            }
        }
    }

    // MARK: Making room

    /// Deletes what everybody has for whom it was written, as far as they said so on this stick.
    private mutating func deleteSuperseded(at node: isolated Node) async throws(NodeError) {
        let reach = try reachOfAll(at: node)
        let opened = try saying { try node.engine.replica.carrierNotes.opened() }
        let own = node.engine.site
        for kept in importer.shelf.kept() where !kept.isWaiting {
            guard let id = kept.id, case .sealed(let head)? = Stick.head(of: kept.path)?.0 else { continue }
            if hasArrived(id, at: head.recipients, own: own, opened: opened) { importer.shelf.remove(kept) }
        }
        for found in stick.found(of: node.engine.replica.alliance) where found.isOurs {
            let isOver: Bool
            switch found.head {
            case .bundle(let head):
                isOver = try saying { try Self.isHeld(head, by: reach) }
            case .sealed(let head):
                guard let id = Self.id(found.name) else { continue }
                isOver = hasArrived(id, at: head.recipients, own: own, opened: opened)
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

    /// Whether all for whom a bundle is hold all of it, as far as they said so on this stick.
    private static func isHeld(_ head: BundleHead, by reach: [SiteID: CarriedReach]) throws(StoreError) -> Bool {
        guard !head.recipients.isEmpty else { return false }
        for site in head.recipients {
            guard let reach = reach[site] else { return false }
            for range in head.ranges { guard try reach.has(range) else { return false } }
        }
        return true
    }

    /// Whether all for whom an encrypted file is have opened it, as far as they said so on this stick.
    private func hasArrived(_ id: HashPrefix, at sites: [SiteID], own: SiteID, opened: Set<HashPrefix>) -> Bool {
        sites.allSatisfy { site in
            site == own ? opened.contains(id) : visitors[site]?.taken.contains(id) ?? false
        }
    }

    private mutating func announce(at node: isolated Node) throws(NodeError) {
        let bytes = try saying { try node.engine.request(now: Clocks.now.wall) }
        let output = try OutputFile(stick.announcement(of: node.engine.site))
        try output.write(bytes)
        try output.finish()
    }

    /// Bytes that one more file may have.
    private var room: Int { min(Self.fileBytesMax, roomOfAll) }

    /// Bytes that more files may have together. The program counts only for whoever puts it there: of another, it is as
    /// any other file on the stick.
    private var roomOfAll: Int {
        min(bytesMax - stick.bytes - (program == nil ? 0 : stick.program.bytes), stick.free - Self.slackBytes)
    }

    /// FAT holds no file of 4 GiB.
    private static let fileBytesMax = (4 << 30) - (1 << 20)
    /// The bytes that file systems need for themselves.
    private static let slackBytes = 32 << 10
    private static let leastBytes = 4 << 10
    /// The bytes of a changeset that cannot be compressed: the hash of the one before.
    private static let changesetBytesLeast = 32

    // MARK: Writing

    private mutating func write(
        for visitor: Announcement, at node: isolated Node, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) {
        var order = BundleExport.Order()
        order.recipients = [visitor.site]
        order.altered = visitor.altered
        let old = encrypts ? try await own(for: visitor, at: node) : []
        order.lackedBy = try await reach(of: visitor, at: node)
        if encrypts {
            order.cards = visitor.cards.filter { $0.site == visitor.site && $0.isValid }
            guard order.cards?.isEmpty == false else { return }
        }
        var isWritten = false
        while try lacks(order, at: node) {
            let before = order.lackedBy
            guard let reached = try await writePart(order, at: node, progress: progress) else {
                report.left.append(visitor.site)
                return
            }
            isWritten = true
            // What no file gives is not to be waited for.
            if reached == before, order.altered.isEmpty { break }
            if !report.writtenFor.contains(visitor.site) { report.writtenFor.append(visitor.site) }
            (order.lackedBy, order.altered) = (reached, [])
        }
        // What was written in their place has all that they have. Where nothing was lacked they stay until their reader
        // says that it has opened them: whoever carries one of them could else only put it there again.
        guard isWritten else { return }
        for path in old { unlink(path) }
    }

    private func lacks(_ order: BundleExport.Order, at node: isolated Node) throws(NodeError) -> Bool {
        let own = try saying { try node.engine.replica.soundVector() }
        return !order.altered.isEmpty || own.contains { $0.value > order.lackedBy[$0.key] ?? 0 }
    }

    /// Writes as much as there is room for. Nil where there is none; else the vector that a reader reaches by it.
    private func writePart(
        _ order: BundleExport.Order, at node: isolated Node, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> Vector? {
        let room = room
        guard room >= Self.leastBytes else { return nil }
        if let given = try await attempt(order, bytesMax: room, at: node, progress: progress) { return given }
        // What goes first can be taken without the rest. What is compressed is known once it was, so a smaller part is
        // tried where one turns out too large.
        let trial = importer.files.scratch.path + "/trial"
        for quarters in [3, 2, 1] {
            var part = order
            let bytes = room / 4 * quarters
            let given = try await BundleExporter().write(
                order, to: trial, bytesMax: bytes, at: node, progress: { _, _ in }
            ).given
            guard given != order.lackedBy else { break }
            part.ceiling = given
            if let given = try await attempt(part, bytesMax: room, at: node, progress: progress) { return given }
        }
        return try await writeFewer(order, at: node, progress: progress)
    }

    /// Writes half of the changesets, or a quarter, and so on, down to the first alone: what is compressed comes in pieces
    /// of some 64 KiB, of which less than one may have room.
    private func writeFewer(
        _ order: BundleExport.Order, at node: isolated Node, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> Vector? {
        var part = order
        let most = UInt64(max(room, 0) / Self.changesetBytesLeast)
        var count = min(try BundleExporter().count(order, at: node) / 2, most)
        while count > 0 {
            part.ceiling = try BundleExporter().given(after: count, of: order, at: node)
            if let given = try await attempt(part, bytesMax: room, at: node, progress: progress) { return given }
            count /= 2
        }
        return nil
    }

    /// Writes a bundle to the stick. Nil where it has more bytes than that, or the stick has no room for it.
    private func attempt(
        _ order: BundleExport.Order, bytesMax: Int, at node: isolated Node,
        progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> Vector? {
        let place =
            encrypts
            ? stick.folder + "/sealed" + Stick.suffix
            : stick.bundle(from: node.engine.site, to: order.recipients[0])
        do {
            let written = try await BundleExporter().write(
                order, to: place, bytesMax: bytesMax, at: node, progress: progress)
            guard written.report != nil else { return nil }
            if encrypts, let id = written.id { try NodeHome.move(place, to: stick.sealed(id)) }
            return written.given
        } catch {
            guard error.kind == .diskFull else { throw error }
            return nil
        }
    }

    /// The vector that a visitor reaches with what it has and what is on the stick for it already, as far as that is
    /// sound.
    private func reach(of visitor: Announcement, at node: isolated Node) async throws(NodeError) -> Vector {
        var reached = try saying { try CarriedReach(of: visitor, at: node.engine.replica) }
        guard !encrypts else { return try saying { try reached.named() } }
        var heads: [BundleHead] = []
        for found in stick.found(of: visitor.alliance) {
            guard case .bundle(let head) = found.head, head.recipients == [visitor.site],
                try counts(head, at: node)
            else { continue }
            do { try await importer.files.check(found.path, at: node) } catch {
                // One of this node's own that is spoilt is in the way of what is written in its place.
                if found.isOurs, head.announcement.site == node.engine.site { unlink(found.path) }
                continue
            }
            heads.append(head)
        }
        // Each lets at most all others join.
        for _ in heads {
            var isMore = false
            for head in heads {
                for range in try saying({ try BundlePlan(head, reached).joining }) {
                    try saying { try reached.take(range) }
                    isMore = true
                }
            }
            if !isMore { break }
        }
        return try saying { try reached.named() }
    }

    /// Whether a file is taken for brought to whom it is for: its writer belongs, so that its reader will take it, and it
    /// says by hashes what it holds.
    private func counts(_ head: BundleHead, at node: isolated Node) throws(NodeError) -> Bool {
        guard head.tellsWays else { return false }
        let writer = head.announcement.site
        if writer == node.engine.site { return true }
        return try saying { try node.engine.trust(in: writer) == .member }
    }

    /// Encrypted files that this node wrote for a visitor before.
    private func own(for visitor: Announcement, at node: isolated Node) async throws(NodeError) -> [String] {
        stick.found(of: visitor.alliance).compactMap { found in
            guard case .sealed(let head) = found.head, found.isOurs, head.site == node.engine.site,
                head.recipients == [visitor.site]
            else { return nil }
            return found.path
        }
    }

    /// Writes what is carried for others and is not on the stick.
    private mutating func passOn() throws(NodeError) {
        for kept in importer.shelf.kept() where !kept.isWaiting {
            guard let id = kept.id else { continue }
            let place = stick.sealed(id)
            guard !FileManager.default.fileExists(atPath: place) else { continue }
            guard kept.bytes <= room else { continue }
            let from = try InputFile(kept.path)
            let to = try OutputFile(place)
            while true {
                let piece = try from.next()
                guard !piece.isEmpty else { break }
                try to.write(piece)
            }
            try to.finish()
            report.passedOn += 1
        }
    }
}

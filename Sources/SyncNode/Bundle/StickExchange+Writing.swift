import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// Writes what a visit leaves on a stick.
extension StickExchange {
    /// Bytes that one more file may have.
    private var room: Int { room(replacing: 0) }

    /// Bytes that a file may have in whose favour so many bytes of others go. Both are there for a moment, and the stick
    /// has to have that.
    private func room(replacing bytes: Int) -> Int {
        let rest = max(stick.bytes - bytes, 0)
        return min(
            Self.fileBytesMax, bytesMax - rest - bytesOfProgram, bytesMaxNow - rest, stick.free - Self.slackBytes)
    }

    private func shares(_ found: [Stick.Found]) -> StickShares {
        StickShares(found: found, visitors: Set(visitors.keys), bytes: stick.bytes + roomOfAll)
    }

    /// Limits what is written from now on to what some readers may have.
    private mutating func limit(to readers: [SiteID], among found: [Stick.Found]) {
        bytesMaxNow = shares(found).more(for: readers).map { stick.bytes + $0 } ?? .max
    }

    /// Bytes that more files may have together.
    var roomOfAll: Int { min(bytesMax - stick.bytes - bytesOfProgram, stick.free - Self.slackBytes) }

    /// The program counts only for whoever puts it there: of another, it is as any other file on the stick.
    private var bytesOfProgram: Int { program == nil ? 0 : stick.program.bytes }

    /// FAT holds no file of 4 GiB.
    private static let fileBytesMax = (4 << 30) - (1 << 20)
    /// The bytes that file systems need for themselves.
    private static let slackBytes = 32 << 10
    private static let leastBytes = 4 << 10
    /// The bytes of a changeset that cannot be compressed: the hash of the one before.
    private static let changesetBytesLeast = 32

    /// Writes what a visitor lacks.
    mutating func write(
        for visitor: Announcement, at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) {
        let found = try stick.found(of: visitor.alliance)
        var order = BundleExport.Order()
        order.recipients = [visitor.site]
        let now = Clocks.now.wall
        // What its disk altered by then may be whole by now.
        if try saying({ try node.engine.replica.carrierNotes.isNewest(visitor, now: now) }) {
            order.altered = visitor.altered
        }
        let old = encrypts ? try OwnSealed.all(for: visitor, among: found, at: node) : []
        let going = Set(old.map(\.path))
        limit(to: [visitor.site], among: found.filter { !going.contains($0.path) })
        let places = PlacedBundles(visitor: visitor, files: importer.files)
        order.replaces = try OwnSealed.replaced(by: old, at: node)
        if encrypts {
            order.lackedBy = try places.reach(with: [], at: node)
            order.cards = visitor.cards.filter { $0.site == visitor.site && $0.isValid }
            guard order.cards?.isEmpty == false else { return }
        } else {
            var there = try await places.all(among: found, at: node)
            // What its disk altered it has by what it says, and lacks.
            if order.altered.isEmpty { there = try await places.dropNeedless(of: there, at: node) }
            order.lackedBy = try places.reach(with: there, at: node)
            if order.altered.isEmpty, try await writeMerged(order, there, of: places, at: node, progress: progress) {
                return report.writtenFor.append(visitor.site)
            }
        }
        try await writeParts(order, for: visitor, inPlaceOf: old, at: node, progress: progress)
    }

    /// Writes what a visitor lacks into one file with what the youngest files of this node's own have for it, which go
    /// then.
    ///
    /// - Returns: whether there were such, and room.
    private mutating func writeMerged(
        _ order: BundleExport.Order, _ placed: [PlacedBundle], of places: PlacedBundles, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> Bool {
        guard try lacks(order, at: node) else { return false }
        let own = placed.filter(\.isOwn).sorted { $0.head.announcement.written > $1.head.announcement.written }
        let more = try BundleExporter().count(order, at: node)
        var count = PlacedBundles.youngest(own.map(\.head.changesets), with: more)
        while count > 0 {
            let rest = placed.filter { !$0.isOwn } + own.dropFirst(count)
            let free = room(replacing: own.prefix(count).reduce(0) { $0 + $1.bytes })
            var whole = order
            whole.lackedBy = try places.reach(with: rest, at: node)
            if free >= Self.leastBytes,
                let written = try await attempt(whole, bytesMax: free, at: node, progress: progress),
                let new = written.report
            {
                let one = PlacedBundle(path: new.file, head: written.head, bytes: new.bytes, isOwn: true)
                _ = try await places.dropNeedless(of: placed + [one], at: node)
                return true
            }
            count /= 2
        }
        return false
    }

    /// Writes what there is room for, in as many files as that takes.
    ///
    /// - Parameter old: encrypted files that go once all is written.
    private mutating func writeParts(
        _ whole: BundleExport.Order, for visitor: Announcement, inPlaceOf old: [OwnSealed], at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) {
        var order = whole
        var (isWritten, leftOut): (Bool, [Int]) = (false, [])
        while try lacks(order, at: node) {
            let before = order.lackedBy
            guard let reached = try await writePart(order, at: node, progress: progress) else {
                // What does not follow what is too large can go without it.
                guard room >= Self.leastBytes, leftOut.count < Self.leftOutMax,
                    let bytes = try await leaveOutNext(of: &order, at: node)
                else {
                    leftOut.append(0)
                    break
                }
                leftOut.append(bytes)
                continue
            }
            isWritten = true
            // What no file gives is not to be waited for.
            if reached == before, order.altered.isEmpty { break }
            if !report.writtenFor.contains(visitor.site) { report.writtenFor.append(visitor.site) }
            // Those that came before are no less needed where there are several.
            (order.lackedBy, order.altered, order.replaces) = (reached, [], [])
        }
        guard leftOut.isEmpty else {
            report.left.append(visitor.site)
            let most = leftOut.max() ?? 0
            // Where there is no room for anything nothing is known of the largest.
            if most > max(room, 0) {
                report.bytesNeeded = max(report.bytesNeeded, try bytesNeeded(for: most, visitor))
            }
            if isWritten, !old.isEmpty, try !keepMore(for: visitor, old: old, at: node) {
                report.writtenFor.removeAll { $0 == visitor.site }
            }
            return
        }
        // What was written in their place has all that they have. Where nothing was lacked they stay until their reader
        // says that it has opened them: whoever carries one of them could else only put it there again.
        guard isWritten else { return }
        for file in old { unlink(file.path) }
    }

    /// The bytes that the alliance's files need, with what the stick needs for itself where that is what has no room.
    private func bytesNeeded(for more: Int, _ visitor: Announcement) throws(NodeError) -> Int {
        let slack = more > stick.free - Self.slackBytes ? Self.slackBytes : 0
        let shared = shares(try stick.found(of: visitor.alliance)).needed(for: visitor.site, more: more)
        return max(more + stick.bytes, shared) + bytesOfProgram + slack
    }

    /// Deletes the encrypted files for a visitor that were there before, or those that were written now, whichever have
    /// less: both begin with what it lacks, and would be more with each visit.
    ///
    /// - Returns: whether what was written now stays.
    private func keepMore(
        for visitor: Announcement, old: [OwnSealed], at node: isolated Node
    ) throws(NodeError) -> Bool {
        func bytes(_ files: [OwnSealed]) -> Int { files.reduce(0) { $0 + $1.bytes } }
        let before = Set(old.map(\.id))
        let all = try OwnSealed.all(for: visitor, among: try stick.found(of: visitor.alliance), at: node)
        let new = all.filter { !before.contains($0.id) }
        let isMore = bytes(new) >= bytes(old)
        for file in isMore ? old : new { unlink(file.path) }
        return isMore
    }

    /// The most feeds that are left out for one visitor: each costs some trials.
    private static let leftOutMax = 8

    /// Has an order give nothing of the feed whose changeset comes next and is too large, nor more of it.
    ///
    /// - Returns: the bytes of a file with that changeset alone; nil where none comes next.
    private func leaveOutNext(
        of order: inout BundleExport.Order, at node: isolated Node
    ) async throws(NodeError) -> Int? {
        var first = order
        first.ceiling = try BundleExporter().given(after: 1, of: order, at: node)
        let next = first.ceiling?.first { $0.value > order.lackedBy[$0.key] ?? 0 }
        guard let feed = next?.key else { return nil }
        let bytes = try await BundleExporter().bytes(of: first, at: node)
        var ceiling = try self.ceiling(of: order, at: node)
        ceiling[feed] = order.lackedBy[feed]
        (order.ceiling, order.replaces) = (ceiling, [])
        return bytes
    }

    private func ceiling(of order: BundleExport.Order, at node: isolated Node) throws(NodeError) -> Vector {
        if let ceiling = order.ceiling { return ceiling }
        return try saying { try node.engine.replica.soundVector() }
    }

    private func lacks(_ order: BundleExport.Order, at node: isolated Node) throws(NodeError) -> Bool {
        let own = try ceiling(of: order, at: node)
        return !order.altered.isEmpty || own.contains { $0.value > order.lackedBy[$0.key] ?? 0 }
    }

    /// Writes as much as there is room for. Nil where there is none; else the vector that a reader reaches by it.
    private func writePart(
        _ order: BundleExport.Order, at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> Vector? {
        let room = room
        guard room >= Self.leastBytes else { return nil }
        if let written = try await attempt(order, bytesMax: room, at: node, progress: progress) { return written.given }
        // What goes first can be taken without the rest. What is compressed is known once it was, so a smaller part is
        // tried where one turns out too large.
        let trial = importer.files.scratch.path + "/trial"
        var order = order
        order.replaces = []
        for quarters in [3, 2, 1] {
            var part = order
            let bytes = room / 4 * quarters
            let given = try await BundleExporter().write(
                order, to: trial, bytesMax: bytes, at: node, progress: { _ in }
            ).given
            guard given != order.lackedBy else { break }
            part.ceiling = given
            if let written = try await attempt(part, bytesMax: room, at: node, progress: progress) {
                return written.given
            }
        }
        return try await writeFewer(order, at: node, progress: progress)
    }

    /// Writes half of the changesets, or a quarter, and so on, down to the first alone: what is compressed comes in
    /// pieces of some 64 KiB, of which less than one may have room.
    private func writeFewer(
        _ order: BundleExport.Order, at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> Vector? {
        var part = order
        let most = UInt64(max(room, 0) / Self.changesetBytesLeast)
        var count = min(try BundleExporter().count(order, at: node) / 2, most)
        while count > 0 {
            part.ceiling = try BundleExporter().given(after: count, of: order, at: node)
            if let written = try await attempt(part, bytesMax: room, at: node, progress: progress) {
                return written.given
            }
            count /= 2
        }
        return nil
    }

    /// Writes a bundle to the stick. Nil where it has more bytes than that, or the stick has no room for it.
    private func attempt(
        _ order: BundleExport.Order, bytesMax: Int, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> BundleExporter.Written? {
        let place =
            encrypts
            ? stick.folder + "/sealed" + Stick.suffix
            : stick.bundle(from: node.engine.site, to: order.recipients[0])
        do throws(NodeError) {
            let written = try await BundleExporter().write(
                order, to: place, for: .anyone, sealedOn: encrypts ? stick : nil, bytesMax: bytesMax, at: node,
                progress: progress)
            return written.report == nil ? nil : written
        } catch {
            guard error.kind == .diskFull else { throw error }
            return nil
        }
    }

    /// Writes what is carried for others and is not on the stick, or not whole there any more.
    mutating func passOn(at node: isolated Node) async throws(NodeError) {
        for kept in importer.shelf.kept() where !kept.isWaiting {
            guard let id = kept.id else { continue }
            let place = stick.sealed(id)
            if FileManager.default.fileExists(atPath: place) {
                do {
                    if try await importer.files.check(place, at: node).id == id { continue }
                } catch { guard BundleImporter.isWorthless(error) || Stick.isFolder(place) else { continue } }
                guard Stick.clear(place) else { continue }
            }
            guard case .sealed(let head)? = Stick.head(of: kept.path)?.0 else { continue }
            limit(to: head.recipients, among: try stick.found(of: head.alliance))
            guard kept.bytes <= room else { continue }
            try await OutputFile.copy(kept.path, to: place, for: .anyone)
            report.passedOn += 1
        }
    }
}

extension CarriedHead {
    /// Whether a file is better taken before another one: of each feed what comes first.
    ///
    /// What lets people in comes first of all: nothing is taken of whoever is not let in.
    func goesBefore(_ other: CarriedHead) -> Bool {
        guard case .bundle(let other) = other else { return false }
        guard case .bundle(let own) = self else { return true }
        let (control, others) = (own.control, other.control)
        guard control == others else {
            guard !control.isEmpty, !others.isEmpty else { return !control.isEmpty }
            return control.lexicographicallyPrecedes(others)
        }
        return own.ranges.lexicographicallyPrecedes(other.ranges)
    }
}

extension BundleHead {
    fileprivate var control: [FeedRange] { ranges.filter { $0.feed.scope == .control } }
}

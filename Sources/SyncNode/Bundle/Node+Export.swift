import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

extension Node {
    func export(
        to file: String, _ extent: NodeBundles.Extent, encrypt: Bool, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> BundleReport {
        var order = BundleExport.Order()
        switch extent {
        case .to(let wanted): try await name(wanted, in: &order)
        case .since(let vector): order.lackedBy = try feeds(vector)
        case .all: break
        }
        if encrypt { order.cards = try cards(of: order.recipients) }
        guard let report = try await write(order, to: file, bytesMax: .max, progress: progress).report else {
            preconditionFailure("a file without a limit is written to its end")
        }
        return report
    }

    /// Writes a bundle.
    ///
    /// - Parameter bytesMax: once the file has more, it is given up.
    /// - Returns: nil in the report's place where it was given up; and the vector that a reader would hold after the whole
    ///   changesets that went before.
    func write(
        _ order: BundleExport.Order, to file: String, bytesMax: Int, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> (report: BundleReport?, given: Vector) {
        let export = try saying { try BundleExport(engine, order, now: Clocks.now.wall) }
        let output = try OutputFile(file)
        while let bytes = try saying({ try export.next() }) {
            try output.write(bytes)
            progress(export.sent, export.total)
            guard output.bytes <= bytesMax else { return (nil, export.given) }
            await Task.yield()
        }
        try output.finish()
        let report = BundleReport(
            file: file, bytes: output.bytes, alliance: export.head.announcement.alliance, from: engine.site,
            recipients: export.head.recipients, isEncrypted: order.cards != nil, isRequest: false,
            changesets: export.head.changesets, feeds: export.head.ranges.map(FeedSpan.init), lacks: [], missing: [:])
        return (report, export.given)
    }

    /// Finds what those who are named lack together.
    private func name(_ wanted: [String], in order: inout BundleExport.Order) async throws(NodeError) {
        guard !wanted.isEmpty else {
            throw NodeError(kind: .usage, message: "--to needs a member, or a file that `bundle request` wrote")
        }
        let scratch = try BundleShelf(home).scratch()
        var lackedBy: Vector?
        for one in wanted {
            let (site, held) = try await recipient(one, in: scratch, &order)
            guard !order.recipients.contains(site) else { continue }
            order.recipients.append(site)
            lackedBy =
                lackedBy.map { known in
                    known.reduce(into: [:]) { out, entry in
                        if let other = held[entry.key] { out[entry.key] = min(entry.value, other) }
                    }
                } ?? held
        }
        order.lackedBy = lackedBy ?? [:]
        if order.recipients.count > 1 { order.altered = [] }
    }

    private func recipient(
        _ wanted: String, in scratch: ScratchFolder, _ order: inout BundleExport.Order
    ) async throws(NodeError) -> (SiteID, Vector) {
        guard !InputFile.isCarried(wanted) else {
            let file = try await arrive(wanted, in: scratch)
            try await judge(file)
            let announcement: Announcement
            switch file.head {
            case .request(let said): announcement = said
            case .bundle(let head): announcement = head.announcement
            case .sealed, .petition:
                throw NodeError(
                    CarriedFault.otherKind(
                        found: "one from which nobody sees what its writer lacks", wanted: "a request"),
                    of: wanted)
            }
            try saying {
                try engine.replica.peerHolds(announcement.held, says: announcement.site)
                try engine.replica.note(announcement)
            }
            order.altered += announcement.altered
            return (announcement.site, try saying { try engine.replica.known(announcement.held) })
        }
        let site = try MemberNames(engine.replica).member(wanted)
        guard site != engine.site else {
            throw NodeError(kind: .usage, message: "\(wanted) is this node itself: name another member")
        }
        guard try saying({ try engine.trust(in: site) }) == .member else {
            throw NodeError(kind: .usage, message: "\(wanted) belongs no more: name another member")
        }
        return (site, try saying { try engine.replica.knownHeld(by: site) } ?? [:])
    }

    /// The keys of those who alone are to read a file.
    func cards(of sites: [SiteID]) throws(NodeError) -> [SealingCard] {
        guard !sites.isEmpty else {
            throw NodeError(kind: .usage, message: "--encrypt needs those who are to read it: name them with --to")
        }
        let known = try saying { try engine.replica.sealingCards() }
        return try sites.map { site throws(NodeError) in
            guard let card = known.first(where: { $0.site == site }) else {
                let name = (try? engine.replica.member(site)?.name) ?? site.short
                throw NodeError(
                    kind: .notFound,
                    message:
                        """
                        this node has no key of \(name) to encrypt to: import any file that it wrote, such as that of \
                        `bundle request`, or name that file with --to
                        """
                )
            }
            return card
        }
    }

    private func feeds(_ vector: [String: UInt64]) throws(NodeError) -> Vector {
        let held = try saying { try engine.replica.vectors().held }
        var out: Vector = [:]
        for (name, seq) in vector.sorted(by: { $0.key < $1.key }) {
            guard let feed = held.keys.first(where: { $0.scope == .alliance && $0.description == name }) else {
                throw NodeError(kind: .notFound, message: "there is no feed \(name) here")
            }
            if seq > 0 { out[feed] = seq }
        }
        return out
    }
}

import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// Writes carried files.
struct BundleExporter {
    func export(
        to file: String, _ extent: NodeBundles.Extent, encrypt: Bool, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> BundleReport {
        var order = BundleExport.Order()
        switch extent {
        case .to(let wanted): try await name(wanted, in: &order, at: node)
        case .since(let vector): order.lackedBy = try NamedVector(vector).among(feeds(at: node))
        case .all: break
        }
        if encrypt { order.cards = try cards(of: order.recipients, at: node) }
        let written = try await write(order, to: file, bytesMax: .max, at: node, progress: progress)
        guard let report = written.report, let id = written.id else {
            preconditionFailure("a file without a limit is written to its end")
        }
        if encrypt { try saying { try node.engine.replica.carrierNotes.noteSealed(id) } }
        return report
    }

    /// The outcome of writing a bundle.
    struct Written: Sendable {
        /// Nil where the file was given up.
        let report: BundleReport?
        /// The vector that a reader holds after the whole changesets that were given.
        let given: Vector
        /// The id of the file; nil where it was given up.
        let id: HashPrefix?
        let head: BundleHead
    }

    /// Writes a bundle.
    ///
    /// - Parameters:
    ///   - stick: on which the file has its id as its name; nil: it has the name that `file` says.
    ///   - bytesMax: once the file has more, it is given up.
    func write(
        _ order: BundleExport.Order, to file: String, for readers: OutputFile.Readers = .owner,
        sealedOn stick: Stick? = nil, bytesMax: Int, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> Written {
        let export = try saying { try BundleExport(node.engine, order, now: Clocks.now.wall) }
        let output = try OutputFile(file, for: readers)
        while let bytes = try saying({ try export.next() }) {
            try output.write(bytes)
            progress(CarriedProgress(bytes: output.bytes, share: Double(export.done) / Double(max(export.total, 1))))
            guard output.bytes <= bytesMax else {
                return Written(report: nil, given: export.given, id: nil, head: export.head)
            }
            await Task.yield()
        }
        if stick != nil, let id = export.id { try saying { try node.engine.replica.carrierNotes.noteSealed(id) } }
        try output.finish(as: export.id.flatMap { id in stick?.sealed(id) })
        let report = BundleReport(
            file: file, bytes: output.bytes, alliance: export.head.announcement.alliance, from: node.engine.site,
            recipients: export.head.recipients, isEncrypted: order.cards != nil, isRequest: false,
            changesets: export.head.changesets, feeds: FeedSpan.spans(of: export.head.ranges), lacks: [], missing: [:])
        return Written(report: report, given: export.given, id: export.id, head: export.head)
    }

    /// How many bytes a bundle would have.
    func bytes(of order: BundleExport.Order, at node: isolated Node) async throws(NodeError) -> Int {
        let export = try saying { try BundleExport(node.engine, order, now: Clocks.now.wall) }
        var count = 0
        while let bytes = try saying({ try export.next() }) {
            count += bytes.count
            await Task.yield()
        }
        return count
    }

    /// How many changesets a bundle would have.
    func count(_ order: BundleExport.Order, at node: isolated Node) throws(NodeError) -> UInt64 {
        try saying { try BundleExport(node.engine, order, now: Clocks.now.wall).total }
    }

    /// The vector that a reader holds after the first changesets of a bundle.
    func given(
        after count: UInt64, of order: BundleExport.Order, at node: isolated Node
    ) throws(NodeError) -> Vector {
        try saying { try BundleExport(node.engine, order, now: Clocks.now.wall).given(after: count) }
    }

    /// Finds what those who are named lack together.
    private func name(
        _ wanted: [String], in order: inout BundleExport.Order, at node: isolated Node
    ) async throws(NodeError) {
        guard !wanted.isEmpty else {
            throw NodeError(kind: .usage, message: "--to needs a member, or a file that `bundle request` wrote")
        }
        let importer = try BundleImporter(node.home)
        var lackedBy: Vector?
        for one in wanted {
            let (site, held) = try await recipient(one, importer, &order, at: node)
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
        _ wanted: String, _ importer: BundleImporter, _ order: inout BundleExport.Order, at node: isolated Node
    ) async throws(NodeError) -> (SiteID, Vector) {
        let members = try MemberNames(node.engine.replica)
        // What is there and nobody's name is a file that was meant, whatever is wrong with it.
        var isFile = InputFile.isCarried(wanted)
        if !isFile, FileManager.default.fileExists(atPath: wanted) || wanted.contains(where: { "./".contains($0) }) {
            isFile = (try? members.member(wanted)) == nil
        }
        guard !isFile else {
            let file = try await importer.files.arrive(wanted, at: node)
            try await importer.judge(file, at: node)
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
                try node.engine.replica.exchange.peerHolds(announcement.held, says: announcement.site)
                try node.engine.replica.carrierNotes.note(announcement, now: Clocks.now.wall)
            }
            order.altered += announcement.altered
            return (
                announcement.site, try saying { try CarriedReach(of: announcement, at: node.engine.replica).named() }
            )
        }
        let site = try members.member(wanted)
        guard site != node.engine.site else {
            throw NodeError(kind: .usage, message: "\(wanted) is this node itself: name another member")
        }
        guard try saying({ try node.engine.trust(in: site) }) == .member else {
            throw NodeError(kind: .usage, message: "\(wanted) belongs no more: name another member")
        }
        let now = Clocks.now.wall
        return (site, try saying { try node.engine.replica.carrierNotes.knownHeld(by: site, now: now) } ?? [:])
    }

    /// The keys of those who alone are to read a file.
    func cards(of sites: [SiteID], at node: isolated Node) throws(NodeError) -> [SealingCard] {
        guard !sites.isEmpty else {
            throw NodeError(kind: .usage, message: "--encrypt needs those who are to read it: name them with --to")
        }
        let known = try saying { try node.engine.replica.carrierNotes.cards() }
        return try sites.map { site throws(NodeError) in
            guard let card = known.first(where: { $0.site == site }) else {
                let name = (try? node.engine.replica.member(site)?.name) ?? site.short
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

    /// The feeds that are here, as people name them.
    private func feeds(at node: isolated Node) throws(NodeError) -> [FeedID] {
        try saying { try node.engine.replica.vectors().held }.keys.filter { $0.scope == .alliance }
    }
}

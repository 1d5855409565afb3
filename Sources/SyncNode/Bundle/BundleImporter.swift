import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncWire

/// The outcome of taking one file.
struct CarriedOutcome: Sendable {
    var held: UInt64 = 0
    var applied: UInt64 = 0
    var known: UInt64 = 0
    /// Changesets that wait in the file, which is kept.
    var waiting: UInt64 = 0
    /// The changeset of each feed before what joins nothing here.
    var missing: Vector = [:]
    /// The last changeset of each feed that what was left out had seen and that is not here.
    var awaited: Vector = [:]
    /// The site that wrote it.
    var site: SiteID?
    /// Whether it is encrypted to others, and is kept for them.
    var isCarried = false
    /// Why a part of it is not taken now, where all the rest was; it may be taken later.
    var refusal: NodeError?
}

/// Takes carried files.
struct BundleImporter: Sendable {
    let shelf: BundleShelf
    let files: CarriedFiles

    init(_ home: NodeHome) throws(NodeError) {
        shelf = BundleShelf(home)
        files = CarriedFiles(scratch: try shelf.scratch())
    }

    /// Takes a carried file, whatever its kind. One that is refused is refused whole, unless a changeset in it is wrong
    /// that its writer signed all the same: what was taken before that stays, as in a session; or unless a part of it
    /// cannot be taken now and can later, which the outcome says.
    func take(
        _ name: String, at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> CarriedOutcome {
        let file = try await files.arrive(name, at: node)
        switch file.head {
        case .petition:
            throw NodeError(
                CarriedFault.otherKind(found: "the wish of a new node to join", wanted: "a bundle"), of: name)
        case .request(let announcement):
            try await judge(file, at: node)
            try saying { try node.engine.replica.carrierNotes.note(announcement, now: Clocks.now.wall) }
            return CarriedOutcome(site: announcement.site)
        case .sealed(let head): return try await take(file, head, at: node, progress: progress)
        case .bundle(let head):
            return try await take(file, head, keeps: true, at: node, progress: progress)
        }
    }

    private func take(
        _ file: ArrivedFile, _ head: SealedHead, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> CarriedOutcome {
        guard head.recipients.contains(node.engine.site) else {
            try await judge(file, at: node)
            try shelf.keep(file.path, id: file.id, isWaiting: false)
            return CarriedOutcome(site: head.site, isCarried: true)
        }
        guard head.alliance == node.engine.replica.alliance else {
            throw NodeError(CarriedFault.wrongAlliance, of: file.name)
        }
        let opened = try await files.open(file, head, at: node)
        guard case .bundle(let inner) = opened.head else { return CarriedOutcome() }
        let outcome = try await take(opened, inner, keeps: true, at: node, progress: progress)
        if outcome.refusal == nil { try saying { try node.engine.replica.carrierNotes.noteOpened(file.id) } }
        return outcome
    }

    /// Refuses what is of another alliance, or of a writer that does not belong.
    func judge(_ file: ArrivedFile, at node: isolated Node) async throws(NodeError) {
        guard file.head.alliance == node.engine.replica.alliance else {
            throw NodeError(CarriedFault.wrongAlliance, of: file.name)
        }
        let site = file.head.site
        if case .bundle(let head) = file.head, try saying({ try node.engine.trust(in: site) }).mustProve {
            var introduction = Introduction(head)
            try await files.eachBlock(of: file, at: node) { block throws(NodeError) in
                try saying(of: file.name) { try introduction.take(block) }
            }
            _ = try saying { try introduction.admits(site, at: node.engine, now: Clocks.now.wall) }
        }
        if let fault = try saying({ try node.engine.refusal(of: site) }) { throw NodeError(fault, of: file.name) }
    }

    /// Takes a bundle, and keeps its file where something in it lacks what comes before.
    func take(
        _ file: ArrivedFile, _ head: BundleHead, keeps: Bool, isTrusted: Bool = false, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> CarriedOutcome {
        if !isTrusted { try await judge(file, at: node) }
        let taking = try saying { try BundleTaking(node.engine, head, now: Clocks.now.wall) }
        var bytes = 0
        try await files.eachBlock(of: file, at: node) { block throws(NodeError) in
            taking.append(block)
            try await proceed(taking, of: file, at: node)
            bytes += block.count
            progress(CarriedProgress(bytes: bytes, share: min(Double(bytes) / Double(max(file.bytes, 1)), 1)))
            return taking.refusal == nil
        }
        taking.close()
        try await proceed(taking, of: file, at: node)
        if let refusal = taking.refusal, !taking.hasTakenTheRest {
            throw NodeError(
                kind: .refused, name: refusal.code.rawValue,
                message:
                    """
                    \(file.name) has something that no node takes: \(refusal.sentence); what came before it in the file \
                    stays
                    """
            )
        }
        try saying {
            try node.engine.replica.carrierNotes.note(head.announcement, now: Clocks.now.wall)
            try node.engine.replica.exchange.witness()
        }
        var outcome = CarriedOutcome(
            held: taking.received, applied: taking.applied, known: taking.known, waiting: taking.passed,
            missing: taking.missing, awaited: taking.awaited, site: head.announcement.site,
            refusal: taking.refusal.map { refusal in
                NodeError(
                    kind: .refused, name: refusal.code.rawValue,
                    message:
                        """
                        \(file.name) has more than is taken now: \(refusal.sentence); all else in it was taken; import it \
                        again later
                        """
                )
            })
        // What waits in it waits whatever is wrong with another feed of it.
        guard taking.passed > 0, keeps else { return outcome }
        do throws(NodeError) { try shelf.keep(file.path, id: file.id, isWaiting: true) } catch {
            // Where the shelf is full what was taken is told all the same.
            guard error.kind == .refused else { throw error }
            (outcome.waiting, outcome.refusal) = (0, outcome.refusal ?? error)
        }
        return outcome
    }

    /// Does all that is to be done with what was appended, with rests in which others can write.
    private func proceed(
        _ taking: BundleTaking, of file: ArrivedFile, at node: isolated Node
    ) async throws(NodeError) {
        while true {
            let left = node.lockWatch.left
            if left > 0 { await Rest.take(microseconds: left) }
            let isMore = try saying(of: file.name) {
                try node.lockWatch.step(on: node.engine) { try taking.proceed() }
            }
            guard isMore else { return }
        }
    }
}

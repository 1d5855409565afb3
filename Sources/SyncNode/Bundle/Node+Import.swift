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
    var missing: Vector = [:]
    /// The site that wrote it.
    var site: SiteID?
    /// Whether it is encrypted to others, and is kept for them.
    var isCarried = false
}

extension Node {
    /// Takes a carried file, whatever its kind. One that is refused is refused whole, unless a changeset in it is wrong
    /// that its writer signed all the same: what was taken before that stays, as in a session.
    func take(
        _ name: String, progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> CarriedOutcome {
        let shelf = BundleShelf(home)
        let scratch = try shelf.scratch()
        let file = try await arrive(name, in: scratch)
        switch file.head {
        case .petition:
            throw NodeError(
                CarriedFault.otherKind(found: "the wish of a new node to join", wanted: "a bundle"), of: name)
        case .request(let announcement):
            try await judge(file)
            try saying { try engine.replica.note(announcement) }
            return CarriedOutcome(site: announcement.site)
        case .sealed(let head): return try await take(file, head, shelf, scratch, progress: progress)
        case .bundle(let head):
            return try await take(file, head, keepingIn: shelf, progress: progress)
        }
    }

    private func take(
        _ file: ArrivedFile, _ head: SealedHead, _ shelf: BundleShelf, _ scratch: ScratchFolder,
        progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> CarriedOutcome {
        guard head.recipients.contains(engine.site) else {
            try await judge(file)
            try shelf.keep(file.path, id: file.id, isWaiting: false)
            return CarriedOutcome(site: head.site, isCarried: true)
        }
        guard head.alliance == engine.replica.alliance else {
            throw NodeError(CarriedFault.wrongAlliance, of: file.name)
        }
        let opened = try await open(file, head, in: scratch)
        guard case .bundle(let inner) = opened.head else { return CarriedOutcome() }
        let outcome = try await take(opened, inner, keepingIn: shelf, progress: progress)
        try saying { try engine.replica.noteOpened(file.id) }
        return outcome
    }

    /// Refuses what is of another alliance, or of a writer that does not belong.
    func judge(_ file: ArrivedFile) async throws(NodeError) {
        guard file.head.alliance == engine.replica.alliance else {
            throw NodeError(CarriedFault.wrongAlliance, of: file.name)
        }
        let site = file.head.site
        if case .bundle(let head) = file.head, try saying({ try engine.trust(in: site) }) == .stranger {
            var introduction = Introduction(head)
            try await eachBlock(of: file) { block throws(NodeError) in
                try saying(of: file.name) { try introduction.take(block) }
            }
            guard try saying({ try introduction.admits(site, at: engine, now: Clocks.now.wall) }) else {
                throw NodeError(CarriedFault.stranger(site.short), of: file.name)
            }
        }
        switch try saying({ try engine.trust(in: site) }) {
        case .stranger: throw NodeError(CarriedFault.stranger(site.short), of: file.name)
        case .retired:
            let name = try saying { try engine.replica.member(site)?.name }
            throw NodeError(CarriedFault.retired(name ?? site.short), of: file.name)
        case .member, .invited: break
        }
    }

    /// Takes a bundle, and keeps its file where something in it lacks what comes before.
    func take(
        _ file: ArrivedFile, _ head: BundleHead, keepingIn shelf: BundleShelf?, isTrusted: Bool = false,
        progress: @Sendable (UInt64, UInt64) -> Void
    ) async throws(NodeError) -> CarriedOutcome {
        if !isTrusted { try await judge(file) }
        let taking = try saying { try BundleTaking(engine, head, now: Clocks.now.wall) }
        try await eachBlock(of: file) { block throws(NodeError) in
            taking.append(block)
            try await self.proceed(taking, of: file)
            progress(taking.received + taking.known, head.changesets)
            return taking.refusal == nil
        }
        taking.close()
        try await proceed(taking, of: file)
        if let refusal = taking.refusal {
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
            try engine.replica.note(head.announcement)
            try engine.replica.witness()
        }
        if taking.passed > 0, let shelf { try shelf.keep(file.path, id: file.id, isWaiting: true) }
        return CarriedOutcome(
            held: taking.received, applied: taking.applied, known: taking.known, waiting: taking.passed,
            missing: taking.missing, site: head.announcement.site)
    }

    /// Does all that is to be done with what was appended, with rests in which others can write.
    private func proceed(_ taking: BundleTaking, of file: ArrivedFile) async throws(NodeError) {
        while true {
            let left = lockWatch.left
            if left > 0 { await Rest.take(microseconds: left) }
            let isMore = try saying(of: file.name) {
                try lockWatch.step(on: engine) { try taking.proceed() }
            }
            guard isMore else { return }
        }
    }

    /// Takes what waits on the shelf, as long as that brings something, and drops what is here by now.
    func takeKept() async throws(NodeError) -> CarriedOutcome {
        let shelf = BundleShelf(home)
        var all = CarriedOutcome()
        while true {
            let before = all.held
            (all.waiting, all.missing) = (0, [:])
            for kept in shelf.kept() where kept.isWaiting {
                let scratch = try shelf.scratch()
                // The disk may have altered it since.
                guard let file = try? await arrive(kept.path, in: scratch), case .bundle(let head) = file.head else {
                    shelf.remove(kept)
                    continue
                }
                let outcome = try await takeAgain(file, head)
                if outcome.waiting == 0 { shelf.remove(kept) }
                all.held += outcome.held
                all.applied += outcome.applied
                all.waiting += outcome.waiting
                all.missing.merge(outcome.missing) { max($0, $1) }
            }
            guard all.held > before else { return all }
        }
    }

    private func takeAgain(_ file: ArrivedFile, _ head: BundleHead) async throws(NodeError) -> CarriedOutcome {
        let plan = BundlePlan(head, held: try saying { try engine.replica.vectors().held })
        if plan.isHeld { return CarriedOutcome() }
        return try await take(file, head, keepingIn: nil, progress: { _, _ in })
    }
}

import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Finds all that is wrong with a node or soon will be, with what to do. What cannot be looked at is a finding,
/// and hides none of the others.
struct NodeDoctor {
    let engine: Engine
    let home: NodeHome
    let configuration: Configuration
    let used: ByteBudget.Used

    /// The least free room: with less, a changeset of ordinary size may not fit, with the log that SQLite writes first.
    private static let diskFreeLeast: Int64 = 64 << 20

    func findings() throws(NodeError) -> [DoctorFinding] {
        var out = try collecting("what is pending") {
            try engine.seal()
            return []
        }
        out += try collecting("the peers") { try engine.replica.retirementFindings(of: engine.site) }
        out += try collecting("the replica") { try engine.replica.reports.findings() }
        out += try collecting("the replica") { try twinFindings() }
        out += try collecting("the replica") { try joiningFindings() }
        out += homeFindings() + shelfFindings() + budgetFindings()
        out += try collecting("the views") { try RecordView.findings(at: home.replica) }
        out += try collecting("the peers") { try peerFindings() }
        return out + (try collecting("the refusals") { try refusalFindings() })
    }

    /// A node that began to join and was cut off has not all that it should have, and nothing else says so.
    private func joiningFindings() throws(StoreError) -> [DoctorFinding] {
        // One that holds nothing was made for an answer of which nothing was taken yet.
        let isEmpty = try engine.replica.vectors().held.isEmpty
        return switch try engine.replica.joining.pending() {
        case nil where !isEmpty: []
        case .invitation:
            [
                .init(
                    kind: "joining",
                    message:
                        """
                        this node began to join and was never in sync since: run the same `caravan join` line again, or \
                        `caravan sync`
                        """
                )
            ]
        case .grant, nil:
            [
                .init(
                    kind: "joining",
                    message:
                        """
                        this node began to join and has not taken all of the answer to its petition: run `caravan join \
                        --grant FILE` again with the same file
                        """
                )
            ]
        }
    }

    private func twinFindings() throws(StoreError) -> [DoctorFinding] {
        TwinFindings(
            twins: try engine.replica.reports.twins(), members: try engine.replica.members(), own: engine.site,
            now: Clocks.now.wall
        ).findings()
    }

    private func shelfFindings() -> [DoctorFinding] {
        let waiting = BundleShelf(home).kept().count(where: \.isWaiting)
        guard waiting > 0 else { return [] }
        return [
            .init(
                kind: "missing",
                message:
                    """
                    \(waiting) carried files waited for what comes before them when the last one was taken: `caravan \
                    bundle request FILE` asks the next carrier for it
                    """
            )
        ]
    }

    private func asideFindings() -> [DoctorFinding] {
        let aside = FilesAside(home)
        var out: [DoctorFinding] = aside.logs.map { file in
            .init(
                kind: "aside",
                message:
                    """
                    \(file) was beside the replica when another was put in its place, and is kept apart from that one, \
                    which it would have damaged: delete it once nobody misses anything
                    """
            )
        }
        out += aside.copies.map { file in
            .init(
                kind: "aside",
                message:
                    """
                    \(file) is all that this node had when its replica was moved without its write-ahead log and \
                    another program wrote into it at once: what was sealed comes back from the peers that have it; enter \
                    with `caravan sql` what is missing then, and delete the copy
                    """
            )
        }
        if let log = aside.logLeft {
            out.append(
                .init(
                    kind: "aside",
                    message:
                        """
                        \(log) was left beside a link when the replica was moved, and others have written another: what \
                        was sealed and stands in it comes back from the peers that have it; delete it once nobody misses \
                        anything
                        """
                ))
        }
        return out
    }

    private func homeFindings() -> [DoctorFinding] {
        var out = asideFindings()
        if let free = home.diskFree, free < Self.diskFreeLeast {
            out.append(
                .init(
                    kind: "disk",
                    message:
                        """
                        only \(free >> 20) MiB are free on the disk of \(home.path): free some space, or writing and \
                        syncing will stop
                        """
                ))
        }
        out += linkFindings()
        if let file = home.exposed.first {
            // What SQLite makes beside the replica has its rights, now and later.
            let files = Set([home.replica, home.realReplica]).sorted().map { ShellWord.quoted($0) + "*" }.joined(
                separator: " ")
            out.append(
                .init(kind: "rights", message: "other users of this machine may read \(file): run `chmod 600 \(files)`")
            )
        }
        if configuration.hasProxyPassword, NodeHome.isExposed(home.configuration) {
            let file = home.configuration
            out.append(
                .init(
                    kind: "rights",
                    message:
                        """
                        other users of this machine may read \(file), in which a proxy's password stands: run `chmod \
                        600 \(ShellWord.quoted(file))`
                        """
                ))
        }
        return out
    }

    private func linkFindings() -> [DoctorFinding] {
        var facts = stat()
        guard stat(home.realReplica, &facts) == 0, facts.st_nlink > 1 else { return [] }
        return [
            .init(
                kind: "file",
                message:
                    """
                    \(home.realReplica) has \(facts.st_nlink) names (hard links): a program that opens it by another \
                    keeps another write-ahead log beside it, and the two damage the file; keep one name and delete the \
                    others, or copy the file with `caravan backup`
                    """
            )
        ]
    }

    private func budgetFindings() -> [DoctorFinding] {
        let budget = configuration.budget
        let report = BudgetReport(dayUsed: used.day, dayMax: budget.day, monthUsed: used.month, monthMax: budget.month)
        if let warning = report.warning { return [.init(kind: "budget", message: warning)] }
        return budget.nearlyUsedUp(by: used).map { period in
            .init(
                kind: "budget",
                message:
                    """
                    of the byte budget of this \(period.rawValue) \(report.text(of: period)) are used: once it is used \
                    up `caravan serve` exchanges with nobody \(period.end); raise \(period.setting) in config.yaml if \
                    that is too early
                    """
            )
        }
    }

    /// A replica that cannot be used at present is no finding, for it says nothing of what is in it.
    private func collecting(_ what: String, _ body: () throws -> [DoctorFinding]) throws(NodeError) -> [DoctorFinding] {
        do { return try saying(body) } catch {
            guard ![.readOnly, .locked].contains(error.kind) else { throw error }
            return [
                .init(
                    kind: error.kind == .damaged ? "file" : "unchecked",
                    message: "\(what) could not be looked at: \(error.message)")
            ]
        }
    }

    private func peerFindings() throws(StoreError) -> [DoctorFinding] {
        let peers = try engine.replica.peerReports(except: engine.site)
        let unreached = peers.compactMap { peer in
            peer.lastErrorNamed.map { DoctorFinding(kind: "peer", message: $0) }
        }
        let clocks = ClockFindings(peers: peers, members: try engine.replica.members(), own: engine.site)
        return unreached + clocks.findings()
    }

    /// Members that were refused here and have not been back since.
    private func refusalFindings() throws(StoreError) -> [DoctorFinding] {
        let addressBook = engine.replica.addressBook
        let members = try engine.replica.members()
        var out: [DoctorFinding] = []
        for refusal in try addressBook.refusals() {
            guard let site = refusal.site, let member = members.first(where: { $0.site == site }) else { continue }
            if let contact = try addressBook.contact(with: site), contact.lastContact > refusal.last { continue }
            let count = "\(refusal.name) \(refusal.count) times so far"
            out.append(
                .init(
                    kind: "refused",
                    message:
                        "\(member.name) was refused, for \(count), and has not been back since: \(refusal.sentence)"))
        }
        return out
    }
}

import ArgumentParser
import ReplicaModel
import SyncNode

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How this node stands: what waits, what conflicts, who is in sync.",
        discussion: """
            EXAMPLE
              caravan status --json --digest
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Flag(help: "Compute the digest of all records, which is equal on replicas that hold the same.")
    var digest = false

    func run() async throws {
        let status = try await node.open().reports.status(digest: digest)
        if report.json { return Output.json(JSON(status)) }
        var table = TextTable([Output.bold("\(status.name)"), status.member?.roleText ?? "not a member yet"])
        table.add(["site", "\(status.site.short)"])
        table.add(["alliance", "\(status.alliance.hex.prefix(16))"])
        table.add([
            "records",
            status.rows.sorted { $0.key < $1.key }.map { name, count -> Line in "\(name) \(count)" }.joined(
                separator: ", "),
        ])
        table.add(["changesets", "\(status.changesets), \(status.diskBytes / 1024) KiB on disk"])
        table.add(["to seal", status.pending == 0 ? "nothing" : "\(status.pending) rows"])
        if status.waiting > 0 {
            table.add(["waiting", "\(status.waiting) changesets wait for others that they build on"])
        }
        if status.newer > 0 {
            table.add([
                "newer",
                Output.warning("\(status.newer) changesets are of newer software: update this software to show them"),
            ])
        }
        if status.failed > 0 {
            table.add([
                "failed",
                Output.warning("\(status.failed) changesets cannot be applied on this node: `caravan doctor` says why"),
            ])
        }
        if status.void + status.quarantined > 0 {
            table.add([
                "without effect", "\(status.void) void, \(status.quarantined) quarantined: `caravan log` says why",
            ])
        }
        table.add([
            "conflicts",
            status.conflicts == 0 ? "none" : Output.warning("\(status.conflicts): `caravan conflicts` lists them"),
        ])
        if !status.putAside.isEmpty {
            table.add([
                "put aside",
                Output.warning("\(status.putAside.joined(separator: ", ")), made by hand: `caravan doctor` says why"),
            ])
        }
        if !status.refusals.isEmpty {
            table.add([
                "refused here",
                status.refusals.sorted { $0.key < $1.key }.map { name, count -> Line in "\(name) \(count)" }.joined(
                    separator: ", "),
            ])
        }
        table.add(["traffic", traffic(status.budget)])
        ClockText.correction(status.clockCorrection).map { table.add(["clock", $0]) }
        if let digest = status.digest { table.add(["digest", "\(digest.hex)"]) }
        table.lines.forEach(Output.line)
        if !status.peers.isEmpty {
            Output.line("")
            PeerText.lines(status.peers, now: Times.now).forEach(Output.line)
        }
    }
}

extension Status {
    /// The bytes that went through the node's sockets, and how many may.
    private func traffic(_ budget: BudgetReport) -> Line {
        func text(_ used: Int, _ most: Int?) -> String {
            ByteCount.rounded(used) + (most.map { " of \(ByteCount.text($0))" } ?? "")
        }
        let line: Line =
            "\(text(budget.dayUsed, budget.dayMax)) today, \(text(budget.monthUsed, budget.monthMax)) this month"
        return budget.warning == nil ? line : Output.warning("\(line): the budget is used up")
    }
}

/// Peers for people: whether each is in sync, and what is wrong.
enum PeerText {
    static func lines(_ peers: [PeerReport], now: Int64) -> [Line] {
        guard !peers.isEmpty else { return ["no peers: add one with `caravan peer add NAME HOST:PORT`"] }
        let counts = Dictionary(peers.map { ($0.name, 1) }, uniquingKeysWith: +)
        var table = TextTable(["peer", "state", "last contact", "clock", "addresses"])
        for peer in peers {
            let site = counts[peer.name] == 1 ? nil : peer.site
            let name: Line = "\(peer.name)\(site.map { " (\($0.short.prefix(9)))" } ?? "")"
            let places: Line = "\(peer.addresses.joined(separator: " "))\(terms(peer))"
            table.add([name, state(peer), contact(peer, now), clock(peer), places])
        }
        let advice: [Line] =
            peers.contains(where: \.isClockOff) ? ["a clock is off: `caravan doctor` says what to do"] : []
        return table.lines + peers.compactMap { peer in peer.lastError.map { "\(peer.name): \($0)" } } + advice
    }

    private static func state(_ peer: PeerReport) -> Line {
        if peer.lastContact == nil { return "never met" }
        return peer.lacks == 0 ? "in sync" : "lacks \(peer.lacks) changesets"
    }

    private static func contact(_ peer: PeerReport, _ now: Int64) -> Line {
        peer.lastContact.map { "\(Times.ago($0, at: now))" } ?? "-"
    }

    /// The windows and the rate of a peer.
    private static func terms(_ peer: PeerReport) -> String {
        var out = ""
        if !peer.windows.isEmpty {
            let change = peer.windowsChange.map { " until " + Times.local($0) } ?? ""
            out += ", \(peer.windows.joined(separator: " ")) (\(peer.isInWindow ? "open" : "closed")\(change))"
        }
        if let rate = peer.limitRate { out += ", at most \(ByteCount.text(rate))/s" }
        return out
    }

    /// A clock that is off by more than ten minutes is told.
    private static func clock(_ peer: PeerReport) -> Line {
        guard let skew = peer.skewSeconds, peer.isClockOff else { return "-" }
        return Output.warning("\(Int(clamping: Int64(abs(skew) / 60))) min \(skew > 0 ? "ahead of" : "behind") ours")
    }
}

import ArgumentParser
import ReplicaModel
import SyncNode

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "How this node stands: what waits, what conflicts, who is in sync.",
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
        var table = TextTable([Output.bold("\(status.name)"), status.standing])
        RetirementText.line(status).map { table.add(["refused", Output.warning($0)]) }
        table.add(["site", "\(status.site.short)"])
        table.add(["alliance", "\(status.alliance.hex.prefix(16))"])
        table.add(["records", RecordText.line(status.rows)])
        let free: Line = status.diskFree.map { ", \(ByteCount.rounded(Int(clamping: $0))) free" } ?? ""
        table.add(["changesets", "\(status.changesets), \(status.diskBytes / 1024) KiB on disk\(free)"])
        table.add(["to seal", status.pending == 0 ? "nothing" : "\(status.pending) rows"])
        addWaiting(status, to: &table)
        table.add([
            "conflicts",
            status.conflicts == 0 ? "none" : Output.warning("\(status.conflicts): `caravan conflicts` lists them"),
        ])
        addLeftOut(status, to: &table)
        table.add(["traffic", traffic(status.budget)])
        for server in status.servers { table.add(["serve", words(on: server)]) }
        if status.servers.isEmpty { table.add(["serve", "does not run"]) }
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
    /// Adds what is here and shows nothing yet, or never will.
    private func addWaiting(_ status: StatusReport, to table: inout TextTable) {
        for part in status.unfinished {
            table.add([
                "unfinished", "a changeset of \(part.author), \(ByteCount.rounded(part.bytes)) so far\(age(of: part))",
            ])
        }
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
    }

    /// Adds what was put aside, and what this node refused.
    private func addLeftOut(_ status: StatusReport, to table: inout TextTable) {
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
    }

    private func words(on server: ServerReport) -> Line {
        let count = Set(server.sessions.map(\.site)).count
        let others: Line = count == 0 ? "nobody" : "\(count) members"
        return """
            since \(Times.clock(server.since, at: Times.now)) at \(server.address), connected with \(others)
            """
    }

    private func age(of part: UnfinishedReport) -> Line {
        part.last.map { ", the last of it \(Times.ago($0, at: Times.now))" } ?? ""
    }

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

/// The numbers of rows for people.
enum RecordText {
    /// The tables that have rows, each with how many, and how many have none.
    static func line(_ rows: [Identifier: Int]) -> Line {
        let filled = rows.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        let empty = rows.count - filled.count
        var words = filled.map { name, count -> Line in "\(name) \(count)" }
        if empty > 0 { words.append("\(empty) tables without rows") }
        return words.joined(separator: ", ")
    }
}

import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode

/// `caravan` without a command: where one is, how it stands, and what to do next.
struct Overview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview",
        abstract: "Where this is, how it stands, and what to do next: `caravan` without a command.",
        discussion: """
            EXAMPLE
              caravan
            """, shouldDisplay: false)

    @OptionGroup var node: NodeOptions

    func run() async throws {
        guard FileManager.default.fileExists(atPath: node.nodeHome.replica) else {
            Output.line("There is no node in \(node.nodeHome.path).")
            return advise([
                Advice("init", options: ["--name", "NAME"], why: "found an alliance"),
                Advice("join", ["CODE"], why: "join one, by an invitation"),
                Advice("--help", why: "all commands"),
            ])
        }
        let status = try await node.open().reports.status(digest: false)
        Output.line(
            Output.bold("\(status.name)")
                + ", \(status.standing), in \(node.nodeHome.path)")
        RetirementText.line(status).map { Output.line(Output.warning($0)) }
        Output.line(Self.records(status))
        for peer in status.peers { Output.line("\(peer.name): \(PeerText.state(peer, Times.now))") }
        advise(Self.next(status))
    }

    private static func records(_ status: StatusReport) -> Line {
        let rows = status.rows.values.reduce(0, +)
        let tables = status.rows.count { $0.value > 0 }
        let serve: Line = status.servers.isEmpty ? "`serve` does not run" : "`serve` runs"
        return "\(rows) rows in \(tables) tables; \(serve)"
    }

    /// A command that helps, with the reason.
    private struct Advice {
        let command: String
        let words: [String]
        let options: [String]
        let why: Line

        init(_ command: String, _ words: [String] = [], options: [String] = [], why: Line) {
            (self.command, self.words, self.options, self.why) = (command, words, options, why)
        }
    }

    /// The commands that help, the most urgent first.
    private static func next(_ status: StatusReport) -> [Advice] {
        var out: [Advice] = []
        if status.failed + status.newer > 0 || !status.putAside.isEmpty {
            out.append(Advice("doctor", why: "something is wrong"))
        }
        if status.conflicts > 0 {
            out.append(
                Advice(
                    "conflicts",
                    why: "\(status.conflicts) things wait for a decision"))
        }
        if status.peers.isEmpty {
            if status.role == .admin { out.append(Advice("invite", why: "bring in the first member")) }
            out.append(Advice("peer", ["add", "NAME", "HOST:PORT"], why: "say whom to exchange with"))
        } else if status.servers.isEmpty {
            let isBehind =
                status.pending > 0
                || status.peers.contains { !$0.isRetired && ($0.lacks + $0.ahead > 0 || $0.lastContact == nil) }
            out.append(Advice("sync", why: isBehind ? "something is to be exchanged" : "exchange once"))
        }
        if status.servers.isEmpty {
            out.append(Advice("serve", options: ["--listen", "0.0.0.0:7410"], why: "keep in sync from now on"))
        }
        out.append(Advice("status", why: "all about this node"))
        return out
    }

    private func advise(_ advice: [Advice]) {
        Output.line("")
        var table = TextTable(["next", ""])
        for item in advice { table.add([node.command.line(item.command, item.words, item.options), item.why]) }
        table.lines.forEach(Output.line)
    }
}

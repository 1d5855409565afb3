import ArgumentParser
import ReplicaModel
import SyncNode

extension Role: ExpressibleByArgument {}

struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a one-line code that lets one node join.",
        discussion: """
            The code is alone on standard output. It can be redeemed once, at this node, while `caravan serve` runs \
            here. Send it by a way \
            that only the invited can read.

            Without --address it names where `serve` last listened; if that was every address of the machine, those \
            that its interfaces have now.

            EXAMPLE
              caravan invite --role member --expires 2d --address campus.example:7410
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(help: "admin, member, or reader.")
    var role: Role = .member

    @Option(help: "How long it can be redeemed: 45s, 30m, 12h, 7d.")
    var expires = "7d"

    @Option(
        help: ArgumentHelp(
            "Where this node is reached. May be repeated; where `serve` last listened unless given.",
            valueName: "host:port"))
    var address: [String] = []

    func run() async throws {
        guard let seconds = Times.duration(expires) else {
            throw NodeError(kind: .usage, message: "\(expires) is no duration: write 45s, 30m, 12h or 7d")
        }
        let code = try await node.open().peers.invite(role: role, expiresInSeconds: seconds, addresses: address)
        if report.json { Output.json(JSON.object([("code", .string(code))])) } else { Output.line(Line(code)) }
    }
}

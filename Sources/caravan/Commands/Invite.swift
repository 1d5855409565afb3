import ArgumentParser
import ReplicaModel
import SyncNode

extension Role: ExpressibleByArgument {}

struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Print a one-line code that lets one node join; list such codes, or take one back.",
        discussion: """
            EXAMPLE
              caravan invite --role member --expires 2d --address campus.example:7410
              caravan invite list
            """,
        subcommands: [Make.self, List.self, Withdraw.self], defaultSubcommand: Make.self)
}

extension Invite {
    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make",
            abstract: "Print a one-line code that lets one node join. This is what `invite` alone does.",
            discussion: """
                The code is alone on standard output. It can be redeemed once, at this node, while `caravan serve` runs \
                here. Send it by a way \
                that only the invited can read.

                Without --address it names where `serve` last listened; if that was every address of the machine, those \
                that its interfaces have now.

                A node without a network asks in a file (`join --request`): --grant lets it in, and --output is the answer, \
                which it alone can read. Compare the site that is printed with the one that it printed.

                EXAMPLE
                  caravan invite --role member --expires 2d --address campus.example:7410
                  caravan invite --qr
                  caravan invite --grant /media/stick/osh.request --output /media/stick/osh.grant
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Option(help: "admin, member, or reader.")
        var role: Role = .member

        @Option(help: "How long it can be redeemed: 45s, 30m, 12h; 7d unless given.")
        var expires: String?

        @Option(
            help: ArgumentHelp(
                "Where this node is reached. May be repeated; where `serve` last listened unless given.",
                valueName: "host:port"))
        var address: [String] = []

        @Flag(help: "Draw the code on standard error, too, as a QR picture that a telephone reads.")
        var qr = false

        @Option(help: ArgumentHelp("Let the node in that wrote this petition.", valueName: "file"))
        var grant: String?

        @Option(help: ArgumentHelp("Where to write the answer to it.", valueName: "file"))
        var output: String?

        @Flag(help: "Roster and schema alone in the answer: the records come by what is carried or dialled later.")
        var withoutRecords = false

        func run() async throws {
            if grant != nil || output != nil || withoutRecords { return try await answer() }
            let expires = expires ?? "7d"
            guard let seconds = Times.duration(expires) else {
                throw NodeError(kind: .usage, message: "\(expires) is no duration: write 45s, 30m, 12h or 7d")
            }
            let code = try await node.open().peers.invite(role: role, expiresInSeconds: seconds, addresses: address)
            if qr { try QRPicture(of: code).lines.forEach { Output.picture($0) } }
            if report.json { Output.json(JSON.object([("code", .string(code))])) } else { Output.line(Line(code)) }
        }

        private func answer() async throws {
            guard let grant, let output, !qr else {
                throw NodeError(
                    kind: .usage, message: "an answer needs both files: --grant PETITION and --output FILE, and no --qr"
                )
            }
            guard expires == nil else {
                throw NodeError(
                    kind: .usage,
                    message: "--expires is of a code, and an answer to a petition does not expire: leave it out")
            }
            let bar = ProgressBar()
            let (name, site, file) = try await node.open().bundles.grant(
                grant, to: output, role: role, withRecords: !withoutRecords, addresses: address,
                progress: { bar.show($0, "bytes written") })
            bar.clear()
            if report.json {
                return Output.json(
                    .object([
                        ("name", .string(name)), ("site", .string(site.hex)), ("role", .string(role.rawValue)),
                        ("file", .string(output)), ("bytes", .integer(Int64(file.bytes))),
                    ]))
            }
            Output.line("\(name) is let in as \(role.rawValue); \(output): take it there, for `caravan join --grant`")
            Output.line("site      \(site.short)")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the invitations that this node gave: open, used, or expired.",
            discussion: """
                EXAMPLE
                  caravan invite list --json
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            let given = try await node.open().peers.invitations()
            if report.json { return given.forEach { Output.json(JSON($0)) } }
            var table = TextTable(["id", "role", "state", "expires", "by"])
            for one in given {
                table.add([
                    "\(one.id)", "\(one.role.rawValue)", one.state.word, "\(Times.local(one.expires))",
                    "\(one.by.map { $0.name ?? $0.site.short } ?? "-")",
                ])
            }
            table.lines.forEach(Output.line)
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw", abstract: "Take an invitation back that nobody has used.",
            discussion: """
                EXAMPLE
                  caravan invite withdraw 3f9a0c11
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "The beginning of its id, as `invite list` has it, or the code itself.")
        var id: String

        func run() async throws { try await node.open().peers.withdraw(id) }
    }
}

extension InvitationReport.State {
    fileprivate var word: Line {
        switch self {
        case .open: "open"
        case .used: "used"
        case .expired: "expired"
        }
    }
}

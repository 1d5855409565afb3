import ArgumentParser
import ReplicaModel
import SyncNode

struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Who belongs, with which role.",
        discussion: """
            EXAMPLE
              caravan member list
              caravan member role dushanbe reader
              caravan member retire field-3 --since 2026-05-12
            """,
        subcommands: [List.self, SetRole.self, Retire.self, Release.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List everybody who was ever admitted.",
            discussion: """
                EXAMPLE
                  caravan member list --json
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            let members = try await node.open().reports.members()
            if report.json { return members.forEach { Output.json(JSON.object($0.members)) } }
            var table = TextTable(["name", "role", "site"])
            for member in members { table.add(["\(member.name)", member.roleText, "\(member.site.short)"]) }
            table.lines.forEach(Output.line)
        }
    }
}

extension RosterEntry {
    /// The right of the member, for people.
    var roleText: Line {
        guard let role else { return "retired" }
        return isPending ? "\(role.rawValue) (waits for an admin)" : "\(role.rawValue)"
    }
}

extension MemberCommand {
    struct SetRole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Give a member another role.",
            discussion: """
                Only an admin may. A lesser role holds from what this node has of the member: what the member wrote \
                beyond that, with a right that the new role does not give, is kept and does not count until `member \
                release`.
                The same command confirms a member who waits for an admin, and takes one back who was retired.

                EXAMPLE
                  caravan member role dushanbe reader
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "The member's name, or the beginning of its site id.")
        var member: String

        @Argument(help: "admin, member, or reader.")
        var role: Role

        @Option(
            help: ArgumentHelp(
                "With a lesser role: what the member wrote since then does not count either.", valueName: "time"))
        var since: String?

        func run() async throws {
            let moment = try MemberCommand.moment(since, of: "--since")
            let change = try await node.open().members.setRole(of: member, to: role, since: moment)
            MemberCommand.tell(change, json: report.json)
        }
    }

    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire", abstract: "End a member's right: a laptop that is lost, a person who left.",
            discussion: """
                Only an admin may. What this node has of the member goes on counting. What the member writes beyond \
                that is taken out of all tables wherever it turns up, and kept: `member release` lets it count again. \
                No node exchanges anything with a retired one.
                The last admin cannot be retired.
                Where a feed of the member's went two ways, for its machine was put back or its key copied, `doctor` \
                names the branches. Both count, unless one is left out; `member role` lets the member go on afterwards.

                EXAMPLE
                  caravan member retire field-3 --since 2026-05-12T08:00
                  caravan member retire field-3 --without ~9f2c41d07a83be55
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "The member's name, or the beginning of its site id.")
        var member: String

        @Option(
            help: ArgumentHelp("What the member wrote since then does not count either.", valueName: "time"))
        var since: String?

        @Option(
            help: ArgumentHelp(
                "What is on this branch of a feed that went two ways does not count either.", valueName: "branch"))
        var without: String?

        func run() async throws {
            let moment = try MemberCommand.moment(since, of: "--since")
            let change = try await node.open().members.setRole(of: member, to: nil, since: moment, without: without)
            MemberCommand.tell(change, json: report.json)
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "release", abstract: "Let count again what a member wrote beyond the end of its right.",
            discussion: """
                Only an admin may. `log` lists such changesets as quarantined, with the reason. The member's role stays \
                as it is.

                EXAMPLE
                  caravan member release field-3
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        @Argument(help: "The member's name, or the beginning of its site id.")
        var member: String

        @Option(help: ArgumentHelp("Only what the member wrote before then.", valueName: "time"))
        var until: String?

        func run() async throws {
            let moment = try MemberCommand.moment(until, of: "--until")
            let change = try await node.open().members.release(member, until: moment)
            guard change.quarantined == nil, !report.json else {
                return MemberCommand.tell(change, json: report.json)
            }
            Output.line("nothing that \(change.member.name) wrote is quarantined: nothing is changed")
        }
    }

    private static func moment(_ text: String?, of option: String) throws(NodeError) -> Int64? {
        guard let text else { return nil }
        guard let moment = Times.instant(text, now: Times.now) else {
            throw NodeError(
                kind: .usage, message: "\(option) \(text.escaped()) is no time: write RFC 3339, YYYY-MM-DD, or 7d")
        }
        return moment
    }

    private static func tell(_ change: NodeMembers.Change, json: Bool) {
        if json {
            Output.json(
                JSON.object(
                    change.member.members + [("quarantined", .optional(change.quarantined.map { Int64($0) }))]))
            return
        }
        let what: Line = "\(change.member.name): \(change.member.roleText)"
        switch change.quarantined {
        case nil: Output.line("\(what) already: nothing is changed")
        case 0?: Output.line(what)
        case let count? where count > 0:
            Output.line("\(what); \(count) changesets count no more")
        case let count?:
            Output.line("\(what); \(-count) changesets count again")
        }
    }
}

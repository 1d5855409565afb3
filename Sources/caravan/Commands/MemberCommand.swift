import ArgumentParser
import SyncNode

struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Who belongs, with which role.",
        discussion: """
            EXAMPLE
              caravan member list
            """,
        subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List everybody on the roster.",
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
            for member in members { table.add(["\(member.name)", "\(member.role.rawValue)", "\(member.site.short)"]) }
            table.lines.forEach(Output.line)
        }
    }
}
